"""What a table of contents may be asked to look like."""

from __future__ import annotations

from dataclasses import dataclass

from notelint.markdown.slug import Flavor

_FLAVORS = ("github", "gitlab", "bitbucket")


@dataclass(frozen=True, slots=True)
class TocOptions:
    """The options of ``notelint toc``; the defaults are doctoc's.

    Without a *title* an existing one is kept. *min_headings* only holds back new tables: one that
    is there is wanted. *max_level* is 4 at most for HTML headings. *indent* is in spaces;
    by default 2, and 4 where the site needs them. Raises ValueError for what makes no list.
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
        if self.flavor not in _FLAVORS:
            raise ValueError(f"flavor must be one of {', '.join(_FLAVORS)}")

    @property
    def marker(self) -> str:
        """What each entry starts with."""
        return "1." if self.ordered else self.bullet

    @property
    def step(self) -> int:
        """Spaces a level; an item must start below the text of the one it belongs to."""
        default = 2 if self.flavor == "github" else 4
        return max(self.indent or default, len(self.marker) + 1)
