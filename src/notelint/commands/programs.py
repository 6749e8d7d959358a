"""Programs that ``init`` starts, pip and pre-commit; never one inside the tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Sequence

from notelint.workspace.git import trees


def pre_commit(tree: str) -> str | None:
    """The path of pre-commit, beside notelint or in a folder of ``PATH`` outside of *tree*."""
    ours = sysconfig.get_path("scripts")
    path = os.pathsep.join((ours, _outside(os.get_exec_path(), tree)))
    return shutil.which("pre-commit", path=path)


def run_program(call: Sequence[str], folder: str, tree: str) -> tuple[int, list[str]]:
    """Run *call* in *folder*; return its exit status and the lines that it printed.

    Environment variables that could make it run another program, or one in *tree*, are left out.
    """
    done = subprocess.run(
        call,
        cwd=folder,
        env=_environment(tree),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace").strip().split("\n")


def _environment(tree: str) -> dict[str, str]:
    """The environment without variables of git and Python, and of pip if they contain *tree*."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("GIT_", "PYTHON")) and not (name[:4] == "PIP_" and tree in text)
    }
    return {**kept, "PATH": _outside(os.get_exec_path(), tree)}


def _outside(folders: Iterable[str], tree: str) -> str:
    """The absolute *folders* outside of *tree* and the trees around it, joined as in ``PATH``."""
    found = tuple(trees(os.path.realpath(tree)))
    return os.pathsep.join(
        each
        for each in folders
        if os.path.isabs(each) and not os.path.join(os.path.realpath(each), "").startswith(found)
    )
