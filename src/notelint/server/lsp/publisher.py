"""Findings sent to an editor: pushed when they change, or pulled by it, never both."""

from __future__ import annotations

import os
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from notelint.cache.entry import status_stamp
from notelint.diagnostics import Diagnostic
from notelint.server.buffers import Buffer
from notelint.server.lsp.features import Features
from notelint.server.uris import key_of, path_of
from notelint.workspace.digests import digest


class Publisher:
    """Sends the findings in the notes of *features* to the client of *server*, if it is *on*."""

    def __init__(self, server: LanguageServer, features: Features, *, on: bool) -> None:
        self._server = server
        self._features = features
        self._notes = features.notes
        self._client = features.client
        self._sent: dict[str, tuple[int | None, list[Diagnostic]]] = {}  # with versions, by key
        # by key: the findings and the texts that the last result was made of, and its id
        self._results: dict[str, tuple[tuple[list[Diagnostic], list[str]], str]] = {}
        text = self._client.text_document
        self.pulls = on and bool(text and text.diagnostic)
        self._pushes = on and not self.pulls

    def closed(self, buffer: Buffer) -> None:
        """Withdraw the findings of *buffer*, which is no longer open."""
        if self._sent.pop(buffer.key, (None, []))[1] and self._pushes:
            self._publish(buffer.uri, None, [])

    def settle(self) -> None:
        """Send the findings of open notes that differ from those sent last."""
        stale = False
        for key, buffer in [*self._notes.buffers.items()]:
            before = self._sent.get(key, (None, []))
            if self._pushes:
                found = self._notes.findings(key)
                moved = found and buffer.version != before[0]
                if moved or found != before[1] or key not in self._sent:
                    self._publish(buffer.uri, buffer.version, found)
                self._sent[key] = buffer.version, found
            elif self.pulls and before[0] == buffer.version:
                # a client that has changed the note pulls its findings without a notice
                stale = stale or self._notes.findings(key) != before[1]
        if stale:
            self._sent.clear()
            workspace = self._client.workspace
            if workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
                self._server.workspace_diagnostic_refresh(None)

    def _publish(self, uri: str, version: int | None, found: list[Diagnostic]) -> None:
        params = lsp.PublishDiagnosticsParams(uri, self._converted(key_of(uri), found))
        text = self._client.text_document
        able = text.publish_diagnostics if text else None
        if able and able.version_support:
            params.version = version
        self._server.text_document_publish_diagnostics(params)

    def _converted(self, key: str, found: list[Diagnostic]) -> list[lsp.Diagnostic]:
        text = self._client.text_document
        able: Any = (text.diagnostic if self.pulls else text.publish_diagnostics) if text else None
        tags, related = getattr(able, "tag_support", None), getattr(able, "related_information", 0)
        return self._features.to.diagnostics(key, found, related=bool(related), tags=bool(tags))

    def pull(self, params: lsp.DocumentDiagnosticParams) -> lsp.DocumentDiagnosticReport:
        """The findings in one document."""
        key = key_of(params.text_document.uri)
        found = self._notes.findings(key)
        buffer = self._notes.buffers.get(key)
        if buffer:
            self._sent[key] = buffer.version, found
        full = self._converted(key, found)
        result_id = _result_id(full)
        if result_id == params.previous_result_id:
            return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id)
        return lsp.RelatedFullDocumentDiagnosticReport(full, result_id=result_id)

    def pull_all(self, params: lsp.WorkspaceDiagnosticParams) -> lsp.WorkspaceDiagnosticReport:
        """The findings in all notes."""
        known = {path_of(each.uri): each.value for each in params.previous_result_ids}
        reports: list[lsp.WorkspaceDocumentDiagnosticReport] = []
        for key in self._notes.all():
            found, buffer = self._notes.findings(key), self._notes.buffers.get(key)
            uri, version = self._features.to.uri(key), buffer.version if buffer else None
            before, made_of = known.pop(key, None), (found, self._texts(key, found))
            last, result_id = self._results.get(key, (None, ""))
            full: list[lsp.Diagnostic] = []
            if last != made_of or before != result_id:
                full = self._converted(key, found)
                result_id = _result_id(full)
                self._results[key] = made_of, result_id
            if before == result_id:
                reports.append(
                    lsp.WorkspaceUnchangedDocumentDiagnosticReport(uri, result_id, version=version)
                )
            else:
                reports.append(
                    lsp.WorkspaceFullDocumentDiagnosticReport(
                        uri, full, version=version, result_id=result_id
                    )
                )
        gone = [self._features.to.uri(key) for key in known if key]
        reports += [lsp.WorkspaceFullDocumentDiagnosticReport(uri, []) for uri in gone]
        return lsp.WorkspaceDiagnosticReport(reports)

    def _texts(self, key: str, found: list[Diagnostic]) -> list[str]:
        """The texts, or the stamps of the files, that the columns of *found* in *key* are from."""
        if not found:
            return []
        root = self._notes.note_path(key).root
        others = {os.path.join(root, one.path) for each in found for one in each.related}
        texts = []
        for file in (key, *sorted(others)):
            buffer = self._notes.buffers.get(file)
            try:
                texts.append(buffer.text if buffer else status_stamp(os.stat(file)))
            except OSError:
                texts.append("")
        return texts


def _result_id(found: list[lsp.Diagnostic]) -> str:
    """The id of a result: equal for equal findings at equal places, as the client has them."""
    return digest(repr(found).encode("utf-8", "surrogatepass"))
