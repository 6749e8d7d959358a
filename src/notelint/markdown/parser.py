"""The dialect, decided once: CommonMark as GitHub extends it, with spans recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from notelint.markdown import fast, inline, labels, stitch
from notelint.markdown.autolink import autolink_after_anything
from notelint.text.named import NamedTuple

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock


FOOTNOTES, FRONT_MATTER = "footnotes", "front matter"
PARTS = (FOOTNOTES, FRONT_MATTER)  # most notes have neither, and do not wait for them to be loaded


class Parsed(NamedTuple):
    """What one parse yields: block tokens, and the environment with the definitions.

    The tokens are those of all elements; of blocks that are text only, they may lack the words.
    """

    md: MarkdownIt
    tokens: list[Token]
    env: dict[str, Any]

    def all_tokens(self) -> list[Token]:
        """The tokens with all words, and those of every paragraph."""
        fast.finish_parsing(self.tokens, self.md, self.env)
        return self.tokens


def make_parser(*, record: bool = True, parts: Collection[str] = PARTS) -> MarkdownIt:
    """A parser of GitHub's dialect; without *record*, the same tokens but no spans.

    *parts* are those of :data:`PARTS` that a text may need, see :func:`parts_in`.
    """
    md = MarkdownIt("commonmark")
    set_dialect(md, parts)
    if record:
        labels.take(md)
        stitch.record(md)
        inline.record(md)
    return md


def set_dialect(md: MarkdownIt, parts: Collection[str] = PARTS) -> None:
    """Make *md*, a CommonMark parser, read GitHub's dialect, with those of its *parts*."""
    md.options["maxNesting"] = 100  # the preset's 20 drops the text of the tenth list level
    md.options["tasklists"] = True
    md.options["alerts"] = True
    md.options["strikethrough_single_tilde"] = True
    md.options["store_labels"] = True
    md.enable(["table", "strikethrough"])
    md.use(gfm_autolink_plugin)  # linkify would make links of README.md and crates.io
    autolink_after_anything(md)
    if FOOTNOTES in parts:
        from mdit_py_plugins.footnote import footnote_plugin  # which takes a while to load

        md.use(footnote_plugin, inline=False, move_to_end=False)
    if FRONT_MATTER in parts:
        from mdit_py_plugins.front_matter import front_matter_plugin

        md.use(front_matter_plugin)
        _front_matter_on_top(md)
    vars(md).update(normalizeLink=_as_written, validateLink=_any_scheme)


def parts_in(text: str) -> Iterator[str]:
    """Those of :data:`PARTS` that *text* may have."""
    if "^" in text and "[^" in text:  # the one is rare, and quick to look for
        yield FOOTNOTES
    if text.startswith("---"):
        yield FRONT_MATTER


def _front_matter_on_top(md: MarkdownIt) -> None:
    """The plugin also takes what begins a list item in the first line."""
    rule = next(rule.fn for rule in md.block.ruler.__rules__ if rule.name == "front_matter")

    def front_matter(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return start == state.level == 0 and rule(state, start, end, silent)

    md.block.ruler.at("front_matter", front_matter)


def _as_written(url: str) -> str:
    return url


def _any_scheme(url: str) -> bool:
    return True  # a javascript: or file: link is there to be judged


@cache
def _parser(is_fast: bool, *parts: str) -> MarkdownIt:
    """The one recording parser with these *parts*; building it takes as long as a small file."""
    md = make_parser(parts=parts)
    if is_fast:
        fast.install(md)
    return md


def parse(text: str) -> Parsed:
    """Parse *text*, which has no byte order mark."""
    env: dict[str, Any] = {}
    md = _parser(fast.is_on(), *parts_in(text))
    return Parsed(md, md.parse(text, env), env)
