"""The requests of an editor about documents, each answered by one method."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from lsprotocol import types as lsp

from notelint.refactor.refusal import Refusal
from notelint.server import code_actions, completions, outlines, previews, renaming
from notelint.server.buffers import Buffer
from notelint.server.lsp.conversions import Conversions, point, points
from notelint.server.open_notes import OpenNotes
from notelint.server.under_cursor import Reader
from notelint.server.uris import key_of, path_of
from notelint.text.source import Range
from notelint.workspace.read_note import FileProblem

_NOT_OPEN = "the document is not open"
_FEW = 20  # notes that are read while a request waits


class Features:
    """Answers about *notes*; *client* has the capabilities of the editor."""

    def __init__(self, notes: OpenNotes, encoding: Any, client: lsp.ClientCapabilities) -> None:
        self.notes = notes
        self.to = Conversions(notes, encoding)
        self.client = client

    def buffer(self, uri: str) -> Buffer:
        """The open document at *uri*. Raises :class:`Refusal`."""
        found = self.notes.buffers.get(key_of(uri))
        if found is None:
            raise Refusal(_NOT_OPEN)
        return found

    def reader(self, uri: str) -> Reader:
        """The reader of the open document at *uri*. Raises :class:`Refusal`."""
        buffer = self.buffer(uri)
        return Reader(self.notes, buffer.key, buffer.document)

    def at(self, params: Any) -> tuple[Reader, int]:
        """The reader of the document in the request, and the offset there."""
        reader = self.reader(params.text_document.uri)
        return reader, self.to.columns(reader.key).offset(point(params.position))

    def _range(self, reader: Reader, where: Range) -> lsp.Range:
        return self.to.range(self.to.columns(reader.key), where)

    # ------------------------------------------------------------------ looking

    def definition(self, params: lsp.DefinitionParams) -> list[lsp.Location]:
        """The target of the link, label or footnote."""
        reader, offset = self.at(params)
        element = reader.at(offset)
        target = reader.target(element) if element else None
        return [*self.to.locations([target])] if target else []

    def references(self, params: lsp.ReferenceParams) -> list[lsp.Location]:
        """The links to the element at the place, or to the target of the link there."""
        reader, offset = self.at(params)
        element = reader.at(offset)
        declared = params.context.include_declaration
        found = reader.references(element, declared=declared) if element else []
        return [*self.to.locations(found)]

    def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """The page of a rule, the target of a link, or a picture."""
        reader, offset = self.at(params)
        found = previews.preview(reader, offset, self.notes.findings(reader.key))
        if found is None:
            return None
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, found[0])
        return lsp.Hover(content, self._range(reader, found[1]))

    def document_link(self, params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink]:
        """The links of a document, with their targets where these are not in the document."""
        reader = self.reader(params.text_document.uri)
        columns, found = self.to.columns(reader.key), []
        for link in reader.doc.links:
            if link.kind == "reference":
                continue
            target = link.destination if link.destination.startswith(_WEB) else None
            if target is None and (goal := reader.goal(link.destination)):
                line = goal.where.start.line
                target = self.to.uri(goal.file) + (f"#L{line}" if line > 1 else "")
            if target:
                where = self.to.range(columns, columns.lines.range(link.target))
                found.append(lsp.DocumentLink(where, target))
        return found

    def document_symbol(self, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        """The sections of a document."""
        reader = self.reader(params.text_document.uri)
        columns = self.to.columns(reader.key)
        return [self.to.symbol(columns, each) for each in outlines.sections(reader.doc)]

    def workspace_symbol(self, params: lsp.WorkspaceSymbolParams) -> list[lsp.SymbolInformation]:
        """The headings of all notes that have the letters of the query."""
        found = []
        for folder in self.notes.folders:
            place = self.notes.place(os.path.join(folder, "index.md"))
            below, root = os.path.join(folder, ""), place.note.root
            named = [
                (name, location)
                for name, location in outlines.matching_headings(params.query, root, place.links)
                if location.file.startswith(below)
            ]
            places = self.to.locations(location for _, location in named)
            for (name, _), where in zip(named, places, strict=True):
                found.append(lsp.SymbolInformation(where, name, lsp.SymbolKind.String))
        return found

    def folding_range(self, params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        """The sections, code, comments and front matter of a document."""
        doc = self.reader(params.text_document.uri).doc
        return [
            lsp.FoldingRange(each.first - 1, each.last - 1, kind=lsp.FoldingRangeKind(each.kind))
            for each in outlines.folds(doc)
        ]

    def code_lens(self, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        """The number of links to the note and to each of its headings."""
        reader = self.reader(params.text_document.uri)
        tree = reader.place.linter.workspace.tree
        if not reader.has_file or (tree.is_vast and reader.root not in self.notes.folders):
            return []  # a single file that is open: its folder is not looked through
        if sum(not reader.links.is_read(each) for each in reader.links.notes) > _FEW:
            return []  # the client requests them again once all notes are read
        columns = self.to.columns(reader.key)
        return [
            lsp.CodeLens(
                self.to.range(columns, where),
                lsp.Command(f"{number} reference{'s' * (number != 1)}", ""),
            )
            for where, number in outlines.link_counts(reader)
        ]

    def completion(self, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        """Paths, anchors and labels."""
        reader, offset = self.at(params)
        found = completions.completions(reader, offset)
        if found is None:
            return []
        where = self._range(reader, found[0])
        return [self.to.item(where, each) for each in found[1]]

    # ------------------------------------------------------------------ changing

    def code_action(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        """The actions on findings; without edits, if the client asks for these later."""
        buffer = self.buffer(params.text_document.uri)
        key = buffer.key
        columns, findings = self.to.columns(key), self.notes.findings(key)
        start, end = map(columns.offset, points(params.range))
        where = Range(columns.lines.position(start), columns.lines.position(end))
        only = [str(getattr(each, "value", each)) for each in params.context.only or ()] or None
        found, offered = [], [*code_actions.actions(buffer, findings, where, only)]
        named = [each.finding for each in offered if each.finding]
        shown = iter(self.to.diagnostics(key, named, related=False, tags=False))
        for each in offered:
            about = name = None
            if each.finding:
                about = [next(shown)]
                name = code_actions.identity(each.finding)
            data = {
                "uri": buffer.uri,
                "version": buffer.version,
                "operation": each.operation,
                "finding": name,
            }
            found.append(
                lsp.CodeAction(each.title, each.kind, about, each.preferred or None, data=data)
            )
        if self._resolves():
            return found
        return [*filter(None, map(self._resolved_or_none, found))]

    def code_action_resolve(self, action: lsp.CodeAction) -> lsp.CodeAction:
        """*action* with its edits."""
        data: dict[str, Any] = action.data if isinstance(action.data, dict) else {}
        buffer = self.buffer(str(data.get("uri")))
        if buffer.version != data.get("version"):
            raise Refusal("the document has changed; request the actions again")
        findings = self.notes.findings(buffer.key)
        named = (e for e in findings if code_actions.identity(e) == data.get("finding"))
        edits = code_actions.edits_of(self.notes, buffer, data["operation"], next(named, None))
        action.edit = self.to.workspace_edit({buffer.key: edits}, self.client)
        return action

    def _resolved_or_none(self, action: lsp.CodeAction) -> lsp.CodeAction | None:
        try:
            return self.code_action_resolve(action)
        except FileProblem:
            return None

    def _resolves(self) -> bool:
        able = self.client.text_document and self.client.text_document.code_action
        support = able.resolve_support if able else None
        return support is not None and "edit" in support.properties

    def prepare_rename(self, params: lsp.PrepareRenameParams) -> lsp.PrepareRenameResult | None:
        """The range and the text of what can be renamed at a place."""
        reader, offset = self.at(params)
        found = renaming.name_at(reader, offset)
        if found is None:
            return None
        where = self._range(reader, reader.doc.lines.range(found.span))
        return lsp.PrepareRenamePlaceholder(where, found.text)

    def rename(self, params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        """The edits that give a heading, a label or a footnote another name."""
        reader, offset = self.at(params)
        edits = renaming.renamed(reader, offset, params.new_name)
        return self.to.workspace_edit(edits, self.client)

    def will_rename_files(self, params: lsp.RenameFilesParams) -> lsp.WorkspaceEdit | None:
        """The edits that let links follow files and folders."""
        pairs = [(path_of(each.old_uri), path_of(each.new_uri)) for each in params.files]
        edits = renaming.moved(self.notes, [(old, new) for old, new in pairs if old and new])
        return self.to.workspace_edit(edits, self.client) if edits else None

    def formatting(self, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        """The layout of mdformat."""
        buffer = self.buffer(params.text_document.uri)
        edits = code_actions.layout_edits(self.notes, buffer)
        return self.to.edits(self.to.columns(buffer.key), edits)


_WEB = ("http://", "https://", "mailto:")
# The features that a user can switch off, by name: methods, what answers, and options.
Offered = tuple[str, Callable[[Features, Any], Any], Any]
OFFERED: dict[str, list[Offered]] = {
    "definition": [(lsp.TEXT_DOCUMENT_DEFINITION, Features.definition, None)],
    "references": [(lsp.TEXT_DOCUMENT_REFERENCES, Features.references, None)],
    "hover": [(lsp.TEXT_DOCUMENT_HOVER, Features.hover, None)],
    "documentLink": [(lsp.TEXT_DOCUMENT_DOCUMENT_LINK, Features.document_link, None)],
    "documentSymbol": [(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, Features.document_symbol, None)],
    "workspaceSymbol": [(lsp.WORKSPACE_SYMBOL, Features.workspace_symbol, None)],
    "foldingRange": [(lsp.TEXT_DOCUMENT_FOLDING_RANGE, Features.folding_range, None)],
    "codeLens": [(lsp.TEXT_DOCUMENT_CODE_LENS, Features.code_lens, None)],
    "completion": [
        (
            lsp.TEXT_DOCUMENT_COMPLETION,
            Features.completion,
            lsp.CompletionOptions(trigger_characters=["(", "/", "#", "[", "^", '"', "'"]),
        )
    ],
    "codeAction": [
        (
            lsp.TEXT_DOCUMENT_CODE_ACTION,
            Features.code_action,
            lsp.CodeActionOptions([*code_actions.KINDS], resolve_provider=True),
        ),
        (lsp.CODE_ACTION_RESOLVE, Features.code_action_resolve, None),
    ],
    "rename": [
        (lsp.TEXT_DOCUMENT_RENAME, Features.rename, lsp.RenameOptions(prepare_provider=True)),
        (lsp.TEXT_DOCUMENT_PREPARE_RENAME, Features.prepare_rename, None),
    ],
    "renameFiles": [
        (
            lsp.WORKSPACE_WILL_RENAME_FILES,
            Features.will_rename_files,
            lsp.FileOperationRegistrationOptions(
                [lsp.FileOperationFilter(lsp.FileOperationPattern("**/*"), scheme="file")]
            ),
        )
    ],
    "formatting": [(lsp.TEXT_DOCUMENT_FORMATTING, Features.formatting, None)],
}
