"""The parser without positions, fast path and patches of brackets, to compare tokens with."""

from __future__ import annotations

from typing import Any

from markdown_it.token import Token

from notelint.markdown.parser import make_parser

PLAIN = make_parser(record=False)


def as_data(tokens: list[Token]) -> list[Any]:
    """The data of *tokens* without the positions that notelint stores on them."""
    return [
        {
            **{key: value for key, value in token.as_dict(children=False).items() if key != "meta"},
            "meta": {k: str(v) for k, v in token.meta.items() if not str(k).startswith("notelint")},
            "children": as_data(token.children or []),
        }
        for token in tokens
    ]
