"""Files are read whole and written whole or not at all, whatever they are and whoever else writes.

`notelint fix` on files that nobody would expect; that its edits are right is tested elsewhere.
"""

from __future__ import annotations

import os
import resource
import stat
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import ordinary
from conftest import Run as Command
from conftest import Write
from notelint.commands.command_settings import FixSettings
from notelint.commands.fix_notes import FixRun
from notelint.config.configs import Configs
from notelint.config.model import Config, Layer
from notelint.engine import write_note
from notelint.engine.note_path import note_at
from notelint.engine.rule_sets import RuleSets
from notelint.engine.run import Run
from notelint.engine.session import sessions
from notelint.workspace import read_note

BAD, GOOD = b"text\n\n![](x\\y.png)\n", b"text\n\n![](x/y.png)\n"


@pytest.fixture
def note(write: Write) -> Path:
    write("x/y.png")
    return write("a.md", BAD)


def left_over(folder: Path) -> list[str]:
    return [each.name for each in folder.rglob("*notelint-*") if each.is_file()]


# ------------------------------------------------------------------ what writing keeps


def test_mode_stays_and_nothing_is_left(notelint: Command, note: Path, tmp_path: Path) -> None:
    note.chmod(0o640)
    assert notelint("fix").status == 0
    assert note.read_bytes() == GOOD
    assert stat.S_IMODE(note.stat().st_mode) == 0o640
    assert left_over(tmp_path) == []


def test_the_group_of_a_team_stays(note: Path) -> None:
    as_root(note, 0, 2001)
    assert ordinary.run(note.parent, "fix", groups="2001").status == 0
    assert note.read_bytes() == GOOD
    assert owners(note) == (0, 2001, 0o660)


@pytest.mark.parametrize(
    ("owner", "group", "groups", "lost", "after"),
    [
        (1001, 2001, "2001", "owner", (0, 2001, 0o666)),
        (0, 2001, "", "group", (0, 0, 0o666)),
        (1001, 2001, "", "owner, group", (0, 0, 0o666)),
    ],
)
def test_a_file_whose_owners_cannot_be_kept_is_left_alone(
    note: Path, owner: int, group: int, groups: str, lost: str, after: tuple[int, int, int]
) -> None:
    as_root(note, owner, group, 0o666)
    ran = ordinary.run(note.parent, "fix", groups=groups)
    assert (ran.status, note.read_bytes(), owners(note)) == (2, BAD, (owner, group, 0o666))
    assert ran.err == (
        f"notelint: a.md: left unchanged: writing it would lose its {lost}; "
        "`--force` writes it anyway\n"
    )
    assert left_over(note.parent) == []
    assert ordinary.run(note.parent, "fix", "--force", groups=groups).status == 0
    assert (note.read_bytes(), owners(note)) == (GOOD, after)


def as_root(path: Path, owner: int, group: int, mode: int = 0o660) -> None:
    """Give *path* to others."""
    if os.geteuid():
        pytest.skip("only root can give files away")
    os.chown(path, owner, group)
    path.chmod(mode)


def owners(path: Path) -> tuple[int, int, int]:
    """Owner, group and mode."""
    found = path.stat()
    return found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)


def test_the_owner_stays_where_that_is_allowed(notelint: Command, note: Path) -> None:
    as_root(note, 1001, 2001, 0o6755)
    assert notelint("fix").status == 0
    assert (note.read_bytes(), owners(note)) == (GOOD, (1001, 2001, 0o6755))


ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"


def access(*more: tuple[int, int, int]) -> bytes:
    """An access control list, as the kernel has it: tag, permissions and number of who may."""
    nobody = 0xFFFFFFFF
    entries = [(1, 6, nobody), *more, (4, 4, nobody), (16, 4, nobody), (32, 0, nobody)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries)


def set_attribute(path: Path, name: str, value: bytes) -> None:
    """Set an extended attribute, if there are such here."""
    if sys.platform != "linux":
        pytest.skip("no extended attributes")
    try:
        os.setxattr(path, name, value)
    except OSError:
        pytest.skip("no such attributes here")


def attributes(path: Path) -> dict[str, bytes]:
    """The extended attributes of *path* but those of the kernel."""
    if sys.platform != "linux":
        return {}
    names = [name for name in os.listxattr(path) if not name.startswith("security.")]
    return {name: os.getxattr(path, name) for name in names}


