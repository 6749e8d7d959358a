"""The action in the root, its steps run as GitHub's runner runs them, and the workflows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from runner import MOST, Command, Outcome, Runner, obeyed

ROOT = Path(__file__).parent.parent
ACTION = ROOT / "action.yml"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="runs the steps with bash")

HOSTILE = """\
# Notes

::warning file=x::pwned

  ::error::pwned

##[error]pwned

%0A::error::pwned

[one](<::warning file=x::pwned>) [two](<##[error]pwned>) [three](%0A::error::pwned)

[four](<#::stop-commands::pwned>) [five](<#%0D%0A##[add-path]pwned>)

### ::error::pwned ##[error]pwned %0A::error::pwned

Text.
"""


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner whose workspace is a repository with no notes yet, and with notelint installed."""
    workspace = tmp_path / "work space"
    workspace.mkdir()
    git(workspace, "init", "--quiet", "--initial-branch=main")
    bin_ = tmp_path / "temp" / "notelint" / "bin"
    bin_.mkdir(parents=True)
    script = bin_ / "notelint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m notelint "$@"\n', "utf-8")
    script.chmod(0o755)
    return Runner(workspace, tmp_path / "temp")


def git(where: Path, *arguments: str) -> str:
    """The output of a git command, with somebody as its author."""
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]
    command = ["git", *who, *arguments]
    done = subprocess.run(command, cwd=where, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


def check(runner: Runner, **inputs: str) -> Outcome:
    """Run the action's check with *inputs*, ``_`` in their names for ``-``."""
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return runner.run(ACTION, given, skip="Install notelint")


def write(runner: Runner, **notes: str) -> None:
    """Write notes by name."""
    for name, text in notes.items():
        (runner.workspace / f"{name}.md").write_text(text, "utf-8")


# ---------------------------------------------------------------------- what it does


def test_notes_without_findings_pass(runner: Runner) -> None:
    write(runner, good="# Good\n\nText.\n")
    outcome = check(runner)
    assert outcome.success
    assert outcome.commands == []
    assert outcome.outputs == {"status": "0"}
    assert "No problems in 1 file" in outcome.summary


def test_findings_fail_and_stand_where_they_are(runner: Runner) -> None:
    write(runner, bad="# Bad\n\nSee ![]() here.\n")
    outcome = check(runner)
    assert not outcome.success
    where = {"file": "bad.md", "line": "3", "endLine": "3", "col": "5", "endColumn": "10"}
    properties = {**where, "title": "empty-image"}
    assert outcome.commands == [Command("error", properties, "image has no source")]


def test_findings_need_not_fail(runner: Runner) -> None:
    write(runner, bad="# Bad\n\n![]()\n")
    outcome = check(runner, fail="false")
    assert outcome.success
    assert outcome.outputs == {"status": "1"}
    assert len(outcome.annotations("error")) == 1


def test_a_wrong_call_always_fails(runner: Runner) -> None:
    outcome = check(runner, fail="false", paths="missing.md")
    assert not outcome.success
    assert "missing.md" in outcome.log


def test_paths_are_lines(runner: Runner) -> None:
    write(runner, a="![]()\n", b="![]()\n", **{"two words": "![]()\n", "-x": "![]()\n"})
    outcome = check(runner, paths="two words.md\n-x.md\n")
    files = [each.properties["file"] for each in outcome.annotations("error")]
    assert files == ["-x.md", "two words.md"]


def test_arguments_are_words_and_nothing_more(runner: Runner) -> None:
    write(runner, a="![]()\n\n# A\n\n### B\n\nText.\n")
    outcome = check(runner, arguments="--select heading-skip\n--quiet")
    assert [each.properties["title"] for each in outcome.commands] == ["heading-skip"]
    outcome = check(runner, arguments="--select $(touch${IFS}pwned) * ;")
    assert not outcome.success
    assert not (runner.workspace / "pwned").exists()


def test_sarif_is_written_beside_the_annotations(runner: Runner) -> None:
    write(runner, a="![]()\n")
    outcome = check(runner, sarif_file="out put.sarif")
    assert len(outcome.annotations("error")) == 1
    report = json.loads((runner.workspace / "out put.sarif").read_text("utf-8"))
    assert [each["ruleId"] for each in report["runs"][0]["results"]] == ["empty-image"]


def test_the_summary_can_be_left_out(runner: Runner) -> None:
    write(runner, a="![]()\n")
    assert check(runner, summary="false").summary == ""


def test_the_summary_can_begin_with_the_state_of_the_notes(runner: Runner) -> None:
    write(runner, README="# Notes\n\n[a](a.md)\n", a="# A\n\n![]()\n")
    assert "unreachable" not in check(runner).summary
    outcome = check(runner, report="true")
    state, findings = outcome.summary.split("## notelint\n")
    assert "2 notes, 1 problem (1 error, 0 warnings), 0 unreachable notes." in state
    assert re.search(r"<code>empty-image</code>(</a>)? \| error \| 1 \|", state)
    assert "image has no source" in findings
    assert len(outcome.annotations("error")) == 1


def test_only_lines_that_a_pull_request_changes(runner: Runner, tmp_path: Path) -> None:
    write(runner, old="# Old\n\n![]()\n")
    git(runner.workspace, "add", ".")
    git(runner.workspace, "commit", "--quiet", "--message=old")
    base = git(runner.workspace, "rev-parse", "HEAD")
    write(runner, old="# Old\n\n![]()\n\nNew ![]()\n", new="![]()\n")
    git(runner.workspace, "add", ".")
    git(runner.workspace, "commit", "--quiet", "--message=new")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{runner.workspace}", str(shallow))
    event = {"pull_request": {"base": {"sha": base}}}
    outcome = check(Runner(shallow, runner.temp, event), only_changed="true")
    found = [(each.properties["file"], each.properties["line"]) for each in outcome.commands]
    assert found == [("new.md", "1"), ("old.md", "5")]


def test_outside_a_pull_request_all_lines_count(runner: Runner) -> None:
    write(runner, a="![]()\n")
    assert len(check(runner, only_changed="true").annotations("error")) == 1


# ---------------------------------------------------------------------- what it keeps


def committed(runner: Runner, **notes: str) -> Path:
    """The caches of a runner whose checkout has *notes*; what it had before is gone."""
    for name in ("notelint-cache", "step.sh"):
        shutil.rmtree(runner.temp / name, ignore_errors=True)
    for each in runner.workspace.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    git(runner.workspace, "init", "--quiet", "--initial-branch=main")
    write(runner, **notes)
    git(runner.workspace, "add", ".")
    git(runner.workspace, "commit", "--quiet", "--message=notes")
    return runner.temp.parent / "caches"


def uses(outcome: Outcome) -> dict[str, str]:
    """What the cache had of each note."""
    lines = (line.partition(": ") for line in outcome.log.splitlines() if ".md: " in line)
    return {path: use for path, _, use in lines}


NOTES = {"a": "# A\n\n![]()\n", "b": "# B\n\nText.\n"}


def test_the_next_run_has_the_cache_of_this_one(runner: Runner) -> None:
    caches = committed(runner, **NOTES)
    first = check(runner, arguments="--explain-cache")
    assert not first.success
    assert len(list(caches.iterdir())) == 1
    committed(runner, **NOTES)
    again = check(runner, arguments="--explain-cache")
    assert again.commands == first.commands
    assert {*uses(first).values()} != {*uses(again).values()} == {"hit"}
    assert len(list(caches.iterdir())) == 1


def test_another_tree_begins_with_the_nearest_cache(runner: Runner) -> None:
    caches = committed(runner, **NOTES)
    check(runner)
    committed(runner, **NOTES, c="# C\n\nText.\n")
    known = uses(check(runner, arguments="--explain-cache"))
    assert len(list(caches.iterdir())) == 2
    assert known["b.md"] == "hit" != known["c.md"]


def test_a_cache_without_its_secret_is_not_believed(runner: Runner) -> None:
    caches = committed(runner, **NOTES)
    check(runner)
    for key in caches.rglob("key"):
        key.unlink()
    committed(runner, **NOTES)
    assert "hit" not in uses(check(runner, arguments="--explain-cache")).values()


def test_nothing_need_be_kept(runner: Runner) -> None:
    caches = committed(runner, **NOTES)
    assert len(check(runner, cache="false").annotations("error")) == 1
    assert not caches.exists()
    assert not (runner.temp / "notelint-cache").exists()


# ---------------------------------------------------------------------- what a note can't do


def test_a_hostile_note_commands_nothing(runner: Runner) -> None:
    write(runner, hostile="<img src=''>\n" * 40 + "\n" + HOSTILE)
    outcome = check(runner)
    for kind in ("error", "warning"):
        assert 0 < len(outcome.annotations(kind)) <= MOST
    for command in outcome.commands:
        assert command.name in ("error", "warning")
        assert command.properties.get("file", "hostile.md") == "hostile.md"
        assert "\n" not in command.data
    assert outcome.annotations("error")[-1].data == (
        "36 more errors; the summary of this step lists all"
    )
    assert outcome.summary.count("\n| error |") == 45


def test_a_hostile_note_shown_as_text_commands_nothing(runner: Runner) -> None:
    write(runner, hostile="![]()\n\n" + HOSTILE)
    (runner.workspace / "##[error]pwned.md").write_text("![]()\n", "utf-8")
    (runner.workspace / "::warning file=x::pwned.md").write_text("![]()\n", "utf-8")
    for arguments in (
        ["check"],
        ["check", "--color", "always"],
        ["check", "--output-format", "json"],
        ["check", "--output-format", "jsonl"],
        ["check", "--output-format", "sarif"],
        ["check", "--output-format", "gitlab"],
        ["check", "--output-format", "junit"],
        ["check", "##[error]pwned", "::error::pwned"],
        ["fix", "--diff"],
    ):
        log = said(runner, *arguments)
        assert "pwned" in log
        assert [each for each in obeyed(log) if each.name != "stop-commands"] == []


def test_a_hostile_configuration_commands_nothing(runner: Runner) -> None:
    write(runner, a="# A\n")
    config = runner.workspace / ".notelint.yaml"
    config.write_text('"##[error]pwned\\n::error::pwned": 1\n', "utf-8")
    log = said(runner, "check")
    assert "has an unknown key" in log
    assert "pwned" not in log
    assert obeyed(log) == []


def test_a_diff_in_a_log_is_still_a_patch(runner: Runner) -> None:
    write(runner, a="# A\n\n::error::pwned\n![]()\n")
    (runner.workspace / "a.patch").write_text(said(runner, "fix", "--diff"), "utf-8")
    git(runner.workspace, "apply", "a.patch")
    assert (runner.workspace / "a.md").read_text("utf-8") == "# A\n\n::error::pwned\n"


def said(runner: Runner, *arguments: str) -> str:
    """What a step that calls notelint writes to the log."""
    done = subprocess.run(
        [sys.executable, "-m", "notelint", *arguments],
        cwd=runner.workspace,
        env={**os.environ, "GITHUB_ACTIONS": "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8")


# ---------------------------------------------------------------------- how it is made


def test_it_installs_what_it_checks_with(tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    workspace.mkdir()
    (workspace / "a.md").write_text("![]()\n", "utf-8")
    runner = Runner(workspace, tmp_path / "temp")
    env = {"PIP_NO_INDEX": "1", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    inputs = {"version": str(wheel(tmp_path)), "arguments": "--explain-cache"}
    outcome = runner.run(ACTION, inputs, env)
    assert len(outcome.annotations("error")) == 1, outcome.log
    assert (tmp_path / "temp/notelint/bin/notelint").exists()
    assert uses(outcome)["a.md"].startswith("miss")
    shutil.rmtree(runner.temp)  # the next run has another machine
    outcome = Runner(workspace, tmp_path / "temp").run(ACTION, inputs, env)
    assert len(outcome.annotations("error")) == 1, outcome.log
    assert uses(outcome) == {"a.md": "hit"}


def wheel(folder: Path) -> Path:
    """notelint as a wheel that finds its requirements where these tests have them."""
    name = "notelint-0"
    info = {
        "METADATA": "Metadata-Version: 2.1\nName: notelint\nVersion: 0\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
        "entry_points.txt": "[console_scripts]\nnotelint = notelint.cli.main:entry\n",
    }
    file = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for module in (ROOT / "src").rglob("*.py"):
            archive.write(module, module.relative_to(ROOT / "src"))
        for entry, text in info.items():
            archive.writestr(f"{name}.dist-info/{entry}", text)
        archive.writestr("requirements.pth", sysconfig.get_path("purelib") + "\n")
    return file


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", ACTION),
        ("vendor.dependabot", ROOT / ".github" / "dependabot.yml"),
        *(("vendor.github-workflows", each) for each in WORKFLOWS),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_files_follow_their_schema(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def steps(file: Path) -> list[Any]:
    """The steps of an action or of a workflow's jobs."""
    meta = yaml.safe_load(file.read_text("utf-8"))
    jobs = meta["jobs"].values() if "jobs" in meta else [meta["runs"]]
    return [step for job in jobs for step in job["steps"]]


@pytest.mark.parametrize("file", [ACTION, *WORKFLOWS], ids=lambda file: file.name)
def test_no_expression_stands_in_a_script(file: Path) -> None:
    assert all("${{" not in step.get("run", "") for step in steps(file))


# What may write, by workflow and job: it publishes what another job has made.
PUBLISHING = {
    ("docs.yml", "publish"): {"pages", "id-token"},
    ("release.yml", "publish"): {"id-token", "attestations"},
}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflows_may_only_read(file: Path) -> None:
    meta = yaml.safe_load(file.read_text("utf-8"))
    assert meta["permissions"] == {"contents": "read"}
    for name, job in meta["jobs"].items():
        assert set(job.get("permissions", ())) == PUBLISHING.get((file.name, name), set())


@pytest.mark.parametrize(("workflow", "name"), PUBLISHING)
def test_what_may_write_runs_nothing_of_the_repository(workflow: str, name: str) -> None:
    meta = yaml.safe_load((ROOT / ".github" / "workflows" / workflow).read_text("utf-8"))
    on = set(meta[True])  # YAML 1.1 reads `on` as a truth value
    job = meta["jobs"][name]
    assert "pull_request" not in on or job["if"] == "github.event_name == 'release'"
    assert all("run" not in step for step in job["steps"])
    assert all(not step["uses"].startswith(("./", "actions/checkout")) for step in job["steps"])


@pytest.mark.parametrize("file", [ACTION, *WORKFLOWS], ids=lambda file: file.name)
def test_actions_of_others_are_named_by_their_commit(file: Path) -> None:
    used = re.findall(r"uses: (.+)", file.read_text("utf-8"))
    assert used
    for each in used:
        assert each.startswith("./") or re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", each), each


def test_the_notes_are_checked_by_this_action() -> None:
    assert "./" in [step.get("uses") for step in steps(ROOT / ".github/workflows/notes.yml")]
