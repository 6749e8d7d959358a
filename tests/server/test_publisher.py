"""Findings of what is typed and not saved, told when they change, or when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Write
from server.talker import Message, Talker

Start = Callable[..., Talker]
PULL: Message = {
    "textDocument": {"diagnostic": {"dynamicRegistration": False}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}


def codes(server: Talker, name: str) -> list[str]:
    return [each["code"] for each in server.diagnostics(name)]


def pull(server: Talker, name: str, before: str | None = None) -> Message:
    params = {"textDocument": {"uri": server.uri(name)}, "previousResultId": before}
    found: Message = server.ask("textDocument/diagnostic", params)
    return found


def test_a_target_may_exist_in_an_unsaved_buffer_only(start: Start) -> None:
    server = start()
    server.open("a.md", "[x](new/b.md#two)\n")
    assert codes(server, "a.md") == ["missing-file"]
    server.open("new/b.md", "# B\n")
    assert codes(server, "a.md") == ["broken-anchor"]
    server.change("new/b.md", {"text": "# B\n\n## Two\n\nText.\n"})
    assert codes(server, "a.md") == []
    server.close("new/b.md")
    assert codes(server, "a.md") == ["missing-file"]


def test_a_note_may_name_itself_before_it_is_saved(start: Start) -> None:
    server = start()
    server.open("a.md", "# A\n\n[x](a.md#a) [y](./a.md) [z](a.md#b)\n")
    assert codes(server, "a.md") == ["broken-anchor"]


def test_lines_of_a_program_that_is_being_typed(start: Start, write: Write) -> None:
    write("run.py", "one\n")
    server = start()
    server.open("a.md", "[x](run.py#L3)\n")
    assert codes(server, "a.md") == ["broken-anchor"]
    server.open("run.py", "1\n2\n3\n", "python")
    assert codes(server, "a.md") == []
    assert codes(server, "run.py") == []


def test_a_file_that_is_deleted_or_made_outside(start: Start, write: Write) -> None:
    path = write("b.md", "# B\n")
    server = start()
    server.open("a.md", "[x](b.md) [y](c.png)\n")
    assert codes(server, "a.md") == ["missing-file"]
    path.unlink()
    server.watched("b.md")
    assert codes(server, "a.md") == ["missing-file", "missing-file"]
    write("c.png", "")
    write("b.md", "# B\n")
    server.watched("c.png", "b.md")
    assert codes(server, "a.md") == []


def test_without_a_watch_saving_looks_at_the_disk(start: Start, write: Write) -> None:
    server = start(capabilities={})
    server.open("a.md", "[x](b.md#b)\n")
    assert codes(server, "a.md") == ["missing-file"]
    write("b.md", "# C\n")
    server.tell("textDocument/didSave", {"textDocument": {"uri": server.uri("a.md")}})
    assert codes(server, "a.md") == ["broken-anchor"]
    write("b.md", "# Bee\n\n# B\n")
    server.tell("textDocument/didSave", {"textDocument": {"uri": server.uri("a.md")}})
    assert codes(server, "a.md") == []


def test_the_configuration_is_read_anew(start: Start, write: Write) -> None:
    server = start()
    server.open("a.md", "[x](b.md)\n\n![]()\n")
    assert codes(server, "a.md") == ["missing-file", "empty-image"]
    path = write(".notelint.yaml", "ignore: [missing-file]\n")
    server.watched(".notelint.yaml")
    assert codes(server, "a.md") == ["empty-image"]
    write(".notelint.yaml", "ignore: [missing-fil]\n")
    server.watched(".notelint.yaml")
    assert codes(server, "a.md") == []
    shown = [each for each in server.notified if each["method"] == "window/showMessage"]
    assert "missing-fil" in shown[-1]["params"]["message"]
    path.unlink()
    server.watched(".notelint.yaml")
    assert codes(server, "a.md") == ["missing-file", "empty-image"]


def test_only_open_notes_are_told_of(start: Start, write: Write) -> None:
    write("b.md", "![]()\n")
    server = start()
    server.open("a.md", "[x](b.md)\n")
    server.quiet()
    assert {*server.pushed} == {server.uri("a.md")}


def test_what_is_closed_is_taken_back(start: Start, write: Write) -> None:
    server = start()
    server.open("a.md", "![]()\n")
    assert codes(server, "a.md") == ["empty-image"]
    server.close("a.md")
    assert codes(server, "a.md") == []


def test_what_is_pulled_is_not_pushed(start: Start) -> None:
    server = start(capabilities=PULL)
    assert server.answer["capabilities"]["diagnosticProvider"]["interFileDependencies"] is True
    server.open("a.md", "![]()\n")
    found = pull(server, "a.md")
    assert [each["code"] for each in found["items"]] == ["empty-image"]
    same = pull(server, "a.md", found["resultId"])
    assert same == {"kind": "unchanged", "resultId": found["resultId"]}
    server.change("a.md", {"text": "![]()\n\n![]()\n"})
    assert len(pull(server, "a.md", found["resultId"])["items"]) == 2
    assert server.pushed == {}


def test_a_client_that_pulls_is_told_when_another_note_matters(start: Start) -> None:
    server = start(capabilities=PULL)
    server.open("a.md", "[x](b.md)\n")
    server.open("c.md", "[x](a.md)\n")
    pull(server, "a.md")
    pull(server, "c.md")
    server.quiet()
    asked = [each["method"] for each in server.requested]
    assert "workspace/diagnostic/refresh" not in asked
    server.open("b.md", "# B\n")
    server.quiet()
    asked = [each["method"] for each in server.requested]
    assert asked.count("workspace/diagnostic/refresh") == 1
    assert pull(server, "a.md")["items"] == []


def test_all_notes_only_when_asked_for(start: Start, write: Write) -> None:
    write("b.md", "![]()\n")
    able = start(capabilities=PULL).answer["capabilities"]["diagnosticProvider"]
    assert able["workspaceDiagnostics"] is False
    server = start(capabilities=PULL, options={"workspaceDiagnostics": True})
    found = server.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    assert [(each["uri"], len(each["items"])) for each in found] == [(server.uri("b.md"), 1)]
    known = [{"uri": each["uri"], "value": each["resultId"]} for each in found]
    found = server.ask("workspace/diagnostic", {"previousResultIds": known})["items"]
    assert [each["kind"] for each in found] == ["unchanged"]
    assert server.ask("workspace/diagnostic", {"previousResultIds": known})["items"] == found


def test_a_result_is_new_when_only_its_columns_are(start: Start, write: Write) -> None:
    write("b.md", "a ![]()\n")
    server = start(capabilities=PULL, options={"workspaceDiagnostics": True})
    (first,) = server.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    write("b.md", "😀 ![]()\n")
    server.watched("b.md")
    known = [{"uri": first["uri"], "value": first["resultId"]}]
    (found,) = server.ask("workspace/diagnostic", {"previousResultIds": known})["items"]
    assert found["items"][0]["range"]["start"]["character"] == 3


def test_related_places_and_tags(start: Start, write: Write) -> None:
    server = start()
    text = "- [one](https://e.org/a)\n- [one](https://e.org/a/)\n\n[l]: b.md\n"
    server.open("a.md", text)
    duplicate, unused = server.diagnostics("a.md")
    (related,) = duplicate["relatedInformation"]
    assert related["location"]["range"]["start"]["line"] == 0
    assert unused["tags"] == [1]
    bare = start(capabilities={})
    bare.open("a.md", text)
    assert "relatedInformation" not in bare.diagnostics("a.md")[0]


def test_folders_come_and_go(start: Start, write: Write, tmp_path: Path) -> None:
    write("one/a.md", "[x](/b.md) [y](b.md)\n")
    write("two/a.md", "[x](/b.md)\n")
    write("one/b.md", "# B\n")
    server = start(tmp_path / "one")
    two = {"uri": f"file://{tmp_path}/two", "name": "two"}
    event = {"added": [two], "removed": []}
    server.tell("workspace/didChangeWorkspaceFolders", {"event": event})
    server.open(f"file://{tmp_path}/two/a.md", "[x](/b.md)\n")
    server.open("a.md", "[x](/b.md) [y](b.md)\n")
    assert codes(server, f"file://{tmp_path}/two/a.md") == ["missing-file"]
    assert codes(server, "a.md") == []


def test_carriage_returns_and_emoji_before_a_span(start: Start) -> None:
    server = start()
    server.open("a.md", "# T\r\n\r\n👩‍👩‍👧 [x](b.md)\r\n")
    (found,) = server.diagnostics("a.md")
    assert found["range"] == {
        "start": {"line": 2, "character": 13},
        "end": {"line": 2, "character": 17},
    }


def test_a_byte_order_mark_that_the_editor_keeps(start: Start) -> None:
    server = start()
    server.open("a.md", "\ufeff[x](b.md)\n")
    (found,) = (each for each in server.diagnostics("a.md") if each["code"] == "missing-file")
    assert found["range"]["start"]["character"] == 5


def test_what_git_shows_is_not_judged(start: Start) -> None:
    server = start()
    server.open("git:/a.md?ref", "![]()\n")
    server.quiet()
    assert server.pushed == {}
    assert server.stop() == 0


def test_a_rule_leads_to_its_page(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "packages" / "notelint-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: notelint\nVersion: 1\n"
        "Project-URL: Documentation, https://example.org/notelint\n",
        "utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(info.parent))
    server = start()
    server.open("a.md", "[x](b.md)\n")
    [found] = server.diagnostics("a.md")
    assert found["codeDescription"] == {"href": "https://example.org/notelint/rules/missing-file/"}


def test_a_result_is_another_where_its_columns_are_others(start: Start) -> None:
    server = start(capabilities=PULL)
    server.open("a.md", "ab [x](n.md)\n")
    before = pull(server, "a.md")
    server.change("a.md", {"text": "😀b [x](n.md)\n"})
    (found,) = pull(server, "a.md", before["resultId"])["items"]
    assert found["range"]["start"]["character"] == 8


@pytest.mark.parametrize("uri", ["git:/a.md", "vscode-notebook-cell:/x/a.md", "gone.md"])
def test_of_what_is_not_there_nothing_is_told(start: Start, uri: str) -> None:
    server = start(capabilities=PULL)
    assert pull(server, uri)["items"] == []
    server.quiet()
    assert server.notified == []


def test_what_is_closed_by_another_spelling_is_taken_back(start: Start) -> None:
    server = start()
    uri = server.uri("%E7%AC%94.md")
    server.open(f"{server.uri('')}/%E7%AC%94.md", "![]()\n")
    server.quiet()
    server.close(f"{server.uri('')}/笔.md")
    server.quiet()
    assert uri not in server.pushed or server.pushed[uri] == []
    assert [each for each in server.pushed.values() if each] == []


@pytest.mark.parametrize("watched", [True, False])
def test_a_folder_takes_its_configuration_along(
    start: Start, write: Write, tmp_path: Path, watched: bool
) -> None:
    write("sub/.notelint.yaml", "ignore: [empty-image]\n")
    server = start()
    server.open("sub/a.md", "![]()\n")
    assert codes(server, "sub/a.md") == []
    for old, new, expected in (("sub", "other", ["empty-image"]), ("other", "sub", [])):
        (tmp_path / old).rename(tmp_path / new)
        if watched:
            server.watched(old, new)
        else:
            saved = {"textDocument": {"uri": server.uri("sub/a.md")}}
            server.tell("textDocument/didSave", saved)
        assert codes(server, "sub/a.md") == expected


def test_a_configuration_elsewhere_in_the_tree_is_read_anew(start: Start, write: Write) -> None:
    write("far/b.txt", "text\n")
    write("far/.notelint.yaml", "include: ['*.md']\n")
    server = start()
    server.open("a.md", "[x](far/b.txt#b)\n")
    assert codes(server, "a.md") == []
    write("far/.notelint.yaml", "include: ['*.txt']\n")
    server.tell("textDocument/didSave", {"textDocument": {"uri": server.uri("a.md")}})
    assert codes(server, "a.md") == ["broken-anchor"]
