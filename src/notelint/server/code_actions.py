"""The actions on the findings of a note, and on the note as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from typing import Literal

from notelint.commands.fmt_run import excluded
from notelint.commands.toc_run import toc_options
from notelint.config.config_files import top_of
from notelint.config.mdformat import layout_for
from notelint.config.model import Layer
from notelint.diagnostics import Diagnostic, DiagnosticEdit
from notelint.engine.fix import fix_note
from notelint.engine.layout import PageChanged, lay_out
from notelint.engine.table_of_contents import with_fresh_toc
from notelint.markdown.document import Document
from notelint.markdown.outline import outline
from notelint.refactor.refusal import Refusal
from notelint.server.buffers import Buffer
from notelint.server.columns import split_lines
from notelint.server.open_notes import OpenNotes
from notelint.text.edits import Edit, edited
from notelint.text.source import LineIndex, Range, Span
from notelint.text.startup import NamedTuple
from notelint.toc.markers import find_blocks, marker_problems
from notelint.workspace.digests import digest
from notelint.workspace.index_block import index_block

Operation = Literal["fix", "suppress", "fix-all", "contents"]
QUICK_FIX, FIX_ALL, CONTENTS = "quickfix", "source.fixAll.notelint", "source.contents.notelint"
KINDS = (QUICK_FIX, FIX_ALL, CONTENTS)
_COMPARED = 2_000  # lines; of more, only those at the same places are compared
_ChangedLines = tuple[int, int, int, int]  # from and to, before and after


class Action(NamedTuple):
    """An action to offer: its title and kind, and the arguments of :func:`edits_of`.

    ``finding`` is the one it is about; ``preferred``: the one to apply without asking.
    """

    title: str
    kind: str
    operation: Operation
    finding: Diagnostic | None = None
    preferred: bool = False


def actions(
    buffer: Buffer, findings: Sequence[Diagnostic], where: Range, only: Sequence[str] | None
) -> Iterator[Action]:
    """The actions in *buffer* on these *findings* in the range *where*.

    *only* are the requested kinds of actions, None for all.
    """
    wanted = [
        kind
        for kind in KINDS
        if only is None or any(f"{kind}.".startswith(f"{each}." if each else "") for each in only)
    ]
    if QUICK_FIX in wanted:
        for each in findings:
            if each.range.start <= where.end and where.start <= each.range.end:
                yield from _quick_fixes(each)
    if FIX_ALL in wanted and any(each.fix and each.fix.safe for each in findings):
        yield Action("Apply all safe fixes", FIX_ALL, "fix-all")
    if CONTENTS in wanted and buffer.path and find_blocks(buffer.document):
        yield Action("Refresh the table of contents", CONTENTS, "contents")


def _quick_fixes(finding: Diagnostic) -> Iterator[Action]:
    if fix := finding.fix:
        title = fix.message[0].upper() + fix.message[1:]
        unsafe = "" if fix.safe else " (unsafe)"
        yield Action(f"{title}{unsafe}", QUICK_FIX, "fix", finding, preferred=fix.safe)
    if finding.rule not in ("unused-suppression", "not-utf8"):
        yield Action(f"Suppress {finding.rule} on this line", QUICK_FIX, "suppress", finding)


def identity(finding: Diagnostic) -> str:
    """A key of *finding* among those of its note, as long as the note does not change."""
    return digest(repr((finding.range, finding.rule, finding.message)).encode(), 8)


def edits_of(
    notes: OpenNotes, buffer: Buffer, operation: Operation, finding: Diagnostic | None
) -> list[DiagnosticEdit]:
    """The edits of an action. Raises :class:`Refusal`, FileProblem."""
    if operation == "fix" and finding and finding.fix:
        return [*finding.fix.edits]
    if operation == "suppress" and finding:
        return [_suppression(buffer.document, finding)]
    if operation == "fix-all":
        return _fix_edits(notes, buffer)
    if operation == "contents":
        return _contents_edits(notes, buffer)
    raise Refusal("nothing is left to fix")


def _fix_edits(notes: OpenNotes, buffer: Buffer) -> list[DiagnosticEdit]:
    """The edits that make of *buffer* what ``notelint fix`` makes of it. Raises FileProblem."""
    doc = buffer.document
    if doc.source.invalid is not None or not notes.findings(buffer.key):
        return []
    if buffer.path is None:
        from notelint.api import fix_text

        return edits_between(doc.lines, fix_text(doc.source.text, buffer.uri))
    linter, note, _ = notes.place(buffer.path)
    note = note._replace(display_path=note.path)
    try:
        after = fix_note(linter, note, doc).doc
    finally:
        linter.renew(note.path)
    return edits_between(doc.lines, after.source.text)


def layout_edits(notes: OpenNotes, buffer: Buffer) -> list[DiagnosticEdit]:
    """The edits that make of *buffer* what ``notelint fmt`` makes of the note.

    Raises :class:`Refusal`, and :class:`ConfigError` for mdformat's configuration.
    """
    file = buffer.path or os.path.join(os.getcwd(), "untitled.md")
    folder = os.path.dirname(file)
    named = frozenset([os.getcwd(), *notes.folders])
    layout = layout_for(folder, top_of(folder, named))
    if excluded(file, layout):
        return []
    source = buffer.document.source
    try:
        return edits_between(buffer.document.lines, lay_out(source, layout).text)
    except PageChanged as why:
        raise Refusal(f"{os.path.basename(file)}: left alone, {why}") from None


def _contents_edits(notes: OpenNotes, buffer: Buffer) -> list[DiagnosticEdit]:
    file = os.path.abspath(buffer.key)
    options, _ = toc_options(notes.configs, file, Layer())
    after, objection = with_fresh_toc(buffer.document, options)
    if objection:
        raise Refusal(f"table of contents not written: {objection}")
    return edits_between(buffer.document.lines, after.source.text)


def _suppression(doc: Document, finding: Diagnostic) -> DiagnosticEdit:
    """The edit that suppresses *finding* on its line, and changes nothing that a reader sees."""
    line = finding.range.start.line
    before = outline(doc)
    for edit in _suppressions(doc, line, finding.rule):
        span = doc.lines.span(edit.range)
        text = edited(doc.source.text, [Edit(span, edit.text)])
        after = Document(doc.source._replace(text=text))
        at = line + ("next-line" in edit.text)
        same = outline(after)._replace(blocks=before.blocks) == before
        if (
            same
            and _lists(after) == _lists(doc)
            and any(
                each.names and each.own and each.covers(at, finding.rule, (finding.category,))
                for each in after.directives
            )
        ):
            return edit
    raise Refusal(f"a comment on this line cannot suppress {finding.rule}; put one above it")


def _lists(doc: Document) -> tuple[int, int, str | None]:
    """The number of tables of contents and of wrong markers, and the fault of the index block."""
    index = index_block(doc)
    return len(find_blocks(doc)), len(marker_problems(doc)), index.fault if index else None


def _suppressions(doc: Document, line: int, rule: str) -> Iterator[DiagnosticEdit]:
    lines = doc.lines
    for comment in doc.comments:
        here = lines.position(comment.span.start).line == line
        if here and comment.text.startswith("notelint-disable-line"):
            names = comment.text.split(" -- ")[0].rstrip()
            at = doc.source.text.index(names, comment.span.start) + len(names)
            yield _insertion(lines, at, f" {rule}")
            return
    written = lines.line(line)
    end = lines.line_span(line).start + len(written.rstrip())
    yield _insertion(lines, end, f" <!-- notelint-disable-line {rule} -->")
    indent = written[: len(written) - len(written.lstrip())]
    above = f"{indent}<!-- notelint-disable-next-line {rule} -->{doc.source.newline}"
    yield _insertion(lines, lines.line_span(line).start, above)


def _insertion(lines: LineIndex, offset: int, text: str) -> DiagnosticEdit:
    return DiagnosticEdit(lines.range(Span(offset, offset)), text)


def edits_between(before: LineIndex, after: str) -> list[DiagnosticEdit]:
    """The edits, of whole lines, that make *after* of the text of *before*."""
    old, new = split_lines(before.text), split_lines(after)
    first = last = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old_part, new_part = old[first : len(old) - last], new[first : len(new) - last]
    starts = [*accumulate(map(len, old_part), initial=sum(map(len, old[:first])))]
    edits = []
    for a, b, c, d in _changes(old_part, new_part):
        span = Span(starts[a], starts[b])
        edits.append(DiagnosticEdit(before.range(span), "".join(new_part[c:d])))
    return edits


def _changes(old: list[str], new: list[str]) -> Iterator[_ChangedLines]:
    if max(len(old), len(new)) > _COMPARED:
        yield from _one_by_one(old, new, (0, len(old), 0, len(new)))
        return
    # of lines that are often there, such as blank ones, there are too many pairs to compare
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=True).get_opcodes():
        if tag != "equal":
            yield from _one_by_one(old, new, (a, b, c, d))


def _one_by_one(old: list[str], new: list[str], change: _ChangedLines) -> Iterator[_ChangedLines]:
    """*change*; if it has as many lines as before, without those that stay the same."""
    a, b, c, d = change
    if b - a != d - c:
        yield change
        return
    for stays, group in groupby(range(b - a), lambda number: old[a + number] == new[c + number]):
        if not stays:
            first, *others = group
            stop = first + len(others) + 1
            yield a + first, a + stop, c + first, c + stop
