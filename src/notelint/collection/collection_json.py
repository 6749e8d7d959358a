"""A collection as JSON, as `collection.schema.json` describes it, and as a badge."""

from __future__ import annotations

import json
from collections.abc import Iterable

from notelint.collection import link_graph, recorded_runs
from notelint.collection.collection import Collection, Problem
from notelint.report.plain_text import count
from notelint.text.escape import to_json

VERSION = 1
KIND = "notelint-collection"


def badge(collection: Collection) -> str:
    """A badge with the number of problems: https://shields.io/badges/endpoint-badge."""
    number = len(collection.problems)
    found = {
        "schemaVersion": 1,
        "label": "notes",
        "message": count(number, "problem") if number else "no problems",
        "color": "red" if collection.errors else "yellow" if number else "brightgreen",
    }
    return json.dumps(found) + "\n"


def render(collection: Collection) -> str:
    """One JSON object, with a line end after it; notes are named by their paths."""
    notes, comparison = collection.notes, collection.change

    def paths(numbers: Iterable[int]) -> list[str]:
        return [notes[each].path for each in numbers]

    found = {
        "version": VERSION,
        "kind": KIND,
        "name": collection.name,
        "commit": collection.commit,
        "date": collection.date,
        "summary": {
            "notes": len(notes),
            "words": sum(each.words for each in notes),
            "links": sum(each.links for each in notes),
            "pictures": sum(each.images for each in notes),
            "problems": len(collection.problems),
            "errors": collection.errors,
            "warnings": collection.warnings,
            "unreachable": len(collection.unreachable) if collection.indexed else None,
        },
        "notes": [
            {
                "path": each.path,
                "title": each.title,
                "words": each.words,
                "links": each.links,
                "pictures": each.images,
                "errors": each.errors,
                "warnings": each.warnings,
                "changed": each.changed or None,
                "unreachable": each.unreachable,
                "links_in": paths(each.links_in),
                "links_out": paths(each.links_out),
            }
            for each in notes
        ],
        "problems": [_problem(each) for each in collection.problems],
        "rules": [
            {"rule": rule, "severity": severity, "problems": number}
            for rule, severity, number in collection.rules
        ],
        "hubs": paths(link_graph.hubs(collection)),
        "unreachable": paths(collection.unreachable),
        "dead_ends": paths(link_graph.dead_ends(collection)),
        "alone": paths(link_graph.alone(collection)),
        "islands": [paths(group) for group in link_graph.islands(collection)],
        "old_but_linked": paths(link_graph.old_but_linked(collection)),
        "duplicates": [
            {
                "page": each.page,
                "title": each.title,
                "places": [
                    {"path": notes[place.note].path, "line": place.line} for place in each.places
                ],
            }
            for each in collection.duplicates
        ],
        "pictures": [_fields(each, "path", "size", "unused") for each in collection.pictures],
        "hosts": [
            {
                "host": each.name,
                "links": each.links,
                "addresses": each.addresses,
                "states": dict(each.states),
            }
            for each in collection.hosts
        ],
        "history": [recorded_runs.as_object(each) for each in collection.history],
        "change": comparison
        and {
            "new": [_problem(each) for each in comparison.new],
            "gone": [{"rule": rule, "problems": n} for rule, n in comparison.gone],
        },
    }
    return to_json(found, indent=1) + "\n"


def _problem(problem: Problem) -> dict[str, object]:
    return _fields(problem, "path", "line", "column", "rule", "severity", "message", "text")


def _fields(item: object, *names: str) -> dict[str, object]:
    return {name: getattr(item, name) for name in names}


def problems_in(text: str) -> list[tuple[str, str, str]] | None:
    """Path, rule and text of each problem in the JSON of a report; None for any other text."""
    try:
        found = json.loads(text)
        if found["kind"] != KIND or found["version"] != VERSION:
            return None
        problems = [(each["path"], each["rule"], each["text"]) for each in found["problems"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return problems if all(isinstance(each, str) for its in problems for each in its) else None
