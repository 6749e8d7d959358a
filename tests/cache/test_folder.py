"""Where caches lie, and caches of strangers: nothing of them is believed, opened or removed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import platformdirs
import pytest

from conftest import Git, Ran, Run, Write, cache_folder, cached
from notelint.workspace.digests import check_sum
from online.web import Web, status

posix = pytest.mark.skipif(os.name == "nt", reason="needs links and FIFOs")
NOTE = "# A\n\n![]()\n"
OLD = ".notelint_cache"


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as server:
        yield server


@pytest.fixture
def tree(git: Git, write: Write, tmp_path: Path) -> Path:
    git("init", "-q")
    write("a.md", NOTE)
    return tmp_path


def state(folder: Path) -> dict[str, bytes | str]:
    """What is below *folder*, but for git's own."""
    return {
        str(each.relative_to(folder)): os.readlink(each)
        if each.is_symlink()
        else each.read_bytes()
        if each.is_file()
        else str(each.stat().st_mode)
        for each in folder.rglob("*")
        if ".git" not in each.relative_to(folder).parts
    }


# ------------------------------------------------------------------ where it lies


@pytest.mark.parametrize("given", [None, "", "relative", "./x", "/abs/olute", "/with/end/"])
@pytest.mark.parametrize("home", ["/home/of/user", "/home/of/user/", "relative", ""])
def test_the_place_is_the_one_that_platformdirs_names(
    monkeypatch: pytest.MonkeyPatch, given: str | None, home: str
) -> None:
    from notelint.cache.folder import user_folder

    monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("XDG_CACHE_HOME")
    if given is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", given)
    told = platformdirs.user_cache_dir("notelint", appauthor=False)
    if home == "relative" and not os.path.isabs(told):  # as versions for Python 3.10 have it
        pwd = pytest.importorskip("pwd")
        told = os.path.join(pwd.getpwuid(os.getuid()).pw_dir, ".cache", "notelint")
    assert user_folder() == told


@pytest.mark.parametrize("command", [["check"], ["fix", "--diff"], ["links"], ["toc", "--check"]])
def test_nothing_is_written_into_the_tree(notelint: Run, tree: Path, command: list[str]) -> None:
    (tree / ".notelint.yaml").write_text("ignore: [toc]\n")
    before = state(tree)
    for _ in range(2):
        notelint(*command)
        assert state(tree) == before


def test_trees_do_not_share(notelint: Run, tree: Path, write: Write, git: Git) -> None:
    for name in ("one", "two"):
        write(f"{name}/a.md", NOTE)
        git("init", "-q", name)
        notelint("check", name)
    assert len(cached("notes")) == 2
    assert len({each.name.split("-")[1][:16] for each in cached("notes")}) == 2


@posix
def test_only_the_user_can_look_into_it(notelint: Run, tree: Path) -> None:
    notelint("check")
    assert cache_folder().stat().st_mode & 0o077 == 0
    for each in cache_folder().iterdir():
        assert each.stat().st_mode & 0o077 == 0


def test_what_is_old_or_too_much_goes(notelint: Run, tree: Path) -> None:
    for number in range(12):
        notelint("check", "--isolated", "--ignore", ",".join(["toc"] * (number + 1)))
    assert len(cached("notes")) == 8
    for each in cached("notes"):
        os.utime(each, (1, 1))
    notelint("check", "--isolated")
    assert len(cached("notes")) == 1


def test_what_is_in_use_does_not_grow_old(notelint: Run, tree: Path) -> None:
    notelint("check")
    (file,) = cached("notes")
    os.utime(file, (1, 1))
    notelint("check")
    assert file.stat().st_mtime > 1


# ------------------------------------------------------------------ caches that a tree brings


