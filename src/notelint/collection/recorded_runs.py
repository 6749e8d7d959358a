"""The history of a collection: a line of JSON for each run that found another state."""

from __future__ import annotations

import json
from typing import Any

from notelint.collection.collection import RecordedRun
from notelint.text.startup import lazy_regex

VERSION = 1
_COMMIT = lazy_regex(r"[0-9a-f]{0,64}")
_DATE = lazy_regex(r"(?:\d{4}-\d\d-\d\d)?")
_LIMIT = 1_000_000_000
_NUMBERS = ("notes", "errors", "warnings", "unreachable")


def line_of(run: RecordedRun) -> str:
    """The line of *run*, with its end."""
    return json.dumps({"version": VERSION, **as_object(run)}, ensure_ascii=True) + "\n"


def as_object(run: RecordedRun) -> dict[str, Any]:
    """*run* as plain data."""
    return {**run._asdict(), "rules": dict(run.rules)}


def runs_in(text: str) -> list[RecordedRun]:
    """The runs in the lines of *text*. Raises :class:`ValueError`, which names the wrong line."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_run(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise ValueError(f"line {number} is not a run of version {VERSION}") from None
    return found


def _run(found: Any) -> RecordedRun:
    if found["version"] != VERSION:
        raise ValueError
    notes, errors, warnings, unreachable = (found[name] for name in _NUMBERS)
    rules = found["rules"].items()
    numbers = (notes, errors, warnings, unreachable, *(number for _, number in rules))
    if not all(type(each) is int and 0 <= each < _LIMIT for each in numbers):
        raise ValueError
    commit, date = found["commit"], found["date"]
    if not (_COMMIT.fullmatch(commit) and _DATE.fullmatch(date)):
        raise ValueError  # the text would be shown in a report
    return RecordedRun(commit, date, notes, errors, warnings, unreachable, tuple(sorted(rules)))
