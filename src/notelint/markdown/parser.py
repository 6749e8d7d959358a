"""The dialect, decided once: CommonMark as GitHub extends it, with spans recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, MutableMapping
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from notelint.markdown import inline, later, shortcuts, stitch
from notelint.markdown.autolink import autolink_after_anything
from notelint.markdown.states import STARTS
from notelint.text.named import NamedTuple

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

FOOTNOTES, FRONT_MATTER = "footnotes", "front matter"
PARTS = (FOOTNOTES, FRONT_MATTER)  # most notes have neither, and do not wait for them to be loaded


class Parsed(NamedTuple):
    """What one parse yields: block tokens, and the environment with the definitions."""

    md: MarkdownIt
    tokens: list[Token]
    env: dict[str, Any]

    @property
    def starts(self) -> list[int] | None:
        """Where each line starts in the text as the parser normalises it; None for no text."""
        return self.env.get(STARTS)


def make_parser(*, record: bool = True, parts: Collection[str] = PARTS) -> MarkdownIt:
    """A parser of GitHub's dialect; without *record*, the same tokens but no spans.

    *parts* are those of :data:`PARTS` that a text may need, see :func:`parts_in`.
    """
    md = MarkdownIt("commonmark")
    set_dialect(md, parts)
    if record:
        stitch.record(md)
        inline.record(md)
        shortcuts.take(md)
    return md


def set_dialect(md: MarkdownIt, parts: Collection[str] = PARTS) -> None:
    """Make *md*, a CommonMark parser, read GitHub's dialect, with those of its *parts*."""
    md.options["maxNesting"] = 100  # the preset's 20 drops the text of the tenth list level
    md.options["tasklists"] = True
    md.options["alerts"] = True
    md.options["strikethrough_single_tilde"] = True
    md.options["store_labels"] = True
    md.enable(["table", "strikethrough"])
    _headings_before_tables(md)
    md.use(gfm_autolink_plugin)  # linkify would make links of README.md and crates.io
    autolink_after_anything(md)
    if FOOTNOTES in parts:
        from mdit_py_plugins.footnote import footnote_plugin  # which takes a while to load

        md.use(footnote_plugin, inline=False, move_to_end=False)
    if FRONT_MATTER in parts:
        from notelint.markdown.front_matter import front_matter_plugin

        md.use(front_matter_plugin)
    vars(md).update(normalizeLink=_as_written, validateLink=_any_scheme)


def parts_in(text: str) -> Iterator[str]:
    """Those of :data:`PARTS` that *text* may have."""
    if "^" in text and "[^" in text:  # the one is rare, and quick to look for
        yield FOOTNOTES
    if text.startswith("---"):
        yield FRONT_MATTER


def _headings_before_tables(md: MarkdownIt) -> None:
    """GitHub takes a line of dashes for that of a heading, where the parser sees a table."""
    rule = next(each for each in md.block.ruler.__rules__ if each.name == "table")

    def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start + 1 >= end:
            return False
        at = state.bMarks[start + 1] + state.tShift[start + 1]
        below = state.src[at : state.eMarks[start + 1]].rstrip(" \t")
        return below.strip("-") != "" and rule_fn(state, start, end, silent)

    rule_fn = rule.fn
    md.block.ruler.at("table", table, {"alt": rule.alt})


def _as_written(url: str) -> str:
    return url


def _any_scheme(url: str) -> bool:
    return True  # a javascript: or file: link is there to be judged


@cache
def _parser(*parts: str) -> MarkdownIt:
    """The one recording parser with these *parts*; building it takes as long as a small file."""
    return make_parser(parts=parts)


def parse(
    text: str, *, brief: bool = False, references: MutableMapping[str, Any] | None = None
) -> Parsed:
    """Parse *text*, which has no byte order mark, as far as the views of a document need it.

    *brief*: of what is inside blocks, only headings and HTML. A part of another text, in which
    *references* are defined, is parsed at once, as all its tokens will be wanted.
    """
    env: dict[str, Any] = {later.BRIEF: True} if brief else {}
    if references is not None:
        env = {"references": references, later.WHOLE: True}
    md = _parser(*parts_in(text))
    return Parsed(md, md.parse(text, env), env)


def completed(parsed: Parsed) -> list[Token]:
    """The tokens of *parsed*, with all that :func:`parse` left for later."""
    later.complete(parsed.tokens, parsed.md, parsed.env)
    return parsed.tokens


def completed_between(parsed: Parsed, first: int, last: int) -> Iterator[Token]:
    """The tokens of the blocks of *parsed* that begin in lines *first* to *last*, from 1."""
    inside = False
    for token in parsed.tokens:
        if token.map:
            inside = first <= token.map[0] + 1 <= last
        if inside:
            if token.type == "inline":
                later.complete_words((token,), parsed.md, parsed.env)
            yield token
