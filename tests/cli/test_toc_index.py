"""``notelint toc --index``: an index of notes made, and kept up to date."""

from __future__ import annotations

from conftest import Run, Write

INDEX = "<!-- index:start -->\n\n- [B](b.md)\n- [A](a.md)\n\n<!-- index:end -->\n"


def test_an_index_is_made_and_refreshed(notelint: Run, write: Write) -> None:
    note, a = write("README.md", "# Notes\n\ntext"), write("z.md", "# Z\n")
    assert notelint("toc", "--index", "--check")[0] == 1
    assert note.read_text() == "# Notes\n\ntext"
    assert notelint("toc", "--index")[0] == 0
    made = "# Notes\n\ntext\n\n<!-- index:start -->\n\n- [Z](z.md)\n\n<!-- index:end -->\n"
    assert note.read_text() == made
    assert a.read_text() == "# Z\n", "only the index is written"
    for command in (["toc", "--check"], ["toc", "--index", "--check", "README.md"], ["check"]):
        assert notelint(*command)[0] == 0
    write("deep/y.md", "# Y\n")
    assert notelint("toc", "--check")[0] == 1
    assert notelint("toc")[0] == 0
    assert "- deep\n  - [Y](deep/y.md)\n- [Z](z.md)\n" in note.read_text()
    written = note.read_text()
    assert notelint("fix")[0] == 0
    assert note.read_text() == written


def test_what_a_person_wrote_is_left_alone(notelint: Run, write: Write) -> None:
    text = "<!-- index:start -->\n\nRead these.\n\n<!-- index:end -->\n"
    note = write("README.md", text)
    write("a.md", "# A\n")
    status, out, _ = notelint("toc")
    assert (status, note.read_text()) == (1, text)
    assert "but holds text (line 3) that is not part of it" in out


def test_a_folder_needs_a_note_for_its_index(notelint: Run, write: Write) -> None:
    write("docs/a.md", "# A\n")
    status, _, err = notelint("toc", "--index", "docs")
    assert (status, err) == (
        2,
        "notelint: --index: docs has no README.md or index.md; name the note\n",
    )


def test_excluded_notes_are_not_listed(notelint: Run, write: Write) -> None:
    note = write("README.md", INDEX)
    for name in ("a", "b", "c"):
        write(f"{name}.md", f"# {name.upper()}\n")
    write(".notelint.yaml", "exclude: [c.md]\n")
    assert notelint("toc")[0] == 0
    assert note.read_text() == INDEX
    assert notelint("check", "--select", "index-stale")[0] == 0


def test_the_messages_name_what_changed(notelint: Run, write: Write) -> None:
    note = write("README.md", INDEX)
    write("a.md", "# A\n")
    assert notelint("toc", "README.md")[1:] == (
        "README.md: refreshed\n",
        "notelint: 1 index of notes refreshed\n",
    )
    table = "<!-- toc:start -->\n\n<!-- toc:end -->\n\n## One\n\na\n\n"
    note.write_text(table + INDEX)
    _, _, err = notelint("toc", "--check")
    assert err == (
        "notelint: 1 table of contents would be refreshed, 1 index of notes would be refreshed\n"
    )
    note.write_text("# Notes\n")
    assert notelint("toc", "--index")[1:] == (
        "README.md: created\n",
        "notelint: 1 index of notes created\n",
    )


def test_a_second_index_is_told(notelint: Run, write: Write) -> None:
    write("README.md", INDEX + "\n" + INDEX)
    for name in ("a", "b"):
        write(f"{name}.md", f"# {name.upper()}\n")
    status, out, _ = notelint("toc", "--check")
    assert (status, out.count("a second index of notes")) == (1, 1)
