"""``unreachable-note`` over several runs: nothing stale is told, whatever changes."""

from __future__ import annotations

from conftest import Git, Run, Write


def told(notelint: Run, *paths: str) -> list[str]:
    ran = notelint("check", "--select", "unreachable-note", "--quiet", *(paths or ["."]))
    return [line.partition(":")[0] for line in ran.out.split("\n") if "[unreachable-note]" in line]


def test_a_link_anywhere_on_the_way_counts(notelint: Run, write: Write, git: Git) -> None:
    for name in "abcd":
        write(f"{name}.md", "text\n")
    git("init", "-q")
    write("README.md", "[a](a.md) [b](b.md) [c](c.md) [d](d.md)\n")
    write("e.md", "# E\n")
    assert told(notelint) == told(notelint) == told(notelint, "e.md") == ["e.md"]
    write("d.md", "[e](e.md)\n")
    assert told(notelint) == told(notelint, "e.md") == []
    write("README.md", "[a](a.md) [b](b.md) [c](c.md) [e](e.md)\n")
    assert told(notelint) == ["d.md"]
    write("README.md", "[a](a.md) [b](b.md) [c](c.md)\n")
    assert told(notelint) == [], "too many are not linked"
    write("mkdocs.yml", "nav:\n  - d.md\n")
    assert told(notelint) == []
    write("d.md", "text\n")
    assert told(notelint) == ["e.md"]


def test_without_a_repository_the_index_of_the_folder_counts(notelint: Run, write: Write) -> None:
    for name in "abcde":
        write(f"notes/{name}.md", "text\n")
    write("notes/README.md", "[a](a.md) [b](b.md) [c](c.md) [d](d.md)\n")
    assert told(notelint, "notes") == ["notes/e.md"]
    write("README.md", "[e](notes/e.md)\n")
    assert told(notelint, "notes") == []


def test_a_comment_silences_it(notelint: Run, write: Write, git: Git) -> None:
    git("init", "-q")
    for name in "abcd":
        write(f"{name}.md", "text\n")
    write("README.md", "[a](a.md) [b](b.md) [c](c.md) [d](d.md)\n")
    write("e.md", "<!-- notelint-disable-file unreachable-note -->\n\n# E\n")
    assert told(notelint) == []
