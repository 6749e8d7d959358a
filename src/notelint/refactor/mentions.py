"""Places that name what moves, which are reported and not changed.

These are `[[wiki]]` links, the navigation of site generators, and paths in code: who reads them,
and how, is not known.
"""

from __future__ import annotations

import os
import posixpath
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from notelint.markdown.document import Document
from notelint.refactor.headings import RenamedHeading
from notelint.refactor.moves import Moves
from notelint.refactor.notes import Notes
from notelint.text.source import LineIndex, Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suffixes import SUFFIXES
from notelint.workspace import read_note
from notelint.workspace.read_note import FileProblem
from notelint.workspace.tree import with_parents

_NAVIGATION = (
    "mkdocs.yml", "mkdocs.yaml", "_toc.yml", "_quarto.yml", "sidebars.js", "sidebars.ts",
    "navigation.yml", "docusaurus.config.js", "docusaurus.config.ts",
    *(f".vitepress/config.{suffix}" for suffix in ("js", "ts", "mjs", "mts")),
)  # fmt: skip
_MOST_BYTES = 1024 * 1024
_REST = lazy_regex(r"[^\s`'\"()<>\[\]{}|,;]*")  # of a path


class Mention(NamedTuple):
    """A place that is not changed and may have to be: path, line from 1, and a message."""

    path: str
    line: int
    message: str


def mentions(notes: Notes, moves: Moves, renamed: RenamedHeading | None) -> set[Mention]:
    """The mentions of what moves or is renamed."""
    files = notes.workspace.tree.files if moves.pairs else ()
    found = set(_in_front_matter(renamed) if renamed else ())
    wiki = _WikiNames({old: new for old in files if (new := moves.new(old)) != old}, renamed)
    for path in notes.notes:
        try:
            text = notes.source(path).text
        except FileProblem:
            continue
        if "[[" in text:
            found.update(wiki.links(path, text, notes))
        found.update(_in_code(path, text, notes, moves))
        found.update(_from_sites(path, notes, moves))
    for path in files:
        if path.endswith(_NAVIGATION):
            found.update(_in_navigation(notes, path, moves))
    return found


def _in_front_matter(renamed: RenamedHeading) -> Iterator[Mention]:
    """Titles in front matter that are the old text of the heading."""
    doc = renamed.old
    first, last = doc.front_matter or (1, 0)
    old = doc.headings[renamed.number].text.strip()
    for line in range(first, last + 1):
        key, _, value = doc.lines.line(line).partition(":")
        if key.strip().lower() == "title" and value.strip().strip("\"'") == old:
            message = "front matter has the old text as its title; not changed"
            yield Mention(renamed.note, line, message)


class _WikiNames:
    """The `[[names]]` that lead to *files* before they move and not after, or to a heading."""

    def __init__(self, files: Mapping[str, str], renamed: RenamedHeading | None) -> None:
        self._names = {
            name for old, new in files.items() for name in _wiki_names(old) - _wiki_names(new)
        }
        self._note, self._heading = "", ""
        if renamed:
            text = renamed.old.headings[renamed.number].text
            self._note, self._heading = renamed.note, text.strip().casefold()

    def links(self, path: str, text: str, notes: Notes) -> Iterator[Mention]:
        """The wiki links with these names in the note at *path*."""
        at = text.find("[[")
        found = []
        while at >= 0:
            end = text.find("]]", at)
            name = text[at + 2 : end] if 0 <= end - at < 300 else ""
            if self._leads(path, name.partition("|")[0].strip()):
                found.append((at, name))
            at = text.find("[[", at + 2)
        if not found:
            return
        doc = notes.document(path)
        for at, name in found:
            if not _is_code(doc, at):
                line = doc.lines.position(at).line
                yield Mention(path, line, f"wiki link `[[{name}]]` is not changed")

    def _leads(self, path: str, name: str) -> bool:
        note, _, heading = name.casefold().partition("#")
        if note in self._names:
            return True
        if not heading.strip() or heading.strip() != self._heading:
            return False
        return note in _wiki_names(self._note) if note else path == self._note


def _wiki_names(path: str) -> set[str]:
    """The names that a wiki link may have for *path*: its last parts, with the suffix or not."""
    parts = path.casefold().split("/")
    names = {"/".join(parts[at:]) for at in range(len(parts))}
    return names | {posixpath.splitext(each)[0] for each in names if each.endswith(SUFFIXES)}


