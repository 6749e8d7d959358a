"""mdit-py-plugins, ``footnote``: labels are compared as on GitHub.

The plugin finds no footnote for ``[^Note]`` if ``[^note]:`` is defined, and shows the reference as
text. GitHub compares labels without case, as for links (cmark-gfm, ``inlines.c``).

The patch keeps the labels in a dictionary that does so. It can be removed when the plugin does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from notelint.markdown.upstream import normalizeReference

if TYPE_CHECKING:
    from notelint.markdown.upstream import BlockRule, StateBlock


class Labels(dict[str, int]):
    """The numbers of footnotes by their labels, in any letter case."""

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
        """The number of *label*, else *default*."""
        return super().get(_key(label), default)


def _key(label: str) -> str:
    return normalizeReference(label)


def any_case(rule: BlockRule) -> BlockRule:
    """*rule*, the one for definitions, with labels stored in :class:`Labels`."""

    def footnote_def(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        state.env.setdefault("footnotes", {}).setdefault("refs", Labels())
        return rule(state, start, end, silent)

    return footnote_def
