"""Another name for a heading, a label, a footnote, a file: all links follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Write
from server.talker import Message, Talker, position
from server.test_actions import applied

Start = Callable[..., Talker]

A = "# A\n\n## Two\n\n[x](#two) [y](#two-1) [z](#two-2)\n\n## Two\n\n## Two\n\n[1]: b.md#a\n"
B = "😀 [to](a.md#two \"t\") <a href='a.md#two-1'>x</a>\r\n\r\n# A\r\n"


def edited(server: Talker, edit: Message, texts: dict[str, str]) -> dict[str, str]:
    """The *texts* after a workspace edit."""
    after = dict(texts)
    for change in edit["documentChanges"]:
        name = change["textDocument"]["uri"].removeprefix(server.uri("") + "/")
        after[name] = applied(texts[name], change["edits"])
    return after


def rename(server: Talker, name: str, text: str, words: str, new: str) -> Message:
    place = position(text, text.index(words) + len(words) - 1)
    params = server.about(name, place["line"], place["character"])
    prepared = server.ask("textDocument/prepareRename", params)
    assert prepared is not None
    edit: Message = server.ask("textDocument/rename", {**params, "newName": new})
    return edit


@pytest.mark.parametrize("where", [("a.md", "## Two"), ("a.md", "#two"), ("b.md", "a.md#two")])
def test_the_first_of_three_equal_headings(
    start: Start, write: Write, where: tuple[str, str]
) -> None:
    write("b.md", B)
    server = start()
    server.open("a.md", A)
    server.open("b.md", B)
    texts = {"a.md": A, "b.md": B}
    after = edited(server, rename(server, where[0], texts[where[0]], where[1], "First 😀"), texts)
    assert after["a.md"] == A.replace("Two", "First 😀", 1).replace(
        "[x](#two) [y](#two-1) [z](#two-2)", "[x](#first-) [y](#two) [z](#two-1)"
    ).replace("(#first-)", after["a.md"].partition("[x]")[2].partition(" ")[0])
    assert "[y](#two) [z](#two-1)" in after["a.md"]
    assert "href='a.md#two'" in after["b.md"]
    assert "a.md#two " not in after["b.md"]


def test_the_edits_have_versions_and_files_that_are_not_open_are_confirmed(
    start: Start, write: Write
) -> None:
    write("b.md", B)
    able = {
        "workspace": {
            "workspaceEdit": {
                "documentChanges": True,
                "changeAnnotationSupport": {"groupsOnLabel": True},
            }
        }
    }
    server = start(capabilities=able)
    server.open("a.md", A)
    edit = rename(server, "a.md", A, "## Two", "First")
    by_name = {each["textDocument"]["uri"]: each for each in edit["documentChanges"]}
    assert by_name[server.uri("a.md")]["textDocument"]["version"] == 1
    closed = by_name[server.uri("b.md")]
    assert closed["textDocument"]["version"] is None
    (name,) = {each["annotationId"] for each in closed["edits"]}
    assert edit["changeAnnotations"][name]["needsConfirmation"] is True


LABELS = "[full][Lab el], [lab el][], [lab el], ![lab el]\n\n[lab el]: b.md\n[other]: c.md\n"


@pytest.mark.parametrize("words", ["[Lab el]", "[lab el][]", "\n[lab el]"])
def test_a_label(start: Start, words: str) -> None:
    server = start()
    server.open("a.md", LABELS)
    edit = rename(server, "a.md", LABELS, words, "new")
    assert edited(server, edit, {"a.md": LABELS})["a.md"] == (
        "[full][new], [lab el][new], [lab el][new], ![lab el][new]\n\n[new]: b.md\n[other]: c.md\n"
    )


def test_a_footnote(start: Start) -> None:
    text = "x[^1] y[^1] `[^1]`\n\n[^1]: note\n[^2]: other [^1]\n\n```\n[^1]: no\n```\n"
    server = start()
    server.open("a.md", text)
    edit = rename(server, "a.md", text, "[^1]", "long")
    assert edited(server, edit, {"a.md": text})["a.md"] == (
        "x[^long] y[^long] `[^1]`\n\n[^long]: note\n[^2]: other [^long]\n\n```\n[^1]: no\n```\n"
    )


def test_the_case_of_the_name_of_a_footnote_does_not_count(start: Start) -> None:
    text = "x[^Note] y[^note] \\[^note]\n\n> [^NOTE]: a\n"
    server = start()
    server.open("a.md", text)
    edit = rename(server, "a.md", text, "[^note]", "b")
    assert edited(server, edit, {"a.md": text})["a.md"] == ("x[^b] y[^b] \\[^note]\n\n> [^b]: a\n")
    where = server.about("a.md", 0, 4)
    (found,) = server.ask("textDocument/definition", where)
    assert found["range"]["start"] == {"line": 2, "character": 4}


@pytest.mark.parametrize(
    ("text", "words", "new"),
    [
        ("x[^a] y[^b]\n\n[^A]: a\n[^B]: b\n", "[^a]", "b"),
        (LABELS, "[Lab el]", "other"),
        (LABELS, "[Lab el]", "a]b"),
        ("x[^1] y[^2]\n\n[^1]: a\n[^2]: b\n", "[^1]", "2"),
        ("# A\n", "# A", ""),
        ("# A\n", "# A", "a\nb"),
    ],
)
def test_a_name_that_cannot_be(start: Start, text: str, words: str, new: str) -> None:
    server = start()
    server.open("a.md", text)
    place = position(text, text.index(words) + len(words) - 1)
    params = server.about("a.md", place["line"], place["character"], newName=new)
    assert "error" in server.wait(server.request("textDocument/rename", params))


def test_nothing_to_rename(start: Start) -> None:
    server = start()
    server.open("a.md", "word [x](https://example.org) [y](b.md)\n")
    for character in (1, 12, 33):
        params = server.about("a.md", 0, character)
        assert server.ask("textDocument/prepareRename", params) is None


def test_links_follow_files_and_folders(start: Start, write: Write) -> None:
    write("sub/c.md", "[a](../a.md)\n")
    able = {
        "workspace": {
            "workspaceEdit": {"documentChanges": True},
            "fileOperations": {"willRename": True},
        }
    }
    server = start(capabilities=able)
    assert server.answer["capabilities"]["workspace"]["fileOperations"]["willRename"]
    text = "[c](sub/c.md) <img src='p.png'>\n"
    server.open("a.md", text)
    files = [{"oldUri": server.uri("sub"), "newUri": server.uri("deep/er")}]
    edit = server.ask("workspace/willRenameFiles", {"files": files})
    after = edited(server, edit, {"a.md": text, "sub/c.md": "[a](../a.md)\n"})
    assert after == {"a.md": text.replace("sub/", "deep/er/"), "sub/c.md": "[a](../../a.md)\n"}
    files = [{"oldUri": server.uri("x.txt"), "newUri": server.uri("y.txt")}]
    assert server.ask("workspace/willRenameFiles", {"files": files}) is None


def test_links_do_not_follow_a_whole_tree_that_is_moved(tmp_path: Path) -> None:
    notes, beside = tmp_path / "notes", tmp_path / "beside.md"
    notes.mkdir()
    (notes / "a.md").write_text("# A\n", "utf-8")
    beside.write_text("[a](notes/a.md)\n", "utf-8")
    with Talker(notes) as server:
        files = [{"oldUri": notes.as_uri(), "newUri": (tmp_path / "new").as_uri()}]
        assert server.ask("workspace/willRenameFiles", {"files": files}) is None
