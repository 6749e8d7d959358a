"""The page: one file that asks for nothing, and can be read without its script.

All text of notes passes :func:`~notelint.collection.drawings.shown`, or is JSON without a ``<``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from html import escape

from notelint.collection import drawings, page_lists, page_sections
from notelint.collection.collection import Collection
from notelint.collection.drawings import shown
from notelint.collection.labels import Labels
from notelint.collection.link_graph import MOST_NOTES, hubs, neighborhood
from notelint.collection.page_notes import NoteTable

# Bytes of the page, and for each note. That is below 400 KB for 654 notes and 3 MB for 10,000. Each
# list has a limit of its own; notes and problems share the rest.
_PAGE, _EACH_NOTE = 205_000, 275
_LEAST_PROBLEMS, _MOST_PROBLEMS = 20_000, 125_000  # bytes
_PART = 0.6  # of the bytes left after the paths of notes, for problems; the rest: titles and links

_PARTS = {  # in order, with the labels of their titles
    "folders": "folders",
    "notes": "Notes",
    "problems": "by-rule",
    "graph-of": "graph",
    "around": "around",
    "duplicates": "duplicates",
    "pictures": "Pictures",
    "hosts": "hosts",
    "oldest": "oldest",
    "trend": "trend",
}


def render(collection: Collection, language: str = "en", chosen: int | None = None) -> str:
    """The page in *language*, with the surroundings of the note *chosen*, or of the first hub."""
    label = Labels(language)
    if chosen is None:
        chosen = (hubs(collection) or collection.worst[:1] or [0])[0]
    parts = {
        "folders": page_sections.folders(collection, label),
        "graph-of": page_lists.graph(collection, label),
        "around": _around(collection, label, chosen),
        "duplicates": page_lists.duplicates(collection, label),
        "pictures": page_lists.pictures(collection, label),
        "hosts": page_lists.hosts(collection, label),
        "oldest": page_lists.oldest(collection, label),
        "trend": page_lists.trend(collection, label),
    }
    state = page_sections.state(collection, label)
    style, script = _text_of("page.css"), _text_of("page.js")
    room = _PAGE + _EACH_NOTE * len(collection.notes)
    room -= sum(len(each.encode()) for each in (*parts.values(), state, style, script))
    table = NoteTable(collection, label)
    data = _data(collection, label, chosen)
    problems = _problems(collection, label, room - len(data) - table.least)
    taken = len(data) + max(len(problems.encode()), _LEAST_PROBLEMS)
    choosing = bool(collection.notes) and table.least + taken <= room  # each note has a row then
    if choosing:
        parts["around"] = _chooser(label) + parts["around"]
    else:
        data = _data(collection, label, None)
        problems = _problems(collection, label, room - len(data) - table.least)
    parts["problems"] = problems
    room -= len(data) + len(problems.encode())
    parts["notes"] = table.render(room, choosing=choosing)

    sections = [(name, escape(label(title))) for name, title in _PARTS.items() if parts[name]]
    contents = "".join(f'<li><a href="#{name}">{title}</a>' for name, title in sections)
    body = "".join(
        f"<section id={name}><h2>{title}</h2>{parts[name]}</section>\n" for name, title in sections
    )
    title = shown(label("title", collection.name))
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f"<!doctype html>\n<html lang={language}>\n<meta charset=utf-8>\n"
        f'<meta http-equiv=Content-Security-Policy content="{policy}">\n'
        '<meta name=viewport content="width=device-width,initial-scale=1">\n'
        "<meta name=referrer content=no-referrer>\n<meta name=generator content=notelint>\n"
        f"<title>{title}</title>\n<style>{style}</style>\n"
        f"<header><h1>{title}</h1>{state}"
        f'<nav aria-label="{escape(label("contents"))}"><ul>{contents}</ul></nav></header>\n'
        f"<main>\n{body}</main>\n"
        f"<script type=application/json id=data>{data}</script>\n"
        f"<script>{script}</script>\n"
    )


def _problems(collection: Collection, label: Labels, room: int) -> str:
    """The problems, in their part of the *room* that they share with titles and links of notes."""
    most = min(max(int(room * _PART), _LEAST_PROBLEMS), _MOST_PROBLEMS)
    return page_sections.problems(collection, label, most)


def _around(collection: Collection, label: Labels, chosen: int) -> str:
    if not collection.notes:
        return ""
    found = neighborhood(collection, chosen)
    name = collection.notes[chosen].path
    left = shown(label("left-out", found.left)) if found.left else ""
    return (
        f"<p class=dim>{escape(label('around-about'))}</p>"
        f"<p><strong id=chosen>{shown(name)}</strong> <span class=dim id=left-out>{left}</span></p>"
        f'<div class=scroll tabindex=0 role=region aria-label="{escape(label("around"))}">'
        f"{drawings.neighborhood(collection, found, name)}</div>"
    )


def _chooser(label: Labels) -> str:
    return (
        f"<div class=tools hidden><label>{escape(label('choose'))} "
        "<input type=search id=choose list=choices autocomplete=off spellcheck=false></label>"
        f"<datalist id=choices></datalist><button type=button id=larger>{escape(label('larger'))}"
        f"</button><button type=button id=smaller>{escape(label('smaller'))}</button></div>"
    )


def _data(collection: Collection, label: Labels, chosen: int | None) -> str:
    """What the script needs: the words that it writes, and to choose a note, all links.

    Notes are known by their row in the table of notes. The rows that one links to are in order,
    each but the first as the distance from the one before.
    """
    found: dict[str, object] = {
        "shown": label("shown"),
        "left": label("left-out"),
        "most": MOST_NOTES,
    }
    if chosen is not None and collection.notes:
        row_of = {number: row for row, number in enumerate(collection.worst)}
        found["out"] = out = []
        for number in collection.worst:
            rows = sorted(row_of[to] for to in collection.notes[number].links_out)
            out.append([row - above for above, row in zip([0, *rows], rows, strict=False)])
        found["chosen"] = row_of[chosen]
    return json.dumps(found, separators=(",", ":")).replace("<", "\\u003c")


def _text_of(name: str) -> str:
    """A file next to this one, as it goes into the page."""
    file = os.path.join(os.path.dirname(__file__), name)
    with open(file, encoding="utf-8", newline="") as opened:
        return opened.read().replace("\r\n", "\n")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