def test_access_control_list_and_attributes_stay(note: Path) -> None:
    note.chmod(0o640)
    set_attribute(note, ACCESS, access((2, 4, 1001), (2, 6, 1002)))
    set_attribute(note, "user.note", b"kept\0")
    set_attribute(note, "user.empty", b"")
    before, mode = attributes(note), note.stat().st_mode
    assert before.keys() == {ACCESS, "user.note", "user.empty"}
    assert ordinary.run(note.parent, "fix").status == 0
    assert note.read_bytes() == GOOD
    assert (attributes(note), note.stat().st_mode) == (before, mode)


def test_a_list_that_the_folder_would_give_is_not_taken(note: Path, tmp_path: Path) -> None:
    note.chmod(0o640)
    set_attribute(tmp_path, DEFAULT, access((2, 6, 1001)))
    assert ordinary.run(note.parent, "fix").status == 0
    assert note.read_bytes() == GOOD
    assert attributes(note) == {}
    assert stat.S_IMODE(note.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("fix", BAD),
        ("toc", b"<!-- toc -->\n<!-- tocstop -->\n\n# A\n\ntext\n"),
        ("fmt", b"*  item\n"),
    ],
)
def test_names_of_one_file_do_not_part(
    notelint: Command, note: Path, tmp_path: Path, command: str, text: bytes
) -> None:
    note.write_bytes(text)
    other = tmp_path / "other.txt"
    os.link(note, other)
    ran = notelint(command)
    assert (ran.status, note.read_bytes(), note.samefile(other)) == (2, text, True)
    assert "a.md: left unchanged: writing it would lose its hard links; `--force`" in ran.err
    assert notelint(command, "--force").status == 0
    assert (note.read_bytes() != text, other.read_bytes()) == (True, text)


def test_the_text_is_replaced_in_one_step(note: Path) -> None:
    with open(note, "rb") as reader:
        write_note.write(note, "a.md", BAD, GOOD, note.parent)
        assert reader.read() == BAD  # who had it open still has all of the old text
    assert note.read_bytes() == GOOD


def test_a_file_that_changed_in_between_is_left_alone(note: Path, tmp_path: Path) -> None:
    note.write_bytes(b"something else\n")
    with pytest.raises(read_note.FileProblem, match=r"a\.md: changed while it was being fixed"):
        write_note.write(note, "a.md", BAD, GOOD, tmp_path)
    assert note.read_bytes() == b"something else\n"
    assert left_over(tmp_path) == []


def test_a_file_that_went_in_between_stays_away(note: Path, tmp_path: Path) -> None:
    note.unlink()
    with pytest.raises(read_note.FileProblem, match=r"a\.md: cannot be written"):
        write_note.write(note, "a.md", BAD, GOOD, tmp_path)
    assert not note.exists()
    assert left_over(tmp_path) == []


def test_a_long_name(notelint: Command, note: Path, tmp_path: Path) -> None:
    long = note.rename(tmp_path / ("名" * 80 + ".md"))
    assert notelint("fix").status == 0
    assert long.read_bytes() == GOOD


# ------------------------------------------------------------------ what can't be written


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_is_read_only_costs_only_itself(note: Path, write: Write, what: str) -> None:
    locked = write("locked/b.md", BAD)
    write("locked/x/y.png")
    mode = locked if what == "file" else locked.parent
    mode.chmod(0o444 if what == "file" else 0o555)
    ran = ordinary.run(note.parent, "fix")
    mode.chmod(0o755)
    assert (note.read_bytes(), locked.read_bytes()) == (GOOD, BAD)
    assert ran.status == 2
    assert "locked/b.md: cannot be written" in ran.err
    assert "locked/b.md:3:5: error: image" in ran.out


