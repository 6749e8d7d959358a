"""A document that is edited: the next one takes from it what an edit leaves as it is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from notelint.markdown import parser
from notelint.markdown.collect import Collector
from notelint.markdown.document import Document
from notelint.markdown.fast.reparse import Blocks, blocks_of, common_start, reparse
from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from notelint.markdown.elements import Elements
    from notelint.markdown.parser import Parsed
    from notelint.text.source import Source

_FEWEST = 64  # tokens between two marks
# The lists of elements in document order, of which each block adds to the end.
_LISTS = (
    "links", "items", "nodes", "prose", "tags", "comments", "html_blocks", "codes", "formulas",
    "tables", "headings", "notes",
)  # fmt: skip


class EditedDocument(Document):
    """The document of *source*, which was that of *before* until an edit.

    It is the same as a document that is made without *before*.
    """

    def __init__(self, source: Source, before: EditedDocument | None = None) -> None:
        self._before = before
        self._shared = 0  # of the tokens, those that are tokens of *before*
        self._marks: list[_Mark] = []
        super().__init__(source)
        if before is not None:
            before._before = None  # so that no more than two are kept

    def _parse(self, text: str, references: MutableMapping[str, Any] | None) -> Parsed:
        before, md = self._before, parser.parser_for(text)
        if before is not None and before._parsed.md is md:
            _, tokens, env = before._parsed
            parsed = reparse(before.source.text, text, md, tokens, env, before._blocks)
            if parsed is not None:
                self._blocks, self._shared = parsed.blocks, parsed.shared
                return parser.Parsed(md, parsed.tokens, parsed.env)
        return super()._parse(text, references)

    @cached_property
    def _blocks(self) -> Blocks:
        return blocks_of(self._parsed.tokens)

    @cached_property
    def _elements(self) -> Elements:
        collector, done = _Collector(self.lines), 0
        before, self._before = self._before, None
        self._marks = self._marks_of(before) if before else []
        if before and self._marks:
            collector.resume(before._elements, self._marks[-1])
            done = self._marks[-1].token
        tokens = self._parsed.tokens
        for line, first in zip(*self._blocks, strict=True):
            if first >= done + _FEWEST:
                collector.collect(tokens[done:first])
                self._marks.append(collector.mark(first, line))
                done = first
        return collector.collect(tokens[done:])

    def _marks_of(self, before: EditedDocument) -> list[_Mark]:
        """The marks of *before* up to which the texts are equal, with their line ends."""
        marks = [each for each in before._marks if each.token <= self._shared]
        old, new = before.source.text, self.source.text
        if "\r" not in old and "\r" not in new:
            return marks  # else they may differ where the parser sees no difference
        starts, same = before.lines.starts, common_start(old, new)
        return [each for each in marks if starts[each.line] < same]


class _Mark(NamedTuple):
    """How far a collector is at ``token``, the first of a block that is in no other, on ``line``.

    ``counts`` are the lengths of the lists of elements, ``filled`` is True if the section that
    begins at the heading ``section`` has content so far.
    """

    token: int
    line: int
    counts: tuple[int, ...]
    lists: int
    section: int | None
    filled: bool


class _Collector(Collector):
    """A collector that can begin where another one was."""

    def mark(self, token: int, line: int) -> _Mark:
        """How far it is at *token*, on *line*."""
        counts = tuple([len(getattr(self.elements, name)) for name in _LISTS])
        section = self._section
        filled = section is not None and section in self.elements.filled
        return _Mark(token, line, counts, self._list_count, section, filled)

    def resume(self, elements: Elements, mark: _Mark) -> None:
        """Take those of *elements* that were there at *mark*."""
        own = self.elements
        for name, count in zip(_LISTS, mark.counts, strict=True):
            setattr(own, name, getattr(elements, name)[:count])
        sources = [each.source for each in own.prose]
        sources += [each.source for each in own.html_blocks]
        for source in sources:
            source.index = self._index  # so that the text before the edit is not kept
        own.front_matter = elements.front_matter
        self._list_count, self._section = mark.lists, mark.section
        if mark.section is not None:
            own.filled = {each for each in elements.filled if each < mark.section}
            own.filled.update([mark.section] if mark.filled else ())
        labels = [node.token.meta["label"] for node in own.nodes if node.kind == "footnote"]
        for label in labels:
            self._notes.setdefault(label, len(self._notes) + 1)
