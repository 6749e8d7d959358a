"""The settings of commands, made of their arguments and the configuration.

The command line makes them once, before any note is read; nothing else reads arguments. In each,
``files`` are the paths of notes from the current folder, ``failures`` are messages about paths in
the arguments, and ``cli_layer`` is the layer of the command line on top of ``configs``.
"""

from __future__ import annotations

from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from notelint.cache.folder import CacheFolder
    from notelint.config.configs import Configs
    from notelint.config.model import Layer
    from notelint.engine.linter import RulesFor
    from notelint.online.online_settings import OnlineSettings


class RunSettings(NamedTuple):
    """Settings of ``check``, and of the run of ``fix``.

    ``cache`` is None to use no cache. ``jobs`` is the maximum number of processes, 0 for one per
    processor; ``executor`` is the address of a Dask scheduler. The findings recorded in the file
    ``baseline``, and those on lines that have not changed since the git revision ``since``, are
    left out.
    """

    files: tuple[str, ...]
    failures: tuple[str, ...]
    configs: Configs
    cli_layer: Layer
    cache: CacheFolder | None = None
    jobs: int = 0
    executor: str | None = None
    explain_cache: bool = False
    baseline: str | None = None
    since: str | None = None

    @property
    def leaves_out(self) -> bool:
        """Whether some findings may be left out."""
        return self.baseline is not None or self.since is not None

    def rules_for(self) -> RulesFor:
        """The rules that are on for each note. Raises :class:`ConfigError`."""
        from notelint.engine.rule_sets import RuleSets

        return RuleSets(self.configs, self.cli_layer)


class ReportSettings(NamedTuple):
    """Settings of ``report`` beside those of its run.

    ``around`` is the path of a note or folder to draw. The state is compared with those in the file
    ``history``, and recorded there; and with the ``baseline`` of the run, which leaves nothing out.
    """

    run: RunSettings
    form: str = "html"
    language: str = "en"
    around: str | None = None
    history: str | None = None


class FixSettings(NamedTuple):
    """Settings of ``fix`` beside those of its run; without ``write`` it only collects changes.

    With ``force`` it also writes files that lose metadata by it, such as owner or hard links.
    """

    unsafe: bool = False
    write: bool = True
    force: bool = False


class TocSettings(NamedTuple):
    """Settings of ``toc``; ``write`` and ``force`` as in :class:`FixSettings`.

    With ``with_index``, a note without an index of the notes below it gets one. ``cache`` and
    ``jobs`` as in :class:`RunSettings`.
    """

    files: tuple[str, ...]
    failures: tuple[str, ...]
    configs: Configs
    cli_layer: Layer
    write: bool = True
    force: bool = False
    with_index: bool = False
    cache: CacheFolder | None = None
    jobs: int = 0


class FmtSettings(NamedTuple):
    """Settings of ``fmt``; ``write`` and ``force`` as in :class:`FixSettings`.

    ``paths`` are the arguments: mdformat's configuration is searched for up to these folders.
    ``cache`` and ``jobs`` as in :class:`RunSettings`.
    """

    files: tuple[str, ...]
    failures: tuple[str, ...]
    paths: tuple[str, ...] = ()
    write: bool = True
    force: bool = False
    cache: CacheFolder | None = None
    jobs: int = 0


class RefactorSettings(NamedTuple):
    """Settings of ``mv`` and ``rename`` in the tree at ``root``; ``write`` as in FixSettings.

    ``run`` are the settings of a run over all notes of the tree, to get their facts.
    """

    root: str
    run: RunSettings
    write: bool = True


class LinkSettings(NamedTuple):
    """Settings of ``links``; ``force`` as in :class:`FixSettings`.

    ``since``: check only links on lines that changed since this git revision. ``archive``: look for
    archived copies of dead pages. ``strict``: a link whose state is unknown is a finding.
    """

    files: tuple[str, ...]
    failures: tuple[str, ...]
    configs: Configs
    cli_layer: Layer
    online: OnlineSettings
    since: str | None = None
    fix: bool = False
    force: bool = False
    archive: bool = False
    strict: bool = False


class InitSettings(NamedTuple):
    """Settings of ``init`` in ``folder``: what to write in addition to a configuration."""

    folder: Path
    from_markdownlint: bool = False
    pre_commit: bool = False
    workflow: bool = False
