"""The parser of GitHub's dialect: CommonMark with GitHub's extensions, and source positions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, MutableMapping
from functools import cache
from typing import Any

from notelint.markdown import definitions, fast, formulas, front_matter, inline_spans, source_map
from notelint.markdown.upstream import (
    MarkdownIt,
    NoRenderer,
    Token,
    autolink,
    footnote_labels,
    link_labels,
    quotes,
    tables,
)
from notelint.text.startup import NamedTuple

FOOTNOTES, FRONT_MATTER, FORMULAS = "footnotes", "front matter", "formulas"
_BEFORE_FOOTNOTES = ["paragraph", "reference", "blockquote"]  # blocks that a footnote ends
PLUGINS = (FOOTNOTES, FRONT_MATTER, FORMULAS)  # most notes need none, and some load slowly


class Parsed(NamedTuple):
    """The result of a parse: block tokens, and the environment with the definitions.

    All tokens of elements are there; other tokens of inline content may be missing, see
    :meth:`all_tokens`.
    """

    md: MarkdownIt
    tokens: list[Token]
    env: dict[str, Any]

    def all_tokens(self) -> list[Token]:
        """The tokens with all their children."""
        fast.finish_inline(self.tokens, self.md, self.env)
        return self.tokens

    def completed(self, token: Token) -> Token:
        """*token* with all its children."""
        fast.finish_inline((token,), self.md, self.env)
        return token

    def tokens_between(self, first: int, last: int) -> Iterator[Token]:
        """The complete tokens of the blocks that begin on the lines *first* to *last*, from 1."""
        inside = False
        for token in self.tokens:
            if token.map:
                inside = first <= token.map[0] + 1 <= last
            if inside:
                yield self.completed(token)


def make_parser(*, record: bool = True, plugins: Collection[str] = PLUGINS) -> MarkdownIt:
    """A parser of GitHub's dialect; without *record*, it renders HTML and records no positions.

    *plugins* are names in :data:`PLUGINS`, see :func:`plugins_for`.
    """
    md = MarkdownIt("commonmark", renderer_cls=NoRenderer) if record else MarkdownIt("commonmark")
    set_dialect(md, plugins)
    if record:
        source_map.install(md)
        definitions.install(md)
        inline_spans.install(md)
        link_labels.install(md)
    return md


def set_dialect(md: MarkdownIt, plugins: Collection[str] = PLUGINS) -> None:
    """Make the CommonMark parser *md* parse GitHub's dialect, with *plugins*."""
    md.options["maxNesting"] = 100  # the preset's 20 loses the text of the tenth list level
    md.options["tasklists"] = True
    md.options["alerts"] = True
    md.options["strikethrough_single_tilde"] = True
    md.options["store_labels"] = True
    md.enable(["table", "strikethrough"])
    from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin  # after `upstream`

    md.use(gfm_autolink_plugin)  # linkify makes links of README.md and crates.io
    autolink.install(md)
    if FOOTNOTES in plugins:
        from mdit_py_plugins.footnote import footnote_plugin
        from mdit_py_plugins.footnote.index import footnote_def

        md.use(footnote_plugin, inline=False, move_to_end=False)
        # on GitHub, a footnote right below a quote is not part of the quote
        definition = footnote_labels.any_case(footnote_def)
        md.block.ruler.at("footnote_def", definition, {"alt": _BEFORE_FOOTNOTES})
    if FRONT_MATTER in plugins:
        md.use(front_matter.front_matter_plugin)
    if FORMULAS in plugins:
        formulas.install(md)
    quotes.install(md)
    tables.install(md)
    vars(md).update(normalizeLink=_as_written, validateLink=_any_scheme)


def plugins_for(text: str) -> Iterator[str]:
    """The names in :data:`PLUGINS` that *text* may need."""
    if "^" in text and "[^" in text:  # the first test is quick
        yield FOOTNOTES
    if text.startswith(front_matter.MARKS):
        yield FRONT_MATTER
    if formulas.may_have_formula(text):
        yield FORMULAS


def _as_written(url: str) -> str:
    return url


def _any_scheme(url: str) -> bool:
    return True  # rules judge javascript: and file: links


@cache
def _parser(is_fast: bool, *plugins: str) -> MarkdownIt:
    """The parser with these *plugins*, made once: that takes as long as parsing a small note."""
    md = make_parser(plugins=plugins)
    if is_fast:
        fast.install(md)
    return md


def parse(text: str, references: MutableMapping[str, Any] | None = None) -> Parsed:
    """Parse *text*, which must not begin with a byte order mark.

    With *references*, it is a part of a text in which these are defined; all its tokens are made at
    once, since documents of parts are compared.
    """
    env: dict[str, Any] = {}
    if references is not None:
        env = {"references": references, fast.AT_ONCE: True}
    md = parser_for(text)
    return Parsed(md, md.parse(text, env), env)


def parser_for(text: str) -> MarkdownIt:
    """The parser that *text* needs."""
    return _parser(fast.is_on(), *plugins_for(text))
