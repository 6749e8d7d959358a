"""The settings of a run: what the arguments of a command and the configuration come to."""

from __future__ import annotations

from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.folder import CacheFolder
    from notelint.config.model import Config, Layer
    from notelint.engine.linter import RulesFor


class RunSettings(NamedTuple):
    """What a command over notes is told; made once, before anything is read but the configuration.

    ``files`` are the notes, from the current folder, and ``problems`` is what is wrong with the
    paths that were given. ``given`` is the layer of the command line on top of ``config``.
    ``cache`` is None where no cache is used. ``jobs`` is the number of processes at most, 0 for one
    a processor. With ``explain_cache`` the report tells of each note whether the cache had it.
    """

    files: tuple[str, ...]
    problems: tuple[str, ...]
    config: Config
    given: Layer
    cache: CacheFolder | None = None
    jobs: int = 0
    executor: str | None = None
    explain_cache: bool = False

    def rules_for(self) -> RulesFor:
        """The rules that are on for each note. Raises :class:`ConfigError`."""
        from notelint.engine.rule_sets import RuleSets

        return RuleSets(self.config, self.given)


class FixSettings(NamedTuple):
    """How ``fix`` does its work; ``write`` is False where it only shows what would change."""

    unsafe: bool = False
    write: bool = True
    force: bool = False


class Filters(NamedTuple):
    """Which findings are left out: those in the file ``baseline``, and those on lines that have
    not changed since the git revision ``since``."""

    baseline: str | None = None
    since: str | None = None
