"""A configuration: what it says in general, and for single notes."""

from __future__ import annotations

import os
from collections.abc import Mapping

from notelint.text.glob import matches
from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from notelint.workspace.sites import Site

Settings = Mapping[str, "Any"]
_NONE: Settings = {}


class Layer(NamedTuple):
    """What one source says: the top of a file, its part for some notes, or the command line.

    ``select`` and ``ignore`` hold names of rules and categories, None is silence. ``rules`` and
    ``toc`` hold what is written of the options of each rule, and of tables of contents; once
    :func:`~notelint.config.settle.settled`, arguments by field name for the options of each rule,
    and for :class:`~notelint.toc.TocOptions`.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, Settings] = _NONE
    toc: Settings = _NONE

    def over(self, below: Layer) -> Layer:
        """What holds where this layer has the last word and *below* speaks on the rest.

        To select is to begin anew: then what *below* ignores is not ignored.
        """
        return Layer(
            select=below.select if self.select is None else self.select,
            ignore=(*(below.ignore if self.select is None else ()), *self.ignore),
            rules={
                name: {**below.rules.get(name, {}), **self.rules.get(name, {})}
                for name in {**below.rules, **self.rules}
            },
            toc={**below.toc, **self.toc},
        )


class Config(NamedTuple):
    """All that a configuration file says; without one, nothing.

    ``file`` names it as messages do, None where there is none, and ``keys`` lead to it there. The
    patterns of ``exclude`` and ``per_file`` are relative to ``folder``, an absolute path: where the
    file is, or the current folder for a file that the command line names: then it is ``given``, and
    not a stranger's. ``links`` holds arguments for ``OnlineSettings``, ``sites`` the sites of the
    user.
    """

    folder: str
    file: str | None = None
    keys: tuple[str, ...] = ()
    base: Layer = Layer()
    exclude: tuple[str, ...] = ()
    per_file: tuple[tuple[str, Layer], ...] = ()
    links: Settings = _NONE
    sites: tuple[Site, ...] = ()
    cache_dir: str | None = None
    given: bool = False

    def excluded(self, note: str) -> bool:
        """Whether the file at the absolute path *note* is not to be read."""
        if not self.exclude:
            return False
        path = self._path(note)
        return any(matches(pattern, path) for pattern in self.exclude)

    def special(self, note: str) -> tuple[int, ...]:
        """Which parts of ``per_file`` are about *note*; equal for notes treated alike."""
        if not self.per_file:
            return ()
        path = self._path(note)
        return tuple(
            number for number, (glob, _) in enumerate(self.per_file) if matches(glob, path)
        )

    def layer(self, special: tuple[int, ...], given: Layer) -> Layer:
        """What holds for notes that the parts *special* are about, when *given* comes on top.

        What a part about single notes ignores stays ignored whatever is selected on top.
        """
        found = self.base
        for number in special:
            found = self.per_file[number][1].over(found)
        never = [name for number in special for name in self.per_file[number][1].ignore]
        whole = given.over(found)
        return Layer(whole.select, (*whole.ignore, *never), whole.rules, whole.toc)

    def _path(self, note: str) -> str:
        return os.path.relpath(note, self.folder).replace(os.sep, "/")
