"""``init``: write a starter configuration, and the entries that make notelint run.

Existing files are kept; at most an entry is appended to one. In a repository, all files are written
at its root, where they apply to hooks and workflows, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Protocol

from notelint.commands import programs
from notelint.commands.command_settings import InitSettings
from notelint.commands.detect import carried_over, survey, with_findings
from notelint.commands.origin import GitOrigin, Origin, UnknownOrigin, origin
from notelint.config import markdownlint, set_up, starter
from notelint.config.config_files import PYPROJECT, YAML, nearest, top_of
from notelint.config.configs import Configs
from notelint.config.errors import ConfigError
from notelint.config.key_path import KeyPath
from notelint.config.strict_toml import parse
from notelint.config.validate import validated
from notelint.diagnostics import RunReport
from notelint.engine import write_note
from notelint.engine.note_path import display_path, note_at
from notelint.engine.output_files import resolved
from notelint.engine.rule_sets import RuleSets
from notelint.engine.run import Run
from notelint.engine.session import sessions
from notelint.report.plain_text import totals
from notelint.workspace import read_note
from notelint.workspace.discover import discover
from notelint.workspace.git import repository_root
from notelint.workspace.git_metadata import hooks_lead_out, metadata
from notelint.workspace.git_refs import Refs
from notelint.workspace.read_note import FileProblem

_BASELINE = ".notelint-baseline.json"


class Console(Protocol):
    """The output of ``init`` while it works."""

    def print_messages(self, messages: Iterable[str], /) -> None:
        """Print to standard error, after the name of the program."""

    def print_lines(self, lines: Iterable[str], /) -> None:
        """Print to standard error."""

    def write_output(self, text: str, /) -> None:
        """Print to standard output."""


def init(settings: InitSettings, console: Console) -> list[str]:
    """Write the missing files; return messages on what failed. Raises ConfigError."""
    return _Init(settings, console).run()


class _Init:
    """One run of ``init``."""

    def __init__(self, settings: InitSettings, console: Console) -> None:
        self._settings = settings
        self._console = console
        self._here = settings.folder
        self._root = repository_root(str(self._here))
        self._top = Path(self._root or self._here)

    def run(self) -> list[str]:
        hook, workflow = self._settings.pre_commit, self._settings.workflow
        if hook and self._root is None:
            return ["--pre-commit needs a git repository"]
        failures: list[str] = []
        try:
            # before anything is written, since it may fail
            source = origin(str(self._top)) if self._is_needed(hook, workflow) else None
            failures += self._configure()
            if hook:
                failures += self._add_hook(source)
            if workflow:
                self._add_workflow(source.requirement() if source else "")
            self._notice(*(source.messages() if source else ()))
        except (FileProblem, UnknownOrigin) as problem:
            failures.append(str(problem))
        return failures

    def _is_needed(self, hook: bool, workflow: bool) -> bool:
        """Whether an entry that says what to install will be written."""
        there = set_up.has_notelint(_text(self._top / set_up.PRE_COMMIT))
        return (workflow and not os.path.lexists(self._top / set_up.WORKFLOW)) or (
            hook and not there
        )

    # ------------------------------------------------------------------ configuration

    def _configure(self) -> list[str]:
        found = nearest(str(self._here), top_of(str(self._here)))
        from_markdownlint = self._settings.from_markdownlint
        carried = markdownlint.carried(self._top) if from_markdownlint else None
        if found is not None and carried is None:
            self._notice(f"{found.key_path.file}: already configures notelint; not changed")
            return []
        start = survey(self._top)
        if carried is not None:
            reason = "taken over from markdownlint"
            start = start._replace(
                ignore=dict.fromkeys(carried.ignore, reason),
                exclude={**dict.fromkeys(carried.exclude, reason), **start.exclude},
            )
            self._notice(*carried.problems)
        elif names := markdownlint.present(self._top):
            self._notice(f"{names[0]}: `--from-markdownlint` takes over its settings")
            start = carried_over(start, self._top)
        if found is None:
            start = with_findings(start, self._findings(start))
        toml, yaml = starter.as_toml(start), starter.as_yaml(start)
        if found is not None:
            self._console.write_output(toml if found.path.endswith(".toml") else yaml)
            return [f"{found.key_path.file}: already configures notelint; add the above by hand"]
        if not self._append(self._top / PYPROJECT, toml):
            self._create(self._top / YAML[0], yaml)
        if self._top != self._here:
            self._done("The settings are at the root of the repository and apply to all of it.")
        self._print_findings()
        return []

    def _findings(self, start: starter.Starter) -> Iterable[tuple[str, str, str]]:
        """The findings with the settings of *start* that ``notelint fix`` would not repair.

        Each is given as its path from the root, rule and severity.
        """
        report = self._check(start)
        for each in report.diagnostics:
            if each.fix and each.fix.safe:
                continue
            path = os.path.relpath(each.path, self._top).replace(os.sep, "/")
            yield path, each.rule, each.severity

    def _check(self, start: starter.Starter | None = None) -> RunReport:
        """The findings with the settings of *start*, by default with those in the files."""
        top = str(self._top)
        notes = [note_at(each, str(self._here)) for each in discover([top]).files]
        if start is None:
            configs = Configs()
            configs.find([note.file for note in notes], str(self._here))
        else:
            configs = Configs(validated(start.settings(), KeyPath(YAML[0]), top))
        kept = [note for note in notes if not configs.excluded(note.file)]
        return Run(sessions(kept, configs.excluded), RuleSets(configs)).check()

    @cached_property
    def _report(self) -> RunReport:
        return self._check()

    def _print_findings(self) -> None:
        """Print the number of findings, and how to make a baseline of them."""
        self._done(totals(self._report))
        if self._report.diagnostics:
            self._done(
                f"To report only new ones: run `notelint check --write-baseline {_BASELINE}` once, "
                f"then `notelint check --baseline {_BASELINE}`."
            )

    def _append(self, path: Path, table: str) -> bool:
        """Append *table* to the TOML file at *path*; False if that is not possible."""
        if not path.is_file():
            return False
        before = read_note.read(path, self._shown(path))
        newline = "\r\n" if b"\r\n" in before else "\n"
        gap = "" if before.endswith(b"\n\n") or not before else "\n" * (1 + (before[-1:] != b"\n"))
        after = before + (gap + table).replace("\n", newline).encode("utf-8")
        if not _has_table(after):
            return False
        self._extend(path, before, after, table)
        self._done(f"{self._shown(path)}: wrote [tool.notelint]")
        return True

    # ------------------------------------------------------------------ hook and workflow

    def _add_hook(self, source: Origin | None) -> list[str]:
        path = self._top / set_up.PRE_COMMIT
        name, before = self._shown(path), b""
        if path.exists():
            before = read_note.read(path, name)
        text = before.decode("utf-8", "surrogateescape")
        if source is None or set_up.has_notelint(text):
            self._notice(f"{name}: already has notelint; not changed")
            return self._install()
        hooks = self._hooks()
        if isinstance(source, GitOrigin):
            entry = set_up.from_repository(source.repository, source.commit, hooks)
        else:
            entry = set_up.from_index(source.requirement(), hooks)
        if not path.exists():
            self._create(path, set_up.new_file(entry))
        else:
            added = set_up.with_entry(text, entry)
            if added is None:
                self._console.write_output(entry)
                return [f"{name}: cannot be extended; add the above by hand"]
            self._extend(path, before, added.encode("utf-8", "surrogateescape"), entry)
            self._done(f"{name}: added {' and '.join(hook.id for hook in hooks)}")
        return self._install()

    def _hooks(self) -> tuple[set_up.Hook, ...]:
        """The recommended hooks, without one that would refuse every push for existing problems."""
        if self._report.diagnostics:
            self._done(
                f"Left out the hook {set_up.REPOSITORY.id}, which refuses every push while "
                "there are problems; add it when they are solved."
            )
            return (set_up.FIX,)
        return (set_up.FIX, set_up.REPOSITORY)

    def _install(self) -> list[str]:
        """Let pre-commit install its hook in the repository; it keeps an existing one."""
        top = str(self._top)
        program = programs.pre_commit(top)
        if program is None:
            return [
                "pre-commit is not installed, so the hooks do not run yet; install it (`pipx "
                "install pre-commit`, or notelint with its extra, `notelint[pre-commit]`), then "
                "run `pre-commit install`"
            ]
        if hooks_lead_out(top):
            fault = "the hooks of this repository are not in it"
            return [f"{fault}; if they are where they should be, run `pre-commit install`"]
        status, lines = programs.run_program([program, "install"], top, top)
        if status:
            return [f"pre-commit could not be installed: {lines[-1]}"]
        self._console.print_lines(lines)
        return []

    def _add_workflow(self, requirement: str) -> None:
        top = str(self._top)
        refs, remote = Refs(metadata(os.path.realpath(top))), "refs/remotes/origin/"
        default = refs.target(f"{remote}HEAD").removeprefix(remote)
        branch = default or refs.target("HEAD").removeprefix("refs/heads/") or "main"
        text = set_up.workflow(branch, requirement)
        self._create(self._top / set_up.WORKFLOW, text)

    # ------------------------------------------------------------------ files and messages

    def _shown(self, path: Path) -> str:
        return display_path(str(path), str(Path.cwd()))

    def _create(self, path: Path, text: str) -> None:
        """Write a new file. Raises :class:`ConfigError` if that fails."""
        name = self._shown(path)
        if not path.is_symlink():  # raises if a folder above it is a link
            resolved(str(path))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "x", encoding="utf-8", newline="") as file:
                file.write(text)
        except FileExistsError:
            self._notice(f"{name}: already exists; not changed")
        except OSError as error:
            raise ConfigError(f"{name}: cannot be written ({error.strerror})") from None
        else:
            self._done(f"{name}: written")

    def _extend(self, path: Path, before: bytes, after: bytes, entry: str) -> None:
        """Write *after* over *before*; print *entry* instead if the file would lose metadata."""
        try:
            write_note.write(path, self._shown(path), before, after, str(self._top))
        except write_note.Loss as loss:
            self._console.write_output(entry)
            raise write_note.Loss(loss.fault, "add the above by hand") from None

    def _notice(self, *messages: str) -> None:
        self._console.print_messages(messages)

    def _done(self, message: str) -> None:
        self._console.print_lines([message])


def _text(path: Path) -> str:
    """The text of the file at *path*; empty if it cannot be read."""
    try:
        return read_note.read(path, path.name).decode("utf-8", "surrogateescape")
    except (FileProblem, OSError):
        return ""


def _has_table(data: bytes) -> bool:
    """Whether *data* is valid TOML with the table: some forms of ``tool`` cannot be extended."""
    try:
        return "notelint" in parse(data, "")["tool"]
    except ConfigError:
        return False
