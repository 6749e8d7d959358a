"""The answers of the server as values of the protocol."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lsprotocol import types as lsp

from notelint.diagnostics import Diagnostic, DiagnosticEdit, Severity
from notelint.project_urls import rule_page
from notelint.server.code_actions import identity
from notelint.server.columns import Columns, Encoding, Point
from notelint.server.completions import Completion
from notelint.server.open_notes import OpenNotes
from notelint.server.outlines import Section
from notelint.server.under_cursor import Location
from notelint.server.uris import uri_of
from notelint.text.source import LineIndex, Range, Source
from notelint.workspace import read_note

_ITEM_KINDS = {
    "file": lsp.CompletionItemKind.File,
    "folder": lsp.CompletionItemKind.Folder,
    "anchor": lsp.CompletionItemKind.Reference,
    "label": lsp.CompletionItemKind.Reference,
}
_ELSEWHERE = "notelint.elsewhere"  # the annotation of edits in files that are not open


class Conversions:
    """Converts places of *notes* to and from columns in units of *encoding*."""

    def __init__(self, notes: OpenNotes, encoding: Encoding) -> None:
        self.notes = notes
        self.encoding: Encoding = encoding

    def columns(self, key: str) -> Columns:
        """The lines of the document *key*, as they are open or on the disk."""
        if buffer := self.notes.buffers.get(key):
            doc = buffer.document
            return Columns(doc.lines, self.encoding, bom=doc.source.bom)
        try:
            text = Source.decode(read_note.read(key, key)).text
        except read_note.FileProblem:
            text = ""
        return Columns(LineIndex(text), self.encoding)

    def uri(self, key: str) -> str:
        """The address of the document *key*, as the editor writes it where that is known."""
        if buffer := self.notes.buffers.get(key):
            return buffer.uri
        return uri_of(key)

    def range(self, columns: Columns, where: Range) -> lsp.Range:
        """*where* as a range of the protocol."""
        start, end = map(columns.point, where)
        return lsp.Range(lsp.Position(*start), lsp.Position(*end))

    def locations(self, found: Iterable[Location]) -> Iterator[lsp.Location]:
        """*found* as locations of the protocol; each file is read once."""
        known: dict[str, Columns] = {}
        for file, where in found:
            if file not in known:
                known[file] = self.columns(file)
            yield lsp.Location(self.uri(file), self.range(known[file], where))

    def edits(self, columns: Columns, edits: Iterable[DiagnosticEdit]) -> list[lsp.TextEdit]:
        """*edits* as those of the protocol."""
        return [lsp.TextEdit(self.range(columns, each.range), each.text) for each in edits]

    def workspace_edit(
        self, edits: Mapping[str, Sequence[DiagnosticEdit]], client: lsp.ClientCapabilities
    ) -> lsp.WorkspaceEdit:
        """*edits* by document, with versions and annotations if the *client* knows them."""
        found = {key: self.edits(self.columns(key), each) for key, each in edits.items() if each}
        able = client.workspace.workspace_edit if client.workspace else None
        if not (able and able.document_changes):
            return lsp.WorkspaceEdit(changes={self.uri(key): each for key, each in found.items()})
        annotated = able.change_annotation_support is not None and any(
            key not in self.notes.buffers for key in found
        )
        changes = [self._of_document(key, each, annotated) for key, each in found.items()]
        why = lsp.ChangeAnnotation("In files that are not open", needs_confirmation=True)
        return lsp.WorkspaceEdit(
            document_changes=changes, change_annotations={_ELSEWHERE: why} if annotated else None
        )

    def _of_document(
        self, key: str, edits: list[lsp.TextEdit], annotated: bool
    ) -> lsp.TextDocumentEdit:
        buffer = self.notes.buffers.get(key)
        version = buffer.version if buffer else None
        document = lsp.OptionalVersionedTextDocumentIdentifier(self.uri(key), version)
        if buffer or not annotated:
            return lsp.TextDocumentEdit(document, edits)
        noted = [lsp.AnnotatedTextEdit(_ELSEWHERE, each.range, each.new_text) for each in edits]
        return lsp.TextDocumentEdit(document, noted)

    def diagnostics(
        self, key: str, found: Sequence[Diagnostic], *, related: bool, tags: bool
    ) -> list[lsp.Diagnostic]:
        """*found* in the document *key*; *related* places and *tags* if the client shows them."""
        if not found:
            return []
        columns = self.columns(key)
        root = self.notes.note_path(key).root if os.path.isabs(key) else ""
        places = self.locations(
            Location(os.path.join(root, one.path) if root else key, one.range)
            for each in found
            for one in each.related
        )
        return [
            lsp.Diagnostic(
                range=self.range(columns, each.range),
                message=each.message,
                severity=lsp.DiagnosticSeverity.Error
                if each.severity is Severity.ERROR
                else lsp.DiagnosticSeverity.Warning,
                code=each.rule,
                code_description=lsp.CodeDescription(page)
                if (page := rule_page(each.rule))
                else None,
                source="notelint",
                tags=[lsp.DiagnosticTag.Unnecessary]
                if tags and each.rule.startswith("unused-")
                else None,
                related_information=[
                    lsp.DiagnosticRelatedInformation(next(places), one.message)
                    for one in each.related
                ]
                if related and each.related
                else None,
                data={"finding": identity(each)},
            )
            for each in found
        ]

    def symbol(self, columns: Columns, section: Section) -> lsp.DocumentSymbol:
        """*section* with those in it."""
        heading = section.heading
        return lsp.DocumentSymbol(
            name=heading.text.strip() or "#" * heading.level,
            kind=lsp.SymbolKind.String,
            range=self.range(columns, section.where),
            selection_range=self.range(columns, columns.lines.range(heading.span)),
            children=[self.symbol(columns, each) for each in section.parts],
        )

    def item(self, where: lsp.Range, item: Completion) -> lsp.CompletionItem:
        """*item* as a completion that replaces *where*."""
        return lsp.CompletionItem(
            item.label,
            kind=_ITEM_KINDS[item.kind],
            detail=item.detail or None,
            filter_text=item.text,
            text_edit=lsp.TextEdit(where, item.text),
        )


def points(where: lsp.Range) -> tuple[Point, Point]:
    """The start and the end of a range of the protocol, as the server has them."""
    return point(where.start), point(where.end)


def point(at: lsp.Position) -> Point:
    """A position of the protocol, as the server has it."""
    return Point(at.line, at.character)