def _in_code(path: str, text: str, notes: Notes, moves: Moves) -> Iterator[Mention]:
    """Paths of what moves in code of the note at *path*, from the root or from its folder."""
    folder = posixpath.dirname(path)
    for old, _ in moves.pairs:
        is_folder = notes.workspace.tree.is_folder(old)
        near = posixpath.relpath(old, folder or ".")
        names = {near} if near.strip("./") else set()
        if is_folder or "/" in old:  # elsewhere, `README.md` may be any
            names.add(old)
        for at, name in _paths(text, names, is_folder=is_folder):
            doc = notes.document(path)
            if _is_code(doc, at):
                line = doc.lines.position(at).line
                yield Mention(path, line, f"`{name}` in code is not changed")


def _from_sites(path: str, notes: Notes, moves: Moves) -> Iterator[Mention]:
    """Links of the note at *path* that begin with `/` and lead somewhere from a folder around it.

    That folder may be the root of a site. From the root of the tree, none leads anywhere.
    """
    folders = with_parents(posixpath.dirname(path)) if moves.pairs else []
    rooted = {each for each in notes.destinations(path) if each[:1] == "/"} if folders else set()
    broken = set()
    for destination in rooted:
        resolved = notes.workspace.resolve(destination, path)
        if resolved.kind == "local" and notes.workspace.page(resolved.path) is None:
            names = (posixpath.join(folder, resolved.path) for folder in folders)
            found = next(filter(None, map(notes.workspace.page, names)), None)
            if found and moves.new(found) != found and not _moves_along(path, found, moves):
                broken.add(destination)
    for each in notes.references(path) if broken else ():
        if each.destination in broken:
            line = LineIndex(notes.source(path).text).position(each.at).line
            fault = f"the link `{each.destination}` is not changed"
            yield Mention(path, line, f"{fault}; `/` is the root of the repository here")


def _moves_along(path: str, found: str, moves: Moves) -> bool:
    """Whether *path* and *found* are in one folder that moves."""
    return any(f"{old}/" == path[: len(old) + 1] == found[: len(old) + 1] for old, _ in moves.pairs)


def _in_navigation(notes: Notes, path: str, moves: Moves) -> Iterator[Mention]:
    """Lines of the configuration at *path* that name what moves, from there or from its notes."""
    file = os.path.join(notes.root, path)
    try:
        if os.path.getsize(file) > _MOST_BYTES:
            return
        text = read_note.read(file, path).decode("utf-8", "replace")
    except (OSError, FileProblem):
        return
    lines = LineIndex(text)
    for old, _ in moves.pairs:
        name = posixpath.relpath(old, posixpath.dirname(path) or ".")
        plain = posixpath.splitext(name)[0] if name.lower().endswith(SUFFIXES) else name
        names = {name, plain, name.partition("/")[2], plain.partition("/")[2]} - {""}
        for at, shown in _paths(text, names, is_folder=notes.workspace.tree.is_folder(old)):
            line = lines.position(at).line
            yield Mention(path, line, f"`{shown}` in the navigation is not changed")


def _paths(text: str, names: Iterable[str], *, is_folder: bool) -> Iterator[tuple[int, str]]:
    """The offset and text of each of *names* in *text*, or of a path below it; no plain words."""
    for name in names:
        is_word = "/" not in name and (is_folder or "." not in name)
        for at in _occurrences(text, name):
            end = at + len(name)
            if is_folder and text[end : end + 1] == "/":
                rest = _REST.match(text, end)
                yield at, name + (rest[0].rstrip(".:") if rest else "")
            elif not is_word:
                yield at, name


def _occurrences(text: str, name: str) -> Iterable[int]:
    """The offsets of *name* in *text*, but not in a longer name."""
    at = text.find(name)
    while at >= 0:
        start = at - 2 * text.startswith("./", max(at - 2, 0), at)
        before, after = text[max(start - 1, 0) : start], text[at + len(name) : at + len(name) + 1]
        if not (_continues(before) or before in ("%", "/", ".")) and not _continues(after):
            yield at
        at = text.find(name, at + 1)


def _continues(char: str) -> bool:
    """Whether *char*, which may be empty, belongs to the name next to it."""
    return char.isalnum() or char in ("-", "_")


def _is_code(doc: Document, at: int) -> bool:
    codes = _codes(doc)
    number = bisect_right(codes, (at, len(doc.source.text))) - 1
    return number >= 0 and at < codes[number].end


@lru_cache(1)  # the names in a note are looked up one after the other
def _codes(doc: Document) -> list[Span]:
    """Code blocks, with the whole of their lines, and code spans of *doc*."""
    blocks = [doc.lines.line_span(*each.lines) for each in doc.codes]
    return sorted([*blocks, *(node.span for node in doc.nodes if node.kind == "code")])
