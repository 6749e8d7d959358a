"""The parts of the page that are lists: of notes, duplicates, pictures, hosts and runs, as HTML."""

from __future__ import annotations

from html import escape

from notelint.collection import drawings
from notelint.collection import link_graph as links
from notelint.collection.collection import Collection
from notelint.collection.drawings import shown
from notelint.collection.labels import Labels
from notelint.collection.page_pieces import MOST_ITEMS, link, note_link, note_list, rest, table

_MOST_RUNS = 100
_MOST_PLACES = 4  # of a page


def graph(collection: Collection, label: Labels) -> str:
    """Hubs, unreachable notes, dead ends and islands."""
    everything = collection.notes
    hubs = [
        (
            note_link(everything[number]),
            str(len(everything[number].links_in)),
            str(len(everything[number].links_out)),
        )
        for number in links.hubs(collection)
    ]
    heads = [label(each) for each in ("note", "in", "out")]
    found = f"<h3>{escape(label('hubs'))}</h3>"
    found += table(label("hubs"), heads, hubs, label)
    about = label("unreachable-about") if collection.indexed else label("no-index")
    for key, text, numbers in (
        ("Unreachable", about, collection.unreachable),
        ("dead-ends", label("dead-ends-about"), links.dead_ends(collection)),
        ("alone", "", links.alone(collection)),
    ):
        unknown = key == "Unreachable" and not collection.indexed
        found += f"<h3>{escape(label(key))}{'' if unknown else f' ({len(numbers)})'}</h3>"
        found += f"<p class=dim>{escape(text)}" if text else ""
        found += note_list(collection, numbers, label)
    islands = links.islands(collection)
    found += f"<h3>{escape(label('islands'))} ({len(islands)})</h3>"
    found += f"<p class=dim>{escape(label('islands-about'))}"
    rows = [
        (
            str(len(group)),
            ", ".join(note_link(everything[n]) for n in group[:20]) + rest(len(group), 20, label),
        )
        for group in islands[:MOST_ITEMS]
    ]
    name = label("islands")
    heads = [label("Notes"), name]
    return found + (table(name, heads, rows, label, len(islands), kind="groups") if rows else "")


def duplicates(collection: Collection, label: Labels) -> str:
    """The pages that several notes list."""
    found, notes, rows = collection.duplicates, collection.notes, []
    for each in found[:MOST_ITEMS]:
        places = ", ".join(
            link(f"{notes[place.note].path}:{place.line}", place.address)
            for place in each.places[:_MOST_PLACES]
        )
        title = f"{shown(each.title)} <small>{shown(each.page)}</small>"
        rows.append((title, places + rest(len(each.places), _MOST_PLACES, label)))
    if not rows:
        return ""
    heads = [label("page"), label("Notes")]
    return table(label("duplicates"), heads, rows, label, len(found), kind="text")


def pictures(collection: Collection, label: Labels) -> str:
    """The pictures that nothing uses, and the heaviest."""
    if not collection.pictures:
        return ""
    unused = [each for each in collection.pictures if each.unused]
    heads = [label("Pictures"), label("size")]
    found = ""
    for key, its in (("unused", unused), ("heaviest", collection.pictures)):
        rows = [
            (
                link(each.path, each.address),
                f"{each.size / 1024:,.1f} KB" if each.size >= 1024 else f"{each.size} B",
            )
            for each in its[:MOST_ITEMS]
        ]
        found += f"<h3>{escape(label(key))} ({len(its)})</h3>"
        found += table(label(key), heads, rows, label, len(its))
    return found


def hosts(collection: Collection, label: Labels) -> str:
    """The hosts with the most links, and the known states of their pages."""
    if not collection.hosts:
        return ""
    known = any(each.states for each in collection.hosts)
    rows = [
        (
            shown(each.name),
            label.number(each.links),
            label.number(each.addresses),
            *([", ".join(f"{label(state)} {n}" for state, n in each.states)] if known else []),
        )
        for each in collection.hosts[:MOST_ITEMS]
    ]
    heads = [label(each) for each in ("host", "Links", "addresses", *(["state"] if known else []))]
    return table(label("hosts"), heads, rows, label, len(collection.hosts))


def oldest(collection: Collection, label: Labels) -> str:
    """The notes not changed for longest that many others link to."""
    rows = [
        (note_link(each), escape(each.changed), str(len(each.links_in)))
        for each in map(collection.notes.__getitem__, links.old_but_linked(collection))
    ]
    heads = [label(each) for each in ("note", "changed", "in")]
    return table(label("oldest"), heads, rows, label) if rows else ""


def trend(collection: Collection, label: Labels) -> str:
    """The problems of all recorded runs."""
    if not collection.history:
        return ""
    runs = [*collection.history, collection.recorded][-_MOST_RUNS:]
    names = [f"{each.date} {each.commit[:10]}".strip() or "–" for each in runs]
    names[-1] = f"{label('this-run')} {names[-1]}".removesuffix(" –")
    rows = [
        (
            shown(name),
            label.number(each.notes),
            label.number(each.errors),
            label.number(each.warnings),
            label.number(each.unreachable),
        )
        for name, each in zip(reversed(names), reversed(runs), strict=True)
    ]
    heads = [label(each) for each in ("run", "Notes", "Errors", "Warnings", "Unreachable")]
    name = label("trend-about")
    drawn = drawings.trend(runs, name)
    return f"<p class=dim>{escape(name)}</p>{drawn}{table(name, heads, rows, label)}"
