"""Links in notes of strangers: nobody hears of them what is outside of the repository."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from conftest import Git, Run, Write

SECRET = "# Secret\n\n![]()\n"
EVERYTHING = ["--select", "links,images,structure,toc,html,text"]


@pytest.fixture
def outside(git: Git, tmp_path_factory: pytest.TempPathFactory) -> Path:
    git("init")
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.md").write_text(SECRET)
    (folder / "secret.txt").write_text("one\ntwo\n")
    return folder


def test_a_path_that_climbs_out(notelint: Run, write: Write, outside: Path) -> None:
    up = f"../{outside.name}/secret"
    write("a.md", f"[a]({up}.md#secre) [b]({up}.txt#L99) [c]({up}.gone#L1) ![d]({up}.png)\n")
    for _ in range(2):
        assert notelint("check", *EVERYTHING) == (0, "No problems in 1 file\n", "")


def test_links_that_lead_out(notelint: Run, write: Write, outside: Path, tmp_path: Path) -> None:
    (tmp_path / "note.md").symlink_to(outside / "secret.md")
    (tmp_path / "text.txt").symlink_to(outside / "secret.txt")
    (tmp_path / "folder").symlink_to(outside)
    write("a.md", "[a](note.md#secre) [b](text.txt#L99) [c](folder/secret.md#secre)\n")
    for _ in range(2):
        assert notelint("check", *EVERYTHING) == (0, "No problems in 1 file\n", "")
    assert (
        "note.md:3:1: error: image has no source" in notelint("check", *EVERYTHING, "note.md").out
    )
    assert notelint("check", *EVERYTHING, ".").status == 0


def test_links_into_the_metadata_of_git(
    notelint: Run, write: Write, outside: Path, tmp_path: Path
) -> None:
    write(".git/secret.md", SECRET)
    (tmp_path / "note.md").symlink_to(".git/secret.md")
    (tmp_path / "step").symlink_to(".git")
    (tmp_path / "text.txt").symlink_to("step/secret.md")
    write("a.md", "[a](note.md#secre) [b](text.txt#L99) [c](step/secret.md#secre)\n")
    for _ in range(2):
        assert notelint("check", *EVERYTHING) == (0, "No problems in 1 file\n", "")
    for command in ("fix", "toc", "fmt"):
        notelint(command)
        notelint(command, "note.md", "step/secret.md")
    assert (tmp_path / ".git/secret.md").read_text() == SECRET
    write(".git/message.md", SECRET)
    notelint("fix", ".git/message.md")
    assert (tmp_path / ".git/message.md").read_text() != SECRET


def test_links_that_stay_inside(notelint: Run, write: Write, outside: Path, tmp_path: Path) -> None:
    write("deep/note.md", "# Here\n\n![]()\n")
    (tmp_path / "note.md").symlink_to("deep/note.md")
    write("a.md", "[a](note.md#hear) [a](note.md#here)\n")
    ran = notelint("check", *EVERYTHING)
    assert "a.md:1:12: error: no heading" in ran.out
    assert "note.md:3:1: error: image has no source" in ran.out


def test_a_link_that_is_led_elsewhere(
    notelint: Run, write: Write, outside: Path, tmp_path: Path
) -> None:
    write("in.md", SECRET)
    write("in.txt", "one\ntwo\n")
    write("a.md", "[a](link.md#secre) [b](link.txt#L99)\n")
    for target in (tmp_path / "in", outside / "secret", tmp_path / "in"):
        for suffix in (".md", ".txt"):
            (tmp_path / f"link{suffix}").unlink(missing_ok=True)
            (tmp_path / f"link{suffix}").symlink_to(target.with_suffix(suffix))
        ran = notelint("check", *EVERYTHING, "a.md")
        assert ran == notelint("check", "--no-cache", *EVERYTHING, "a.md")
        assert ran.out.count("broken-anchor") == (0 if target.parent == outside else 2)


def test_a_link_in_place_of_a_folder_that_git_knows(
    notelint: Run, write: Write, outside: Path, tmp_path: Path, git: Git
) -> None:
    write("a.md", "[a](d/secret.md#secre)\n")
    write("d/deep/more.md", "# D\n")
    write("d/secret.md", "# D\n")
    git("add", ".")
    shutil.rmtree(tmp_path / "d")
    (outside / "deep").mkdir()
    (outside / "deep" / "more.md").write_text(SECRET)
    write(".git/secret.md", SECRET)
    for place in (outside, ".git"):
        (tmp_path / "d").symlink_to(place)
        for command in ("check", "fix", "toc", "fmt"):
            assert ".md:" not in notelint(command).out
        assert notelint("check", *EVERYTHING) == (0, "No problems in 1 file\n", "")
        assert "ecret" not in notelint("report", "--output-format", "markdown").out
        (tmp_path / "d").unlink()
    assert (outside / "deep" / "more.md").read_text() == SECRET


@pytest.mark.parametrize("path", ["../{}/secret.md", "{}/secret.md", ".git/secret.md"])
def test_an_index_that_git_would_not_make(
    notelint: Run, write: Write, outside: Path, tmp_path: Path, git: Git, path: str
) -> None:
    path = path.format(outside.name)
    if not path.startswith("."):
        path = f"/{str(outside).lstrip('/')}/secret.md"
    named = "x" * len(path)
    write("a.md", "# A\n")
    write(named, SECRET)
    write(".git/secret.md", SECRET)
    git("add", ".")
    (tmp_path / named).unlink()
    index = tmp_path / ".git" / "index"
    data = index.read_bytes()[:-20].replace(named.encode(), path.encode())
    index.write_bytes(data + hashlib.sha1(data).digest())
    assert path in git("ls-files")
    for command in (["check"], ["fix"], ["toc", "--check"], ["fmt"], ["report"]):
        assert "secret" not in notelint(*command).out
    for secret in (outside / "secret.md", tmp_path / ".git/secret.md"):
        assert secret.read_text() == SECRET


@pytest.mark.parametrize("inside_git", [True, False])
def test_names_behind_a_link_that_leads_out(
    notelint: Run, write: Write, outside: Path, tmp_path: Path, inside_git: bool
) -> None:
    if not inside_git:
        shutil.rmtree(tmp_path / ".git")
    (outside / "deep").mkdir()
    (outside / "deep" / "Private.md").write_text(SECRET)
    (tmp_path / "d").symlink_to(outside)
    (tmp_path / "deeper").symlink_to("d/deep")
    near = (
        "[a](d/secre.md) [b](d/Secret.md) ![c](d/secret.txtt) [d](d/deep/private.md) [e](d/dep/x)"
    )
    write("a.md", f"{near} [f](deeper/privat.md) [g](deeper/private.md#x)\n")
    write("b.md", "".join(f"[x{each}](d/secret/{each}.md)\n\n" for each in range(30)))
    for _ in range(2):
        assert notelint("check", *EVERYTHING) == (0, "No problems in 2 files\n", "")
    (tmp_path / "d").unlink()
    (tmp_path / "d").symlink_to("e")
    write("e/secret.md", SECRET)
    assert "did you mean `d/secret.md`" in notelint("check", *EVERYTHING).out


def test_a_link_that_leads_out_without_git(
    notelint: Run, write: Write, outside: Path, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / ".git")
    (tmp_path / "note.md").symlink_to(outside / "secret.md")
    write("sub/a.md", "# A\n")
    (tmp_path / "sub" / "b.md").symlink_to("../c.md")
    write("c.md", "![]()\n")
    for call in (["check"], ["check", "."], ["fix", "--check"], ["toc", "--check"], ["fmt"]):
        assert "note.md" not in "".join(map(str, notelint(*call)[1:]))
    assert "sub/b.md:1:1" in notelint("check", "sub").out
    assert "note.md:3:1" in notelint("check", "note.md").out


def test_an_index_with_a_path_deeper_than_calls_can_be(
    notelint: Run, write: Write, git: Git
) -> None:
    git("init")
    write("a.md", "# A\n")
    blob = git("hash-object", "-w", "a.md").strip()
    git("update-index", "--add", "--cacheinfo", f"100644,{blob},{'d/' * 1500}b.md")
    for command in (["check"], ["fix"], ["toc", "--check"], ["fmt"], ["report"]):
        assert notelint(*command).status == 0


@pytest.mark.parametrize(
    "call",
    [
        ["fix", "docs"],
        ["fix", "docs/secret.md"],
        ["fix", "docs/*.md"],
        ["toc", "docs/secret.md"],
        ["toc", "--index", "docs"],
        ["fmt", "docs", "docs/secret.md"],
        ["rename", "docs/secret.md#secret", "New"],
        ["mv", "docs/secret.md", "docs/other.md"],
        ["mv", "docs/secret.md", "here.md"],
        ["mv", "a.md", "docs/"],
    ],
    ids=" ".join,
)
def test_a_link_into_another_repository(
    notelint: Run, write: Write, outside: Path, tmp_path: Path, git: Git, call: list[str]
) -> None:
    text = f"{SECRET}\n## End\n<!-- index:start -->\n<!-- index:end -->\n"
    write("a.md", "# A\n\nText.\n")
    (outside / "secret.md").write_text(text)
    (outside / "README.md").write_text(text)
    git("init", str(outside))
    git("-C", str(outside), "add", ".")
    (tmp_path / "docs").symlink_to(outside)
    before = sorted(each.name for each in outside.iterdir())
    assert notelint(*call).status == 2
    assert sorted(each.name for each in outside.iterdir()) == before
    assert (outside / "secret.md").read_text() == text == (outside / "README.md").read_text()
    assert (tmp_path / "a.md").exists()


def test_a_link_to_a_repository_is_followed_from_home(
    notelint: Run,
    git: Git,
    outside: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    git("init", str(outside))
    (tmp_path / "notes").symlink_to(outside)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert notelint("fix", "notes").status == 0
    assert (outside / "secret.md").read_text() != SECRET
