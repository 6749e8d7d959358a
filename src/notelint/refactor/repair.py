"""Repair of links after moves that were made with other tools.

The moves are planned as by ``mv`` on the tree as it was before them, with the texts that its files
have now. Of this plan, only the edits are left to do.
"""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from notelint.markdown.document import Document
from notelint.refactor.mentions import Mention
from notelint.refactor.moves import MovedTree, Moves
from notelint.refactor.notes import HtmlFile, Notes
from notelint.refactor.plan import plan
from notelint.refactor.proving import RefactorPlan
from notelint.refactor.state import State, Target
from notelint.text.source import LineIndex, Source
from notelint.workspace.facts import FileFacts
from notelint.workspace.outgoing import references
from notelint.workspace.past_moves import files_of, gone_files, moves_of, text_of
from notelint.workspace.tree import Tree, leads_up, with_parents


def repairs(
    root: str, commit: str, facts: Callable[[str], FileFacts | None], named: Iterable[str] = ()
) -> RefactorPlan:
    """The edits by which the links of the tree at *root* follow the moves made since *commit*.

    The plan has the current paths, and moves nothing. *facts* are of the notes as they are on
    disk, and *named* are notes with another suffix. Raises :class:`Refusal`.
    """
    files = files_of(root, commit)
    pairs = moves_of(gone_files(root, files), root, commit)
    if not pairs:
        return RefactorPlan({}, {}, ())
    moves = Moves(_with_folders(root, pairs, files))
    notes = _NotesBefore(root, moves, facts, named)
    after = State(notes, moves, {})
    before = _Before(notes, after, commit)
    made = plan(notes, moves.pairs, states=(before, after))
    mentions = (each._replace(path=moves.new(each.path)) for each in made.mentions)
    return RefactorPlan(
        {moves.new(path): edits for path, edits in made.edits.items()},
        {moves.new(path): source for path, source in made.sources.items()},
        (),
        (*mentions, *before.mentions()),
    )


def _with_folders(
    root: str, pairs: Sequence[tuple[str, str]], old_files: Iterable[str]
) -> list[tuple[str, str]]:
    """*pairs* with the moves of whole folders instead of those of the files in them.

    A folder has moved to another if it is gone, the other is new, and most of its files are there.
    """
    votes: dict[str, Counter[str]] = {}
    for old, new in pairs:
        for folder in with_parents(posixpath.dirname(old)):
            if new.endswith(old[len(folder) :]) and len(new) > len(old) - len(folder):
                to = new[: len(new) - len(old) + len(folder)]
                votes.setdefault(folder, Counter())[to] += 1
    had = {folder for path in old_files for folder in with_parents(posixpath.dirname(path))}
    sizes = Counter(each for old, _ in pairs for each in with_parents(posixpath.dirname(old)))
    folders: dict[str, str] = {}
    for folder in sorted(votes):
        to, number = votes[folder].most_common(1)[0]
        gone = not os.path.lexists(os.path.join(root, folder))
        if (
            gone
            and to not in had
            and 2 * number > sizes[folder]
            and Moves(folders.items()).new(folder) != to
        ):
            folders[folder] = to
    whole = Moves(folders.items())
    return [*folders.items(), *(pair for pair in pairs if whole.new(pair[0]) != pair[1])]


class _NotesBefore(Notes):
    """The notes at *root* by their paths before *moves*, which were made."""

    def __init__(
        self,
        root: str,
        moves: Moves,
        facts: Callable[[str], FileFacts | None],
        named: Iterable[str],
    ) -> None:
        back = Moves((new, old) for old, new in moves.pairs)
        super().__init__(
            root,
            facts=lambda path: facts(path) if moves.new(path) == path else None,
            named=map(back.new, named),
            tree=MovedTree(Tree(root), back),
        )
        self._moves = moves

    def file(self, path: str) -> str:
        return super().file(self._moves.new(path))


class _Before(State):
    """The tree before the moves, in which links that may have been written since lead nowhere.

    Such a link leads somewhere as the files are now, too, and its note has other links than in
    *commit*.
    """

    def __init__(self, notes: Notes, after: State, commit: str) -> None:
        super().__init__(notes, Moves(()), {})
        self._after = after
        self._commit = commit
        self._unclear: dict[tuple[str, str], str] = {}  # by note and destination: why
        self._links = lru_cache(None)(self._links_before_edits)

    def target(self, destination: str, note: str) -> Target | None:
        found = super().target(destination, note)
        if found is None:
            return None
        moves = self._after.moves
        now = self._after.target(destination, moves.new(note))
        if found.same(now):
            return found
        outside = leads_up(found.path)
        if not outside and not self._after.workspace.tree.exists(moves.new(found.path)):
            self._unclear[note, destination] = (
                f"`{found.path}` is gone; git does not know its new path"
            )
            return None
        links = self._links(note) if now else None
        if now is None or links is None:
            return found
        if destination in links:
            where = f"`{destination}` leads to `{moves.new(now.path)}` now"
            self._unclear[note, destination] = f"{where}, and may have meant `{found.path}`"
        return None

    def _links_before_edits(self, note: str) -> frozenset[str] | None:
        """The links that *note* has in the commit; None if they are the same now."""
        data = text_of(self._notes.root, self._commit, note)
        if data is None:
            return frozenset()
        source = Source.decode(data)
        html = self._notes.is_html(note)
        was = HtmlFile(source).references if html else references(Document(source))
        now = self._notes.references(note)
        links = [each.destination for each in was]
        return None if links == [each.destination for each in now] else frozenset(links)

    def mentions(self) -> list[Mention]:
        """The links that a person has to judge."""
        found = []
        for note in sorted({note for note, _ in self._unclear}):
            lines = LineIndex(self._notes.source(note).text)
            for each in self._notes.references(note):
                if why := self._unclear.get((note, each.destination)):
                    path, line = self._after.moves.new(note), lines.position(each.at).line
                    found.append(Mention(path, line, why))
        return found
