"""A client that says what it is told to, and checks every message by the types of the protocol."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from lsprotocol import converters, types

from notelint.server.uris import uri_of

Message = dict[str, Any]
_PUSH: Message = {
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True, "versionSupport": True, "tagSupport": {"valueSet": [1, 2]},
        },
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
            "dataSupport": True, "resolveSupport": {"properties": ["edit"]},
        },
        "rename": {"prepareSupport": True},
    },
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}  # fmt: skip
_CONVERTER = converters.get_converter()


class Talker:
    """``notelint server`` in a process of its own, for the folder *root*."""

    def __init__(
        self,
        root: Path | None,
        capabilities: Message | None = None,
        *,
        encodings: list[str] | None = None,
        options: Message | None = None,
        begin: bool = True,
        command: list[str] | None = None,
    ) -> None:
        self.root = root
        self._checked = command is None  # others may say what they like
        self.process = subprocess.Popen(
            command or [sys.executable, "-m", "notelint", "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if command is None else subprocess.DEVNULL,
            cwd=root,
        )
        self.came: queue.Queue[Message | None] = queue.Queue()
        self.pushed: dict[str, list[Message]] = {}
        self.requested: list[Message] = []
        self.notified: list[Message] = []
        self.asked: dict[int, str] = {}
        self.versions: dict[str, int] = {}
        self._number = 0
        threading.Thread(target=self._read, daemon=True).start()
        able = dict(_PUSH if capabilities is None else capabilities)
        if encodings:
            able["general"] = {"positionEncodings": encodings}
        if begin:
            self.answer = self.ask("initialize", self.beginning(able, options))
            self.tell("initialized", {})

    def beginning(self, capabilities: Message, options: Message | None = None) -> Message:
        """The parameters of ``initialize``."""
        folders = None
        if self.root is not None:
            folders = [{"uri": uri_of(str(self.root)), "name": "notes"}]
        return {
            "processId": None, "rootUri": None, "capabilities": capabilities,
            "workspaceFolders": folders, "initializationOptions": options,
        }  # fmt: skip

    def __enter__(self) -> Talker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()

    # ------------------------------------------------------------------ saying

    def write(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> int:
        self._number += 1
        self.asked[self._number] = method
        self.send({"id": self._number, "method": method, "params": params})
        return self._number

    def ask(self, method: str, params: Any) -> Any:
        """The result of a request; an error is a failure of the test."""
        answer = self.wait(self.request(method, params))
        assert "error" not in answer, answer
        return answer["result"]

    def wait(self, number: int) -> Message:
        """The answer to the request *number*; what comes before is sorted in."""
        while True:
            message = self.next()
            if message.get("id") == number and "method" not in message:
                return message

    def next(self) -> Message:
        message = self.came.get(timeout=60)
        assert message is not None, "the server ended"
        if message.get("method") == "textDocument/publishDiagnostics":
            self.pushed[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            self.requested.append(message)
            self.send({"id": message["id"], "result": None})
        elif "method" in message:
            self.notified.append(message)
        return message

    def quiet(self) -> None:
        """Wait until the server has done all that it was told."""
        self.wait(self.request("notelint/nothing", None))  # is answered with an error
        # what follows from it is told when nothing is waiting
        self.wait(self.request("notelint/nothing", None))

    def stop(self) -> int:
        """End the server as the protocol says."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(timeout=30)

    # ------------------------------------------------------------------ documents

    def uri(self, name: str) -> str:
        """The URI of the file *name* in the folder; a *name* that is a URI stays as it is."""
        if ":" in name:
            return name
        assert self.root
        return uri_of(str(self.root / name))

    def open(self, name: str, text: str, language: str = "markdown") -> None:
        uri = self.uri(name)
        self.versions[uri] = 1
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def change(self, name: str, *changes: Message) -> None:
        uri = self.uri(name)
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        params = {"textDocument": document, "contentChanges": list(changes)}
        self.tell("textDocument/didChange", params)

    def close(self, name: str) -> None:
        uri = self.uri(name)
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def watched(self, *names: str) -> None:
        changes = [{"uri": self.uri(each), "type": 2} for each in names]
        self.tell("workspace/didChangeWatchedFiles", {"changes": changes})

    def about(self, name: str, line: int, character: int, **more: Any) -> Message:
        """The parameters of a question about a place."""
        at = {"line": line, "character": character}
        uri = self.uri(name)
        return {"textDocument": {"uri": uri}, "position": at, **more}

    def diagnostics(self, name: str) -> list[Message]:
        """What was pushed last, once the server is quiet."""
        self.quiet()
        return self.pushed.get(self.uri(name), [])

    # ------------------------------------------------------------------

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        try:
            while line := stream.readline():
                length = (
                    int(line.partition(b":")[2]) if line.lower().startswith(b"content-l") else 0
                )
                if not length:
                    continue
                while stream.readline().strip():
                    pass
                message = json.loads(stream.read(length))
                if self._checked:
                    self._check(message)
                self.came.put(message)
        except ValueError:
            pass  # the process was ended
        self.came.put(None)

    def _check(self, message: Message) -> None:
        """Raise an error unless *message* is one of the protocol."""
        method = message.get("method") or self.asked.get(message.get("id") or 0)
        known = types.METHOD_TO_TYPES.get(method or "")
        if "error" in message:
            _CONVERTER.structure(message, types.ResponseErrorMessage)
        elif known and "method" in message:
            _CONVERTER.structure(message, known[0])
        elif known and known[1]:
            _CONVERTER.structure(message, known[1])


def position(text: str, offset: int) -> Message:
    """The position at *offset* of *text* in UTF-16."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n")
    last = before.rpartition("\n")[2]
    return {"line": line, "character": len(last.encode("utf-16-le")) // 2}


def environment(**more: str) -> dict[str, str]:
    """The environment of the test, with *more*."""
    return {**os.environ, **more}