def bring(folder: Path, kind: str) -> None:
    """Put a cache of a stranger's into *folder*."""
    folder.mkdir(exist_ok=True)
    for name in (f"notes-{'0' * 32}.sqlite", "links.sqlite"):
        with closing(sqlite3.connect(folder / name)) as base, base:
            base.execute("CREATE TABLE answers (key TEXT PRIMARY KEY, expires REAL, answer TEXT)")
            if kind == "view":
                base.execute("DROP TABLE answers")
                base.execute(
                    "CREATE VIEW answers AS WITH RECURSIVE n(x) AS"
                    " (SELECT 1 UNION ALL SELECT x FROM n) SELECT x key, x expires, x answer FROM n"
                )
    (folder / "configuration.json").write_text("{}")
    (folder / "precious.txt").write_text("words\n")


@pytest.mark.parametrize("command", [["check"], ["fix", "--diff"], ["links"], ["clean"]])
@pytest.mark.parametrize("place", [OLD, "kept"])
@pytest.mark.parametrize("kind", ["table", "view"])
def test_a_cache_that_came_with_a_tree(
    notelint: Run, tree: Path, command: list[str], place: str, kind: str
) -> None:
    bring(tree / place, kind)
    if place != OLD:
        (tree / ".notelint.yaml").write_text(f"cache-dir: {place}\n")
    before = state(tree)
    ran = notelint(*command)
    assert state(tree) == before
    told = "holds files that notelint did not make" in ran.err
    assert told is (place != OLD and command != ["clean"])


