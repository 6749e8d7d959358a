"""The server as a process: how it begins and ends, and what it makes of what it is sent."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Write
from server.talker import Talker

Start = Callable[..., Talker]


def test_it_ends_with_0_as_the_protocol_says(start: Start) -> None:
    assert start().stop() == 0


def test_exit_without_shutdown_is_1(start: Start) -> None:
    server = start()
    server.tell("exit", None)
    assert server.process.wait(timeout=30) == 1


@pytest.mark.parametrize("begin", [True, False])
def test_the_end_of_input_ends_the_process(start: Start, begin: bool) -> None:
    server = start(begin=begin)
    assert server.process.stdin
    server.process.stdin.close()
    assert server.process.wait(timeout=30) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Length: 5\r\n\r\n{not}",
        b"Content-Length: 2\r\n\r\n[]",
        b"Content-Length: 4\r\n\r\nnull",
        b'Content-Length: 3\r\n\r\n"a"',
        b"Content-Length: 2\r\n\r\n{}",
        b"Content-Length: -4\r\n\r\n",
        b"Content-Length: x\r\n\r\n",
        b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"\xff\xfe\r\n\r\n\r\n",
        b"Content-Length: 2\r\n\r\n\xff\xff",
        b"Content-Length: 200003\r\n\r\n" + b"[" * 200_003,
    ],
)
def test_what_is_no_message_does_not_end_it(start: Start, data: bytes) -> None:
    server = start()
    server.write(data)
    server.open("a.md", "[x](b.md)\n")
    assert [each["code"] for each in server.diagnostics("a.md")] == ["missing-file"]
    assert server.stop() == 0


@pytest.mark.parametrize(
    "message",
    [
        {"method": 5},
        {"method": "textDocument/hover"},
        {"method": "textDocument/hover", "params": {"textDocument": 7}},
        {"method": "textDocument/hover", "params": {"textDocument": {"uri": "file:///none.md"},
                                                    "position": {"line": 0, "character": 0}}},
        {"method": "codeAction/resolve", "params": {"title": "x", "data": {"uri": 3}}},
        {"method": "no/such", "params": {}},
        {"method": "initialize", "params": {"capabilities": {}}},
    ],
)  # fmt: skip
def test_a_wrong_request_gets_an_error(start: Start, message: dict[str, object]) -> None:
    server = start()
    server.send({"id": 77, **message})
    assert "error" in server.wait(77)
    assert server.stop() == 0


def test_a_wrong_notification_is_passed_over(start: Start) -> None:
    server = start()
    server.tell("textDocument/didChange", {"textDocument": {"uri": "file:///none.md"}})
    server.tell("textDocument/didOpen", {})
    server.tell("no/such", {"a": 1})
    server.tell("$/cancelRequest", {"id": 12})
    assert server.stop() == 0


def test_nothing_is_answered_before_it_is_initialized_nor_after_shutdown(start: Start) -> None:
    server = start(begin=False)
    assert server.wait(server.request("textDocument/hover", {}))["error"]["code"] == -32002
    server.ask("initialize", server.beginning({}))
    server.ask("shutdown", None)
    assert server.wait(server.request("textDocument/hover", {}))["error"]["code"] == -32600
    server.tell("exit", None)
    assert server.process.wait(timeout=30) == 0


def test_a_request_that_is_taken_back_is_not_answered_with_a_result(start: Start) -> None:
    server = start()
    server.open("a.md", "# A\n")
    first = {"id": 90, "method": "textDocument/documentSymbol",
             "params": {"textDocument": {"uri": server.uri("a.md")}}}  # fmt: skip
    second = {"method": "$/cancelRequest", "params": {"id": 90}}
    both = b""
    for each in (first, second):
        body = json.dumps({"jsonrpc": "2.0", **each}).encode()
        both += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    server.write(both)
    answer = server.wait(90)
    # the second may be read when the first is done
    assert answer.get("error", {}).get("code", -32800) == -32800


def test_without_pygls_it_says_how_to_install_it(tmp_path: Path) -> None:
    code = (
        "import sys, importlib.util as u\n"
        "real = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'pygls' else real(name, *a)\n"
        "from notelint.cli.main import main\n"
        "raise SystemExit(main(['server']))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("notelint: pygls is not installed; run `pip")
    assert "[server]" in ran.stderr


def test_an_unknown_option_is_told_of(start: Start) -> None:
    server = start(options={"hovr": False})
    server.quiet()
    shown = [each for each in server.notified if each["method"] == "window/showMessage"]
    assert "did you mean `hover`" in shown[0]["params"]["message"]


@pytest.mark.parametrize(
    ("option", "capability"),
    [
        ("hover", "hoverProvider"),
        ("completion", "completionProvider"),
        ("definition", "definitionProvider"),
        ("references", "referencesProvider"),
        ("documentLink", "documentLinkProvider"),
        ("documentSymbol", "documentSymbolProvider"),
        ("workspaceSymbol", "workspaceSymbolProvider"),
        ("foldingRange", "foldingRangeProvider"),
        ("codeLens", "codeLensProvider"),
        ("codeAction", "codeActionProvider"),
        ("formatting", "documentFormattingProvider"),
    ],
)
def test_a_feature_can_be_switched_off(start: Start, option: str, capability: str) -> None:
    able = start(options={"notelint": {option: False}}).answer["capabilities"]
    assert not able.get(capability)
    assert len(able) > 10


@pytest.mark.parametrize("name", ["gone.md", "git:/a.md?HEAD", "https://e.org/a.md"])
def test_a_change_of_what_is_not_open_is_passed_over(start: Start, name: str) -> None:
    server = start()
    server.open(name, "[a]()\n")
    server.close(name)
    server.change(name, {"text": "[b]()\n"})
    assert server.diagnostics(name) == []
    assert server.stop() == 0
    assert server.process.stderr is not None
    assert server.process.stderr.read() == b""


def test_a_client_may_begin_again_after_a_wrong_beginning(start: Start) -> None:
    server = start(begin=False)
    assert server.wait(server.request("initialize", {"capabilities": 5}))["error"]
    server.ask("initialize", server.beginning({}))
    server.tell("initialized", {})
    server.open("a.md", "[x](b.md)\n")
    assert [each["code"] for each in server.diagnostics("a.md")] == ["missing-file"]


def test_what_follows_a_body_that_is_longer_than_it_says_is_read(start: Start) -> None:
    server = start()
    body = json.dumps({"jsonrpc": "2.0", "method": "$/setTrace", "params": {"value": "中文"}})
    server.write(b"Content-Length: %d\r\n\r\n" % len(body) + body.encode() + b"   ")
    longer = json.dumps({"jsonrpc": "2.0", "id": "中", "method": "x"}, ensure_ascii=False)
    server.write(b"Content-Length: %d\r\n\r\n" % len(longer) + longer.encode())
    server.open("a.md", "[x](b.md)\n")
    assert [each["code"] for each in server.diagnostics("a.md")] == ["missing-file"]


@pytest.mark.parametrize("number", [[], {}, 1.5])
def test_an_id_that_cannot_be_is_refused(start: Start, number: object) -> None:
    server = start()
    server.send({"id": number, "method": "textDocument/hover", "params": {}})
    server.send({"id": number, "result": None})
    assert "neither" in server.wait(None)["error"]["message"]  # type: ignore[arg-type]
    assert server.stop() == 0
    assert server.process.stderr is not None
    assert server.process.stderr.read() == b""


def test_code_lens_after_the_configuration_has_changed(start: Start, write: Write) -> None:
    for number in range(30):
        write(f"n{number}.md", "[a](a.md)\n")
    server = start(capabilities={"workspace": {"codeLens": {"refreshSupport": True}}})
    params = {"textDocument": {"uri": server.uri("a.md")}}
    for text in ("# A\n", "# B\n"):
        server.requested.clear()
        if text == "# A\n":
            server.open("a.md", text)
        else:
            write(".notelint.yaml", "ignore: [empty-image]\n")
            server.tell("textDocument/didSave", params)
        while not any(e["method"] == "workspace/codeLens/refresh" for e in server.requested):
            server.next()
        (lens,) = server.ask("textDocument/codeLens", params)
        assert lens["command"]["title"] == "30 references"
