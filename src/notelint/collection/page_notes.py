"""The table of notes, as HTML."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from html import escape

from notelint.collection.collection import Collection, Note
from notelint.collection.drawings import shown
from notelint.collection.labels import Labels
from notelint.collection.page_pieces import fitting, link, more


class NoteTable:
    """A row for each note, the worst first.

    ``least`` is the number of bytes of all rows without titles, and without links to the web.
    """

    def __init__(self, collection: Collection, label: Labels) -> None:
        self._indexed = collection.indexed
        self._label = label
        self._notes = [collection.notes[number] for number in collection.worst]
        self._paths = [shown(each.path) for each in self._notes]
        self._titles = [""] * len(self._notes)
        self.least = sum(len(each.encode()) for each in self._rows())

    def render(self, room: int, *, choosing: bool) -> str:
        """The table, with rows of at most *room* bytes; those without room are counted.

        As many of the first rows have a title as there is room for, then a link. *choosing*: a
        click on a row chooses its note.
        """
        left = room - self.least
        left = self._replace(self._titles, _title, left)
        self._replace(
            self._paths, lambda note: link(note.path, note.address) if note.address else "", left
        )
        rows = fitting([*self._rows()], room)
        label = self._label
        heads = [label(each) for each in ("note", "Problems", "in", "out", "changed", "Words")]
        head = "".join(f"<th scope=col>{escape(each)}" for each in heads)
        name = escape(label("Notes"))
        return (
            f'{self._tools(choosing)}<div class=scroll tabindex=0 role=region aria-label="{name}">'
            f"<table id=notes-table><caption>{name}</caption><thead><tr>{head}</thead>"
            f"<tbody>{''.join(rows)}</tbody></table></div>"
            + more(len(self._notes), label, len(rows), "p")
        )

    def _rows(self) -> Iterator[str]:
        mark = f"<em>{escape(self._label('is-unreachable'))}</em>"
        for each, path, title in zip(self._notes, self._paths, self._titles, strict=True):
            lost = each.unreachable
            yield (
                f"<tr{' class=u' if lost else ''}><td>{path} {title}{mark if lost else ''}"
                f"<td>{each.problems}<td>{len(each.links_in)}<td>{len(each.links_out)}"
                f"<td>{escape(each.changed)}<td>{each.words}\n"
            )

    def _replace(self, texts: list[str], by: Callable[[Note], str], room: int) -> int:
        """Replace the first *texts* by longer ones; return the rest of *room*."""
        for index, note in enumerate(self._notes):
            text = by(note)
            cost = len(text.encode()) - len(texts[index].encode())
            if not text:
                continue
            if cost > room:
                break
            room -= cost
            texts[index] = text
        return room

    def _tools(self, choosing: bool) -> str:
        label = self._label
        hint = f"<span class=dim>{escape(label('row-about'))}</span>" if choosing else ""
        boxes = ["only-problems", *(["only-unreachable"] if self._indexed else [])]
        return (
            f"<div class=tools hidden><label>{escape(label('filter'))} "
            "<input type=search id=filter autocomplete=off spellcheck=false></label>"
            + "".join(
                f"<label><input type=checkbox id={each}> {escape(label(each))}</label>"
                for each in boxes
            )
            + f"<span id=shown class=dim role=status></span>{hint}</div>"
        )


def _title(note: Note) -> str:
    """The title of *note*, if it has one that says more than the name of the file."""
    name = os.path.splitext(os.path.basename(note.path))[0]
    says_more = note.title and _letters(note.title) != _letters(name)
    return f"<small>{shown(note.title)}</small> " if says_more else ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
