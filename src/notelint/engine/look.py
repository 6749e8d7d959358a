"""One note, looked at: a pure function from its bytes to what a run keeps of it."""

from __future__ import annotations

import os

from notelint.engine.lint import Raised, RuleSet, across, in_document, located, stale_blocks
from notelint.engine.suppress import Sifted, Use, sift
from notelint.finding import Diagnostic
from notelint.markdown.document import Document
from notelint.text.named import NamedTuple
from notelint.text.source import Source
from notelint.text.span import Span
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.markdown.directives import Directive


class Seen(NamedTuple):
    """All that a run keeps of a note once it is parsed; what it takes to look across files.

    Paths in it are relative to the root of the workspace. ``used`` are the comments that
    suppressed something, ``stale`` the tables of contents that are reported as a whole.
    """

    facts: FileFacts
    diagnostics: tuple[Diagnostic, ...]
    directives: tuple[Directive, ...]
    used: frozenset[Use]
    stale: tuple[Span, ...]


def look(path: str, data: bytes, on: RuleSet) -> Seen:
    """What the rules on one document say of the note at *path*, and what others need to know."""
    return look_at(path, Document(Source.decode(data)), on)


def look_at(path: str, doc: Document, on: RuleSet) -> Seen:
    """:func:`look` for a note that is parsed already."""
    raised = in_document(doc, on.of_document(doc.source.text))
    stale = stale_blocks(raised)
    kept, used = sift(raised, doc.directives, stale, doc.lines)
    kept = offered_of(doc, kept)
    return Seen(
        facts=facts_of(path, doc, entries=on.entries, sites=on.sites),
        diagnostics=tuple(located(each, path, doc.lines) for each in kept),
        directives=tuple(doc.directives),
        used=used,
        stale=tuple(stale),
    )


def offered_of(doc: Document, raised: list[Raised]) -> list[Raised]:
    """*raised*, found in *doc*, with the fixes only that can be applied."""
    if not any(each.finding.fix for each in raised):
        return raised
    from notelint.engine.offer import with_good_fixes  # most notes have nothing to fix

    return with_good_fixes(doc, raised)


def sifted(path: str, doc: Document, workspace: Workspace, on: RuleSet) -> Sifted:
    """What all the rules say of the note at *path* in *workspace*, with what it suppresses."""
    raised = in_document(doc, on.of_document(doc.source.text))
    raised += across(facts_of(path, doc, sites=on.sites), workspace, on)
    return sift(raised, doc.directives, stale_blocks(raised), doc.lines)


def internal(error: Exception) -> str:
    """A message for an error that is a bug in notelint, with the place to look."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    file = trace.tb_frame.f_code.co_filename if trace else "?"
    where = f"{os.path.basename(file)}:{trace.tb_lineno if trace else 0}"
    return f"not checked, please report this bug: {type(error).__name__} at {where}: {error}"
