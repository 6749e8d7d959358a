"""Files that the caller names for a report: whole or not at all, and never where a link leads."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import ordinary
from conftest import Git, Ran, Run, Write

OPTIONS = ("--output-file", "--sarif-file", "--summary-file", "--write-baseline")


@pytest.fixture
def note(write: Write) -> Path:
    return write("a.md", "# A\n\n![]()\n")


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("outside")


def run(folder: Path, *arguments: str, limit: int = 0, stdout: int = subprocess.PIPE) -> Ran:
    """Run ``notelint check`` in a process that may write files of *limit* bytes."""

    def small() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "notelint", "check", "--no-cache", *arguments],
        cwd=folder,
        stdout=stdout,
        stderr=subprocess.PIPE,
        preexec_fn=small,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def left_over(folder: Path) -> list[Path]:
    return [*folder.rglob("*notelint-*")]


# ------------------------------------------------------------------ links


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("repository", [True, False])
def test_a_link_of_the_tree_is_not_written_through(
    notelint: Run,
    note: Path,
    tmp_path: Path,
    outside: Path,
    git: Git,
    option: str,
    repository: bool,
) -> None:
    if repository:
        git("init", "--quiet")
    victim = outside / "victim"
    victim.write_text("precious\n")
    inside = tmp_path / "kept.txt"
    inside.write_text("mine\n")
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "out").symlink_to(victim)
    (tmp_path / "inner").symlink_to("kept.txt")
    (tmp_path / "again").symlink_to("out")
    (tmp_path / "nowhere").symlink_to(outside / "new")
    (tmp_path / "folder").symlink_to(outside)
    (tmp_path / "real" / "deep" / "up").symlink_to("../../folder")
    (tmp_path / "screen").symlink_to("/dev/stdout")
    paths = [
        *("out", "inner", "again", "nowhere", "./out", "real/../out", "real//deep/../../out"),
        *("folder/victim", "folder/new", "real/deep/up/victim", "folder/../new", "screen"),
        str(tmp_path / "out"),
        str(tmp_path / "folder" / "victim"),
    ]
    for path in paths:
        ran = notelint("check", option, path)
        assert ran.status == 2, path
        assert f"{path}: left unchanged: `" in ran.err
        assert "is a symbolic link of the tree; name the file that is meant\n" in ran.err
    assert victim.read_text() == "precious\n"
    assert inside.read_text() == "mine\n"
    assert sorted(os.listdir(outside)) == ["victim"]
    assert not (outside.parent / "new").exists()


@pytest.mark.parametrize("option", OPTIONS)
def test_nor_is_one_of_another_folder_of_the_repository(
    notelint: Run, note: Path, write: Write, tmp_path: Path, outside: Path, option: str,
    git: Git, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    git("init", "--quiet")
    (tmp_path / "out").symlink_to(outside / "new")
    write("docs/b.md", "# B\n")
    for folder, path in (("docs", "../out"), ("docs", str(tmp_path / "out"))):
        monkeypatch.chdir(tmp_path / folder)
        assert notelint("check", option, path).status == 2
    monkeypatch.chdir(outside)
    assert notelint("check", option, str(tmp_path / "out"), str(note)).status == 2
    assert os.listdir(outside) == []


@pytest.mark.parametrize("option", OPTIONS)
def test_a_link_elsewhere_is_the_callers_own(
    notelint: Run, note: Path, outside: Path, option: str
) -> None:
    (outside / "reports").mkdir()
    (outside / "here").symlink_to("reports")
    (outside / "reports" / "last").symlink_to("first")
    assert notelint("check", option, str(outside / "here" / "last")).status in (0, 1)
    assert (outside / "reports" / "first").stat().st_size > 20
    assert (outside / "reports" / "last").is_symlink()


def test_a_loop_of_links_is_told(notelint: Run, note: Path, outside: Path) -> None:
    (outside / "a").symlink_to("b")
    (outside / "b").symlink_to("a")
    ran = notelint("check", "--output-file", str(outside / "a"))
    assert (ran.status, "cannot be written" in ran.err) == (2, True)


# ------------------------------------------------------------------ whole or not at all


@pytest.mark.parametrize("option", OPTIONS)
def test_a_full_disk_leaves_the_old_report(write: Write, tmp_path: Path, option: str) -> None:
    write("a.md", "# A\n\n" + "".join(f"![]() [x](gone{n}.md)\n\n" for n in range(200)))
    old = write("report", "the old one\n")
    ran = run(tmp_path, option, "report", limit=2000)
    assert ran.status == 2
    assert "report: cannot be written" in ran.err
    assert old.read_text() == "the old one\n"
    assert left_over(tmp_path) == []
    old.unlink()
    assert run(tmp_path, option, "report", limit=2000).status == 2
    assert not old.exists()


@pytest.mark.parametrize("option", OPTIONS)
def test_what_the_report_replaces_keeps_its_mode(
    notelint: Run, note: Path, write: Write, option: str
) -> None:
    path = write("report", "")
    path.chmod(0o604)
    notelint("check", option, "report")
    assert path.stat().st_size > 20
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


@pytest.mark.parametrize("option", OPTIONS)
def test_a_new_report_has_the_mode_of_a_new_file(
    notelint: Run, note: Path, tmp_path: Path, option: str
) -> None:
    before = os.umask(0o027)
    try:
        notelint("check", option, "report")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == 0o640


def test_all_names_of_a_report_get_it(notelint: Run, note: Path, write: Write) -> None:
    path = write("report", "")
    os.link(path, path.with_name("same"))
    notelint("check", "--output-file", "report")
    assert path.samefile(path.with_name("same"))
    assert path.stat().st_size > 20


def test_a_report_in_a_folder_that_takes_no_new_files(note: Path, write: Write) -> None:
    path = write("locked/report", "old")
    path.parent.chmod(0o555)
    ran = ordinary.run(note.parent, "check", "--output-file", "locked/report", "a.md")
    path.parent.chmod(0o755)
    assert (ran.status, "empty-image" in path.read_text()) == (1, True)


def test_a_report_that_is_read_only_stays(note: Path, write: Write) -> None:
    path = write("report", "old")
    path.chmod(0o444)
    ran = ordinary.run(note.parent, "check", "--output-file", "report")
    assert (ran.status, path.read_text()) == (2, "old")
    assert "report: cannot be written (Permission denied)" in ran.err


@pytest.mark.parametrize("path", ["sub", "sub/", "new/", "gone/report"])
def test_what_is_no_place_for_a_report(
    notelint: Run, note: Path, tmp_path: Path, path: str
) -> None:
    (tmp_path / "sub").mkdir()
    ran = notelint("check", "--output-file", path)
    assert (ran.status, f"{path}: cannot be written (" in ran.err) == (2, True)
    assert not (tmp_path / "new").exists()


def test_an_empty_name_of_a_report_is_refused(notelint: Run, note: Path) -> None:
    ran = notelint("check", "--output-file", "")
    assert (ran.status, ran.err) == (2, "notelint: --output-file: must be the name of a file\n")


# ------------------------------------------------------------------ devices and pipes


def test_what_the_caller_has_open(note: Path, tmp_path: Path, outside: Path) -> None:
    for path in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "../../../../../dev/stdout"):
        if os.path.exists(os.path.join(tmp_path, path)):
            assert (
                "a.md:3:1: error: image has no source" in run(tmp_path, "--output-file", path).out
            )
    with open(outside / "log", "wb") as log:
        run(tmp_path, "--output-file", "/dev/stdout", stdout=log.fileno())
        assert os.path.samestat(os.fstat(log.fileno()), os.stat(outside / "log"))
    assert "a.md:3:1: error: image has no source" in (outside / "log").read_text()
    assert run(tmp_path, "--output-file", "/dev/null") == Ran(1, "", "")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert run(tmp_path, "--summary-file", "/dev/null").status == 1


def test_a_pipe_is_written_to_and_one_without_reader_is_told(
    note: Path, tmp_path: Path, outside: Path
) -> None:
    pipe = outside / "pipe"
    os.mkfifo(pipe)
    for option in OPTIONS:
        ran = run(tmp_path, option, str(pipe))
        assert (ran.status, "pipe: cannot be written (" in ran.err) == (2, True)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run(tmp_path, "--sarif-file", str(pipe)).status == 1
        assert json.loads(os.read(reader, 60_000))["version"] == "2.1.0"
    finally:
        os.close(reader)


def test_more_than_a_pipe_holds(tmp_path: Path, write: Write, outside: Path) -> None:
    write("a.md", "# A\n\n" + "![]()\n\n" * 5000)
    pipe = outside / "pipe"
    os.mkfifo(pipe)
    call = ["grep", "--count", "empty-image", str(pipe)]
    with subprocess.Popen(call, stdout=subprocess.PIPE) as reader:
        writer = os.open(pipe, os.O_WRONLY)  # as soon as somebody reads
        assert run(tmp_path, "--output-file", str(pipe)).status == 1
        os.close(writer)
        assert reader.stdout
        assert reader.stdout.read() == b"5000\n"


# ------------------------------------------------------------------ baselines that are read


def test_a_baseline_that_is_no_file_or_has_no_end(
    note: Path, tmp_path: Path, outside: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "endless").symlink_to("/dev/zero")
    (outside / "own").symlink_to("/dev/zero")
    secret = outside / "secret.json"
    secret.write_text('{"version": 1, "findings": {"x": {"s3cret": {"": 1}}}}')
    (tmp_path / "known.json").symlink_to(secret)
    for path, said in (
        ("pipe", "pipe: not a regular file"),
        ("endless", "`endless` is a symbolic link of the tree"),
        ("/dev/zero", "/dev/zero: not a regular file"),
        (str(outside / "own"), "own: not a regular file"),
        ("known.json", "`known.json` is a symbolic link of the tree"),
        ("gone", "gone: cannot be read (No such file or directory)"),
    ):
        ran = run(tmp_path, "--baseline", path)
        assert (ran.status, said in ran.err, "s3cret" in ran.err) == (2, True, False), ran.err


@pytest.mark.parametrize("number", ["Infinity", "1e999", "NaN", "[]", "{}", "null", '"x"'])
def test_a_baseline_that_counts_in_odd_numbers(
    notelint: Run, note: Path, write: Write, number: str
) -> None:
    write("known.json", f'{{"version": 1, "findings": {{"a.md": {{"r": {{"t": {number}}}}}}}}}')
    ran = notelint("check", "--baseline", "known.json")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "known.json: not a baseline" in ran.err
