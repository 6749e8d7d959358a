"""The dependencies that findings in a note can have, beside the text of the note.

Findings depend on parts of the facts of other notes, and stay current while these are equal. The
cache stores digests of the parts.
"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator
from contextlib import contextmanager

from notelint.text.suffixes import SUFFIXES
from notelint.workspace.safe_files import leads_out
from notelint.workspace.tree import with_parents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from notelint.workspace.facts import FileFacts, LinkFact

# Dependencies on all notes that are compared: on the links that list entries are about, on all
# links, on the blocks that may be repeated, on the outlinks. Before the path of a folder, the last
# one means the notes below it. No note has such a name, since names of notes have a suffix.
ALL_ENTRIES, ALL_LINKS, ALL_COPIES, ALL_OUTLINKS = "*", "**", "*=", "*>"
ALL_KINDS = (ALL_ENTRIES, ALL_LINKS, ALL_COPIES, ALL_OUTLINKS)
# Before the path of a note: a dependency on its whole text, or its outlinks, not on its targets.
TEXT_OF, OUTLINKS_OF = "=", ">"


class Recorder:
    """A recorder of what the answers of a workspace depend on."""

    def __init__(self) -> None:
        self._dependencies: set[str] = set()

    def add(self, *dependencies: str) -> None:
        """Record *dependencies* of the current answer."""
        self._dependencies.update(dependencies)

    @contextmanager
    def recording(self) -> Iterator[set[str]]:
        """Collect the dependencies of the answers inside the context, apart from those outside."""
        before, self._dependencies = self._dependencies, set()
        try:
            yield self._dependencies
        finally:
            self._dependencies = before


def is_note(path: str, named: Container[str], root: str) -> bool:
    """Whether the file at *path* is read as Markdown in a run over the notes *named* below *root*.

    A file outside of *root* is read only if it is named: links, symbolic ones included, must not
    reveal the content of other folders.
    """
    return path in named or (path.lower().endswith(SUFFIXES) and not leads_out(root, path))


def targets(facts: FileFacts) -> list[Any]:
    """The targets that links of other notes can have in the note."""
    return [facts.lines, facts.anchors, facts.terms, facts.includes]


def compared_parts(facts: FileFacts) -> tuple[list[Any], ...]:
    """For each of ``ALL_KINDS``, the part that is compared with other notes, without spans."""
    links = [*map(_of_link, facts.links)]
    entries = [link for link, each in zip(links, facts.links, strict=True) if each.entry]
    return entries, links, _of_copies(facts), facts.outlinks


def changed_dependencies(
    before: FileFacts | None, after: FileFacts | None, path: str
) -> Iterator[str]:
    """The dependencies on the note at *path* that change with its facts."""
    yield TEXT_OF + path
    if before is None or after is None:
        yield path
        for kind in ALL_KINDS:
            yield from _of_kind(kind, path)
        return
    if targets(before) != targets(after):
        yield path
    if _are_alike(before, after):
        return
    for kind, old, new in zip(
        ALL_KINDS, compared_parts(before), compared_parts(after), strict=True
    ):
        if old != new:
            yield from _of_kind(kind, path)


def _are_alike(before: FileFacts, after: FileFacts) -> bool:
    """Whether :func:`compared_parts` is equal for both.

    An edit keeps most facts of links. Comparing only the others, without making lists, saves a
    tenth of the time of an edit in a long note.
    """
    if len(before.links) != len(after.links) or before.profile.named != after.profile.named:
        return False
    pairs = zip(before.links, after.links, strict=True)
    return _of_copies(before) == _of_copies(after) and all(
        old is new or _of_link(old) == _of_link(new) for old, new in pairs
    )


def _of_link(link: LinkFact) -> tuple[Any, ...]:
    return link.kind, link.image, link.destination, link.item, link.entry, link.badge


def _of_copies(facts: FileFacts) -> list[Any]:
    return [(same, identical) for same, identical, _, _ in facts.copies]


def _of_kind(kind: str, path: str) -> Iterator[str]:
    yield kind
    if kind == ALL_OUTLINKS:
        yield OUTLINKS_OF + path
        yield from (ALL_OUTLINKS + folder for folder in with_parents(posixpath.dirname(path)))
