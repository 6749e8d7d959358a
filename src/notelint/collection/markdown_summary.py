"""A summary of a collection in Markdown, as for the summary of a step on GitHub."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notelint.collection import link_graph
from notelint.collection.collection import Collection
from notelint.report.github import as_code, as_linked_code
from notelint.report.plain_text import count

_MOST = 10  # items of a list
_LONGEST = 300  # characters of a name: a summary of a step has a limit


def render(collection: Collection) -> str:
    """The state, the rules with problems, and the worst of each list: a few kilobytes."""
    notes = collection.notes
    parts = [f"## {_name(collection.name)}\n\n{_state(collection)}\n"]
    if collection.history:
        last = collection.history[-1]
        change = len(collection.problems) - last.problems
        since = f" of {last.date}" if last.date else ""
        parts.append(f"{change:+,} problems since the last recorded run{since}.\n")
    if collection.change:
        gone = sum(number for _, number in collection.change.gone)
        parts.append(f"Against the baseline: {len(collection.change.new)} new, {gone} gone.\n")
    if collection.rules:
        rows = [
            (as_linked_code(rule), severity, number) for rule, severity, number in collection.rules
        ]
        parts.append(_table(("rule", "severity", "problems"), rows))
    worst = [number for number in collection.worst[:_MOST] if notes[number].problems]
    if worst:
        most = [(_name(notes[n].path), notes[n].errors, notes[n].warnings) for n in worst]
        parts.append("### Worst notes\n\n" + _table(("note", "errors", "warnings"), most))

    def named(numbers: Sequence[int]) -> str:
        return _list((_name(notes[each].path) for each in numbers[:_MOST]), len(numbers))

    for title, numbers in (
        ("Unreachable notes", collection.unreachable),
        ("Hubs", link_graph.hubs(collection)[:_MOST]),
        ("Oldest notes that many link to", link_graph.old_but_linked(collection)[:_MOST]),
    ):
        if numbers:
            parts.append(f"### {title}\n\n{named(numbers)}")
    unused = [each for each in collection.pictures if each.unused]
    if unused:
        shown = (_name(each.path) for each in unused[:_MOST])
        parts.append("### Unused pictures\n\n" + _list(shown, len(unused)))
    return "\n".join(parts)


def _state(collection: Collection) -> str:
    counted = [
        count(len(collection.notes), "note"),
        count(len(collection.problems), "problem")
        + f" ({count(collection.errors, 'error')}, {count(collection.warnings, 'warning')})",
    ]
    if collection.indexed:
        counted.append(count(len(collection.unreachable), "unreachable note"))
    return ", ".join(counted) + "."


def _name(text: str) -> str:
    return as_code(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _table(heads: Iterable[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [[*heads], ["---"] * len([*heads]), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def _list(items: Iterable[str], number: int) -> str:
    more = f"- {number - _MOST:,} more\n" if number > _MOST else ""
    return "".join(f"- {each}\n" for each in items) + more
