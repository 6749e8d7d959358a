"""The settings of commands: what their arguments and the configuration come to.

The command line makes them once, before any note is read, and nothing else reads arguments. In
each, ``files`` are the paths of notes relative to the current folder, ``problems`` are messages
about the paths of the call, and ``given`` is the layer of the command line on top of ``config``.
"""

from __future__ import annotations

import os

from notelint.config.location import ConfigError
from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from notelint.cache.folder import CacheFolder
    from notelint.config.model import Config, Layer
    from notelint.engine.linter import RulesFor
    from notelint.online.online_settings import OnlineSettings
    from notelint.toc.options import TocOptions


class Filters(NamedTuple):
    """Which findings are left out: those recorded in the file ``baseline``, and those on lines that
    have not changed since the git revision ``since``."""

    baseline: str | None = None
    since: str | None = None


NO_FILTERS = Filters()


class RunSettings(NamedTuple):
    """Settings of ``check``, and of the run of ``fix``.

    ``cache`` is None to use no cache. ``jobs`` is the maximum number of processes, 0 for one a
    processor; ``executor`` is the address of a Dask scheduler.
    """

    files: tuple[str, ...]
    problems: tuple[str, ...]
    config: Config
    given: Layer
    cache: CacheFolder | None = None
    jobs: int = 0
    executor: str | None = None
    explain_cache: bool = False
    filters: Filters = NO_FILTERS

    def rules_for(self) -> RulesFor:
        """The rules that are on for each note. Raises :class:`ConfigError`."""
        from notelint.engine.rule_sets import RuleSets

        return RuleSets(self.config, self.given)


class FixSettings(NamedTuple):
    """Settings of ``fix`` beside those of its run; without ``write`` it only collects changes.

    With ``force`` it also writes files that lose their owner, hard links or the like by it.
    """

    unsafe: bool = False
    write: bool = True
    force: bool = False


class TocSettings(NamedTuple):
    """Settings of ``toc``; ``write`` and ``force`` as in :class:`FixSettings`."""

    files: tuple[str, ...]
    problems: tuple[str, ...]
    config: Config
    given: Layer
    write: bool = True
    force: bool = False

    def options(self) -> list[tuple[str, TocOptions]]:
        """Each note with its options. Raises :class:`ConfigError`."""
        from notelint.config.validate import settled
        from notelint.toc.options import TocOptions

        config, here = settled(self.config), os.getcwd()
        special = (config.special(os.path.join(here, file)) for file in self.files)
        layers = (config.layer(each, self.given) for each in special)
        try:
            options = [TocOptions(**each.toc) for each in layers]
        except ValueError as error:
            raise ConfigError(str(error)) from None
        return list(zip(self.files, options, strict=True))


class FmtSettings(NamedTuple):
    """Settings of ``fmt``; ``write`` and ``force`` as in :class:`FixSettings`.

    ``paths`` are those of the call: mdformat's configuration is searched for up to these.
    """

    files: tuple[str, ...]
    problems: tuple[str, ...]
    paths: tuple[str, ...] = ()
    write: bool = True
    force: bool = False


class LinkSettings(NamedTuple):
    """Settings of ``links``; ``force`` as in :class:`FixSettings`.

    ``since``: check only links on lines that changed since this git revision. ``archive``: look for
    archived copies of dead pages. ``strict``: a link whose state is unknown is a finding.
    """

    files: tuple[str, ...]
    problems: tuple[str, ...]
    config: Config
    given: Layer
    online: OnlineSettings
    since: str | None = None
    fix: bool = False
    force: bool = False
    archive: bool = False
    strict: bool = False


class InitSettings(NamedTuple):
    """Settings of ``init`` in ``folder``: what to write beside a configuration."""

    folder: Path
    from_markdownlint: bool = False
    pre_commit: bool = False
    workflow: bool = False
