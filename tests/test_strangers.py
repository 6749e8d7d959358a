"""Text of strangers, wherever it comes from and goes to: no terminal and no runner obeys it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from conftest import Git, Ran, Run, Write
from notelint.cli.output import FORMATS
from runner import obeyed

# The title of a terminal, its screen cleared, text in another order, commands for a runner.
EVIL = "\x1b]0;x\x07\x1b[2J\x9b31m\u202e\u2066\r::error::x\x85##[error]y\u2028"
ACTIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
NOTE = """# A

[x{0}](#b{0}) ![{0}](p{0}.png) [y{0}][z{0}] [t](<utm?utm_source={0}>)

<!-- notelint-disable q{0} -->

[q]: <u{0}>

<div id='{0}'>

## H{0}

## H{0}

[c](#H{0})

- https://e.org/{0}
- https://e.org/{0}

https://e.org/a{0}，b

<img src='{0}\\b.png'>
"""
EVERYTHING = ["--select", "links,images,structure,toc,html,text,unused-suppression"]


@pytest.fixture
def names(write: Write, tmp_path: Path) -> list[str]:
    write("a.md", NOTE.format(EVIL))
    write("front.md", f"---\n{EVIL}: [\n---\n\ntext\n")
    write("toc.md", f"<!-- toc -->\n- [x{EVIL}](#x{EVIL})\n<!-- tocstop -->\n\n# A{EVIL}\n\nt\n")
    write("bytes.md", b"\xff" + EVIL.encode())
    (tmp_path / f"link{EVIL}.md").symlink_to(f"/{EVIL}")
    try:
        write(f"n{EVIL}.md", "# A\n\n[x](#b) ![]()\n")
    except OSError:
        pytest.skip("no such names here")
    return sorted(os.listdir(tmp_path))


def harmless(ran: Ran) -> None:
    for text in (ran.out, ran.err):
        found = ACTIVE.search(text)
        assert found is None, text[max(0, found.start() - 80) :][:120]


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_of_report(notelint: Run, names: list[str], form: str) -> None:
    harmless(notelint("check", "--output-format", form, *EVERYTHING))
    harmless(notelint("check", "--output-format", form, *EVERYTHING, *names))
    harmless(notelint("check", "--output-format", form, *EVERYTHING, "--statistics"))


@pytest.mark.parametrize(
    "command",
    [["check"], ["check", "--quiet"], ["fix", "--unsafe"], ["toc", "--check"], ["toc"], ["fmt"]],
    ids=repr,
)
def test_every_command(notelint: Run, names: list[str], command: list[str]) -> None:
    harmless(notelint(*command))
    harmless(notelint(*command, *names))


@pytest.mark.parametrize(
    "call",
    [
        ["check", EVIL],
        ["check", "--select", EVIL],
        ["check", "--config", EVIL],
        ["check", "--output-file", f"/nowhere/{EVIL}"],
        ["check", "--baseline", EVIL],
        ["check", "--jobs", EVIL],
        ["check", f"--{EVIL}.md"],
        ["check", "--stdin-filename", EVIL],
        ["rules", EVIL],
        [EVIL],
    ],
    ids=repr,
)
def test_a_wrong_call(notelint: Run, write: Write, call: list[str]) -> None:
    write("a.md", "text\n")
    ran = notelint(*call)
    assert ran.status in (0, 2)
    harmless(ran)


@pytest.mark.parametrize(
    "text",
    [
        'select: ["\\e[2J\\u202e"]\n',
        '"\\e[2J": 1\n',
        'rules: {"\\e[2J": 1}\n',
        'exclude: ["\\e[2J"]\nper-file: {"\\e[31m": {select: ["\\ex"]}}\n',
        '!!python/object/apply:os.system ["touch pwned"]\n',
        "\x1b: 1\n",
    ],
)
def test_a_wrong_configuration(notelint: Run, write: Write, text: str, tmp_path: Path) -> None:
    write("a.md", "text\n")
    write(".notelint.yaml", text)
    ran = notelint("check")
    assert ran.status == 2
    harmless(ran)
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    "call",
    [
        ["config"],
        ["config", "--output-format", "json"],
        ["config", "a.md", "--output-format", "json"],
        ["init", "--from-markdownlint"],
    ],
    ids=" ".join,
)
def test_a_configuration_that_is_printed(
    notelint: Run, write: Write, monkeypatch: pytest.MonkeyPatch, call: list[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write("a.md", "text\n")
    evil = json.dumps(["pwned ##[error]x", f"pwned {EVIL}", "\n::error::pwned", "##vso[x]"])
    write(".notelint.yaml", f"exclude: {evil}\n")
    write(".markdownlint-cli2.yaml", f"ignores: {evil}\n")
    ran = notelint(*call)
    assert "pwned" in ran.out
    harmless(ran)
    assert [*obeyed(ran.out), *obeyed(ran.err)] == []
    assert "##vso[" not in ran.out


@pytest.mark.parametrize("form", ["text", "github"])
def test_a_runner_obeys_nothing_but_annotations(
    notelint: Run, names: list[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for call in (
        ["check", "--output-format", form, *EVERYTHING],
        ["fix", "--diff", *EVERYTHING],
        ["fix", "--output-format", form, *EVERYTHING],
        ["toc", "--diff"],
        ["fmt", "--diff"],
        ["check", f"--{EVIL}"],
    ):
        ran = notelint(*call)
        for command in (*obeyed(ran.out), *obeyed(ran.err)):
            ours = command.name in ("error", "warning", "notice") and "title" in command.properties
            assert ours or command.name == "stop-commands", command


@pytest.mark.parametrize("form", ["html", "json", "markdown", "mermaid", "dot", "badge"])
def test_a_runner_obeys_no_state_of_a_collection(
    notelint: Run, names: list[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    ran = notelint("report", "--output-format", form)
    assert ran.out
    assert [*obeyed(ran.out), *obeyed(ran.err)] == []


@pytest.mark.parametrize(
    ("runner", "command"),
    [("TF_BUILD", "##vso[task.setvariable]"), ("TEAMCITY_VERSION", "##teamcity[buildProblem]")],
)
def test_other_runners_have_other_commands(
    notelint: Run, write: Write, monkeypatch: pytest.MonkeyPatch, runner: str, command: str
) -> None:
    monkeypatch.setenv(runner, "1")
    write(f"{command}.md", f"# {command}\n\n[{command}](#{command}) ![]()\n")
    for call in (
        *(["check", "--output-format", form] for form in FORMATS),
        *(["report", "--output-format", form] for form in ("html", "json", "dot", "mermaid")),
        ["fix", "--diff"],
        ["check", command],
        ["mv", f"{command}.md", f"a{command}.md", "--diff"],
    ):
        ran = notelint(*call)
        assert "vso" in ran.out + ran.err or "teamcity" in ran.out + ran.err
        assert command[: command.index("[") + 1] not in ran.out + ran.err, call


def test_a_name_that_looks_like_a_commit_of_git(notelint: Run, write: Write, git: Git) -> None:
    write("a.md", "# A\n\n[b](b.md)\n")
    write("b.md", "# B\n\n[a](a.md)\n")
    write("\x01abc ##[add-path]x.md", "# C\n")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "x")
    assert obeyed(notelint("report").out) == []
    assert (
        re.search(r'"changed": "[^"]*\.md', notelint("report", "--output-format", "json").out)
        is None
    )
