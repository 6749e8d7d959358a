"""Links between notes as a Mermaid flowchart, which GitHub draws."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.collection.collection import Collection
from notelint.collection.link_graph import MOST, degree, links_between
from notelint.report.plain_text import count
from notelint.text.escape import printable
from notelint.text.startup import lazy_regex

_MOST_LINKS = 400  # Mermaid refuses more than 500
_MARK = lazy_regex(r"[^\w /.-]")


def render(collection: Collection, numbers: Sequence[int], chosen: int | None = None) -> str:
    """The notes *numbers*, of many the best linked, and the links between them."""
    notes = collection.notes
    kept = sorted(sorted(numbers, key=lambda each: (-degree(notes[each]), each))[:MOST])
    links = links_between(collection, set(kept))
    lines = ["flowchart LR"]
    if len(kept) < len(numbers) or len(links) > _MOST_LINKS:
        lines.append(
            f"  %% {len(kept)} of {count(len(numbers), 'note')}, "
            f"{min(len(links), _MOST_LINKS)} of {count(len(links), 'link')}"
        )
    lines += [f'  n{each}["{_label(notes[each].path)}"]' for each in kept]
    lines += [f"  n{start} --> n{end}" for start, end in links[:_MOST_LINKS]]
    if chosen is not None:
        lines.append(f"  style n{chosen} stroke-width:3px")
    return "\n".join(lines) + "\n"


def _label(text: str) -> str:
    """*text* with every mark as a character reference of Mermaid."""
    return _MARK.sub(lambda mark: f"#{ord(mark[0])};", printable(text))