def test_a_full_disk(note: Path, write: Write, tmp_path: Path) -> None:
    large = write("b.md", BAD + b"word " * 2000)
    done = subprocess.run(
        [sys.executable, "-m", "notelint", "fix", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        check=False,
    )
    assert done.returncode == 2
    assert b"b.md: cannot be written" in done.stderr
    assert note.read_bytes() == GOOD
    assert large.read_bytes() == BAD + b"word " * 2000
    assert left_over(tmp_path) == []


def test_a_link_stays_a_link_and_leads_nowhere_else(
    notelint: Command,
    note: Path,
    write: Write,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_bytes(BAD)
    (tmp_path / "out.md").symlink_to(outside)
    (tmp_path / "folder").symlink_to(outside.parent)
    (tmp_path / "in.md").symlink_to(note.name)
    (tmp_path / "nowhere.md").symlink_to("missing.md")
    ran = notelint("fix", "out.md", "folder/secret.md", "in.md")
    assert note.read_bytes() == GOOD
    assert outside.read_bytes() == BAD
    assert ran.status == 2
    assert ran.err.count("left unchanged: a link to a file outside") == 2
    assert (tmp_path / "in.md").is_symlink()


def test_a_loop_of_links(notelint: Command, note: Path, tmp_path: Path) -> None:
    (tmp_path / "b.md").symlink_to("c.md")
    (tmp_path / "c.md").symlink_to("b.md")
    (tmp_path / "around").symlink_to(tmp_path)
    assert notelint("fix").status == 0
    assert note.read_bytes() == GOOD
    assert notelint("fix", "b.md").status == 2


def test_what_is_no_file(notelint: Command, note: Path, write: Write, tmp_path: Path) -> None:
    write("folder.md/b.md", BAD)
    write("folder.md/x/y.png")
    os.mkfifo(tmp_path / "pipe.md")
    assert notelint("fix").status == 0
    assert note.read_bytes() == GOOD
    assert (tmp_path / "folder.md" / "b.md").read_bytes() == GOOD
    assert notelint("fix", "pipe.md").err == "notelint: pipe.md: not a regular file\n"
    assert notelint("check", "/dev/null").status in (0, 2)


def test_a_file_without_end(notelint: Command, tmp_path: Path) -> None:
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    assert notelint("check", "zero.md").err == "notelint: zero.md: not a regular file\n"


def test_a_file_larger_than_any_note(notelint: Command, note: Path, tmp_path: Path) -> None:
    with open(tmp_path / "large.md", "wb") as file:
        file.truncate(read_note.MAX_NOTE_BYTES + 1)
    ran = notelint("check", "large.md", "a.md")
    assert "large.md: too large to be a note" in ran.err
    assert (ran.status, "a.md:3:5" in ran.out) == (2, True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"new\nline.md", r"new\nline.md"),
        (b"esc\x1b]0;x\x07.md", r"esc\x1b]0;x\x07.md"),
        (b"\xff\xfe.md", r"\udcff\udcfe.md"),
        ("\u202egnp.md".encode(), r"\u202egnp.md"),
    ],
)
def test_a_name_that_would_do_something(
    notelint: Command, note: Path, tmp_path: Path, name: bytes, shown: str
) -> None:
    try:
        odd = note.rename(tmp_path / os.fsdecode(name))
    except OSError:
        pytest.skip("no such names here")
    assert notelint("check").out.startswith(f"{shown}:3:5: error: image")
    assert notelint("fix").err == "Fixed 1 problem in 1 file: backslash-path 1.\n"
    assert odd.read_bytes() == GOOD
    odd.chmod(0o444)
    odd.write_bytes(b"<!-- toc -->\n<!-- tocstop -->\n\n# A\n\ntext\n")
    ran = notelint("toc")
    assert ran.out == f"{shown}: refreshed\n"
    assert notelint("fmt", "--check").out in ("", f"{shown}: would change\n")


def test_a_name_in_a_diff_is_quoted_as_git_does(
    notelint: Command, note: Path, tmp_path: Path, git: Callable[..., str]
) -> None:
    git("init")
    name = 'a"\n--- b.md\n+++ b.md\n\\\x1b.md'
    odd = note.rename(tmp_path / name)
    diff = notelint("fix", "--diff").out
    assert diff.split("\n")[0] == r'--- "a/a\"\n--- b.md\n+++ b.md\n\\\033.md"'
    subprocess.run(["git", "apply"], input=diff.encode(), cwd=tmp_path, check=True)
    assert odd.read_bytes() == GOOD


# ------------------------------------------------------------------ who else writes


def test_two_runs_at_once(tmp_path: Path, write: Write) -> None:
    write("x/y.png")
    notes = [write(f"n{number}.md", BAD) for number in range(60)]
    command = [sys.executable, "-m", "notelint", "fix"]
    runs = [subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) for _ in range(3)]
    for each in runs:
        _, err = each.communicate()
        assert each.returncode in (0, 2), err
        assert all(
            b"Fixed" in line or b"changed while" in line or b"cannot be written" in line
            for line in err.splitlines()
        ), err
    assert {each.read_bytes() for each in notes} == {GOOD}
    assert left_over(tmp_path) == []


