"""The findings that ``fix`` skips: those in a baseline, and those on unchanged lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence

from notelint.commands.command_settings import Filters
from notelint.commands.filters import Baseline, without
from notelint.commands.since import Changed
from notelint.engine.linter import RuleFinding, to_diagnostic
from notelint.engine.note_path import NotePath
from notelint.markdown.document import Document

Keep = Callable[[Document, Sequence[RuleFinding]], Sequence[RuleFinding]]


class FixFilters:
    """Chooses the findings to fix, in every round of fixing a note.

    Raises :class:`ConfigError` for a baseline that cannot be read; :meth:`of` for a revision that
    git does not know.
    """

    def __init__(self, filters: Filters) -> None:
        self._baseline = Baseline.read(filters.baseline) if filters.baseline else None
        self._changed = Changed(filters.since) if filters.since is not None else None

    def of(self, note: NotePath, before: Document) -> Keep:
        """A function that says which findings of *note*, *before* and after a fix, to fix."""
        lines = self._changed.lines(os.path.abspath(note.file)) if self._changed else None
        known = self._baseline.known(note.display_path) if self._baseline else Counter()

        def keep(doc: Document, found: Sequence[RuleFinding]) -> Sequence[RuleFinding]:
            if lines is not None:
                found = _on(_moved(lines, before, doc), doc, found)
            return _new(known, note, doc, found) if known else found

        return keep


def _new(
    known: Counter[tuple[str, str]], note: NotePath, doc: Document, found: Sequence[RuleFinding]
) -> list[RuleFinding]:
    """The findings in *found* that are not *known*; of equal ones, the first count as known."""

    def key(finding: RuleFinding) -> tuple[str, str]:
        diagnostic = to_diagnostic(finding, note.display_path, doc.lines)
        return diagnostic.rule, Baseline.text_of(diagnostic)

    return without(known, sorted(found, key=lambda each: each.finding.span), key)[0]


def _on(lines: frozenset[int], doc: Document, found: Sequence[RuleFinding]) -> list[RuleFinding]:
    """The findings in *found* that are on one of *lines*."""
    return [each for each in found if doc.lines.range(each.finding.span).touches(lines)]


def _moved(lines: frozenset[int], before: Document, after: Document) -> frozenset[int]:
    """The changed *lines* of *before* as numbered in *after*, and the lines that a fix wrote."""
    if before.source.text == after.source.text:
        return lines
    from difflib import SequenceMatcher

    old, new = before.source.text.split("\n"), after.source.text.split("\n")
    found = set(range(1, len(new) + 1))
    for start, to, size in SequenceMatcher(None, old, new).get_matching_blocks():
        found -= {to + at + 1 for at in range(size) if start + at + 1 not in lines}
    return frozenset(found)
