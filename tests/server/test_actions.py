"""What the server offers to do, and what comes of it when an editor does it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from conftest import Write
from notelint.server.columns import Point, changed
from server.talker import Message, Talker

Start = Callable[..., Talker]
_ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}}


def applied(text: str, edits: Iterable[Message]) -> str:
    """*text* with *edits*, all of which are about it as it is."""
    ordered = sorted(edits, key=lambda each: (*each["range"]["start"].values(),), reverse=True)
    for each in ordered:
        start, end = (Point(*each["range"][side].values()) for side in ("start", "end"))
        text = changed(text, [((start, end), each["newText"])], "utf-16")
    return text


def offered(server: Talker, name: str, only: list[str] | None = None) -> list[Message]:
    uri = {"uri": server.uri(name)}
    context: Message = {"diagnostics": []} | ({"only": only} if only else {})
    params = {"textDocument": uri, "range": _ALL, "context": context}
    found: list[Message] = server.ask("textDocument/codeAction", params)
    return found


def done(server: Talker, action: Message, text: str) -> str:
    whole = server.ask("codeAction/resolve", action)
    (change,) = whole["edit"]["documentChanges"]
    assert change["textDocument"]["version"] == server.versions[change["textDocument"]["uri"]]
    return applied(text, change["edits"])


MESSY = """\
# T 😀

<!-- START doctoc generated TOC please keep comment here to allow auto update -->
<!-- DON'T EDIT THIS SECTION, INSTEAD RE-RUN doctoc TO UPDATE -->

- [Old](#old)

<!-- END doctoc generated TOC please keep comment here to allow auto update -->

## New

😀 [b](sub\\b.md) and [c](B.md) <img src="" alt="x">

![]()
[t](https://example.org/?utm_source=x&q=1)
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_all_is_what_notelint_fix_gives(
    start: Start, write: Write, tmp_path: Path, end: str
) -> None:
    write("sub/b.md", "# B\n")
    write("b.md", "# B\n")
    text = MESSY.replace("\n", end)
    server = start()
    server.open("a.md", text)
    (action,) = offered(server, "a.md", ["source.fixAll"])
    assert action["kind"] == "source.fixAll.notelint"
    assert "edit" not in action
    after = done(server, action, text)
    before = [each["message"] for each in server.diagnostics("a.md")]
    write("a.md", text)
    command = [sys.executable, "-m", "notelint", "fix", "--no-cache", "a.md"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert after.encode() == (tmp_path / "a.md").read_bytes()
    assert after != text
    # the open note is as it was: nothing was written
    server.change("a.md", {"text": text})
    assert [each["message"] for each in server.diagnostics("a.md")] == before


def test_each_fix_is_offered_and_the_unsafe_ones_named_so(start: Start, write: Write) -> None:
    write("b.md", "# B\n\n## Usage\n")
    text = "[x](b.md#usages)\n\n![]()\n"
    server = start()
    server.open("a.md", text)
    found = offered(server, "a.md", ["quickfix"])
    unsafe, safe = (each for each in found if "Suppress" not in each["title"])
    assert unsafe["title"].endswith("(unsafe)")
    assert "isPreferred" not in unsafe
    assert safe["isPreferred"] is True
    assert safe["diagnostics"][0]["code"] == "empty-image"
    assert done(server, unsafe, text) == "[x](b.md#usage)\n\n![]()\n"
    assert done(server, safe, text) == "[x](b.md#usages)\n\n"


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("[x](n.md) word\n", "missing-file", "[x](n.md) word <!-- notelint-disable-line {} -->\n"),
        ("- [x](n.md)\r\n- b\r\n", "missing-file",
         "- [x](n.md) <!-- notelint-disable-line {} -->\r\n- b\r\n"),
        ("[x](n.md) <!-- notelint-disable-line empty-link -->\n", "missing-file",
         "[x](n.md) <!-- notelint-disable-line empty-link {} -->\n"),
        ("a\n\n```\nx\n", "unclosed-fence",
         "a\n\n<!-- notelint-disable-next-line {} -->\n```\nx\n"),
        ("<!-- toc -->\n\n- [Old](#old)\n\n<!-- tocstop -->\n\n# New\n", "toc-stale",
         "<!-- notelint-disable-next-line {} -->\n"
         "<!-- toc -->\n\n- [Old](#old)\n\n<!-- tocstop -->\n\n# New\n"),
        ("<!-- index:start -->\n\n- [B](b.md)\n\n<!-- index:end -->\n", "index-stale",
         "<!-- notelint-disable-next-line {} -->\n"
         "<!-- index:start -->\n\n- [B](b.md)\n\n<!-- index:end -->\n"),
    ],
)  # fmt: skip
def test_a_finding_is_suppressed_on_its_line(
    start: Start, text: str, rule: str, expected: str
) -> None:
    server = start()
    server.open("a.md", text)
    action = next(
        each for each in offered(server, "a.md") if each["title"] == f"Suppress {rule} on this line"
    )
    after = done(server, action, text)
    assert after == expected.format(rule)
    server.change("a.md", {"text": after})
    assert rule not in {each["code"] for each in server.diagnostics("a.md")}


def test_the_table_of_contents_is_refreshed(start: Start) -> None:
    server = start()
    server.open("a.md", MESSY)
    (action,) = offered(server, "a.md", ["source.contents.notelint"])
    after = done(server, action, MESSY)
    assert "- [New](#new)" in after
    assert "![]()" in after


def test_an_action_of_an_old_text_does_nothing(start: Start) -> None:
    server = start()
    server.open("a.md", "![]()\n")
    action = offered(server, "a.md", ["quickfix"])[0]
    server.change("a.md", {"text": "x\n\n![]()\n"})
    answer = server.wait(server.request("codeAction/resolve", action))
    assert "changed" in answer["error"]["message"]


def test_a_client_that_cannot_resolve_gets_the_edits_at_once(start: Start) -> None:
    server = start(capabilities={})
    server.open("a.md", "![]()\n")
    uri = server.uri("a.md")
    fixes = [each for each in offered(server, "a.md") if each["title"].startswith("Remove")]
    assert applied("![]()\n", fixes[0]["edit"]["changes"][uri]) == ""


def test_formatting_is_fmt(start: Start, write: Write, tmp_path: Path) -> None:
    text = "Title\n=====\n* a\n* b 😀\n\n\n\nText\n"
    server = start()
    server.open("a.md", text)
    params: Any = {"textDocument": {"uri": server.uri("a.md")}, "options": {"tabSize": 4,
                   "insertSpaces": True}}  # fmt: skip
    after = applied(text, server.ask("textDocument/formatting", params))
    path = write("a.md", text)
    command = [sys.executable, "-m", "notelint", "fmt", "a.md"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert after == path.read_text() != text


def test_formatting_says_why_it_leaves_a_note(start: Start) -> None:
    server = start()
    server.open("a.md", "a\n\n```\nx\n")
    params: Any = {"textDocument": {"uri": server.uri("a.md")}, "options": {"tabSize": 4,
                   "insertSpaces": True}}  # fmt: skip
    answer = server.wait(server.request("textDocument/formatting", params))
    assert "left alone" in answer["error"]["message"]
