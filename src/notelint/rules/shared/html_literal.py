"""Markdown in an HTML block, where it stays literal: found line by line."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from notelint.markdown.formulas import in_line
from notelint.markdown.html import Comment, Tag, tags_and_comments
from notelint.markdown.source_map import MappedText, SourceMap
from notelint.rules.shared.enclosing_tags import EnclosingTags
from notelint.rules.shared.html_names import INLINE, KNOWN, VOID
from notelint.rules.shared.html_patterns import (
    CODE,
    HEADING,
    ITEM,
    RAW,
    SPANS,
    blanked,
    breaks,
    fences,
    heads_table,
    unbroken,
)
from notelint.text.source import LineIndex, Span
from notelint.text.startup import NamedTuple, lazy_regex


class Literal(NamedTuple):
    """A piece of Markdown that stays as it is; ``span`` is in the content of the block."""

    kind: str
    span: Span


@dataclass(slots=True)
class Region:
    """Consecutive lines of text, from ``first`` to ``last``, counted from 0 in the block.

    ``within`` is the innermost block-level element around them that the block itself opens.
    ``items`` are the lines that a list item starts at, ``fenced`` those of fenced code. It is
    ``stuck`` where blank lines would make it something else than what was meant.
    """

    first: int
    last: int
    within: Tag | None
    items: list[int] = field(default_factory=list)
    fenced: set[int] = field(default_factory=set)
    literals: list[Literal] = field(default_factory=list)
    stuck: bool = False


class Reading:
    """The content of one HTML block, read line by line; lines and offsets count from 0."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.lines = LineIndex(content)
        source = MappedText(content, SourceMap([(0, 0)]), self.lines)
        found = list(tags_and_comments(source, 0, len(content)))
        self.tags = [piece for piece in found if isinstance(piece, Tag)]
        spans = [piece.span for piece in found]
        spans += [Span(*match.span()) for match in RAW.finditer(content) if match[1]]
        self.shown = blanked(content, spans)
        self._comments = {each.span.start for each in found if isinstance(each, Comment)}
        self._starting = {tag.span.start: tag for tag in self.tags}
        self._cut = {
            number
            for start, end in spans
            for number in range(self.number(start) + 1, self.number(end - 1) + 1)
        }
        self._fences = fences([self.line(number) for number in range(len(self.lines))])

    def line(self, number: int) -> str:
        """A line as it is written, without its ending."""
        return self.content[slice(*self.extent(number))]

    def extent(self, number: int) -> Span:
        """The span of a line in the content, without its ending."""
        start, end = self.lines.line_span(number + 1)
        return Span._make((start, end - self.content.endswith("\n", start, end)))

    def indent(self, number: int) -> int:
        """How many spaces and tabs a line starts with."""
        line = self.line(number)
        return len(line) - len(line.lstrip(" \t"))

    def bare(self, number: int) -> bool:
        """Whether a line shows nothing but what its tags are: a picture, a line break."""
        return not self.shown[slice(*self.extent(number))].strip()

    def number(self, offset: int) -> int:
        """The line that *offset* is in."""
        return self.lines.position(offset).line - 1

    def tags_in(self, span: Span) -> list[Tag]:
        """The tags that start in *span*."""
        starts = [bisect_left(self.tags, offset, key=lambda tag: tag.span.start) for offset in span]
        return self.tags[slice(*starts)]

    @cached_property
    def regions(self) -> list[Region]:
        """The runs of lines that are text, less the pictures and breaks at both ends."""
        around = EnclosingTags(
            tag
            for tag in self.tags
            if tag.name not in INLINE and tag.name not in VOID and not tag.self_closing
        )
        return [region for run in self._runs() if (region := self._region(run, around))]

    def _runs(self) -> list[list[int]]:
        """The lines that are not HTML, in runs; lines in a fence never count."""
        runs: list[list[int]] = [[]]
        number = 1  # the first line is what makes it an HTML block
        while number < len(self.lines):
            last = number
            if self._is_html(number):
                if runs[-1]:
                    runs.append([])
            else:
                last = self._fences.get(number) or number
                runs[-1] += range(number, last + 1)
            number = last + 1
        return runs

    def _is_html(self, number: int) -> bool:
        start = self.extent(number).start + self.indent(number)
        tag = self._starting.get(start)
        return (
            number in self._cut
            or start in self._comments
            or (tag is not None and tag.name not in INLINE)
        )

    def _region(self, run: list[int], around: EnclosingTags) -> Region | None:
        first = next((number for number in run if not self.bare(number)), None)
        if first is None:
            return None
        region = Region(first, run[-1], around.at(self.extent(first).start))
        self._read(region)
        mark = ITEM.match(self.line(region.items[-1])) if region.items else None
        while self.bare(region.last) and (not mark or self.indent(region.last) < mark.end()):
            region.last -= 1
        return region

    def _read(self, region: Region) -> None:
        """Note what stays literal in *region*: fences, headings, tables, lists."""
        number = region.first
        while number <= region.last:
            line, last = self.line(number), number
            if number in self._fences:
                end = self._fences[number]
                region.stuck |= end is None
                last = end or number
                region.fenced.update(range(number, last + 1))
                self._note(region, "code", number, last)
            elif HEADING.match(line):
                region.stuck = True  # it would change the outline
                self._note(region, "heading", number, number)
            elif number < region.last and heads_table(line, self.line(number + 1)):
                last = number + 1
                while last < region.last and "|" in self.line(last + 1):
                    last += 1
                self._note(region, "table", number, last)
            elif ITEM.match(line):
                region.items.append(number)
            number = last + 1
        if self._is_list(region):
            self._note(region, "list", region.items[0], region.items[-1])
        region.stuck |= bool(region.items) and self._starts_above(region)

    def _starts_above(self, region: Region) -> bool:
        """Whether a first item is after a tag in the line above."""
        span = self.extent(region.first - 1)
        tags = [tag for tag in self.tags_in(span) if tag.name not in INLINE]
        return bool(tags) and ITEM.match(self.content[tags[-1].span.end : span.end]) is not None

    def _note(self, region: Region, kind: str, first: int, last: int) -> None:
        span = Span(self._text(first).start, self._text(last).end)
        region.literals.append(Literal(kind, span))

    def _text(self, number: int) -> Span:
        """A line without the whitespace around it and the breaks and end tags after it."""
        start, end = self.extent(number)
        closing = self.closing(number)
        line = self.content[start : end if closing is None else closing]
        indent = self.indent(number)
        return Span(start + indent, start + max(indent, len(unbroken(line))))

    def closing(self, number: int) -> int | None:
        """The start of the end tags at the end of a line, of blocks and of what they hold."""
        start, stop = self.extent(number)
        tags = self.tags_in(Span(start, stop))
        opened = {tag.name for tag in tags if not tag.closing}
        ends: list[Tag] = []
        for tag in reversed(tags):
            if not tag.closing or tag.name in opened or self.content[tag.span.end : stop].strip():
                break
            ends.append(tag)
            stop = tag.span.start
        return stop if any(tag.name not in INLINE for tag in ends) else None

    def _is_list(self, region: Region) -> bool:
        if len(region.items) >= 2:
            # in a cell or a paragraph, lines that all end in <br> may be intended
            honest = region.within is not None and region.within.name in ("p", "td", "th")
            return not honest or bool(self.run_on(region))
        if not region.items or region.first != region.last:
            return False
        mark = ITEM.match(self.line(region.first))
        if mark and mark[2][:-1].isdigit():
            return False  # a number alone reads the same
        behind = _CLOSED.match(self.content, self.extent(region.last).end)
        return behind is not None and self.line(region.first - 1).rstrip().endswith("</summary>")

    def run_on(self, region: Region) -> list[tuple[int, int]]:
        """First and last of the lines that run together because ``<br>`` is missing."""
        runs: list[tuple[int, int]] = []
        for item in region.items:
            above = item - 1
            if above < region.first or breaks(self.line(above)):
                continue
            if runs and runs[-1][1] == above:
                runs[-1] = (runs[-1][0], item)
            else:
                runs.append((above, item))
        return runs

    @cached_property
    def literals(self) -> list[Literal]:
        """The Markdown that stays literal in the block, in order."""
        found = [literal for region in self.regions for literal in region.literals]
        shown = blanked(self.shown, [each.span for each in found if each.kind == "code"])
        inline = [Span(*match.span()) for match in CODE.finditer(shown)]
        found += [Literal("inline code", span) for span in inline]
        shown = blanked(shown, inline)
        shown = blanked(shown, in_line(shown))
        for kind, pattern in SPANS.items():
            found += [Literal(kind, Span(*match.span())) for match in pattern.finditer(shown)]
        return sorted(found, key=lambda each: each.span.start)

    @property
    def is_plain(self) -> bool:
        """Whether no component starts a line: it may render Markdown in any way."""
        return all(tag.name in KNOWN or not self._is_first(tag.span.start) for tag in self.tags)

    def _is_first(self, offset: int) -> bool:
        number = self.number(offset)
        return self.extent(number).start + self.indent(number) == offset

    def has_literal(self, region: Region) -> bool:
        """Whether there is Markdown in *region*."""
        start, end = self.extent(region.first).start, self.extent(region.last).end
        at = bisect_left(self.literals, start, key=lambda each: each.span.start)
        return at < len(self.literals) and self.literals[at].span.start < end


_CLOSED = lazy_regex(r"\s*</details>")
