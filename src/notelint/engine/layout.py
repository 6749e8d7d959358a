"""The layout of one note by mdformat, which shows the same page as before, or is refused."""

from __future__ import annotations

import logging

from notelint.config.errors import ConfigError
from notelint.config.key_path import is_name
from notelint.config.mdformat import NAME, Layout
from notelint.engine.obstacle import obstacle
from notelint.markdown.document import Document
from notelint.markdown.format.formatter import Formatter
from notelint.markdown.format.read_otherwise import read_otherwise
from notelint.markdown.format.renderer import FormatOptions
from notelint.markdown.format.site_blocks import may_have_site_blocks, site_blocks
from notelint.markdown.front_matter import length
from notelint.markdown.outline import Outline, outline
from notelint.markdown.weight import too_large
from notelint.text.source import LINE_END, Source
from notelint.toc.markers import find_blocks

_MAX_ROUNDS = 4  # until the layout of a layout is the same


class PageChanged(Exception):
    """The refusal of a layout that shows another page; the message says in what."""


def prepare() -> None:
    """Import what a layout needs later, once for all processes."""
    from notelint.markdown.format import same_blocks  # noqa: F401


def lay_out(source: Source, layout: Layout) -> Source:
    """*source* laid out by mdformat, with its line ends and byte order mark.

    Raises :class:`PageChanged` if that shows another page, or changes with every round, and where
    an error in *source* would be gone.
    """
    if "\0" in source.text:
        raise PageChanged("it contains a NUL character")
    doc = Document(source)
    if why := obstacle(doc):
        raise PageChanged(why)
    if site_blocks(doc) is None:
        raise PageChanged("mdformat does not know `!!!`, `???`, `===` or `:` inside another block")
    _weigh(doc)
    ends = {"lf": "\n", "crlf": "\r\n"}.get(layout.end_of_line, source.newline)
    top = source.text[: length(source.text)]
    try:
        try:
            after = _faithful(doc, top, layout, doubt=False)
        except PageChanged:
            _weigh(doc, doubt=True)
            after = _faithful(doc, top, layout, doubt=True)
    except RecursionError:
        raise PageChanged("it is nested too deeply for mdformat") from None
    return source._replace(text=top + after.replace("\n", ends))


def _weigh(doc: Document, *, doubt: bool = False) -> None:
    """Raise :class:`PageChanged` if mdformat would take too long for *doc*."""
    if reason := too_large(doc, doubt=doubt):
        raise PageChanged(f"too large for fmt: {reason}")


def _faithful(doc: Document, top: str, layout: Layout, *, doubt: bool) -> str:
    """The layout of *doc* after its front matter *top*, with line feeds."""
    before = LINE_END.sub("\n", doc.source.text[len(top) :])
    after = _settled(before, layout, doubt)
    if top:
        after = "\n\n" + after if after else "\n"
    if after != before:
        _compare(doc, top, before, after)
    return after


def _settled(text: str, layout: Layout, doubt: bool) -> str:
    formatter = _formatter(layout, doubt)
    for _ in range(_MAX_ROUNDS):
        before, text = text, formatter.lay_out(text)
        if text == before:
            return text
    raise PageChanged("mdformat changes its own output again")


def _formatter(layout: Layout, doubt: bool) -> Formatter:
    logging.getLogger("mdformat").addHandler(logging.NullHandler())
    options = {"wrap": layout.wrap, "number": bool(layout.number), "plugin": layout.plugin}
    wanted = FormatOptions(
        preserve=_left_alone,
        options=options,
        extensions=layout.extensions,
        codeformatters=layout.codeformatters,
        renumber=layout.number is not None,
        verify_blocks=doubt,
    )
    try:
        return Formatter(wanted)
    except KeyError as error:
        name = error.args[0] if is_name(error.args[0]) else "…"
        raise ConfigError(f"{layout.folder / NAME}: `{name}` is not installed") from None


def _left_alone(text: str) -> list[tuple[int, int]]:
    """The lines of *text* that stay as they are: first, from 0, and last, exclusive.

    They are those of tables of contents, and of blocks that only generators of sites know.
    """
    if "<!--" not in text and not may_have_site_blocks(text):
        return []
    doc = Document.of(text)
    ranges = [doc.lines.range(block.span) for block in find_blocks(doc)]
    tables = [(each.start.line - 1, each.end.line) for each in ranges]
    return sorted([*tables, *(site_blocks(doc) or ())])


def _compare(doc: Document, top: str, before: str, after: str) -> None:
    """Raise :class:`PageChanged` unless both texts, below the front matter *top*, show one page.

    *doc* is the document of *before*, with its own line ends.
    """
    new = Document.of(top + after)
    if _tables(doc) != _tables(new):
        raise PageChanged("mdformat would change the table of contents")
    _compare_for_github(doc, new)
    from notelint.markdown.format.same_blocks import same_blocks

    if not same_blocks(before, after, doc, new):
        _compare_pages(Document.of(top + before), new, before, after)


def _tables(doc: Document) -> list[list[str]]:
    """The lines of the tables of contents."""
    if "<!--" not in doc.source.text:
        return []
    return [LINE_END.split(doc.slice(block.span)) for block in find_blocks(doc)]


def _compare_for_github(old: Document, new: Document) -> None:
    """Raise :class:`PageChanged` unless both have the same places that GitHub reads otherwise."""
    before, after = read_otherwise(old), [each.written for each in read_otherwise(new)]
    if [each.written for each in before] == after:
        return
    left = frozenset(after)
    for each in before:
        if each.written not in left:
            raise PageChanged(f"{each.message}: part them (line {each.line})")
    raise PageChanged("mdformat would change the page on GitHub")


def _compare_pages(old: Document, new: Document, before: str, after: str) -> None:
    """Raise :class:`PageChanged` unless *old* and *new* show one page.

    *before* and *after* are their texts below front matter.
    """
    from mdformat._util import is_md_equal

    from notelint.markdown.format.rendered import same_page

    old_outline, new_outline = _page_outline(old), _page_outline(new)
    for aspect in Outline._fields:
        if getattr(old_outline, aspect) != getattr(new_outline, aspect):
            raise PageChanged(f"mdformat would change the {aspect}")
    if old.anchors != new.anchors:
        raise PageChanged("mdformat would change the anchors")
    if not same_page(before, after):
        raise PageChanged("mdformat would change the page")
    if not is_md_equal(before, after, extensions=("gfm",)):
        raise PageChanged("mdformat itself finds the page changed")


def _page_outline(doc: Document) -> Outline:
    # kinds of block differ where indented code gets a fence; `same_page` compares these
    return outline(doc)._replace(code=(), blocks=(), texts=(), marks=())