def hot_journal(database: Path, victim: Path) -> None:
    """Beside *database*, a journal that has SQLite roll back and remove the file *victim*."""
    magic = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    header = magic + struct.pack(">IIIII", 0, 1, database.stat().st_size // 4096, 512, 4096)
    name = os.fsencode(victim)
    tail = struct.pack(">I", 2**30 // 4096 + 1)
    check = sum(name) & 0xFFFFFFFF
    journal = header.ljust(512, b"\0") + tail + name + struct.pack(">II", len(name), check) + magic
    Path(f"{database}-journal").write_bytes(journal)


def test_the_journal_would_do_harm(tmp_path: Path) -> None:
    victim, file = tmp_path / "victim", tmp_path / "x.sqlite"
    victim.write_text("precious")
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("CREATE TABLE t (x)")
    hot_journal(file, victim)
    with closing(sqlite3.connect(file)) as base:
        base.execute("SELECT * FROM sqlite_master").fetchall()
    assert not victim.exists()


@pytest.mark.parametrize("place", ["old", "cache-dir", "ours", "links"])
def test_a_journal_removes_nothing(
    notelint: Run,
    tree: Path,
    place: str,
    web: Web,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    victim = tmp_path_factory.mktemp("victim") / "victim"
    victim.write_text("precious")
    (tree / "b.md").write_text(f"[x]({web.url('/x')})\n")
    web.routes["/x"] = status(200)
    commands = [["check"], ["links", "--allow-private"]]
    for command in commands:
        notelint(*command)
    if place in ("old", "cache-dir"):
        folder = tree / (OLD if place == "old" else "kept")
        bring(folder, "table")
        if place == "cache-dir":
            (tree / ".notelint.yaml").write_text("cache-dir: kept\n")
        files = [*folder.glob("*.sqlite")]
    else:
        files = cached("links" if place == "links" else "notes")
    for file in files:
        hot_journal(file, victim)
    for command in commands:
        notelint(*command)
    assert victim.read_text() == "precious"


def test_answers_that_came_with_a_tree_are_not_believed(
    notelint: Run, tree: Path, web: Web, write: Write
) -> None:
    write("b.md", f"[x]({web.url('/gone')})\n")
    write(".notelint.yaml", "cache-dir: kept\n")
    first = notelint("links", "--allow-private")
    assert "dead-link" in first.out
    (file,) = (tree / "kept").glob("links-*")
    # whoever has seen the file knows its name, and can change what is in it
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("""UPDATE answers SET answer = replace(answer, '404', '200')""")
        assert base.execute("SELECT count(*) FROM answers WHERE answer LIKE '%200%'").fetchone()[0]
    asked = len(web.log)
    assert notelint("links", "--allow-private").out == first.out
    assert len(web.log) > asked


def test_findings_that_came_with_a_tree_are_not_believed(
    notelint: Run, tree: Path, write: Write
) -> None:
    write(".notelint.yaml", "cache-dir: kept\n")
    right = notelint("check")
    (file,) = (tree / "kept").glob("notes-*")
    from zlib import crc32

    with closing(sqlite3.connect(file)) as base, base:
        query = "SELECT path, stamp, digest, targets, compared, '[]', dependencies, snapshot"
        row = base.execute(f"{query} FROM note").fetchone()
        base.execute("UPDATE note SET findings = '[]', sum = ?", (crc32("\0".join(row).encode()),))
    assert notelint("check") == right


@posix
@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_in_a_folder_that_others_can_write_to_nothing_is_believed(
    notelint: Run, tree: Path, mode: int
) -> None:
    right = notelint("check")
    cache_folder().chmod(mode)
    for again in (False, True):
        assert notelint("check") == right
        (file,) = cached("notes")
        with closing(sqlite3.connect(file)) as base, base:
            names = [row[1] for row in base.execute("PRAGMA table_info(note)")]
            names = names[: names.index("sum")]
            row = base.execute(f"SELECT {', '.join(names)} FROM note").fetchone()
            row = ["[]" if name == "findings" else row[at] for at, name in enumerate(names)]
            forged = check_sum(row, b"")
            base.execute("UPDATE note SET findings = '[]', sum = ?", (forged,))
        assert notelint("check") == right, again


@pytest.mark.parametrize("about", ["view", "trigger", "table", "WAL", "index"])
@pytest.mark.parametrize("command", ["check", "links"])
def test_a_database_with_anything_else_in_it(
    notelint: Run, tree: Path, web: Web, about: str, command: str
) -> None:
    (tree / "b.md").write_text(f"[x]({web.url('/gone')})\n")
    call = [command, "--allow-private"] if command == "links" else [command]
    right = notelint(*call)
    (file,) = cached("notes" if command == "check" else "links")
    table = "note" if command == "check" else "answers"
    with closing(sqlite3.connect(file)) as base, base:
        for statement in {
            "view": (
                f"DROP TABLE {table}",
                f"CREATE VIEW {table} AS WITH RECURSIVE n(x) AS"
                " (SELECT 1 UNION ALL SELECT x FROM n) SELECT x path, x key, x expires FROM n",
            ),
            "trigger": (f"CREATE TRIGGER t AFTER INSERT ON {table} BEGIN SELECT 1; END",),
            "table": ("CREATE TABLE more (x)",),
            "WAL": ("PRAGMA user_version = 7",),
            "index": (f"CREATE INDEX i ON {table} (expires)" if command == "links"
                      else f"CREATE INDEX i ON {table} (stamp)",),
        }[about]:  # fmt: skip
            base.execute(statement)
    if about == "WAL":
        with closing(sqlite3.connect(file)) as base:
            base.execute("PRAGMA journal_mode = WAL")
    assert notelint(*call).out == right.out
    assert notelint(*call).out == right.out


@posix
@pytest.mark.parametrize("what", ["fifo", "device", "link", "folder", "huge"])
@pytest.mark.parametrize("kind", ["notes", "links", "configuration", "key"])
def test_something_else_in_the_place_of_a_file(
    notelint: Run, tree: Path, web: Web, what: str, kind: str
) -> None:
    (tree / ".notelint.yaml").write_text("ignore: [toc]\n")
    (tree / "b.md").write_text(f"[x]({web.url('/gone')})\n")
    calls = [["check"], ["links", "--allow-private"]]
    right = [notelint(*call).out for call in calls]
    [file] = [cache_folder() / "key"] if kind == "key" else cached(kind)
    file.unlink()
    if what == "fifo":
        os.mkfifo(file)
    elif what == "folder":
        file.mkdir()
    elif what == "huge":
        file.touch()
        os.truncate(file, 2**40)
    else:
        file.symlink_to("/dev/zero" if what == "device" else tree / "a.md")
    for _ in range(2):
        assert [notelint(*call).out for call in calls] == right
    assert (tree / "a.md").read_text() == NOTE


# ------------------------------------------------------------------ `cache-dir`


PLACES = [
    "../victim",
    "..",
    ".",
    "sub/../../victim",
    "/abs",
    ".git",
    ".git/x",
    ".GIT/x",
    "a/.git/b",
]
PLACES += ["link", "link/deeper", "inner", "loop", "a\0b", "../../../../../../tmp/x"]
PLACES += ["~/kept", "~"]
PLACES += ["link/../kept", "link/../link/../kept", ".g\u200cit/x", ".git::$INDEX_ALLOCATION/x"]


@posix
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("command", ["check", "fix", "links", "clean"])
def test_a_place_that_no_repository_may_name(
    notelint: Run, tree: Path, place: str, command: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    victim = tmp_path_factory.mktemp("victim")
    (tree / "link").symlink_to(victim)
    (tree / "inner").symlink_to("sub")
    (tree / "loop").symlink_to("loop")
    (tree / "sub").mkdir()
    place = place.replace("victim", os.path.relpath(victim, tree.parent)).replace(
        "/abs", f"{victim}"
    )
    for number in range(12):
        (victim / f"notes-{number}.sqlite").write_text("precious")
    (tree / ".notelint.yaml").write_text('cache-dir: "' + place.replace("\0", "\\0") + '"\n')
    before = state(tree), state(victim), state(tree / ".git")
    ran = notelint(command)
    assert ran.status == 2
    assert "`cache-dir`" in ran.err
    assert (state(tree), state(victim), state(tree / ".git")) == before


def test_where_there_is_no_repository_the_folder_of_the_configuration_is_the_bound(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    write("a.md", NOTE)
    write(".notelint.yaml", "cache-dir: ../kept\n")
    assert notelint("check").status == 2
    write(".notelint.yaml", "cache-dir: deep/kept\n")
    assert notelint("check").status == 1
    assert list((tmp_path / "deep" / "kept").glob("notes-*"))


def test_the_caller_may_name_any_place(
    notelint: Run, tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "precious.txt").write_text("words\n")
    for number in range(12):
        (elsewhere / f"notes-{number:032}.sqlite").write_text("precious")
    before = state(elsewhere)
    configuration = elsewhere.parent / "given.yaml"
    configuration.write_text(f"cache-dir: {elsewhere}\n")
    assert notelint("check", "--config", str(configuration)).err == ""
    assert len(state(elsewhere)) == len(before) + 1
    assert notelint("clean", "--config", str(configuration)).status == 0
    assert state(elsewhere) == before


def test_a_folder_of_ours_is_used_and_out_of_gits_sight(
    notelint: Run, tree: Path, git: Git
) -> None:
    (tree / ".notelint.yaml").write_text("cache-dir: deep/kept\n")
    first = notelint("check")
    assert first.err == ""
    kept = tree / "deep" / "kept"
    assert sorted(each.name[:6] for each in kept.iterdir()) == [".gitig", "CACHED", "notes-"]
    assert "kept" not in git("status", "--short", "--untracked-files=all")
    assert notelint("check") == first
    (kept / "mine.txt").write_text("words\n")
    assert notelint("check") == first


def test_a_folder_that_only_looks_like_ours(notelint: Run, tree: Path) -> None:
    (tree / ".notelint.yaml").write_text("cache-dir: kept\n")
    notelint("check")
    shutil.rmtree(cache_folder())  # as for another user
    before = state(tree)
    assert "did not make" in notelint("check").err
    assert "Nothing is cached" in notelint("clean").err
    assert state(tree) == before


@pytest.mark.parametrize("cut", [0, 1])
@pytest.mark.parametrize("later", [False, True])
def test_a_mark_that_a_full_disk_cut_short_is_made_whole(
    notelint: Run, tree: Path, git: Git, cut: int, later: bool
) -> None:
    (tree / ".notelint.yaml").write_text("cache-dir: kept\n")
    notelint("check")
    kept = tree / "kept"
    (kept / ".gitignore").write_bytes(b"*\n"[:cut])
    if not later:
        for each in kept.glob("notes-*"):
            each.unlink()
    assert notelint("check").err == ""
    assert (kept / ".gitignore").read_bytes() == b"*\n"
    assert "kept" not in git("status", "--short", "--untracked-files=all")


@pytest.mark.parametrize("text", ["", "*", "*\n"])
def test_a_folder_with_nothing_but_an_ignore_file_is_not_ours(
    notelint: Run, tree: Path, text: str
) -> None:
    (tree / ".notelint.yaml").write_text("cache-dir: kept\n")
    (tree / "kept").mkdir()
    (tree / "kept" / ".gitignore").write_text(text)
    assert "did not make" in notelint("check").err
    notelint("clean")
    assert (tree / "kept" / ".gitignore").read_text() == text
    assert len(list((tree / "kept").iterdir())) == 1


# ------------------------------------------------------------------ `notelint clean`


def test_clean_removes_what_is_cached(notelint: Run, tree: Path, web: Web) -> None:
    (tree / "b.md").write_text(f"[x]({web.url('/gone')})\n")
    for text in ("ignore: [toc]\n", "cache-dir: kept\n"):
        (tree / ".notelint.yaml").write_text(text)
        notelint("check")
        notelint("links", "--allow-private")
    asked = len(web.log)
    ran = notelint("clean")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("Removed 7 files (")
    assert ran.err.count("\n") == 1
    assert not cache_folder().exists()
    assert not (tree / "kept").exists()
    assert notelint("clean") == Ran(0, "", "Nothing is cached.\n")
    notelint("links", "--allow-private")
    assert len(web.log) > asked


def test_clean_leaves_what_others_made(notelint: Run, tree: Path) -> None:
    (tree / ".notelint.yaml").write_text("cache-dir: kept\n")
    notelint("check")
    for folder in (cache_folder(), tree / "kept"):
        for name in ("precious.txt", "notes-x.sqlite", f"notes-{'0' * 48}-{'0' * 15}.sqlite"):
            (folder / name).write_text("words\n")
    (tree / "kept" / f"notes-{'0' * 48}-{'0' * 16}.sqlite").write_text("words\n")
    (tree / "kept" / ".gitignore").write_text("mine\n")
    assert notelint("clean").status == 0
    assert len(list(cache_folder().iterdir())) == 3
    assert len(list((tree / "kept").iterdir())) == 5


def test_clean_where_the_configuration_is_wrong(notelint: Run, tree: Path) -> None:
    notelint("check")
    (tree / ".notelint.yaml").write_text("wrong: true\n")
    assert notelint("clean").status == 2
    assert notelint("clean", "--isolated").status == 0
    assert not cache_folder().exists()


# ------------------------------------------------------------------ the secret


def test_runs_at_once_agree_on_the_secret(tree: Path, notelint: Run) -> None:
    command = [sys.executable, "-m", "notelint", "check"]
    runs = [subprocess.Popen(command, cwd=tree, stdout=subprocess.DEVNULL) for _ in range(6)]
    assert {each.wait() for each in runs} == {1}
    assert len(cached("notes")) == 1
    assert len(list(cache_folder().iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 32, b"x" * 33])
def test_a_secret_that_others_may_have_made(notelint: Run, tree: Path, damage: bytes) -> None:
    right = notelint("check")
    key = cache_folder() / "key"
    key.unlink()
    key.write_bytes(damage)
    assert notelint("check") == right
    assert key.read_bytes() != damage
