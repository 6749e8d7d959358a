"""Links by which a repository tells others that it sends a reader."""

from __future__ import annotations

import pytest

from conftest import Run, Write

NOTE = "[a](https://example.org/?utm_source={})\n"
CONFIG = '[core]\n\tbare = false\n[remote "origin"]\n\turl = {}\n'
REMOTES = [
    "https://github.com/some-owner/the_notes.git",
    "git@github.com:some-owner/the_notes",
]


@pytest.mark.parametrize("remote", REMOTES)
@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("some-owner", False),
        ("SomeOwner_sponsors", False),
        ("thenotes", False),
        ("the-notes.org", False),
        ("the%20notes", False),
        ("another", True),
        ("notes", True),
        ("owner", True),
    ],
)
def test_the_names_of_owner_and_repository(
    notelint: Run, write: Write, remote: str, source: str, told: bool
) -> None:
    repository(write, remote)
    write("a.md", NOTE.format(source))
    assert ("tracking-parameter" in notelint("check", "--no-cache", "a.md").out) is told


def test_the_name_of_a_folder(notelint: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    note = write("awesome-llm/a.md", NOTE.format("awesomellm_list"))
    monkeypatch.chdir(note.parent)
    assert notelint("check", "--no-cache").status == 0


def test_the_initials_of_a_name(notelint: Run, write: Write) -> None:
    repository(write, "https://github.com/me/coding-interview_university")
    write("a.md", NOTE.format("ciu") + NOTE.format("CIU") + NOTE.format("ci") + NOTE.format("cius"))
    ran = notelint("check", "--no-cache")
    assert [line.partition(" ")[0] for line in ran.out.splitlines() if "utm_" in line] == [
        "a.md:3:26:",
        "a.md:4:26:",
    ]


def test_two_initials_are_a_word(notelint: Run, write: Write) -> None:
    repository(write, "https://github.com/me/the-notes")
    write("a.md", NOTE.format("tn"))
    assert notelint("check", "--no-cache").status == 1


def test_a_short_name_is_a_word_of_its_own(notelint: Run, write: Write) -> None:
    repository(write, "https://github.com/me/k0s")
    write("a.md", NOTE.format("k0s-docs") + NOTE.format("home") + NOTE.format("k0splus"))
    ran = notelint("check", "--no-cache")
    assert [line.partition(" ")[0] for line in ran.out.splitlines() if "utm_" in line] == [
        "a.md:2:26:",
        "a.md:3:26:",
    ]


def test_another_remote_is_another_name(notelint: Run, write: Write) -> None:
    repository(write, REMOTES[0])
    write("a.md", NOTE.format("the_notes"))
    assert notelint("check").status == 0
    repository(write, "https://github.com/some-owner/other")
    assert notelint("check").status == 1


def repository(write: Write, remote: str) -> None:
    write(".git/HEAD", "ref: refs/heads/main\n")
    write(".git/config", CONFIG.format(remote))
    for folder in ("objects", "refs"):
        write(f".git/{folder}/.keep", "")
