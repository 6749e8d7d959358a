"""``notelint init``: a configuration to start with, and the entries that make notelint run."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.cli import common
from notelint.config.errors import ConfigError

if TYPE_CHECKING:
    from notelint.config.files import Raw

_BASELINE = ".notelint-baseline.json"
# With what we import from, too: isolated, Python does not look into the packages of its user.
_PRE_COMMIT = """\
import os, sys
sys.path += sys.argv.pop(1).split(os.pathsep)
from pre_commit.main import main
sys.exit(main())
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--pre-commit", action="store_true", help="add the hook of pre-commit, and install it"
    )
    parser.add_argument("--workflow", action="store_true", help="add a workflow for GitHub Actions")
    parser.add_argument(
        "--from-markdownlint",
        action="store_true",
        help="leave out the files, and of comparable rules those, that markdownlint leaves out",
    )
    parser.add_argument(
        "--schema", action="store_true", help="only print the JSON Schema of the configuration"
    )


def run(options: argparse.Namespace) -> int:
    """Write what is missing in the current folder and leave what is there; the exit status."""
    if options.schema:
        from notelint.config.schema import render

        common.emit(render())
        return 0
    from notelint.workspace.read_note import FileProblem

    here = Path.cwd()
    problems = []
    try:
        problems += _configure(here, options.from_markdownlint)
        if options.pre_commit:
            problems += _hook(here)
        if options.workflow:
            _workflow(here)
    except FileProblem as problem:
        problems.append(str(problem))
    common.tell(problems)
    return common.status(False, problems)


def _configure(here: Path, from_markdownlint: bool) -> list[str]:
    from notelint.commands.detect import survey
    from notelint.config import markdownlint
    from notelint.config.files import PYPROJECT, YAML
    from notelint.config.starter import as_toml, as_yaml

    found = _configuration(here)
    carried = markdownlint.carried(here) if from_markdownlint else None
    if found is not None and carried is None:
        common.tell([f"{found.where.file}: there is a configuration; left as it is"])
        return []
    starter = survey(here)
    if carried is not None:
        exclude = dict.fromkeys((*starter.exclude, *carried.exclude))
        starter = starter._replace(ignore=carried.ignore, exclude=tuple(exclude))
        common.tell(carried.problems)
    elif names := markdownlint.present(here):
        common.tell([f"{names[0]}: `--from-markdownlint` carries over what it leaves out"])
    settings = starter.settings()
    if found is not None:
        common.emit(as_toml(settings) if found.path.endswith(".toml") else as_yaml(settings))
        return [f"{found.where.file}: there is a configuration; add the above to it by hand"]
    toml = as_toml(settings)
    if not _append(here / PYPROJECT, toml):
        _create(here / YAML[0], as_yaml(settings))
    _tell_findings(here)
    return []


def _configuration(here: Path) -> Raw | None:
    """The configuration of the project around the folder *here*, not one further up."""
    from notelint.config.files import nearest
    from notelint.config.found import top_of

    return nearest(str(here), top_of(str(here)))


def _append(path: Path, table: str) -> bool:
    """Put *table* at the end of the TOML file at *path*; False where there is no such place."""
    from notelint.engine import files
    from notelint.workspace import read_note

    if not path.is_file():
        return False
    before = read_note.read(path, path.name)
    newline = "\r\n" if b"\r\n" in before else "\n"
    gap = "" if before.endswith(b"\n\n") or not before else "\n" * (1 + (before[-1:] != b"\n"))
    after = before + (gap + table).replace("\n", newline).encode("utf-8")
    if not _has_table(after):
        return False
    try:
        files.write(path, path.name, before, after, path.parent)
    except files.Loss as loss:
        common.emit(table)
        raise files.Loss(loss.fault, "add the above by hand") from None
    print(f"{path.name}: wrote [tool.notelint]", file=sys.stderr)
    return True


def _has_table(data: bytes) -> bool:
    """Whether *data* is TOML; it is not where ``tool`` is written in a way that cannot grow."""
    from notelint.config.strict_toml import parse

    try:
        return "notelint" in parse(data, "")["tool"]
    except ConfigError:
        return False


