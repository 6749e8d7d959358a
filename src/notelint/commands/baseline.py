"""Findings that are known, so that only new ones are reported.

A finding is recognised by its rule, its file and the text at fault, not by its line: it may move.
Equal ones are counted, so that one more of them is new.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from notelint.config.location import ConfigError
from notelint.diagnostics import Diagnostic
from notelint.engine import output_files
from notelint.text.startup import NamedTuple
from notelint.workspace import read_note

VERSION = 1
_LONGEST = 100  # characters of a text at fault; a longer one is cut, and told apart by its hash


class Entry(NamedTuple):
    """What findings are recognised by; ``path`` is relative to the folder of the baseline."""

    path: str
    rule: str
    text: str


class Sorted(NamedTuple):
    """The findings that a baseline does not know, and how often it knows what is not there."""

    new: list[Diagnostic]
    stale: Counter[Entry]


class Baseline:
    """The findings that the file at *path* holds, each with how often it was there."""

    def __init__(self, path: str, known: Counter[Entry]) -> None:
        self.path = path
        self._folder = os.path.dirname(os.path.abspath(path))
        self._known = known

    @classmethod
    def of(cls, path: str, diagnostics: Iterable[Diagnostic]) -> Baseline:
        """The baseline, to be written to *path*, of which all *diagnostics* are part."""
        empty = cls(path, Counter())
        return cls(path, Counter(map(empty._entry, diagnostics)))

    @classmethod
    def read(cls, path: str) -> Baseline:
        """The baseline in the file at *path*. Raises :class:`ConfigError` where there is none."""
        try:
            text = output_files.read(path).decode("utf-8", "surrogateescape")
            data = json.loads(text)
        except read_note.FileProblem as problem:
            raise ConfigError(str(problem)) from None
        except (ValueError, RecursionError):
            raise ConfigError(f"{path}: not a baseline: not valid JSON") from None
        return cls(path, _entries(data, path))

    def write(self) -> None:
        """Write the file. Raises :class:`ConfigError` where that can't be done."""
        try:
            output_files.write(self.path, self.render().encode("utf-8", "surrogateescape"))
        except read_note.FileProblem as problem:
            raise ConfigError(str(problem)) from None

    def render(self) -> str:
        """The file, sorted, an entry a line, so that its own differences can be read."""
        files: dict[str, dict[str, dict[str, int]]] = {}
        for (path, rule, text), number in sorted(self._known.items()):
            files.setdefault(path, {}).setdefault(rule, {})[text] = number
        found = {"version": VERSION, "findings": files}
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"

    def sort(
        self,
        diagnostics: Sequence[Diagnostic],
        looked_for: Callable[[str, str], bool],
    ) -> Sorted:
        """Tell new *diagnostics* from known ones; of equal ones the last are the new ones.

        *looked_for* says of a file, by its absolute path, and a rule whether this run would have
        found what is stale; without that, nobody can tell. What a file held that is gone, is stale.
        """
        left = Counter(self._known)
        new = []
        for each in diagnostics:
            entry = self._entry(each)
            if left[entry] > 0:
                left[entry] -= 1
            else:
                new.append(each)
        gone = {entry: n for entry, n in left.items() if n > 0 and self._tell(entry, looked_for)}
        return Sorted(new, Counter(gone))

    def _tell(self, entry: Entry, looked_for: Callable[[str, str], bool]) -> bool:
        file = os.path.normpath(os.path.join(self._folder, entry.path))
        return not os.path.exists(file) or looked_for(file, entry.rule)

    def _entry(self, diagnostic: Diagnostic) -> Entry:
        path = os.path.relpath(diagnostic.path, self._folder).replace(os.sep, "/")
        return Entry(path, diagnostic.rule, _short(diagnostic.identity))


def _short(text: str) -> str:
    """*text* in one line: how it is wrapped and indented does not count."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{text[: _LONGEST - 20]}… ({digest})"


def _entries(data: Any, path: str) -> Counter[Entry]:
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ConfigError(f"{path}: not a baseline of version {VERSION}; write it anew")
    known: Counter[Entry] = Counter()
    try:
        for file, found in data["findings"].items():
            for rule, texts in found.items():
                for text, number in texts.items():
                    known[Entry(file, rule, text)] = int(number)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise ConfigError(f"{path}: not a baseline: it holds other things than findings") from None
    return known
