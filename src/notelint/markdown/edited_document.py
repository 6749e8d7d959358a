"""Documents of a text that is being edited: each reuses what an edit leaves unchanged."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from operator import add, sub
from typing import TYPE_CHECKING, Any

from notelint.markdown import formulas, parser
from notelint.markdown.collect import Collector
from notelint.markdown.definitions import label_key
from notelint.markdown.document import Document
from notelint.markdown.elements import LIST_TOKENS, Elements, top_blocks
from notelint.markdown.fast.changed_lines import common_end, common_start
from notelint.markdown.fast.reparse import Blocks, blocks_of, reparse
from notelint.markdown.reuse import Reusable
from notelint.markdown.shift import ELEMENT_LISTS, Shift, counts
from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

    from notelint.markdown.elements import TopBlock
    from notelint.markdown.fast.reparse import Reparsed
    from notelint.markdown.parser import Parsed
    from notelint.markdown.upstream import Token
    from notelint.text.source import Source

_FEWEST = 64  # tokens between two marks
# Top-level blocks that begin with one of these are content of the section around them.
_FILLING = frozenset(
    {"paragraph_open", "fence", "code_block", "table_open", "tr_open", formulas.BLOCK, *LIST_TOKENS}
)
_AT_HEADINGS, _AT_ITEMS = ELEMENT_LISTS.index("headings"), ELEMENT_LISTS.index("items")


class EditedDocument(Document):
    """The document of *source*, an edit of the text of *before*.

    It is equal to a document made without *before*, but takes over what the edit leaves unchanged.
    *before* loses that, and is parsed again if it is used after this.
    """

    _reparsed: Reparsed | None = None  # only during creation

    def __init__(self, source: Source, before: EditedDocument | None = None) -> None:
        self._marks: list[_Mark] = []
        self.made = {}
        self._before = before
        try:
            super().__init__(source)
            reparsed = vars(self).pop("_reparsed", None)
            if before is not None and reparsed and "_elements" in vars(before):
                self._elements = self._reused_elements(before, reparsed)
        finally:
            del self._before
            if before is not None:
                before._forget()

    def _parse(self, text: str, references: MutableMapping[str, Any] | None) -> Parsed:
        before, md = self._before, parser.parser_for(text)
        if before is not None and before._parsed.md is md:
            _, tokens, env = before._parsed
            reparsed = reparse(before.source.text, text, md, tokens, env, before._blocks)
            if reparsed is not None:
                self._reparsed, self._blocks = reparsed, reparsed.blocks
                return parser.Parsed(md, reparsed.tokens, reparsed.env)
        return super()._parse(text, references)

    def _forget(self) -> None:
        """Drop everything but the text."""
        for name in {*vars(self)} - {"source", "lines"}:
            delattr(self, name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "_parsed" in vars(self) or "source" not in vars(self):
            raise AttributeError(name)
        vars(self).update(vars(Document(self.source)), _marks=[], made={})
        return getattr(self, name)

    @cached_property
    def _blocks(self) -> Blocks:
        return blocks_of(self.source.text, *self._parsed)

    @cached_property
    def blocks(self) -> list[TopBlock]:
        tokens = self._parsed.tokens
        return top_blocks(
            tokens[at] for at in dict.fromkeys(self._blocks.tokens) if at < len(tokens)
        )

    @cached_property
    def _elements(self) -> Elements:
        return self._collected(_Collector(self.lines), 0, len(self._parsed.tokens)).elements

    def _collected(self, collector: _Collector, start: int, stop: int) -> _Collector:
        """Let *collector* collect the tokens from *start* to *stop*, and record marks."""
        tokens, done = self._parsed.tokens, start
        for first in self._stops(start, stop):
            if done + _FEWEST <= first:
                collector.collect(tokens[done:first])
                self._marks.append(collector.mark(first, tokens[first]))
                done = first
        collector.collect(tokens[done:stop])
        return collector

    def _stops(self, start: int, stop: int) -> Iterator[int]:
        """The indexes from *start* to *stop* at which blocks, or rows of large tables, begin."""
        tokens = self._parsed.tokens
        for at, end in pairwise([*self._blocks.tokens, len(tokens)]):
            if end <= start or at >= stop:
                continue
            yield at
            if end - at > 2 * _FEWEST and tokens[at].type == "table_open":
                rows = range(max(at, start), min(end, stop))
                yield from (each for each in rows if tokens[each].type == "tr_open")

    def _reused_elements(self, before: EditedDocument, reparsed: Reparsed) -> Elements:
        """The elements: those of *before* above and below the edit, new ones around it.

        For an edit at the start of a note of 170 KB, that takes a tenth of the time of collecting
        all elements; for an edit further down, less.
        """
        collector, known = _Collector(self.lines), before._elements
        above, below = self._reusable_marks(before, reparsed)
        self._marks, start = [*above], 0
        if above:
            collector.resume(known, above[-1])
            start = above[-1].token
        added = len(reparsed.tokens) - len(before._parsed.tokens)
        characters = len(self.source.text) - len(before.source.text)
        stop = below[0].token + added if below else len(reparsed.tokens)
        self._collected(collector, start, stop)
        by = Shift(characters, reparsed.lines, 0, 0)
        first = dict.fromkeys(ELEMENT_LISTS, 0)
        last = dict(first)
        if above:
            first.update(zip(ELEMENT_LISTS, above[-1].counts, strict=True))
        if below:
            last.update(zip(ELEMENT_LISTS, map(sub, counts(known), below[0].counts), strict=True))
            by, moved = collector.join(known, below, by, added)
            self._marks += moved
        first["definitions"], last["definitions"] = reparsed.definitions
        if "\r" in self.source.text or "\r" in before.source.text:
            first["definitions"] = last["definitions"] = 0
        self.reusable = Reusable(before.made or {}, first, last, by)
        collector.take_index()
        return collector.elements

    def _reusable_marks(
        self, before: EditedDocument, reparsed: Reparsed
    ) -> tuple[list[_Mark], list[_Mark]]:
        """The marks of *before* above and below the edit at which elements can be reused."""
        above = [each for each in before._marks if each.token <= reparsed.above]
        below = [each for each in before._marks if each.token >= reparsed.below]
        while below and not below[0].begins:
            del below[0]
        old, new = before.source.text, self.source.text
        if "\r" in old or "\r" in new:
            # the parser normalizes line ends: the texts may differ where it sees no difference
            starts = before.lines.starts
            same = common_start(old, new)
            rest = len(old) - common_end(old, new, min(len(old), len(new)))
            above = [each for each in above if starts[each.line] < same]
            below = [each for each in below if starts[each.line] > rest]
            if below and not below[0].begins:
                below = []
        return above, below


class _Mark(NamedTuple):
    """The state of a collector before ``token``, the first of a top-level block, on ``line``.

    ``counts`` are the lengths of the lists of elements. ``filled`` is True if the section that
    begins at the heading ``section`` has content so far. ``begins`` is ``"heading"`` if the block
    begins a section, ``"content"`` if it is content of one, and empty if that is not known.
    """

    token: int
    line: int
    counts: tuple[int, ...]
    lists: int
    section: int | None
    filled: bool
    begins: str


class _Collector(Collector):
    """A collector that can continue from a mark, and take over elements below an edit."""

    def mark(self, at: int, token: Token) -> _Mark:
        """The current state, before *token*, which has the index *at*."""
        assert token.map is not None
        section = self._section
        filled = section is not None and section in self.elements.filled
        begins = "heading" if token.type == "heading_open" else ""
        if token.type in _FILLING:
            begins = "content"
        known = counts(self.elements)
        return _Mark(at, token.map[0], known, self._list_count, section, filled, begins)

    def resume(self, elements: Elements, mark: _Mark) -> None:
        """Take over the elements that were collected at *mark*, and its state."""
        own = self.elements
        for name, count in zip(ELEMENT_LISTS, mark.counts, strict=True):
            setattr(own, name, getattr(elements, name)[:count])
        own.front_matter = elements.front_matter
        self._list_count, self._section = mark.lists, mark.section
        if mark.section is not None:
            own.filled = {each for each in elements.filled if each < mark.section}
            own.filled.update([mark.section] if mark.filled else ())
        labels = [
            label_key(node.token.meta["label"]) for node in own.nodes if node.kind == "footnote"
        ]
        for label in labels:
            self._footnotes.setdefault(label, len(self._footnotes) + 1)

    def join(
        self, elements: Elements, marks: list[_Mark], by: Shift, tokens: int
    ) -> tuple[Shift, list[_Mark]]:
        """Take over the elements after the first of *marks*, moved *by* characters and lines.

        Returns the move, completed by the numbers of items and lists, and the new *marks*, whose
        indexes of tokens grow by *tokens*.
        """
        own, first, section = self.elements, marks[0], self._section
        here = counts(own)
        grown = [new - old for new, old in zip(here, first.counts, strict=True)]
        lists, headings = self._list_count - first.lists, grown[_AT_HEADINGS]
        filled = section in own.filled
        below = Elements()
        for name, count in zip(ELEMENT_LISTS, first.counts, strict=True):
            setattr(below, name, getattr(elements, name)[count:])
        by = by._replace(items=grown[_AT_ITEMS], lists=lists)
        by.apply(below)
        if section is not None and (
            first.begins == "content" or below.headings[0].level > own.headings[section].level
        ):
            own.filled.add(section)
        begin = first.counts[_AT_HEADINGS]
        own.filled.update(each + headings for each in elements.filled if each >= begin)
        for name in ELEMENT_LISTS:
            getattr(own, name).extend(getattr(below, name))
        if not (by.lines or tokens or lists or any(grown)) and section == first.section:
            return by, [first._replace(filled=filled), *marks[1:]]
        moved = []
        for each in marks:
            at, has = each.section, each.filled
            if at is not None and at >= begin:
                at += headings
            else:
                at, has = section, filled if each is first else section is not None
            moved.append(
                _Mark(
                    each.token + tokens,
                    each.line + by.lines,
                    tuple(map(add, each.counts, grown)),
                    each.lists + lists,
                    at,
                    has,
                    each.begins,
                )
            )
        return by, moved

    def take_index(self) -> None:
        """Make all elements refer to the new text."""
        for prose in self.elements.prose:
            prose.source.index = self._index
        for block in self.elements.html_blocks:
            block.source.index = self._index
