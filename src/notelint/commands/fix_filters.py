"""The findings that ``fix`` skips: those in a baseline, and those on unchanged lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence

from notelint.commands.command_settings import RunSettings
from notelint.commands.filters import Baseline, without_known
from notelint.commands.since import changed_lines
from notelint.engine.fix import Choose
from notelint.engine.linter import RuleFinding, to_diagnostic
from notelint.engine.note_path import NotePath
from notelint.markdown.document import Document

ChooseFor = Callable[[NotePath, Document], Choose]


class FixFilter:
    """The choice of the findings that ``fix`` does not skip.

    Raises :class:`ConfigError` for a baseline that cannot be read.
    """

    def __init__(self, settings: RunSettings) -> None:
        self._baseline = Baseline.read(settings.baseline) if settings.baseline else None
        self._changed_lines = changed_lines(settings.since)

    def of_note(self, note: NotePath, before: Document) -> Choose:
        """The choice for each round in *note*, which is *before* at first.

        Raises :class:`ConfigError` for a revision that git does not know.
        """
        lines = self._changed_lines(os.path.abspath(note.file))
        known = self._baseline.known(note.display_path) if self._baseline else Counter()

        def choose(doc: Document, found: Sequence[RuleFinding]) -> Sequence[RuleFinding]:
            if lines is not None:
                now = _moved(lines, before, doc)
                found = [each for each in found if doc.lines.range(each.finding.span).touches(now)]
            return _new(known, note, doc, found) if known else found

        return choose


def _new(
    known: Counter[tuple[str, str]], note: NotePath, doc: Document, found: Sequence[RuleFinding]
) -> list[RuleFinding]:
    """The findings in *found* that are not *known*; of equal ones, the first are known."""

    def key(finding: RuleFinding) -> tuple[str, str]:
        diagnostic = to_diagnostic(finding, note.display_path, doc.lines)
        return diagnostic.rule, Baseline.text_of(diagnostic)

    return without_known(known, sorted(found, key=lambda each: each.finding.span), key)[0]


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
