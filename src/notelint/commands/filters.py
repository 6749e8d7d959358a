"""Filters of findings: those in a baseline, and those on unchanged lines, are left out.

A baseline recognizes a finding by its rule, its file and the text at fault, not by its line number.
Equal findings are counted, so that one more of them is new.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

from notelint.commands.command_settings import RunSettings
from notelint.config.errors import ConfigError
from notelint.diagnostics import Diagnostic, RunReport
from notelint.engine import output_files
from notelint.engine.note_path import note_at
from notelint.report.plain_text import count
from notelint.text.startup import NamedTuple

VERSION = 1
_MAX_TEXT_CHARS = 100  # of a text at fault; a longer one is cut and gets a digest


def filter_findings(report: RunReport, settings: RunSettings) -> list[str]:
    """Remove findings from *report* as the settings say; return messages on stale entries.

    Raises :class:`ConfigError`.
    """
    messages, baseline, since = [], settings.baseline, settings.since
    if baseline:
        known = Baseline.read(baseline)
        report.diagnostics, stale = known.compare(report.diagnostics, looked_for(settings))
        messages = [_outdated(baseline, stale)] if stale else []
    if since is not None:
        from notelint.commands.since import ChangedLines

        changed = ChangedLines(since)
        for file in settings.files:  # a wrong revision is an error even without findings
            changed.lines(os.path.abspath(file))
        report.diagnostics = [each for each in report.diagnostics if changed.touched(each)]
    return messages


def write_baseline(report: RunReport, path: str) -> str:
    """Write the findings in *report* to a baseline at *path*; return a message that says so.

    Raises :class:`ConfigError` if the file cannot be written.
    """
    Baseline.of(path, report.diagnostics).write()
    return f"{path}: {count(len(report.diagnostics), 'problem')} recorded"


def looked_for(settings: RunSettings) -> Callable[[str, str], bool]:
    """A function that tells whether a run with *settings* looks for a rule in a file.

    It takes the absolute path of the file and the name of the rule.
    """
    read = {os.path.abspath(file) for file in settings.files}
    rules_for, here = settings.rules_for(), os.getcwd()

    def looks(file: str, rule: str) -> bool:
        try:
            return file in read and rule in rules_for(note_at(file, here)).names
        except ConfigError:  # the file was not checked
            return False

    return looks


def _outdated(path: str, stale: Counter[BaselineEntry]) -> str:
    shown = [f"{each.path}: {each.rule} {each.text}" for each in islice(sorted(stale), 3)]
    more = ", …" if len(stale) > len(shown) else ""
    number = count(stale.total(), "problem")
    return f"{path}: {number} no longer there ({', '.join(shown)}{more}); record it again"


Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


def without_known(
    known: Counter[Key], items: Iterable[Item], key: Callable[[Item], Key]
) -> tuple[list[Item], Counter[Key]]:
    """The *items* whose key is not *known*, and the rest of *known*.

    Of items with equal keys, the last ones count as new.
    """
    left, new = Counter(known), []
    for each in items:
        if left[key(each)] > 0:
            left[key(each)] -= 1
        else:
            new.append(each)
    return new, left


class BaselineEntry(NamedTuple):
    """The identity of a finding; ``path`` is relative to the folder of the baseline."""

    path: str
    rule: str
    text: str


class Baseline:
    """The entries of the file at *path*, each with the number of its findings."""

    def __init__(self, path: str, known: Counter[BaselineEntry]) -> None:
        self.path = path
        self._folder = os.path.dirname(os.path.abspath(path))
        self._known = known

    @classmethod
    def of(cls, path: str, diagnostics: Iterable[Diagnostic]) -> Baseline:
        """The baseline of all *diagnostics*, to be written to *path*."""
        empty = cls(path, Counter())
        return cls(path, Counter(map(empty._entry, diagnostics)))

    @classmethod
    def read(cls, path: str) -> Baseline:
        """Read the baseline at *path*. Raises :class:`ConfigError` if there is none."""
        try:
            text = output_files.read(path).decode("utf-8", "surrogateescape")
            data = json.loads(text)
        except (ValueError, RecursionError):
            raise ConfigError(f"{path}: not a baseline: not valid JSON") from None
        return cls(path, _entries(data, path))

    def known(self, file: str) -> Counter[tuple[str, str]]:
        """The rules and texts of the entries of *file*, a path from the current folder."""
        path = os.path.relpath(file, self._folder).replace(os.sep, "/")
        return Counter(
            {(rule, text): number for (of, rule, text), number in self._known.items() if of == path}
        )

    @staticmethod
    def text_of(diagnostic: Diagnostic) -> str:
        """The text by which an entry recognizes *diagnostic*."""
        return _short(diagnostic.identity)

    def write(self) -> None:
        """Write the file. Raises :class:`ConfigError` if it cannot be written."""
        output_files.write(self.path, self.render().encode("utf-8", "surrogateescape"))

    def render(self) -> str:
        """The content of the file: sorted, one entry per line, so that its diffs are readable."""
        files: dict[str, dict[str, dict[str, int]]] = {}
        for (path, rule, text), number in sorted(self._known.items()):
            files.setdefault(path, {}).setdefault(rule, {})[text] = number
        found = {"version": VERSION, "findings": files}
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"

    def compare(
        self, diagnostics: Sequence[Diagnostic], looked_for: Callable[[str, str], bool]
    ) -> tuple[list[Diagnostic], Counter[BaselineEntry]]:
        """The new ones among *diagnostics*, and the stale entries.

        Of equal diagnostics the last ones are new. An entry that was not found is stale only if
        the run looked for its rule in its file, as *looked_for* tells (see :func:`looked_for`), or
        if the file does not exist any more.
        """
        new, left = without_known(self._known, diagnostics, self._entry)
        gone = {entry: n for entry, n in left.items() if n > 0 and self._gone(entry, looked_for)}
        return new, Counter(gone)

    def _gone(self, entry: BaselineEntry, looked_for: Callable[[str, str], bool]) -> bool:
        file = os.path.normpath(os.path.join(self._folder, entry.path))
        return not os.path.exists(file) or looked_for(file, entry.rule)

    def _entry(self, diagnostic: Diagnostic) -> BaselineEntry:
        path = os.path.relpath(diagnostic.path, self._folder).replace(os.sep, "/")
        return BaselineEntry(path, diagnostic.rule, self.text_of(diagnostic))


def _short(text: str) -> str:
    """*text* on one line, so that wrapping and indents do not matter, and cut if it is long."""
    text = " ".join(text.split())
    if len(text) <= _MAX_TEXT_CHARS:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{text[: _MAX_TEXT_CHARS - 20]}… ({digest})"


def _entries(data: Any, path: str) -> Counter[BaselineEntry]:
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ConfigError(f"{path}: not a baseline of version {VERSION}; record it again")
    known: Counter[BaselineEntry] = Counter()
    try:
        for file, found in data["findings"].items():
            for rule, texts in found.items():
                for text, number in texts.items():
                    known[BaselineEntry(file, rule, text)] = int(number)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise ConfigError(f"{path}: not a baseline: not all of its entries are findings") from None
    return known
