"""A plan and its proof: every link of the tree, resolved again with the new texts in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from notelint.engine.gate import obstacle
from notelint.markdown.document import Document
from notelint.markdown.outline import outline
from notelint.refactor.contents import own_lines
from notelint.refactor.headings import Renamed
from notelint.refactor.mentions import Mention
from notelint.refactor.moves import Move, Refused
from notelint.refactor.notes import Notes, Page
from notelint.refactor.state import State
from notelint.rules.effects import Definitions, Elements, Readdresses
from notelint.text.edits import Edit, edited
from notelint.text.source import Source, Span
from notelint.text.startup import NamedTuple
from notelint.workspace.outgoing import Reference, references


class Plan(NamedTuple):
    """The plan of an operation. Paths are relative to the root, those before the moves.

    ``edits`` are in order, as offsets in the texts of ``sources``.
    """

    edits: dict[str, tuple[Edit, ...]]
    sources: dict[str, Source]
    moves: tuple[Move, ...]
    mentions: tuple[Mention, ...] = ()

    def after(self, path: str) -> Source:
        """The source of the file that is at *path* before, with its edits."""
        source = self.sources[path]
        return source._replace(text=edited(source.text, self.edits[path]))


class _Follows(Readdresses):
    """Addresses become others; anchors of headings may count up otherwise, not their texts."""

    def definitions(self, before: Definitions, after: Definitions, _: int) -> bool:
        # several may have the same address
        return super().definitions(before, after, len(before))

    def headings(self, before: Elements, after: Elements, _: int) -> bool:
        return [each[:2] for each in before] == [each[:2] for each in after]


class NotProved(Refused):
    """The new text of the note at ``path`` does not have its links, or the rest, as planned."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path


def prove(
    notes: Notes,
    plan: Plan,
    before: State,
    after: State,
    renamed: Mapping[str, Renamed],
) -> None:
    """Raise :class:`Refused` if a link leads elsewhere than before, or more changes than links.

    It is :class:`NotProved` if the edits of a note, written otherwise, may pass.
    """
    for path in plan.edits:
        _changed(notes, plan, path, before, after, renamed.get(path))
    moves = after.moves
    for path in (*notes.notes, *notes.pages):
        if path in plan.edits:
            continue
        new = moves.new(path)
        for destination in notes.destinations(path):
            target = before.target(destination, path)
            if target and not target.same(after.target(destination, new)):
                raise Refused(f"{path}: the link `{destination}` would lead elsewhere")


def _changed(
    notes: Notes, plan: Plan, path: str, before: State, after: State, renamed: Renamed | None
) -> None:
    source = plan.sources[path]
    if source.invalid is not None:
        raise Refused(f"{path}: not UTF-8 (byte {source.invalid}), and has links that must change")
    new = plan.after(path)
    doc = None if notes.is_page(path) else Document(new)
    was, now = notes.references(path), references(doc) if doc else Page(new).references
    if renamed:  # what the new text of a heading links is as asked
        olds, news = _texts(plan.edits[path], renamed)
        was = [each for each in was if not any(span.start <= each.at < span.end for span in olds)]
        now = [each for each in now if not any(span.start <= each.at < span.end for span in news)]
    pairs = _pairs(path, was, now)
    if doc:
        _compare(notes, path, doc, pairs, renamed)
    at = after.moves.new(path)
    for old, each in pairs:
        target = before.target(old.destination, path)
        if target is None and old.destination != each.destination:
            raise NotProved(path, f"the link `{old.destination}` would become another")
        if target and not target.same(after.target(each.destination, at)):
            raise NotProved(path, f"the link `{old.destination}` would lead elsewhere")


def _texts(edits: Sequence[Edit], renamed: Renamed) -> tuple[list[Span], list[Span]]:
    """Where the old texts of headings are, and in the text after *edits* the new ones."""
    olds, news, more = [], [], 0
    for span, text in edits:
        if (span, text) in renamed.edits:
            olds.append(span)
            news.append(Span(span.start + more, span.start + more + len(text)))
        more += len(text) - (span.end - span.start)
    return olds, news


def _pairs(
    path: str, was: list[Reference], now: list[Reference]
) -> list[tuple[Reference, Reference]]:
    if len(was) != len(now) or [each.kind for each in was] != [each.kind for each in now]:
        found = next(
            (old for old, new in zip(was, now, strict=False) if old.kind != new.kind), was[-1:]
        )
        shown = found.destination if isinstance(found, Reference) else ""
        raise NotProved(path, f"the link `{shown}` would no longer be a link")
    return [*zip(was, now, strict=True)]


def _compare(
    notes: Notes,
    path: str,
    doc: Document,
    pairs: list[tuple[Reference, Reference]],
    renamed: Renamed | None,
) -> None:
    """Raise if *doc*, the note at *path* afterwards, differs in more than links and headings."""
    old = notes.document(path)
    if why := obstacle(old):
        raise Refused(f"{path}: {why}; its links must change")
    changed = {(one.destination, other.destination) for one, other in pairs}
    effect = _Follows(lambda one, other: (one, other) in changed)
    numbers = renamed.texts if renamed else {}
    objection = effect.objection(
        outline(old, own_lines(old, numbers)), outline(doc, own_lines(doc, numbers)), len(changed)
    )
    if objection:
        raise NotProved(path, f"{objection}, not addresses alone")
