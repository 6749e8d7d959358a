"""mdit-py-plugins, ``footnote``: labels, compared as GitHub compares them.

The plugin finds no footnote for ``[^Note]`` where ``[^note]:`` is defined, and shows the reference
as text. GitHub compares labels as those of links, without case (cmark-gfm, ``inlines.c``).

The patch keeps the labels in a dictionary that does. It can go when upstream compares them so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notelint.markdown.upstream import BlockRule, StateBlock


class Labels(dict[str, int]):
    """The number of each footnote by its label, in any case."""

    def __init__(self, numbers: Mapping[str, int] = {}) -> None:
        super().__init__()
        for label, number in numbers.items():
            self[label] = number

    def __contains__(self, label: object) -> bool:
        return super().__contains__(_key(str(label)))

    def __getitem__(self, label: str) -> int:
        return super().__getitem__(_key(label))

    def __setitem__(self, label: str, number: int) -> None:
        super().__setitem__(_key(label), number)

    def get(self, label: str, default: int = -1) -> int:  # type: ignore[override]
        """The number of *label*, *default* without one."""
        return super().get(_key(label), default)


def _key(label: str) -> str:
    from markdown_it.common.utils import normalizeReference

    return normalizeReference(label)


def any_case(rule: BlockRule) -> BlockRule:
    """*rule*, that of definitions, which keeps their labels as :class:`Labels`."""

    def footnote_def(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        state.env.setdefault("footnotes", {}).setdefault("refs", Labels())
        return rule(state, start, end, silent)

    return footnote_def
