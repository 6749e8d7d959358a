"""Links between notes in the language of Graphviz."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.collection.collection import Collection
from notelint.collection.link_graph import links_between
from notelint.text.escape import printable, without_marks


def render(collection: Collection, numbers: Sequence[int], chosen: int | None = None) -> str:
    """The notes *numbers* and the links between them, the *chosen* one filled."""
    nodes = "".join(
        f"  n{each} [label={_quoted(collection.notes[each].path)}"
        f"{', style=filled' if each == chosen else ''}];\n"
        for each in numbers
    )
    links = links_between(collection, set(numbers))
    edges = "".join(f"  n{start} -> n{end};\n" for start, end in links)
    return f"digraph notes {{\n  rankdir=LR;\n  node [shape=box];\n{nodes}{edges}}}\n"


def _quoted(text: str) -> str:
    # a backslash begins an escape, such as \N for the name of the node, `&` a character reference
    text = printable(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{without_marks(text, "&#35;")}"'
