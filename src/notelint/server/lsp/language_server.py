"""The life of a language server: open texts, their findings, and the end."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO

from lsprotocol import types as lsp
from pygls.exceptions import FeatureRequestError, JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from notelint import __version__
from notelint.config.errors import ConfigError
from notelint.engine.note_errors import bug_message
from notelint.server.buffers import Buffer
from notelint.server.lsp.conversions import points
from notelint.server.lsp.features import OFFERED, Features
from notelint.server.lsp.publisher import Publisher
from notelint.server.message_loop import MessageLoop
from notelint.server.open_notes import OpenNotes
from notelint.server.uris import key_of, path_of
from notelint.text.suggest import hint
from notelint.workspace.read_note import FileProblem

_DIAGNOSTICS, _WHOLE = "diagnostics", "workspaceDiagnostics"
_REQUEST_FAILED = -32803
_COLLECT = 500  # messages, after which garbage is collected when no message waits


class _Protocol(LanguageServerProtocol):
    """Leaves the texts of documents to the server, which counts lines as Markdown does.

    The methods are not generators: pygls would keep a future for each message.
    """

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: Any) -> None:
        self.fm.features[lsp.TEXT_DOCUMENT_DID_OPEN](params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: Any) -> None:
        self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE](params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: Any) -> None:
        self.fm.features[lsp.TEXT_DOCUMENT_DID_CLOSE](params)


class _PyglsServer(LanguageServer):
    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log it, unless the client has it as an answer."""
        if source is not FeatureRequestError:
            _log(error)


