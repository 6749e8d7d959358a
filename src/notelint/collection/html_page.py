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
from notelint.collection.link_graph import MOST, hubs, neighborhood


def render(collection: Collection, language: str = "en", chosen: int | None = None) -> str:
    """The page in *language*, with the surroundings of the note *chosen*, or of the first hub."""
    label = Labels(language)
    first = (hubs(collection) or collection.worst[:1] or [0])[0] if chosen is None else chosen
    parts = [
        ("folders", label("folders"), page_sections.folders(collection, label)),
        ("notes", label("Notes"), page_sections.notes(collection, label)),
        ("problems", label("by-rule"), page_sections.problems(collection, label)),
        ("graph-of", label("graph"), page_lists.graph(collection, label)),
        ("around", label("around"), _around(collection, label, first)),
        ("duplicates", label("duplicates"), page_lists.duplicates(collection, label)),
        ("pictures", label("Pictures"), page_lists.pictures(collection, label)),
        ("hosts", label("hosts"), page_lists.hosts(collection, label)),
        ("oldest", label("oldest"), page_lists.oldest(collection, label)),
        ("trend", label("trend"), page_lists.trend(collection, label)),
    ]
    kept = [each for each in parts if each[2]]
    contents = "".join(f'<li><a href="#{name}">{escape(title)}</a>' for name, title, _ in kept)
    body = "".join(
        f"<section id={name}><h2>{escape(title)}</h2>{text}</section>\n"
        for name, title, text in kept
    )
    title = shown(label("title", collection.name))
    style, script = _own("page.css"), _own("page.js")
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
        f"<header><h1>{title}</h1>{page_sections.state(collection, label)}"
        f'<nav aria-label="{escape(label("contents"))}"><ul>{contents}</ul></nav></header>\n'
        f"<main>\n{body}</main>\n"
        f"<script type=application/json id=data>{_data(collection, label, first)}</script>\n"
        f"<script>{script}</script>\n"
    )


def _around(collection: Collection, label: Labels, chosen: int) -> str:
    if not collection.notes:
        return ""
    found = neighborhood(collection, chosen)
    name = collection.notes[chosen].path
    left = shown(label("left-out", found.left)) if found.left else ""
    tools = (
        f"<div class=tools hidden><label>{escape(label('choose'))} "
        "<input type=search id=choose list=choices autocomplete=off spellcheck=false></label>"
        f"<datalist id=choices></datalist><button type=button id=larger>{escape(label('larger'))}"
        f"</button><button type=button id=smaller>{escape(label('smaller'))}</button></div>"
    )
    return (
        f"<p class=dim>{escape(label('around-about'))}</p>{tools}"
        f"<p><strong id=chosen>{shown(name)}</strong> <span class=dim id=left-out>{left}</span></p>"
        f'<div class=scroll tabindex=0 role=region aria-label="{escape(label("around"))}">'
        f"{drawings.neighborhood(collection, found, name)}</div>"
    )


def _data(collection: Collection, label: Labels, chosen: int) -> str:
    """What the script needs: links by row of the table of notes, and the words that it writes."""
    rows = collection.worst
    row_of = {number: row for row, number in enumerate(rows)}
    out = [sorted(row_of[to] for to in collection.notes[number].links_out) for number in rows]
    found = {
        "out": out,
        "order": rows,
        "chosen": row_of.get(chosen, 0),
        "most": MOST,
        "shown": label("shown"),
        "left": label("left-out"),
    }
    return json.dumps(found, separators=(",", ":")).replace("<", "\\u003c")


def _own(name: str) -> str:
    """A file beside this one, as it goes into the page."""
    file = os.path.join(os.path.dirname(__file__), name)
    with open(file, encoding="utf-8", newline="") as opened:
        return opened.read().replace("\r\n", "\n")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
