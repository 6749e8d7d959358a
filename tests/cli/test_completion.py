"""Shell completion, asked of the real shells with the script that notelint prints for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import notelint.rules as rules
from conftest import Run
from notelint.cli.main import COMMANDS

Complete = Callable[[str], set[str]]

# Each call gets the script as $1 and the command line as $2, and prints a word a line.
BASH = """
source "$1"; COMP_LINE=$2; COMP_POINT=${#2}; _python_argcomplete notelint
printf "%s\\n" "${COMPREPLY[@]}"
"""
ZSH = """
compdef() { }
_describe() { print -rl -- "${(@P)2}" }
source "$1"; BUFFER=$2; CURSOR=${#2}; words=(notelint); _python_argcomplete
"""
FISH = "source $argv[1]; complete -C $argv[2]"


@pytest.fixture(params=["bash", "zsh", "fish"])
def offered(request: pytest.FixtureRequest, tmp_path: Path, notelint: Run) -> Complete:
    """What a shell offers at the end of a command line."""
    shell: str = request.param
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "completion"
    script.write_text(notelint("completion", shell).out)
    call = {
        "bash": ["bash", "--norc", "-c", BASH, "bash"],
        "zsh": ["zsh", "-f", "-c", ZSH, "zsh"],
        "fish": ["fish", "--no-config", "-c", FISH],
    }[shell]
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "links.md").touch()
    (folder / "a'$(touch hacked).md").touch()
    bin_folder = os.path.dirname(sys.executable)
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
    }

    def complete(line: str) -> set[str]:
        done = subprocess.run(
            [*call, str(script), f"notelint {line}"],
            capture_output=True,
            check=True,
            cwd=folder,
            env=environment,
        )
        assert done.stderr == b""
        separators = {"zsh": ":", "fish": "\t"}  # what is behind it describes the word
        words = done.stdout.decode().split("\n")
        return {word.partition(separators.get(shell, "\n"))[0].strip() for word in words} - {""}

    return complete


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("c", {"check", "clean", "completion", "config"}),
        ("--vers", {"--version"}),
        ("check --output-f", {"--output-format", "--output-file"}),
        ("check --output-format j", {"json", "jsonl", "junit"}),
        ("fix --quiet a.md --uns", {"--unsafe"}),
        ("rules broken-", {"broken-anchor", "broken-table"}),
        ("completion ", {"bash", "zsh", "fish"}),
        ("check --select tracking-", {"tracking-parameter"}),
        ("check --select links,empty-im", {"links,empty-image"}),
        ("check --stat", {"--statistics"}),
    ],
)
def test_words(offered: Complete, line: str, words: set[str]) -> None:
    assert offered(line) == words


def test_every_command_rule_and_category(offered: Complete) -> None:
    assert offered("") == set(COMMANDS)
    assert offered("rules ") == {*rules.CATALOG, *rules.CATEGORIES}
    assert offered("check --ignore ") == {*rules.CATALOG, *rules.CATEGORIES}


def test_a_value_behind_an_equals_sign(offered: Complete) -> None:
    assert {each.rpartition("=")[2] for each in offered("check --output-format=sar")} == {"sarif"}


def test_a_value_that_nobody_knows(offered: Complete) -> None:
    # some shells complete files where they are given no words
    assert offered("links --timeout ") & {*COMMANDS, *rules.CATALOG, "--strict"} == set()


@pytest.mark.parametrize("line", ["check li", "check --config li", "fmt li"])
def test_files(offered: Complete, line: str, request: pytest.FixtureRequest) -> None:
    # bash completes files itself where it is given no words
    in_bash = "bash" in request.node.name
    assert offered(line) == (set() if in_bash else {"links.md"})


def test_the_name_of_a_file_is_never_run(offered: Complete, tmp_path: Path) -> None:
    for line in ("check ", "check a", "check a\\'\\$\\(", "check \"a'$(touch hacked)"):
        offered(line)
    assert not (tmp_path / "notes" / "hacked").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_command_prints_the_script(notelint: Run, shell: str) -> None:
    ran = notelint("completion", shell)
    assert (ran.status, ran.err) == (0, "")
    assert "_ARGCOMPLETE" in ran.out
    assert "notelint" in ran.out


def test_another_shell_is_a_wrong_call(notelint: Run) -> None:
    assert notelint("completion", "tcsh").status == 2


@pytest.mark.parametrize("environment", [{}, {"_ARGCOMPLETE": "1"}])
def test_without_argcomplete(environment: dict[str, str]) -> None:
    code = (
        "import sys; sys.modules['argcomplete'] = None\n"
        "from notelint.cli.main import entry; entry()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "completion", "bash"],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("notelint: argcomplete is not installed; run `pip")
    assert "[completion]" in done.stderr
