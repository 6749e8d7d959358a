"""JSON-RPC on standard input and output, one message after the other, also after broken ones."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

_PARSE_ERROR, _INVALID_REQUEST, _NOT_INITIALIZED, _CANCELLED = -32700, -32600, -32002, -32800
_MOST_BYTES = 256 * 1024 * 1024  # of one message
_MOST_DIGITS = 18  # of a length in bytes
_END = None  # of the input

Message = dict[str, Any]


class MessageLoop:
    """Reads messages from *given* and writes those sent to *taken*, until the other side ends.

    *handle* is called for each message in turn, *settle* once none is waiting; after that *work* is
    called for as long as it has something to do and no message comes. Until ``initialized`` is set,
    only a request to initialize is handled.
    """

    def __init__(self, given: BinaryIO, taken: BinaryIO) -> None:
        self._given = given
        self._taken = taken
        self._waiting: asyncio.Queue[Message | None] = asyncio.Queue()
        self._cancelled = Counter[str | int]()  # the requests that waiting messages take back
        self.initialized = self._shut_down = False

    async def run(
        self,
        handle: Callable[[Message], None],
        settle: Callable[[], None],
        work: Callable[[], bool],
    ) -> int:
        """Serve; return the exit status: 1 if the end comes without a request to shut down."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, args=(loop,), daemon=True).start()
        while True:
            message = await self._waiting.get()
            if message is _END or message.get("method") == "exit":
                return 0 if self._shut_down else 1
            self._count(message, -1)
            if self._admit(message):
                handle(message)
            if not self.initialized or self._shut_down:
                continue
            if self._waiting.empty():
                settle()
            while self._waiting.empty() and work():
                await asyncio.sleep(0)  # in which messages may come

    def write(self, data: bytes) -> None:
        """Write *data*, a message with its header."""
        self._taken.write(data)
        self._taken.flush()

    def close(self) -> None:
        """Leave the output open: it ends with the process."""

    def refuse(self, number: Any, code: int, why: str) -> None:
        """Answer the request *number* with an error."""
        error = {"code": code, "message": why}
        body = json.dumps({"jsonrpc": "2.0", "id": number, "error": error}).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def _admit(self, message: Message) -> bool:
        """Whether *message* is to be handled; a request that is not gets its answer here."""
        method, number = message.get("method"), message.get("id")
        wrong = None
        if not isinstance(number, (str, int, type(None))):
            self.refuse(None, _INVALID_REQUEST, "an id is neither a string nor an integer")
            return False
        if message.get("jsonrpc") != "2.0" or not isinstance(method, (str, type(None))):
            wrong = _INVALID_REQUEST, "not a message of JSON-RPC 2.0"
        elif method is None:
            return "id" in message  # an answer
        elif not self.initialized and method != "initialize":
            wrong = _NOT_INITIALIZED, "not initialized"
        elif self._shut_down or (self.initialized and method == "initialize"):
            wrong = _INVALID_REQUEST, f"`{method}` cannot follow here"
        elif isinstance(number, (str, int)) and number in self._cancelled:
            wrong = _CANCELLED, "cancelled"
        if wrong is not None:
            if number is not None:
                self.refuse(number, *wrong)
            return False
        self._shut_down = method == "shutdown"
        return True

    def _count(self, message: Message, by: int) -> None:
        """Count a *message* that takes back a request and begins or ends to wait."""
        params = message.get("params")
        number = params.get("id") if isinstance(params, dict) else None
        if message.get("method") == "$/cancelRequest" and isinstance(number, (str, int)):
            self._cancelled[number] += by
            if not self._cancelled[number]:
                del self._cancelled[number]

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            for body in _bodies(self._given):
                loop.call_soon_threadsafe(self._take, body)
            loop.call_soon_threadsafe(self._waiting.put_nowait, _END)
        except RuntimeError:
            return  # the loop has ended

    def _take(self, body: bytes) -> None:
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            self.refuse(None, _PARSE_ERROR, "not JSON")
            return
        if isinstance(message, dict):
            self._count(message, 1)
            self._waiting.put_nowait(message)
        else:
            self.refuse(None, _INVALID_REQUEST, "not an object")


def _bodies(stream: BinaryIO) -> Iterator[bytes]:
    """The bodies of the messages in *stream*, to its end; other lines than headers are skipped."""
    length = 0
    while line := stream.readline(10_000):
        name, _, value = line.rpartition(b":")
        value = value.strip()
        # before the name may be the rest of a body that was longer than its header said
        if name.rstrip().lower().endswith(b"content-length") and value.isdigit():
            length = int(value) if len(value) <= _MOST_DIGITS else 0
        elif not line.strip() and length:
            if length > _MOST_BYTES:
                _skip(stream, length)
            elif len(body := stream.read(length)) == length:
                yield body
            length = 0


def _skip(stream: BinaryIO, length: int) -> None:
    while length > 0 and (piece := stream.read(min(length, 1 << 20))):
        length -= len(piece)
