"""Links between notes in the languages of Mermaid, which GitHub draws, and of Graphviz."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.collection.collection import Collection
from notelint.collection.link_graph import MOST_NOTES, degree, links_between
from notelint.report.plain_text import count
from notelint.text.escape import printable, without_marks
from notelint.text.startup import lazy_regex

_MOST_LINKS = 400  # Mermaid refuses more than 500
_MARK = lazy_regex(r"[^\w /.-]")


def mermaid(collection: Collection, numbers: Sequence[int], chosen: int | None = None) -> str:
    """The notes *numbers*, of many the best linked, and the links between them."""
    notes = collection.notes
    drawn = sorted(sorted(numbers, key=lambda each: (-degree(notes[each]), each))[:MOST_NOTES])
    links = links_between(collection, set(drawn))
    lines = ["flowchart LR"]
    if len(drawn) < len(numbers) or len(links) > _MOST_LINKS:
        lines.append(
            f"  %% {len(drawn)} of {count(len(numbers), 'note')}, "
            f"{min(len(links), _MOST_LINKS)} of {count(len(links), 'link')}"
        )
    for each in drawn:  # every mark is a character reference
        label = _MARK.sub(lambda mark: f"#{ord(mark[0])};", printable(notes[each].path))
        lines.append(f'  n{each}["{label}"]')
    lines += [f"  n{start} --> n{end}" for start, end in links[:_MOST_LINKS]]
    if chosen is not None:
        lines.append(f"  style n{chosen} stroke-width:3px")
    return "\n".join(lines) + "\n"


def dot(collection: Collection, numbers: Sequence[int], chosen: int | None = None) -> str:
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
