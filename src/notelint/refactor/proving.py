"""A plan and its proof: every link of the tree, resolved again with the new texts in memory."""

from __future__ import annotations

from notelint.engine.gate import obstacle
from notelint.markdown.document import Document
from notelint.markdown.outline import outline
from notelint.refactor.contents import own_lines
from notelint.refactor.headings import RenamedHeading
from notelint.refactor.mentions import Mention
from notelint.refactor.notes import HtmlFile, Notes
from notelint.refactor.refusal import Refusal
from notelint.refactor.state import State
from notelint.rules.effects import Definitions, Elements, Readdresses
from notelint.text.edits import Edit, edited
from notelint.text.source import Source
from notelint.text.startup import NamedTuple
from notelint.workspace.outgoing import Reference, references


class RefactorPlan(NamedTuple):
    """The plan of an operation. Paths are relative to the root, those before the moves.

    ``edits`` are in order, as offsets in the texts of ``sources``. ``moves`` are pairs of paths.
    """

    edits: dict[str, tuple[Edit, ...]]
    sources: dict[str, Source]
    moves: tuple[tuple[str, str], ...]
    mentions: tuple[Mention, ...] = ()

    def after(self, path: str) -> Source:
        """The source of the file that is at *path* before, with its edits."""
        source = self.sources[path]
        return source._replace(text=edited(source.text, self.edits[path]))


class _Follows(Readdresses):
    """The effect of a plan: other addresses, and other anchors of headings of the same text."""

    def definitions(self, before: Definitions, after: Definitions, _: int) -> bool:
        # several may have the same address
        return super().definitions(before, after, len(before))

    def headings(self, before: Elements, after: Elements, _: int) -> bool:
        return [each[:2] for each in before] == [each[:2] for each in after]


class NotProved(Refusal):
    """The new text of the note at ``path`` changes more than the addresses of its links."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path


def prove(
    notes: Notes, plan: RefactorPlan, before: State, after: State, renamed: RenamedHeading | None
) -> None:
    """Raise :class:`Refusal` if a link leads elsewhere than before, or more changes than links.

    It is :class:`NotProved` if other edits of that note may do.
    """
    for path in plan.edits:
        its = renamed if renamed and renamed.note == path else None
        _check_changed(notes, plan, path, before, after, its)
    for path in (*notes.notes, *notes.html_files):
        if path in plan.edits:
            continue
        new = after.moves.new(path)
        for destination in notes.destinations(path):
            target = before.target(destination, path)
            if target and not target.same(after.target(destination, new)):
                raise Refusal(f"{path}: the link `{destination}` would lead elsewhere")


def _check_changed(
    notes: Notes,
    plan: RefactorPlan,
    path: str,
    before: State,
    after: State,
    renamed: RenamedHeading | None,
) -> None:
    source = plan.sources[path]
    if source.invalid is not None:
        raise Refusal(f"{path}: not UTF-8 (byte {source.invalid}), and has links that must change")
    new = plan.after(path)
    doc = None if notes.is_html(path) else Document(new)
    was, now = notes.references(path), references(doc) if doc else HtmlFile(new).references
    if renamed:  # the new text of the heading may have any links
        span, text = renamed.edit
        above = (each for each in plan.edits[path] if each.span < span)
        start = span.start + sum(len(by) - (end - at) for (at, end), by in above)
        was = [each for each in was if not span.start <= each.at < span.end]
        now = [each for each in now if not start <= each.at < start + len(text)]
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


def _pairs(
    path: str, was: list[Reference], now: list[Reference]
) -> list[tuple[Reference, Reference]]:
    """The references before and after the edits; raises :class:`NotProved` if one is lost."""
    if [each.kind for each in was] != [each.kind for each in now]:
        pairs = zip(was, now, strict=False)
        lost = next((old for old, new in pairs if old.kind != new.kind), was[-1] if was else None)
        shown = lost.destination if lost else ""
        raise NotProved(path, f"the link `{shown}` would no longer be a link")
    return [*zip(was, now, strict=True)]


def _compare(
    notes: Notes,
    path: str,
    doc: Document,
    pairs: list[tuple[Reference, Reference]],
    renamed: RenamedHeading | None,
) -> None:
    """Raise if *doc*, the note at *path* afterwards, differs in more than links and headings."""
    old = notes.document(path)
    if why := obstacle(old):
        raise Refusal(f"{path}: {why}; its links must change")
    changed = {(one.destination, other.destination) for one, other in pairs}
    effect = _Follows(lambda one, other: (one, other) in changed)
    before, after = (
        outline(each, own_lines(each, renamed.number) if renamed else ()) for each in (old, doc)
    )
    if objection := effect.objection(before, after, len(changed)):
        raise NotProved(path, f"{objection}, not addresses alone")
