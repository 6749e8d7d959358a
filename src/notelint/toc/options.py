"""The options of tables of contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notelint.markdown.anchors import Flavor

TABLE, INDEX = "table of contents", "index of notes"  # as messages call them
_FLAVORS = ("github", "gitlab", "bitbucket")


@dataclass(frozen=True, slots=True)
class TocOptions:
    """The options of ``notelint toc``; the defaults are doctoc's.

    Without a *title* an existing one is kept. *min_headings* applies to new tables only. HTML
    headings are listed up to level 4, whatever *max_level* is. *indent* is in spaces, by default 2,
    or 4 for flavors that need them. Raises ValueError for values that make no list.
    """

    title: str | None = None
    no_title: bool = False
    min_level: int = 1
    max_level: int = 6
    all: bool = False
    update_only: bool = False
    ordered: bool = False
    bullet: str = "-"
    indent: int | None = None
    min_headings: int = 0
    flavor: Flavor = "github"

    def __post_init__(self) -> None:
        if not 1 <= self.min_level <= self.max_level <= 6:
            raise ValueError("min-level and max-level must be from 1 to 6, in that order")
        if self.bullet not in ("-", "*", "+"):
            raise ValueError("bullet must be -, * or +")
        if self.indent is not None and not 2 <= self.indent <= 4:
            raise ValueError("indent must be from 2 to 4")
        if self.min_headings < 0:
            raise ValueError("min-headings must be 0 or more")
        if self.flavor not in _FLAVORS:
            raise ValueError(f"flavor must be one of {', '.join(_FLAVORS)}")

    @property
    def marker(self) -> str:
        """The list marker of each entry."""
        return "1." if self.ordered else self.bullet

    @property
    def step(self) -> int:
        """Spaces for each level: an item must start below the text of its parent."""
        default = 2 if self.flavor == "github" else 4
        return max(self.indent or default, len(self.marker) + 1)

    def depths(self, levels: Sequence[int]) -> list[int]:
        """Depths by level, as in doctoc, but never so deep that the list breaks.

        An item may be indented by at most three spaces beyond the text of its parent; with more, it
        is code or continues the line above (CommonMark, 5.2).
        """
        lowest = min(levels, default=1)
        depths: list[int] = []
        around: list[tuple[int, int]] = []  # level and depth of the entries that this one is under
        for level in levels:
            while around and around[-1][0] >= level:
                around.pop()
            column = around[-1][1] * self.step + len(self.marker) + 1 if around else 0
            depth = min(level - lowest, (column + 3) // self.step)
            around.append((level, depth))
            depths.append(depth)
        return depths