def test_what_somebody_else_has_just_fixed_is_not_told(
    note: Path, write: Write, tmp_path: Path
) -> None:
    other = write("b.md", BAD)
    on = RuleSets(Configs(Config(str(tmp_path))), Layer())
    notes = [note_at(str(each), str(tmp_path)) for each in (note, other)]
    repair = FixRun(Run(sessions(notes), on), FixSettings())

    def progress(done: int, of: int) -> None:
        other.write_bytes(GOOD)

    report = repair.fix(progress)
    assert [path for path, _, _ in report.changed] == ["a.md"]
    assert (report.diagnostics, report.failures) == ([], [])


# Stops in the middle of a write, as a kill does; or goes on to hold the file.
_STOP = """
import os, signal, sys
from notelint.engine.temporary import new_file
with new_file(sys.argv[1]) as (path, file):
    file.write(b"half of a no")
    print(path, flush=True)
    sys.stdin.read() if sys.argv[2:] else os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(folder: Path) -> Path:
    """What a run leaves in *folder* that is killed as it writes."""
    done = subprocess.run(
        [sys.executable, "-c", _STOP, str(folder)], capture_output=True, check=False
    )
    return Path(os.fsdecode(done.stdout.strip()))


def test_what_a_killed_run_left_is_removed_but_not_what_is_in_use(
    note: Path, write: Write, tmp_path: Path
) -> None:
    write("x/b.md", b"text\n")
    assert killed(tmp_path).is_file()
    assert killed(tmp_path / "x").is_file()
    call = [sys.executable, "-c", _STOP, str(tmp_path), "hold"]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdin
        used = Path(os.fsdecode(process.stdout.readline().strip()))
        assert ordinary.run(tmp_path, "fix").status == 0
        assert left_over(tmp_path) == [used.name]
        process.stdin.close()


def test_what_only_has_such_a_name_stays(
    note: Path, write: Write, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    left = killed(tmp_path_factory.mktemp("elsewhere"))
    names = [
        ".notelint-1-aa.notelint-tmp",
        ".notelint-.notelint-tmp",
        ".notelint-notelint-tmp",
        f".notelint-{'0' * 40}.notelint-tmp",
        f".notelint-{'名' * 40}.notelint-tmp",
        left.name,  # as a repository can hold it that got a copy
    ]
    for name in names:
        write(name, "a stranger's\n")
    (tmp_path / ".notelint-2.notelint-tmp").symlink_to(note)
    os.mkfifo(tmp_path / ".notelint-3.notelint-tmp")
    (tmp_path / ".notelint-4.notelint-tmp").mkdir()
    os.link(write("own", "text"), tmp_path / ".notelint-5.notelint-tmp")
    before = sorted(os.listdir(tmp_path))
    for command in ("fix", "toc", "fmt"):
        assert ordinary.run(tmp_path, command).status == 0
    assert sorted(os.listdir(tmp_path)) == before
    assert {(tmp_path / name).read_text("utf-8") for name in names} == {"a stranger's\n"}


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_secret_that_the_tree_brings_is_not_used(
    note: Path, write: Write, tmp_path: Path, umask: int
) -> None:
    """A cache folder may be configured to lie in the tree, where a clone puts what it likes."""
    before = os.umask(umask)
    try:
        cache = tmp_path / "cache"
        key = write("cache/notelint/key", b"k" * 32)
    finally:
        os.umask(before)
    env = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    call = [sys.executable, "-m", "notelint", "fix", "--no-cache"]
    subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, check=True)
    assert note.read_bytes() == GOOD
    assert key.read_bytes() != b"k" * 32
    made = key.read_bytes()
    note.write_bytes(BAD)
    subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, check=True)
    assert key.read_bytes() == made
    assert stat.S_IMODE(key.stat().st_mode) == 0o400


def test_a_secret_is_not_put_where_a_link_of_the_tree_leads(
    note: Path, write: Write, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "key").write_bytes(b"precious")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "notelint").symlink_to(outside)
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    call = [sys.executable, "-m", "notelint", "fix", "--no-cache"]
    subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, check=True)
    assert note.read_bytes() == GOOD
    assert os.listdir(outside) == ["key"]
    assert (outside / "key").read_bytes() == b"precious"


def test_without_a_place_for_a_secret_notes_are_fixed(note: Path, tmp_path: Path) -> None:
    for place in ("", "cache", str(note)):
        note.write_bytes(BAD)
        env = {**os.environ, "XDG_CACHE_HOME": place, "HOME": "/dev/null"}
        call = [sys.executable, "-m", "notelint", "fix", "--no-cache"]
        done = subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, check=False)
        assert (done.returncode, note.read_bytes()) == (0, GOOD), done.stderr
        assert left_over(tmp_path) == []
    assert not (tmp_path / "cache").exists()