def _create(path: Path, text: str) -> None:
    """Write a new file. Raises :class:`ConfigError` where that can't be done."""
    from notelint.engine.note_path import display_path
    from notelint.engine.output_files import settle
    from notelint.workspace.read_note import FileProblem

    name = display_path(str(path), str(Path.cwd()))
    try:
        if not path.is_symlink():  # of the folders above it, none may lead elsewhere
            settle(str(path))
    except FileProblem as problem:
        raise ConfigError(str(problem)) from None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        common.tell([f"{name}: is there; left as it is"])
    except OSError as error:
        raise ConfigError(f"{name}: cannot be written ({error.strerror})") from None
    else:
        print(f"{name}: written", file=sys.stderr)


def _tell_findings(here: Path) -> None:
    """Say how much there is to do, and how not to have to do it at once."""
    from notelint.config.load import load
    from notelint.engine.note_path import note_at
    from notelint.engine.rule_sets import RuleSets
    from notelint.engine.run import Run
    from notelint.engine.session import sessions
    from notelint.report.plain_text import totals
    from notelint.workspace.discover import discover

    config = load()
    notes = [note_at(each, str(here)) for each in discover(["."]).files]
    kept = [note for note in notes if not config.excluded(note.file)]
    run = Run(sessions(kept, config.excluded), RuleSets(config))
    found = run.check()
    print(totals(found), file=sys.stderr)
    if found.diagnostics:
        print(
            f"To hear of new ones only: `notelint check --write-baseline {_BASELINE}`, and from "
            f"then on `notelint check --baseline {_BASELINE}`.",
            file=sys.stderr,
        )


def _hook(here: Path) -> list[str]:
    from notelint.config.hook_entries import PRE_COMMIT, with_hook
    from notelint.engine import files
    from notelint.workspace import read_note
    from notelint.workspace.git import repository_root

    root = repository_root(str(here))
    if root is None:
        return ["pre-commit needs a git repository, and there is none"]
    path = Path(root, PRE_COMMIT)
    if not path.exists():
        after = with_hook(None) or ""
        _create(path, after)
    else:
        before = read_note.read(path, PRE_COMMIT)
        if b"notelint" in before:
            common.tell([f"{PRE_COMMIT}: has notelint; left as it is"])
            return _install(root)
        added = with_hook(before.decode("utf-8", "surrogateescape"))
        if added is None:
            common.emit(with_hook(None) or "")
            return [f"{PRE_COMMIT}: can't be added to; put the above in by hand"]
        try:
            files.write(path, PRE_COMMIT, before, added.encode("utf-8", "surrogateescape"), root)
        except files.Loss as loss:
            common.emit(with_hook(None) or "")
            raise files.Loss(loss.fault, "add the above by hand") from None
        print(f"{PRE_COMMIT}: added the hook", file=sys.stderr)
    return _install(root)


def _install(root: str) -> list[str]:
    """Have pre-commit put its hook into the repository at *root*; it keeps one that is there."""
    # isolated, since `-m` and `-c` look for modules in the current folder first
    call = [sys.executable, "-I", "-c", _PRE_COMMIT, _outside(sys.path, root), "install"]
    done = subprocess.run(call, cwd=root, env=_environment(root), capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().split("\n")
    if done.returncode:
        return [f"pre-commit could not be installed: {said[-1]}"]
    print(said[0], file=sys.stderr)
    return []


def _environment(root: str) -> dict[str, str]:
    """The environment, with which nothing of *root* is run, and no other repository is meant."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "PATH": _outside(os.get_exec_path(), root)}


def _outside(folders: Iterable[str], root: str) -> str:
    """Those of *folders* that are not in *root*, wherever somebody is, for an environment."""
    return os.pathsep.join(
        each
        for each in folders
        if os.path.isabs(each) and not Path(os.path.realpath(each)).is_relative_to(root)
    )


def _workflow(here: Path) -> None:
    from notelint.config.hook_entries import WORKFLOW, workflow
    from notelint.workspace.git import git, repository_root

    root = repository_root(str(here)) or str(here)
    default = git(root, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    current = git(root, "symbolic-ref", "--short", "HEAD")
    name = (default or current or b"main").decode("utf-8", "replace").strip()
    _create(Path(root, WORKFLOW), workflow(name.removeprefix("origin/")))
