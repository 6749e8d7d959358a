"""Moves and renames planned: which text changes where, so that every link leads where it led."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence

from notelint.refactor.contents import encoded_lists, entry_edits
from notelint.refactor.headings import Rename, Renamed, rename
from notelint.refactor.mentions import Mention, mentions
from notelint.refactor.moves import Moves, Refused
from notelint.refactor.notes import Notes
from notelint.refactor.proving import NotProved, Plan, prove
from notelint.refactor.respell import Place, respell, shortest
from notelint.refactor.state import State, Target
from notelint.text.edits import Edit
from notelint.text.source import LineIndex, Span
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.tree import leads_up

__all__ = ["Mention", "Plan", "Refused", "Rename", "plan"]


def plan(
    notes: Notes,
    moves: Sequence[tuple[str, str]] = (),
    renames: Sequence[Rename] = (),
    before: Callable[[State], State] | None = None,
) -> Plan:
    """The edits that keep every link of *notes* leading to the same file and heading.

    *moves* are pairs of paths, from and to, relative to the root, that happen at once; files and
    folders. *renames* give headings another text. *before* makes the state before of that after;
    what leads nowhere in it is not touched. Nothing is written, and only *notes* reads from
    the disk. Links that need not change are not touched.

    The plan is proved before it is returned: each changed note is parsed again, and each link of
    the tree resolved again. Raises :class:`Refused`, which names the link, where one would lead
    elsewhere, where a note that has to change cannot be, or where a heading is not there; and
    FileProblem for a file that cannot be read.
    """
    return _Planner(notes, Moves(moves), renames, before).plan()


class _Planner:
    def __init__(
        self,
        notes: Notes,
        moves: Moves,
        renames: Sequence[Rename],
        before_of: Callable[[State], State] | None,
    ) -> None:
        self._notes = notes
        self._moves = moves
        self._strict: set[str] = set()  # notes whose names are to be percent-encoded
        self._renamed: dict[str, Renamed] = {}
        for note in dict.fromkeys(each.note for each in renames):
            asked = [each for each in renames if each.note == note]
            self._renamed[note] = rename(notes, note, asked)
        before = {note: each.before for note, each in self._renamed.items()}
        after = {note: each.after for note, each in self._renamed.items()}
        self._after = State(notes, moves, after)
        self._before = before_of(self._after) if before_of else State(notes, Moves(()), before)

    def plan(self) -> Plan:
        edits = {
            path: found
            for path in (*self._notes.notes, *self._notes.pages)
            if (found := self._edits(path))
        }
        while True:
            sources = {path: self._notes.source(path) for path in edits}
            made = Plan(edits, sources, tuple(self._moves.pairs))
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
        """The edits of the note or page at *path*, in order."""
        edits = sorted(self._found(path))
        text = self._notes.source(path).text if edits else ""
        return tuple(each for each in edits if text[slice(*each.span)] != each.text)

    def _found(self, path: str) -> Iterator[Edit]:
        renamed, new = self._renamed.get(path), self._moves.new(path)
        differs = self._differs(path)
        elsewhere = posixpath.dirname(new) != posixpath.dirname(path)
        if not (renamed or elsewhere) and not any(map(differs, self._notes.destinations(path))):
            return
        own: set[Span] = set()
        if renamed:
            own = {each.span for each in renamed.edits}
            yield from renamed.edits
            yield from entry_edits(renamed)
        text = self._notes.source(path).text
        lists = encoded_lists(renamed) if renamed else []
        for reference in self._notes.references(path):
            edit = None
            at = Place(reference, text, path, new)
            if differs(reference.destination):
                edit = self._respelled(at, lists)
            elif elsewhere:
                edit = self._shortest(at)
            if edit and not any(each.covers(edit.span) for each in own):
                yield edit

    def _shortest(self, at: Place) -> Edit | None:
        before = self._before.target(at.reference.destination, at.old)
        return before and shortest(at, before, self._after, self._goal(before))

    def _differs(self, path: str) -> Callable[[str], bool]:
        """Whether a destination in the note at *path* leads elsewhere if it stays as it is."""
        new = self._moves.new(path)

        def differs(destination: str) -> bool:
            before = self._before.target(destination, path)
            return before is not None and not before.same(self._after.target(destination, new))

        return differs

    def _respelled(self, at: Place, lists: Iterable[Span]) -> Edit:
        """The edit for a reference; in *lists*, anchors are percent-encoded."""
        before = self._before.target(at.reference.destination, at.old)
        assert before is not None
        goal, anchor, span = self._goal(before), self._anchor(before), at.reference.span
        strict, encoded = at.old in self._strict, span and any(each.covers(span) for each in lists)
        try:
            return respell(
                at, before, self._after, goal, anchor, strict=strict, encoded=bool(encoded)
            )
        except Refused as why:
            line = LineIndex(at.text).position(at.reference.at).line
            fault = f"{at.old}:{line}: the link `{at.reference.destination}` cannot follow"
            raise Refused(f"{fault}: {why}") from None

    def _goal(self, before: Target) -> str:
        """The path afterwards of the file or folder that a link led to."""
        return before.found if leads_up(before.found) else self._moves.new(before.found)

    def _anchor(self, before: Target) -> str | None:
        """The anchor afterwards of the heading that a link led to; None if that stays."""
        kind, number = before.place
        note = self._before.anchored(before.path)
        if kind != "heading" or note not in self._renamed or not isinstance(number, int):
            return None
        return self._renamed[note].new.headings[number].slug
