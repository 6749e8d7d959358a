"""A badge with the number of problems, as shields.io takes it from an endpoint."""

from __future__ import annotations

import json

from notelint.collection.collection import Collection
from notelint.report.plain_text import count


def render(collection: Collection) -> str:
    """The badge as JSON: https://shields.io/badges/endpoint-badge."""
    number = len(collection.problems)
    found = {
        "schemaVersion": 1,
        "label": "notes",
        "message": count(number, "problem") if number else "no problems",
        "color": "red" if collection.errors else "yellow" if number else "brightgreen",
    }
    return json.dumps(found) + "\n"
