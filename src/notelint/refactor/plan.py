"""Moves and renames planned: which text changes where, so that every link leads where it led."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence

from notelint.refactor.contents import encoded_lists, entry_edits
from notelint.refactor.headings import RenamedHeading
from notelint.refactor.mentions import Mention, mentions
from notelint.refactor.moves import Moves
from notelint.refactor.notes import Notes
from notelint.refactor.proving import NotProved, RefactorPlan, prove
from notelint.refactor.refusal import Refusal
from notelint.refactor.respell import MovedLink, respell, shortest
from notelint.refactor.state import State, Target
from notelint.text.edits import Edit
from notelint.text.source import LineIndex, Span
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.tree import leads_up


def plan(
    notes: Notes,
    moves: Sequence[tuple[str, str]] = (),
    renamed: RenamedHeading | None = None,
    states: tuple[State, State] | None = None,
) -> RefactorPlan:
    """The edits that keep every link of *notes* leading to the same file and heading.

    *moves* are pairs of paths, from and to, relative to the root, that happen at once; files and
    folders. *renamed* is a heading that gets another text. *states* are those before and after, if
    the tree is not the one before; what leads nowhere in the first is not touched. Nothing is
    written, and only *notes* reads from the disk. Links that need not change are not touched.

    The plan is proved before it is returned: each changed note is parsed again, and each link of
    the tree resolved again. Raises :class:`Refusal`, which names the link, where one would lead
    elsewhere, or where a note that has to change cannot be; and FileProblem for a file that cannot
    be read.
    """
    return _Planner(notes, Moves(moves), renamed, states).plan()


class _Planner:
    def __init__(
        self,
        notes: Notes,
        moves: Moves,
        renamed: RenamedHeading | None,
        states: tuple[State, State] | None,
    ) -> None:
        self._notes = notes
        self._moves = moves
        self._renamed = renamed
        self._strict: set[str] = set()  # notes in which names are percent-encoded
        before = {renamed.note: renamed.old_anchors} if renamed else {}
        after = {renamed.note: renamed.new_anchors} if renamed else {}
        self._before, self._after = states or (
            State(notes, Moves(()), before),
            State(notes, moves, after),
        )

    def plan(self) -> RefactorPlan:
        edits = {
            path: found
            for path in (*self._notes.notes, *self._notes.html_files)
            if (found := self._edits(path))
        }
        while True:
            sources = {path: self._notes.source(path) for path in edits}
            made = RefactorPlan(edits, sources, tuple(self._moves.pairs))
            try:
                prove(self._notes, made, self._before, self._after, self._renamed)
            except NotProved as failed:
                if failed.path in self._strict:
                    raise
                # next to the text around it, a name may be read as markup
                self._strict.add(failed.path)
                edits[failed.path] = self._edits(failed.path)
            else:
                places = [*mentions(self._notes, self._moves, self._renamed), *self._ignored()]
                return made._replace(mentions=tuple(sorted(places)))

    def _ignored(self) -> Iterable[Mention]:
        """The notes that git ignores, and so belong to the user alone, with links that break."""
        for path in self._notes.workspace.ignored:
            is_note = path.lower().endswith(SUFFIXES) and not self._notes.is_link(path)
            if is_note and any(map(self._differs(path), self._notes.destinations(path))):
                yield Mention(path, 1, "git ignores this note; its links are not changed")

    def _edits(self, path: str) -> tuple[Edit, ...]:
        """The edits of the note or HTML file at *path*, in order."""
        edits = sorted(self._found(path))
        text = self._notes.source(path).text if edits else ""
        return tuple(each for each in edits if text[slice(*each.span)] != each.text)

    def _found(self, path: str) -> Iterator[Edit]:
        renamed = self._renamed if self._renamed and self._renamed.note == path else None
        new, differs = self._moves.new(path), self._differs(path)
        elsewhere = posixpath.dirname(new) != posixpath.dirname(path)
        if not (renamed or elsewhere) and not any(map(differs, self._notes.destinations(path))):
            return
        lists: list[Span] = []
        if renamed:
            yield renamed.edit
            yield from entry_edits(renamed)
            lists = encoded_lists(renamed)
        text = self._notes.source(path).text
        for reference in self._notes.references(path):
            destination, edit = reference.destination, None
            target = self._before.target(destination, path)
            if target is None:
                continue
            link = MovedLink(reference, text, path, new, target, self._goal(target))
            if not target.same(self._after.target(destination, new)):
                edit = self._respelled(link, lists)
            elif elsewhere:
                edit = shortest(link, self._after)
            if edit and not (renamed and renamed.edit.span.covers(edit.span)):
                yield edit

    def _differs(self, path: str) -> Callable[[str], bool]:
        """Whether a destination in the note at *path* leads elsewhere if it stays as it is."""
        new = self._moves.new(path)

        def differs(destination: str) -> bool:
            before = self._before.target(destination, path)
            return before is not None and not before.same(self._after.target(destination, new))

        return differs

    def _respelled(self, link: MovedLink, lists: Iterable[Span]) -> Edit:
        """The edit for *link*, which must change; in *lists*, anchors are percent-encoded."""
        span = link.reference.span
        encoded = span is not None and any(each.covers(span) for each in lists)
        anchor, strict = self._anchor(link.target), link.old in self._strict
        try:
            return respell(link, self._after, anchor, strict=strict, encoded=encoded)
        except Refusal as why:
            line = LineIndex(link.text).position(link.reference.at).line
            fault = f"{link.old}:{line}: the link `{link.reference.destination}` cannot follow"
            raise Refusal(f"{fault}: {why}") from None

    def _goal(self, target: Target) -> str:
        """The path afterwards of the file or folder that a link led to."""
        return target.path if leads_up(target.path) else self._moves.new(target.path)

    def _anchor(self, target: Target) -> str | None:
        """The anchor afterwards of the heading that a link led to; None if that stays."""
        part, renamed = target.part, self._renamed
        if not renamed or part[0] != "heading" or not isinstance(part[1], int):
            return None
        return renamed.new.headings[part[1]].slug
