"""What takes a server long in no editor: much at once, in one line, in one file."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from conftest import Write
from server.talker import Message, Talker
from server.test_actions import applied

pytest.importorskip("resource", reason="limits the time that a process may use")

Start = Callable[..., Talker]
ENOUGH = 15  # seconds of the processor
CODE = f"""
import resource
resource.setrlimit(resource.RLIMIT_CPU, ({ENOUGH}, {ENOUGH}))
from notelint.cli.main import main
raise SystemExit(main(["server"]))
"""


@pytest.fixture
def server(start: Start) -> Talker:
    return start(command=[sys.executable, "-c", CODE])


def of(server: Talker, name: str) -> Message:
    return {"textDocument": {"uri": server.uri(name)}}


def test_a_layout_in_which_most_lines_are_the_same(server: Talker) -> None:
    text = "* item\n\n" * 989 + "* item\n"
    server.open("a.md", text)
    params = {**of(server, "a.md"), "options": {"tabSize": 4, "insertSpaces": True}}
    edits = server.ask("textDocument/formatting", params)
    assert applied(text, edits) == text.replace("*", "-")
    assert len(edits) == 990  # not one for all: what is on the other lines stays where it is


def test_findings_in_one_line(server: Talker) -> None:
    server.open("a.md", "".join(f"中😀 [x](n{number}.md) " for number in range(8000)) + "\n")
    found = server.diagnostics("a.md")
    assert len(found) == 8000
    assert found[1]["range"]["start"]["character"] == found[0]["range"]["start"]["character"] + 15
    everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}}
    params = {**of(server, "a.md"), "range": everywhere, "context": {"diagnostics": []}}
    assert len(server.ask("textDocument/codeAction", params)) == 8000


def test_references_in_one_file(server: Talker, write: Write) -> None:
    write("b.md", "[x](a.md#a)\n\n" * 15_000)
    server.open("a.md", "# A\n")
    params = server.about("a.md", 0, 3, context={"includeDeclaration": False})
    assert len(server.ask("textDocument/references", params)) == 15_000


def test_headings_in_one_file(server: Talker, write: Write) -> None:
    write("b.md", "## Same\n\n" * 15_000)
    server.watched("b.md")
    assert len(server.ask("workspace/symbol", {"query": "same"})) == 15_000


def test_changes_in_one_message(server: Talker) -> None:
    server.open("a.md", "word word\n" * 200_000)
    places = [{"line": number, "character": 1} for number in range(2000)]
    server.change("a.md", *({"range": {"start": at, "end": at}, "text": "y"} for at in places))
    server.change("a.md", {"range": {"start": places[0], "end": places[0]}, "text": "[z](n.md)"})
    (found,) = server.diagnostics("a.md")
    assert found["range"]["start"] == {"line": 0, "character": 5}


def test_requests_that_wait(server: Talker) -> None:
    server.open("a.md", "# A\n")
    first = server.request("textDocument/foldingRange", of(server, "a.md"))
    last = first
    for _ in range(15_000):
        last = server.request("textDocument/foldingRange", of(server, "a.md"))
    assert "result" in server.wait(last)
