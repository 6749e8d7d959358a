"""Markers of tables of contents: the pairs of comments around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.document import Document
    from notelint.markdown.elements import Heading
    from notelint.toc.options import TocOptions

START = (
    "<!-- START doctoc generated TOC please keep comment here to allow auto update -->",
    "<!-- DON'T EDIT THIS SECTION, INSTEAD RE-RUN doctoc TO UPDATE -->",
)
END = "<!-- END doctoc generated TOC please keep comment here to allow auto update -->"

_COMPACT = "START doctoc"
_SKIP = "DOCTOC SKIP"
_OTHER_END = "/toc"  # of another tool, with the same start marker
_EXCLUDE = lazy_regex(r"doctoc[ -]exclude|omit (?:in|from) toc", re.IGNORECASE)
_FILLED = lazy_regex(r"\S")
_OPTION = lazy_regex(r"--(slug|minlevel|maxlevel)=(\w+)")


class Style(NamedTuple):
    """A pair of markers.

    ``alone``: a start marker without an end requests a table. ``whole``: headings above the block
    are listed, too, and the start marker may hold options. ``closing`` is the text of an end marker
    that is added.
    """

    name: str
    start: re.Pattern[str]
    end: re.Pattern[str]
    closing: str
    alone: bool = False
    whole: bool = False


STYLES = (
    Style("doctoc", lazy_regex(r"START doctoc(?: .*)?"), lazy_regex(r"END doctoc(?: .*)?"), END),
    # mdbook-toc knows only the start marker, markdown-toc adds the end when it fills the block.
    Style("toc", lazy_regex("toc"), lazy_regex("tocstop"), "<!-- tocstop -->", alone=True),
    Style(
        "mdformat-toc",
        lazy_regex(r"mdformat-toc start(?: .*)?"),
        lazy_regex("mdformat-toc end"),
        "<!-- mdformat-toc end -->",
        alone=True,
        whole=True,
    ),
    Style("toc:start", lazy_regex("toc:start"), lazy_regex("toc:end"), "<!-- toc:end -->"),
)


def is_start(comment: str) -> bool:
    """Whether the text of a *comment* is that of a start marker."""
    return any(style.start.fullmatch(comment) for style in STYLES)


def is_end(comment: str) -> bool:
    """Whether the text of a *comment* is that of an end marker."""
    return comment == _OTHER_END or any(style.end.fullmatch(comment) for style in STYLES)


class TocBlock(NamedTuple):
    """A table of contents: the spans of its two markers; ``end`` is None for a lone start."""

    style: Style
    text: str
    start: Span
    end: Span | None

    @property
    def span(self) -> Span:
        """The span of the block, with its markers."""
        return Span(self.start.start, (self.end or self.start).end)

    @property
    def inner(self) -> Span:
        """The span between the markers."""
        return Span(self.start.end, self.end.start if self.end else self.start.end)

    @property
    def compact(self) -> bool:
        """Whether the markers are the short pair of doctoc."""
        return self.text == _COMPACT

    def options(self, options: TocOptions) -> TocOptions:
        """*options*, changed by those in the start marker."""
        if not self.style.whole:
            return options
        from dataclasses import replace

        given = dict(_OPTION.findall(self.text))
        try:
            return replace(
                options,
                flavor=given.get("slug", "github"),
                min_level=int(given.get("minlevel", 1)),
                max_level=int(given.get("maxlevel", 6)),
            )
        except ValueError:  # mdformat-toc does not understand it either
            return options


class Markers:
    """The markers of a document: pairs, lone start markers, and problems with their messages."""

    def __init__(self) -> None:
        self.blocks: list[TocBlock] = []
        self.alone: list[TocBlock] = []
        self.problems: list[tuple[Span, str]] = []


def find_markers(doc: Document) -> Markers:
    """Pair the markers of *doc*; only unindented comments on lines of their own count."""
    found = Markers()
    waiting: dict[str, TocBlock] = {}
    unclosed: list[TocBlock] = []
    strays: set[str] = set()
    for comment in doc.lone_comments:
        for style in STYLES:
            if style.start.fullmatch(comment.text):
                unclosed += [waiting[style.name]] if style.name in waiting else []
                waiting[style.name] = TocBlock(style, comment.text, comment.span, None)
            elif style.end.fullmatch(comment.text):
                if style.name in waiting:
                    block = waiting.pop(style.name)
                    found.blocks.append(block._replace(end=comment.span))
                else:
                    strays.add(style.name)
                    message = "end of a table of contents without a start marker above it"
                    found.problems.append((comment.span, message))
    # one problem for one mistake
    unclosed += [block for name, block in waiting.items() if name not in strays]
    if len(unclosed) == 1 and not found.blocks and not strays and _requests_table(doc, unclosed[0]):
        found.alone = unclosed
    else:
        found.problems += [
            (
                block.start,
                f"table of contents without its end marker, `{block.style.closing}`",
            )
            for block in unclosed
        ]
    found.blocks.sort(key=lambda block: block.span)
    found.problems += [
        (block.start, "a second table of contents; only the first is kept up to date")
        for block in found.blocks[1:]
    ]
    return found


def _requests_table(doc: Document, block: TocBlock) -> bool:
    """Whether *block*, without an end marker, requests a table: no list is below it yet."""
    if not block.style.alone:
        return False
    if any(comment.text == _OTHER_END for comment in doc.comments):
        return True
    below = doc.parts(doc.lines.position(block.start.end).line + 1, len(doc.lines))
    first = next(below, None)
    if first and first.title:
        first = next(below, None)
    return not (first and first.is_entry and first.text)


def find_blocks(doc: Document) -> list[TocBlock]:
    """The complete tables of contents of *doc*, in order; only the first is refreshed."""
    return find_markers(doc).blocks


def marker_problems(doc: Document) -> list[tuple[Span, str]]:
    """The markers that do not pair up, each with a message; in document order."""
    return sorted(find_markers(doc).problems)


def skipped(doc: Document) -> bool:
    """Whether *doc* has ``<!-- DOCTOC SKIP -->`` on a line of its own."""
    return any(comment.text == _SKIP for comment in doc.lone_comments)


def excluded(doc: Document) -> frozenset[int]:
    """The indexes into ``doc.headings`` of headings that a comment excludes from the table.

    The comment is in the heading, or before it with nothing but blank lines between.
    """
    tags = [comment.span for comment in doc.comments if _EXCLUDE.fullmatch(comment.text)]
    if not tags:
        return frozenset()
    before = {comment.span for comment in doc.lone_comments}.intersection(tags)
    ends = [tag.end for tag in tags]
    reach = [_filled_after(doc.source.text, tag.end) if tag in before else -1 for tag in tags]

    def is_excluded(heading: Heading) -> bool:
        start = doc.lines.line_span(heading.lines[0]).start
        above = bisect_right(ends, start) - 1
        first = bisect_right(ends, heading.span.start)
        inside = first < len(tags) and tags[first].overlaps(heading.span)
        return inside or (above >= 0 and reach[above] >= start)

    return frozenset(at for at, heading in enumerate(doc.headings) if is_excluded(heading))


def _filled_after(text: str, at: int) -> int:
    """The offset of the first character from *at* on that is not whitespace."""
    found = _FILLED.search(text, at)
    return found.start() if found else len(text)