class NotelintServer:
    """Serves one client over *given* and *taken*."""

    def __init__(self, given: BinaryIO, taken: BinaryIO) -> None:
        self._loop = MessageLoop(given, taken)
        self._server = _PyglsServer("notelint", __version__, protocol_cls=_Protocol)
        self._protocol = self._server.protocol
        self._protocol.set_writer(self._loop)
        self._notes = OpenNotes([], self._warn)
        self._off: set[str] = set()
        self._unread: Iterator[bool] = iter(())
        self._has_read = False  # since code lenses were refreshed last
        self._handled = 0
        for method, handler in (
            (lsp.INITIALIZE, self._initialize),
            (lsp.INITIALIZED, self._initialized),
            (lsp.TEXT_DOCUMENT_DID_OPEN, self._open),
            (lsp.TEXT_DOCUMENT_DID_CHANGE, self._change),
            (lsp.TEXT_DOCUMENT_DID_CLOSE, self._close),
            (lsp.TEXT_DOCUMENT_DID_SAVE, self._save),
            (lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._watched),
            (lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self._folders),
            (lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, lambda params: None),
        ):
            self._on(method, handler)

    def run(self) -> int:
        """Serve until the client ends it; return the exit status."""
        return asyncio.run(self._loop.run(self._handle, self._settle, self._work))

    def _on(self, method: str, handler: Callable[[Any], Any], options: Any = None) -> None:
        def answer(params: Any) -> Any:
            try:
                return handler(params)
            except (ConfigError, FileProblem) as why:
                raise JsonRpcException(str(why), _REQUEST_FAILED) from None

        self._server.feature(method, options)(answer)

    def _handle(self, message: dict[str, Any]) -> None:
        self._handled += 1
        try:
            self._protocol.handle_message(self._protocol.structure_message(message))
        except JsonRpcException as error:
            if "id" in message and "method" in message:
                self._loop.refuse(message["id"], JsonRpcInvalidParams.CODE, str(error))
        except Exception as error:
            _log(error)

    # ------------------------------------------------------------------ beginning

    def _initialize(self, params: lsp.InitializeParams) -> None:
        self._client = params.capabilities
        folders = [path_of(each.uri) for each in params.workspace_folders or ()]
        if not folders:
            folders = [path_of(params.root_uri) if params.root_uri else params.root_path]
        known = [os.path.normpath(each) for each in folders if each and os.path.isdir(each)]
        if known:
            os.chdir(known[0])  # as if notelint was called there
        self._notes = OpenNotes(known, self._warn)
        chosen = self._server.workspace.position_encoding
        self._encoding: Any = getattr(chosen, "value", chosen)
        self._features = Features(self._notes, self._encoding, self._client)
        self._off = self._switched_off(params.initialization_options)
        for name, methods in OFFERED.items():
            for method, answer, options in methods if name not in self._off else ():
                self._on(method, partial(answer, self._features), options)
        self._publisher = Publisher(self._server, self._features, on=_DIAGNOSTICS not in self._off)
        if self._publisher.pulls:
            whole = _WHOLE not in self._off
            pulled = lsp.DiagnosticOptions(True, whole, identifier="notelint")
            self._on(lsp.TEXT_DOCUMENT_DIAGNOSTIC, self._publisher.pull, pulled)
            if whole:
                self._on(lsp.WORKSPACE_DIAGNOSTIC, self._publisher.pull_all)
        self._loop.initialized = True

    def _switched_off(self, options: Any) -> set[str]:
        """The features that the *options* of the client switch off, or that are off by default."""
        known = (*OFFERED, _DIAGNOSTICS, _WHOLE)
        given = options.get("notelint", options) if isinstance(options, dict) else {}
        given = given if isinstance(given, dict) else {}
        for name in given:
            if name not in known:
                self._warn(f"initialization options: no feature `{name}`{hint(name, known)}")
        off = {name for name, value in given.items() if value is False}
        return off if given.get(_WHOLE) is True else off | {_WHOLE}

    def _initialized(self, params: lsp.InitializedParams) -> None:
        workspace = self._client.workspace
        watch = workspace.did_change_watched_files if workspace else None
        if watch and watch.dynamic_registration:
            everything = lsp.DidChangeWatchedFilesRegistrationOptions(
                [lsp.FileSystemWatcher("**/*")]
            )
            method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = lsp.Registration("notelint.files", method, everything)
            self._server.client_register_capability(lsp.RegistrationParams([registration]))
        self._unread = self._read_all()

    # ------------------------------------------------------------------ documents

    def _open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        path = path_of(item.uri)
        if path is None and not item.uri.startswith(("untitled:", "file:")):
            return  # an old version, a diff
        self._notes.open(Buffer(item.uri, path, item.language_id, item.version, item.text))
        self._unread = self._read_all()

    def _change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        buffer = self._notes.buffers.get(key_of(params.text_document.uri))
        if buffer is None:
            return  # an old version, a diff, or what was closed: nothing to answer
        changes = [
            (points(where) if (where := getattr(each, "range", None)) else None, each.text)
            for each in params.content_changes
        ]
        buffer.change(params.text_document.version, changes, self._encoding)
        self._notes.changed(buffer)

    def _close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        buffer = self._notes.close(key_of(params.text_document.uri))
        if buffer is None:
            return
        self._publisher.closed(buffer)
        self._unread = self._read_all()

    def _save(self, params: lsp.DidSaveTextDocumentParams) -> None:
        self._notes.look_again()
        self._unread = self._read_all()

    def _watched(self, params: lsp.DidChangeWatchedFilesParams) -> None:
        paths = [path for each in params.changes if (path := path_of(each.uri))]
        seen = [each for each in paths if f"{os.sep}.git{os.sep}" not in each]
        if seen:
            self._notes.disk_changed(seen)
            self._unread = self._read_all()

    def _folders(self, params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        gone = {path_of(each.uri) for each in params.event.removed}
        paths = (path_of(each.uri) for each in params.event.added)
        folders = [each for each in self._notes.folders if each not in gone]
        folders += [each for each in paths if each and os.path.isdir(each)]
        self._notes.folders = [*dict.fromkeys(folders)]
        self._notes.reload()
        self._unread = self._read_all()

    # ------------------------------------------------------------------ in between

    def _settle(self) -> None:
        try:
            self._publisher.settle()
        except Exception as error:
            _log(error)

    def _work(self) -> bool:
        """Read one more note, so that later answers come at once; whether there may be more."""
        if self._handled >= _COLLECT:
            self._handled = 0
            gc.collect()
        try:
            return next(self._unread, False)
        except Exception as error:
            _log(error)
            return False

    def _read_all(self) -> Iterator[bool]:
        for folder in [*self._notes.folders]:
            known = self._notes.place(os.path.join(folder, "index.md")).links
            for note in known.notes:
                if not known.is_read(note):
                    known.read(note)
                    self._has_read = True
                    yield True
        if not self._has_read:
            return
        self._has_read = False
        gc.collect()
        gc.freeze()  # the facts of all notes stay, and need not be searched for garbage
        workspace = self._client.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            self._server.workspace_code_lens_refresh(None)

    def _warn(self, message: str) -> None:
        params = lsp.ShowMessageParams(lsp.MessageType.Warning, message)
        self._server.window_show_message(params)


def _log(error: Exception) -> None:
    """Print the error to standard error, which an editor keeps as the log."""
    print(f"notelint: {bug_message(error)}", file=sys.stderr, flush=True)


def serve() -> int:
    """Serve on standard input and output; return the exit status.

    Other output goes to standard error.
    """
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    logging.getLogger("pygls").propagate = False
    gc.set_threshold(300_000, 20, 50)  # a document is a fifth of this, and has no cycles
    taken = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return NotelintServer(sys.stdin.buffer, taken).run()
