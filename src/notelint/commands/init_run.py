"""``init``: write a starter configuration, and the entries that make notelint run.

What is there is not changed, but for an entry at its end.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from notelint.commands.command_settings import InitSettings
from notelint.commands.detect import survey
from notelint.config import markdownlint, starter
from notelint.config.config_files import PYPROJECT, YAML, nearest, top_of
from notelint.config.configs import Configs
from notelint.config.location import ConfigError
from notelint.config.strict_toml import parse
from notelint.engine import files
from notelint.engine.note_path import display_path, note_at
from notelint.engine.output_files import settle
from notelint.engine.rule_sets import RuleSets
from notelint.engine.run import Run
from notelint.engine.session import sessions
from notelint.report.plain_text import totals
from notelint.workspace import read_note
from notelint.workspace.discover import discover
from notelint.workspace.git import git, repository_root
from notelint.workspace.read_note import FileProblem

_BASELINE = ".notelint-baseline.json"
# With notelint's search path: isolated, Python does not look into the packages of its user.
_PRE_COMMIT = """\
import os, sys
sys.path += sys.argv.pop(1).split(os.pathsep)
from pre_commit.main import main
sys.exit(main())
"""


class Console(Protocol):
    """What ``init`` prints to while it works."""

    def print_problems(self, problems: Iterable[str], /) -> None:
        """Print to standard error, behind the name of the program."""

    def print_lines(self, lines: Iterable[str], /) -> None:
        """Print to standard error."""

    def write_output(self, text: str, /) -> None:
        """Print to standard output."""


def init(settings: InitSettings, console: Console) -> list[str]:
    """Write what is missing in the folder; messages on what failed. Raises ConfigError."""
    return _Init(settings, console).run()


class _Init:
    """One run of ``init``."""

    def __init__(self, settings: InitSettings, console: Console) -> None:
        self._settings = settings
        self._console = console
        self._here = settings.folder
        self._root = repository_root(str(self._here))

    def run(self) -> list[str]:
        problems: list[str] = []
        try:
            problems += self._configure()
            if self._settings.pre_commit:
                problems += self._add_hook()
            if self._settings.workflow:
                self._add_workflow()
        except FileProblem as problem:
            problems.append(str(problem))
        return problems

    # ------------------------------------------------------------------ configuration

    def _configure(self) -> list[str]:
        found = nearest(str(self._here), top_of(str(self._here)))
        from_markdownlint = self._settings.from_markdownlint
        carried = markdownlint.carried(self._here) if from_markdownlint else None
        if found is not None and carried is None:
            self._notice(f"{found.location.file}: already configures notelint; not changed")
            return []
        start = survey(self._here)
        if carried is not None:
            exclude = dict.fromkeys((*start.exclude, *carried.exclude))
            start = start._replace(ignore=carried.ignore, exclude=tuple(exclude))
            self._notice(*carried.problems)
        elif names := markdownlint.present(self._here):
            self._notice(f"{names[0]}: `--from-markdownlint` carries over its settings")
        toml, yaml = starter.as_toml(start.settings()), starter.as_yaml(start.settings())
        if found is not None:
            self._console.write_output(toml if found.path.endswith(".toml") else yaml)
            return [f"{found.location.file}: already configures notelint; add the above by hand"]
        if not self._append(self._here / PYPROJECT, toml):
            self._create(self._here / YAML[0], yaml)
        self._print_findings()
        return []

    def _append(self, path: Path, table: str) -> bool:
        """Append *table* to the TOML file at *path*; False if it cannot be extended."""
        if not path.is_file():
            return False
        before = read_note.read(path, path.name)
        newline = "\r\n" if b"\r\n" in before else "\n"
        gap = "" if before.endswith(b"\n\n") or not before else "\n" * (1 + (before[-1:] != b"\n"))
        after = before + (gap + table).replace("\n", newline).encode("utf-8")
        if not _has_table(after):
            return False
        self._extend(path, before, after, str(path.parent), table)
        self._done(f"{path.name}: wrote [tool.notelint]")
        return True

    def _print_findings(self) -> None:
        """Print the number of findings, and how to start with these as a baseline."""
        notes = [note_at(each, str(self._here)) for each in discover(["."]).files]
        configs = Configs()
        configs.take([note.file for note in notes], str(self._here))
        kept = [note for note in notes if not configs.excluded(note.file)]
        report = Run(sessions(kept, configs.excluded), RuleSets(configs)).check()
        self._done(totals(report))
        if report.diagnostics:
            self._done(
                f"To report only new ones: run `notelint check --write-baseline {_BASELINE}` once, "
                f"then `notelint check --baseline {_BASELINE}`."
            )

    # ------------------------------------------------------------------ hook and workflow

    def _add_hook(self) -> list[str]:
        if self._root is None:
            return ["pre-commit needs a git repository, and there is none"]
        name, entry = starter.PRE_COMMIT, starter.with_hook(None) or ""
        path = Path(self._root, name)
        if not path.exists():
            self._create(path, entry)
            return self._install(self._root)
        before = read_note.read(path, name)
        if b"notelint" in before:
            self._notice(f"{name}: already has notelint; not changed")
            return self._install(self._root)
        added = starter.with_hook(before.decode("utf-8", "surrogateescape"))
        if added is None:
            self._console.write_output(entry)
            return [f"{name}: cannot be extended; add the above by hand"]
        self._extend(path, before, added.encode("utf-8", "surrogateescape"), self._root, entry)
        self._done(f"{name}: added the hook")
        return self._install(self._root)

    def _install(self, root: str) -> list[str]:
        """Have pre-commit install its hook in the repository *root*; it keeps one that is there."""
        # isolated, since `-m` and `-c` look for modules in the current folder first
        call = [sys.executable, "-I", "-c", _PRE_COMMIT, _outside(sys.path, root), "install"]
        env = _environment(root)
        done = subprocess.run(call, cwd=root, env=env, capture_output=True, check=False)
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().split("\n")
        if done.returncode:
            return [f"pre-commit could not be installed: {said[-1]}"]
        self._done(said[0])
        return []

    def _add_workflow(self) -> None:
        root = self._root or str(self._here)
        default = git(root, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
        current = git(root, "symbolic-ref", "--short", "HEAD")
        name = (default or current or b"main").decode("utf-8", "replace").strip()
        self._create(Path(root, starter.WORKFLOW), starter.workflow(name.removeprefix("origin/")))

    # ------------------------------------------------------------------ files and messages

    def _create(self, path: Path, text: str) -> None:
        """Write a new file. Raises :class:`ConfigError` if that fails."""
        name = display_path(str(path), str(Path.cwd()))
        try:
            if not path.is_symlink():  # no folder above it may be a link
                settle(str(path))
        except FileProblem as problem:
            raise ConfigError(str(problem)) from None
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

    def _extend(self, path: Path, before: bytes, after: bytes, root: str, entry: str) -> None:
        """Write *after* over *before*; print *entry* if the file would lose something by it."""
        try:
            files.write(path, path.name, before, after, root)
        except files.Loss as loss:
            self._console.write_output(entry)
            raise files.Loss(loss.fault, "add the above by hand") from None

    def _notice(self, *messages: str) -> None:
        self._console.print_problems(messages)

    def _done(self, message: str) -> None:
        self._console.print_lines([message])


def _has_table(data: bytes) -> bool:
    """Whether *data* is TOML: not if ``tool`` is written in a form that cannot be extended."""
    try:
        return "notelint" in parse(data, "")["tool"]
    except ConfigError:
        return False


def _environment(root: str) -> dict[str, str]:
    """The environment without git's variables, and without programs in *root*."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "PATH": _outside(os.get_exec_path(), root)}


def _outside(folders: Iterable[str], root: str) -> str:
    """The absolute *folders* that are not in *root*, joined for an environment variable."""
    return os.pathsep.join(
        each
        for each in folders
        if os.path.isabs(each) and not Path(os.path.realpath(each)).is_relative_to(root)
    )
