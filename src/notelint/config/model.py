"""The configuration in memory: layers for all notes and for those that a pattern matches."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from notelint.text.glob import matches
from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from notelint.workspace.sites import Site

Options = Mapping[str, "Any"]
_NONE: Options = {}


class Layer(NamedTuple):
    """The settings from one source: the top of a file, a part of ``per-file``, the command line.

    ``select``, ``extend_select`` and ``ignore`` hold names of rules and categories; a ``select`` of
    None says nothing. ``severity`` has a severity by rule. ``rules`` and ``toc`` hold the options
    of each rule and of tables of contents: as written, or, from
    :func:`~notelint.config.validate.with_checked_options`, as arguments of their classes.
    ``below`` is the layer that this one chooses rules on top of.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, Options] = _NONE
    toc: Options = _NONE
    extend_select: tuple[str, ...] = ()
    severity: Mapping[str, str] = _NONE
    below: Layer | None = None

    def over(self, below: Layer) -> Layer:
        """This layer on top of *below*.

        A layer that selects starts over: what *below* ignores is then not ignored.
        """
        return self._replace(
            rules={
                name: {**below.rules.get(name, {}), **self.rules.get(name, {})}
                for name in {**below.rules, **self.rules}
            },
            toc={**below.toc, **self.toc},
            severity={**below.severity, **self.severity},
            below=below if self.below is None else self.below.over(below),
        )


class Config(NamedTuple):
    """The content of a configuration file; without one, the defaults.

    ``file`` is its name in messages, None without one; ``keys`` lead to the settings in the file.
    The patterns of ``include``, ``exclude`` and ``per_file`` are relative to ``folder``, an
    absolute path: that of the file, or the current one for a file that the command line names. Such
    a file is ``explicit``, and trusted. ``links`` holds arguments for
    :class:`~notelint.online.online_settings.OnlineSettings`, ``sites`` the user's table of sites.
    ``fail_on`` is the least severity that makes the exit status 1, or ``never``. The patterns of
    ``cli_exclude``, from the command line, are relative to ``here``, the current folder.
    """

    folder: str
    file: str | None = None
    keys: tuple[str, ...] = ()
    base: Layer = Layer()
    exclude: tuple[str, ...] = ()
    per_file: tuple[tuple[str, Layer], ...] = ()
    links: Options = _NONE
    sites: tuple[Site, ...] = ()
    cache_dir: str | None = None
    explicit: bool = False
    include: tuple[str, ...] = ()
    fail_on: str | None = None
    cli_exclude: tuple[str, ...] = ()
    here: str = ""

    def excluded(self, note: str) -> bool:
        """Whether the file at the absolute path *note* is excluded."""
        return (bool(self.exclude) and _any(self.exclude, self._path(note))) or (
            bool(self.cli_exclude) and _any(self.cli_exclude, self._from_here(note))
        )

    def unmatched(self, notes: Sequence[str]) -> list[str]:
        """The patterns that match none of the files at the absolute paths *notes*."""
        paths = [*map(self._path, notes)]
        written = (*self.exclude, *(glob for glob, _ in self.per_file))
        left = [each for each in written if not any(matches(each, path) for path in paths)]
        here = [*map(self._from_here, notes)] if self.cli_exclude else []
        return left + [each for each in self.cli_exclude if not any(matches(each, p) for p in here)]

    def excludes_folder(self, folder: str) -> bool:
        """Whether the absolute *folder* is excluded with all that is in it."""
        if not self.exclude or folder == self.folder:
            return False
        path = self._path(folder)
        return any(matches(glob, path) or matches(glob, f"{path}/") for glob in self.exclude)

    def includes(self, note: str) -> bool:
        """Whether the file at the absolute path *note* is a note for its name in ``include``."""
        return bool(self.include) and _any(self.include, self._path(note))

    def special(self, note: str) -> tuple[int, ...]:
        """The numbers of the parts of ``per_file`` that apply to the absolute path *note*."""
        if not self.per_file:
            return ()
        path = self._path(note)
        return tuple(
            number for number, (glob, _) in enumerate(self.per_file) if matches(glob, path)
        )

    def layer(self, special: tuple[int, ...], cli_layer: Layer) -> Layer:
        """The layer for notes that the parts *special* apply to, with *cli_layer* on top.

        A rule that such a part ignores stays ignored, even if *cli_layer* selects it.
        """
        found = self.base
        for number in special:
            found = self.per_file[number][1].over(found)
        never = [name for number in special for name in self.per_file[number][1].ignore]
        return Layer(ignore=tuple(never)).over(cli_layer.over(found))

    def _path(self, note: str) -> str:
        return os.path.relpath(note, self.folder).replace(os.sep, "/")

    def _from_here(self, note: str) -> str:
        return os.path.relpath(note, self.here or None).replace(os.sep, "/")


def _any(patterns: Iterable[str], path: str) -> bool:
    return any(matches(each, path) for each in patterns)
