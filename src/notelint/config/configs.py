"""The configurations of a run: for each file the nearest one upwards."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from notelint.config import config_files
from notelint.config.errors import ConfigError
from notelint.config.model import Config
from notelint.workspace.digests import digest


class Configs:
    """The configuration of each file, given its absolute path.

    It is the nearest one upwards, up to the root of the repository; outside of one, up to the
    folder that the call names with one of its *paths*, or the current one. In a folder that a
    configuration above excludes, none is read. *fixed*, if given, holds for every file.

    ``main`` is for what a run has only once: the folder of the cache, the settings of requests, the
    exit status. It is the configuration of all files of the run if that is one; else that of the
    start. ``warnings`` are about files with nearly the name of a configuration. The parsed
    content of files may be *cached*. *cli_exclude* are patterns, from the current folder, of what
    the call excludes.
    """

    def __init__(
        self,
        fixed: Config | None = None,
        *,
        paths: Iterable[str] = (),
        cached: bool = False,
        cli_exclude: tuple[str, ...] = (),
    ) -> None:
        self._cli_exclude = cli_exclude
        self._here = os.getcwd() if cli_exclude else ""
        self.fixed = self._narrowed(fixed) if fixed else None
        self._named = config_files.named_by(paths)
        self._cached = cached
        self._known: dict[str, Config | ConfigError] = {}
        self.main = self.fixed or self._narrowed(Config(os.getcwd()))
        # by the id of a configuration, which is kept so that its id stays
        self._keys: dict[int, str] = {}
        self._checked: dict[int, tuple[Config, Config | ConfigError]] = {}
        self.warnings: list[str] = []

    def __getstate__(self) -> dict[str, object]:
        # for other processes, in which ids differ
        return {**vars(self), "_keys": {}, "_checked": {}}

    def _narrowed(self, config: Config) -> Config:
        if not self._cli_exclude:
            return config
        return config._replace(cli_exclude=self._cli_exclude, here=self._here)

    def is_current(self) -> bool:
        """Whether the disk still has the configurations found so far, and no others there."""
        now = Configs(self.fixed, paths=self._named, cli_exclude=self._cli_exclude)
        return all(repr(now._at(each)) == repr(found) for each, found in self._known.items())

    def preload(self, folder: str) -> None:
        """Read the configuration of the absolute *folder* now; an error is reported later."""
        if self.fixed is None:
            self._at(folder)

    def of(self, file: str) -> Config:
        """The configuration of *file*. Raises :class:`ConfigError` where it is wrong."""
        return _unless_wrong(self._of(file))

    def checked(self, file: str) -> Config:
        """The configuration of *file* :func:`~notelint.config.validate.with_checked_options`.

        Raises :class:`ConfigError` where it is wrong.
        """
        return _unless_wrong(self._check(self.of(file)))

    def all_checked(self) -> list[Config]:
        """The configurations found so far that are not wrong, with their options checked.

        Raises :class:`ConfigError` if the options are wrong in all of them.
        """
        found = [self._check(each) for each in self.known()]
        wrong = [each for each in found if isinstance(each, ConfigError)]
        if len(wrong) == len(found):
            raise wrong[0]
        return [each for each in found if isinstance(each, Config)]

    def excluded(self, file: str) -> bool:
        """Whether *file* is excluded; not by a configuration that is wrong."""
        found = self._of(file)
        return isinstance(found, Config) and found.excluded(file)

    def with_files(self, files: Iterable[str]) -> list[tuple[Config, list[str]]]:
        """The configurations of *files* that are not wrong, each with those that it is of."""
        its: dict[int, tuple[Config, list[str]]] = {}
        for file in files:
            found = self._of(file)
            if isinstance(found, Config):
                its.setdefault(id(found), (found, []))[1].append(file)
        return [*its.values()]

    def reads(self, file: str) -> bool:
        """Whether *file* is to be read: its configuration is not wrong and does not exclude it."""
        found = self._of(file)
        return isinstance(found, Config) and not found.excluded(file)

    def includes(self, file: str) -> bool:
        """Whether *file* is a note because of `include`, although its suffix is another."""
        found = self._of(file)
        return isinstance(found, Config) and found.includes(file)

    def included(self, root: str) -> list[str]:
        """The notes below *root* that one of the :meth:`known` includes, relative to it."""
        if not any(each.include for each in self.known()):
            return []
        from notelint.workspace.discover import tracked_or_walked

        return self.included_in(root, tracked_or_walked(root))

    def included_in(self, folder: str, names: Sequence[str]) -> list[str]:
        """The files in *names*, paths below *folder*, that `include` makes notes."""
        below = [
            each.rpartition("/")[0] for each in names if each.endswith(config_files.FILE_NAMES)
        ]
        where = [folder, *(os.path.join(folder, each) for each in below)]
        if self.fixed is None:
            for each in where:
                self._at(each)
        if not any(each.include for each in self.known()):
            return []
        return [each for each in names if self.includes(os.path.join(folder, each))]

    def key(self, file: str) -> str:
        """A text that differs for files with configurations that lead to other findings.

        That of a run in which one is *fixed* is the same for all.
        """
        if self.fixed is not None:
            return ""
        found = self._of(file)
        key = self._keys.get(id(found))
        if key is None:
            matters = found._replace(links={}, fail_on=None) if isinstance(found, Config) else None
            key = digest(repr(matters).encode("utf-8", "surrogatepass"))
            self._keys[id(found)] = key
        return key

    def find(self, files: Sequence[str], start: str) -> list[ConfigError]:
        """Find the configurations of a run over *files*; return the errors in these.

        The folder *start* is where to look first. Raises :class:`ConfigError` if all are wrong, or
        if there are no files and that of *start* is.
        """
        if self.fixed is not None:
            return []
        folders = {_folder(file) for file in files} or {start}
        found = list({id(each): each for each in map(self._at, sorted(folders))}.values())
        errors = [each for each in found if isinstance(each, ConfigError)]
        if len(errors) == len(found):
            raise errors[0]
        main = found[0] if len(found) == 1 else self._at(start)
        if isinstance(main, Config):
            self.main = main
            if len(found) > 1:  # which links are ignored, each file says for itself
                of_all = {key: each for key, each in main.links.items() if key != "ignore"}
                self.main = main._replace(links=of_all)
        return errors

    def known(self) -> list[Config]:
        """The configurations found so far that are not wrong."""
        found = [self.fixed] if self.fixed else [self.main, *self._known.values()]
        return [*{id(each): each for each in found if isinstance(each, Config)}.values()]

    def _of(self, file: str) -> Config | ConfigError:
        return self.fixed or self._at(_folder(file))

    def _check(self, config: Config) -> Config | ConfigError:
        if id(config) not in self._checked:
            from notelint.config.validate import with_checked_options

            try:
                self._checked[id(config)] = config, with_checked_options(config)
            except ConfigError as error:
                self._checked[id(config)] = config, config_files.with_line(error)
        return self._checked[id(config)][1]

    def _at(self, folder: str) -> Config | ConfigError:
        """The configuration of the files in the absolute *folder*, or what is wrong with it."""
        found = self._known.get(folder)
        if found is None:
            top = config_files.top_of(folder, self._named)
            chain = [*config_files.upwards(folder, top)]
            found = self._narrowed(Config(top))
            for each in reversed(chain):
                if each not in self._known:
                    self._known[each] = self._found(each, top, found)
                found = self._known[each]
        return found

    def _found(self, folder: str, top: str, above: Config | ConfigError) -> Config | ConfigError:
        if isinstance(above, Config) and above.excludes_folder(folder):
            return above
        try:
            own = config_files.found_in(folder, top, self._cached)
            if own is None:
                self.warnings += config_files.misnamed_in(folder)
            return self._narrowed(own) if own else above
        except ConfigError as error:
            return error


def _unless_wrong(found: Config | ConfigError) -> Config:
    if isinstance(found, ConfigError):
        raise found
    return found


def _folder(file: str) -> str:
    """The folder of the absolute path *file*; called often, so quicker than :mod:`os.path`."""
    return file[: file.rfind("/")] or "/" if os.sep == "/" else os.path.dirname(file)
