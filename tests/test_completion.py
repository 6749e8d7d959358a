"""Completion scripts, run by the shells that they are for."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from notelint import rules
from notelint.cli.completion import commands
from notelint.cli.main import COMMANDS, parser
from notelint.cli.shells import bash, fish, zsh

Run = Callable[..., Ran]
Complete = Callable[..., list[str]]


@pytest.fixture
def in_bash(tmp_path: Path) -> Complete:
    """What bash offers for the last of the words of a command line."""
    script = tmp_path / "completion.bash"
    script.write_text(bash(commands(parser())))

    def complete(*words: str) -> list[str]:
        asked = (
            f'source "{script}"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _notelint;'
            ' printf "%s\\n" "${COMPREPLY[@]}"'
        )
        done = subprocess.run(
            ["bash", "--norc", "-c", asked, "bash", "notelint", *words],
            capture_output=True,
            check=True,
            cwd=tmp_path,
        )
        assert done.stderr == b""
        return done.stdout.decode().split()

    return complete


# what a line holds before the cursor, and what may come next
LINES = [
    (["c"], {"check", "clean", "completion"}),
    (["check", "--output-f"], {"--output-format", "--output-file"}),
    (["check", "--output-format", "j"], {"json", "jsonl", "junit"}),
    (["toc", "--bullet", ""], {"-", "*", "+"}),
    (["rules", "broken-"], {"broken-anchor"}),
    (["completion", ""], {"bash", "zsh", "fish"}),
    (["check", "--select", "tracking-"], {"tracking-parameter"}),
    (["check", "--select", "links,empty-im"], {"links,empty-image"}),
]


@pytest.mark.parametrize(("words", "offered"), LINES)
def test_bash(in_bash: Complete, words: list[str], offered: set[str]) -> None:
    assert set(in_bash(*words)) == offered


def test_bash_splits_words_at_equals_signs(in_bash: Complete) -> None:
    assert in_bash("check", "--output-format", "=", "sar") == ["sarif"]
    assert "sarif" in in_bash("check", "--output-format", "=")


@pytest.mark.parametrize("words", [["check", "notes/"], ["check", "--config", ""], ["fmt", ""]])
def test_bash_is_left_to_complete_files(in_bash: Complete, words: list[str]) -> None:
    assert in_bash(*words) == []


def test_bash_looks_for_the_command_behind_options(in_bash: Complete) -> None:
    assert in_bash("--vers") == ["--version"]
    assert "--unsafe" in in_bash("fix", "--quiet", "a.md", "--uns")


@pytest.mark.parametrize(("words", "offered"), LINES)
def test_fish(tmp_path: Path, words: list[str], offered: set[str]) -> None:
    text = fish(commands(parser()))
    assert "complete -c notelint" in text
    if not shutil.which("fish"):
        return
    script = tmp_path / "notelint.fish"
    script.write_text(text)
    done = subprocess.run(
        [
            "fish",
            "--no-config",
            "-c",
            f"source {script}; complete -C '{' '.join(['notelint', *words])}'",
        ],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    found = {line.partition("\t")[0] for line in done.stdout.decode().split("\n")} - {""}
    assert offered <= found
    assert found - offered <= {script.name}


def test_zsh(tmp_path: Path) -> None:
    text = zsh(commands(parser()))
    assert text.startswith("#compdef notelint\n")
    for name in COMMANDS:
        assert f"\n                {name})\n" in text
    assert "(text json " in text
    if shutil.which("zsh"):
        script = tmp_path / "_notelint"
        script.write_text(text)
        subprocess.run(["zsh", "-f", "-n", str(script)], check=True)


def test_every_command_option_and_rule_is_known() -> None:
    known = {command.name: command for command in commands(parser())}
    assert list(known) == list(COMMANDS)
    select = next(o for o in known["check"].options if o.flags == ("--select",))
    assert set(rules.CATALOG) | set(rules.CATEGORIES) == set(select.values)
    assert select.listed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_command_prints_the_script(notelint: Run, shell: str) -> None:
    ran = notelint("completion", shell)
    assert (ran.status, ran.err) == (0, "")
    assert "notelint" in ran.out


def test_another_shell_is_a_wrong_call(notelint: Run) -> None:
    assert notelint("completion", "tcsh").status == 2
