"""The layout of one note by mdformat; refused unless it shows the same page as before."""

from __future__ import annotations

import logging

from notelint.config.errors import ConfigError
from notelint.config.key_path import is_name
from notelint.config.mdformat import NAME, Layout
from notelint.engine.gate import obstacle
from notelint.markdown.document import Document
from notelint.markdown.format.formatter import Formatter
from notelint.markdown.format.github_differences import github_differences
from notelint.markdown.format.renderer import FormatOptions
from notelint.markdown.format.site_blocks import may_have_site_blocks, site_blocks
from notelint.markdown.front_matter import front_matter_length
from notelint.markdown.layout_limit import too_large
from notelint.markdown.outline import Outline, outline
from notelint.text.source import LINE_END, Source
from notelint.toc.markers import find_blocks

_MAX_ROUNDS = 4  # until laying out again changes nothing


class PageChanged(Exception):
    """The refusal of a layout; the message says what the page would show differently."""


def prepare() -> None:
    """Import what a layout needs, once, before processes are forked."""
    from notelint.markdown.format import same_blocks  # noqa: F401


def lay_out(source: Source, layout: Layout) -> Source:
    """*source* laid out by mdformat, with its line ends and byte order mark.

    Raises :class:`PageChanged` if that shows another page, if it changes with every round, or if it
    would hide an error in *source*.
    """
    if "\0" in source.text:
        raise PageChanged("it contains a NUL character")
    doc = Document(source)
    if why := obstacle(doc):
        raise PageChanged(why)
    if site_blocks(doc) is None:
        raise PageChanged("mdformat does not know `!!!`, `???`, `===` or `:` inside another block")
    _check_size(doc)
    ends = {"lf": "\n", "crlf": "\r\n"}.get(layout.end_of_line, source.newline)
    top = source.text[: front_matter_length(source.text)]
    try:
        try:
            after = _laid_out(doc, top, layout, verify_blocks=False)
        except PageChanged:
            _check_size(doc, verify_blocks=True)
            after = _laid_out(doc, top, layout, verify_blocks=True)
    except RecursionError:
        raise PageChanged("it is nested too deeply for mdformat") from None
    return source._replace(text=top + after.replace("\n", ends))


def _check_size(doc: Document, *, verify_blocks: bool = False) -> None:
    """Raise :class:`PageChanged` if mdformat would take too long for *doc*."""
    if reason := too_large(doc, verify_blocks=verify_blocks):
        raise PageChanged(f"too large for fmt: {reason}")


def _laid_out(doc: Document, top: str, layout: Layout, *, verify_blocks: bool) -> str:
    """*doc* below its front matter *top*, laid out and compared, with line feeds."""
    before = LINE_END.sub("\n", doc.source.text[len(top) :])
    after = _stable(before, layout, verify_blocks)
    if top:
        after = "\n\n" + after if after else "\n"
    if after != before:
        _compare(doc, top, before, after)
    return after


def _stable(text: str, layout: Layout, verify_blocks: bool) -> str:
    """*text* laid out until another round changes nothing."""
    formatter = _formatter(layout, verify_blocks)
    for _ in range(_MAX_ROUNDS):
        before, text = text, formatter.lay_out(text)
        if text == before:
            return text
    raise PageChanged("mdformat changes its own output again")


def _formatter(layout: Layout, verify_blocks: bool) -> Formatter:
    logging.getLogger("mdformat").addHandler(logging.NullHandler())
    options = {"wrap": layout.wrap, "number": bool(layout.number), "plugin": layout.plugin}
    wanted = FormatOptions(
        preserve=_preserved,
        options=options,
        extensions=layout.extensions,
        codeformatters=layout.codeformatters,
        renumber=layout.number is not None,
        verify_blocks=verify_blocks,
    )
    try:
        return Formatter(wanted)
    except KeyError as error:
        name = error.args[0] if is_name(error.args[0]) else "…"
        raise ConfigError(f"{layout.folder / NAME}: `{name}` is not installed") from None


def _preserved(text: str) -> list[tuple[int, int]]:
    """The ranges of lines of *text* to leave unchanged, from 0, ends exclusive.

    These are tables of contents, and blocks that only site generators know.
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
    """Raise :class:`PageChanged` unless GitHub and the parser differ on both in the same places."""
    before, after = github_differences(old), [each.written for each in github_differences(new)]
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
    from notelint.markdown.format.rendered import same_for_mdformat, same_page

    old_outline, new_outline = _page_outline(old), _page_outline(new)
    for aspect in Outline._fields:
        if getattr(old_outline, aspect) != getattr(new_outline, aspect):
            raise PageChanged(f"mdformat would change the {aspect}")
    if old.anchors != new.anchors:
        raise PageChanged("mdformat would change the anchors")
    if not same_page(before, after):
        raise PageChanged("mdformat would change the page")
    if not same_for_mdformat(before, after):
        raise PageChanged("mdformat itself finds the page changed")


def _page_outline(doc: Document) -> Outline:
    # blocks differ if indented code gets a fence; `same_page` compares what is left out here
    return outline(doc)._replace(code=(), blocks=(), texts=(), marks=())
