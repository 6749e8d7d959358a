"""The list of an index block as it should be: what a person wrote stays, notes come and go."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from notelint.rules.shared.index_candidates import belongs
from notelint.rules.shared.local_targets import written
from notelint.text.source import LINE_END
from notelint.text.startup import lazy_regex
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.index_block import IndexBlock
from notelint.workspace.note_profile import NoteProfile
from notelint.workspace.tree import is_below
from notelint.workspace.urls import unquote
from notelint.workspace.workspace import Workspace

_ITEM = lazy_regex(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(?:[^ \t].*)?")
_LINK = lazy_regex(r"(?<!!)\[([^\[\]]+)\]\(([^()]*)\)")
# An item that is one link, and nothing else that a person could have written.
_LINK_ALONE = lazy_regex(
    r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+[*_]{0,3}"
    r"\[(?:[^\[\]\\<]|\\.)*\]\(<?(?:[^()<>\s]|\([^()\s]*\))*>?\)[*_]{0,3}[ \t]*"
)
_SPECIAL = lazy_regex(r"[\\`*\[\]<~]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")
_DIGITS = lazy_regex(r"(\d{1,15})")
_INDEXES = ("README.md", "readme.md", "index.md", "_index.md")

Key = tuple[float, str, list[tuple[int, int, str]]]


class _Node:
    """An item: its line and the blank ones above it, the note that it leads to, what is below.

    The list as a whole is a node without a line.
    """

    def __init__(self, line: str, blanks: Sequence[str] = (), note: str = "") -> None:
        self.line = line
        self.blanks = list(blanks)
        self.note = note
        self.gone = ""  # where its link leads, if that is no longer there
        self.below: list[_Node] = []

    def walk(self) -> Iterator[_Node]:
        """The node and all that are below it, in order."""
        yield self
        for each in self.below:
            yield from each.walk()


class IndexList:
    """The list that belongs into *block* of the note at *path*."""

    def __init__(self, path: str, block: IndexBlock, workspace: Workspace) -> None:
        self._path = path
        self._folder = posixpath.dirname(path)
        self._block = block
        self._workspace = workspace
        notes = [each for each in workspace.compared_below(self._folder) if each != path]
        self._indexes = {
            posixpath.dirname(each): each
            for each in notes
            if posixpath.basename(each) in _INDEXES and posixpath.dirname(each) != self._folder
        }
        self._leads = [self._leads_to(destination) for _, _, destination in block.entries]
        foreign = block.foreign
        for (row, _, destination), note in zip(block.entries, self._leads, strict=True):
            if destination and note == "":
                foreign = foreign or f"a link that leads to no note (line {block.line + row})"
        self.blocked_by = ""
        """Why the list is left alone, as a predicate; :meth:`text` may find another reason."""
        if foreign:
            self.blocked_by = f"holds {foreign} that is not part of it; move it out of the block"
        wanted = {each for each in notes if belongs(each)}
        full = {posixpath.dirname(each) for each in wanted}
        for folder, index in self._indexes.items():
            if folder not in full and belongs(f"{folder}/note.md"):
                wanted.add(index)
        wanted.difference_update(filter(None, self._leads))
        self.missing = sorted(each for each in wanted if not self._about(each).hidden)
        """The notes that the list lacks."""
        self.gone = [
            destination
            for (_, _, destination), note in zip(block.entries, self._leads, strict=True)
            if note is None
        ]
        """The destinations of its entries that lead to no note."""

    def text(self) -> str:
        """The text that belongs between the markers."""
        lines, entries = self._block.lines, self._block.entries
        ends = LINE_END.search(self._block.text)
        newline = ends[0] if ends else "\n"
        top = self._tree()
        for note in sorted(self.missing, key=self._key):
            self._put(self._place(top, self._stands_in(note)), self._entry(note), note)
        _, *items = top.walk()
        made = [line for each in items for line in (*each.blanks, each.line)]
        if not made:
            return newline
        if not entries:
            return newline.join(["", "", *made, "", ""])
        before, after = lines[: entries[0][0]], lines[entries[-1][0] + 1 :]
        while made and not made[0].strip():
            del made[0]
        return newline.join([*before, *made, *after])

    # ------------------------------------------------------------------ what is there

    def _leads_to(self, destination: str) -> str | None:
        """The note that an entry leads to, empty for another place; None if that is gone."""
        found = self._workspace.resolve(destination, self._path)
        if not destination or found.kind != "local" or found.prefix:
            return ""
        path, tree = found.path, self._workspace.tree
        if tree.is_folder(path):
            return self._indexes.get(path) or f"{path}/"
        page = self._workspace.page(path)
        if page is None:
            return None if is_below(path, self._folder) else ""
        return page if page.lower().endswith(SUFFIXES) else ""

    def _tree(self) -> _Node:
        """The items that stay, nested."""
        lines, entries = self._block.lines, self._block.entries
        top = _Node("")
        around = [(-1, top)]
        end = entries[0][0] if entries else 0
        for (row, depth, destination), note in zip(entries, self._leads, strict=True):
            node = _Node(lines[row], lines[end:row], note or "")
            node.gone = destination if note is None else ""
            end = row + 1
            while around[-1][0] >= depth:
                around.pop()
            around[-1][1].below.append(node)
            around.append((depth, node))
        top.below = self._living(top.below)
        _, *items = top.walk()
        for node in items:
            if node.note:
                continue
            inside = [each.note.rstrip("/") for each in node.walk() if each.note]
            folder = posixpath.commonpath(map(posixpath.dirname, inside)) if inside else ""
            if folder != self._folder and is_below(folder, self._folder):
                node.note = f"{folder}/"
        return top

    def _living(self, nodes: list[_Node]) -> list[_Node]:
        found = []
        for node in nodes:
            gone = [each.gone for each in node.walk()] if node.below else []
            node.below = self._living(node.below)
            link = _LINK.search(node.line)
            if node.gone and node.below:  # what is left is a label
                if link and link[2].partition(" ")[0].strip("<>") == node.gone:
                    node.line = node.line[: link.start()] + link[1] + node.line[link.end() :]
                else:
                    self._keep(node)
            elif node.gone:
                if not _LINK_ALONE.fullmatch(node.line):
                    self._keep(node)
                continue
            elif gone and not (node.below or node.note or link):
                if not _is_of_folder(node.line, gone):
                    self._keep(node)
                continue
            found.append(node)
        return found

    def _keep(self, node: _Node) -> None:
        """Leave the list alone because of words in *node*, which would go."""
        if self.blocked_by:
            return
        row = self._block.lines.index(node.line)
        what = f"an entry for `{node.gone}`" if node.gone else "a label"
        why = "which is gone" if node.gone else "with no note below it"
        self.blocked_by = (
            f"holds words in {what}, {why} (line {self._block.line + row}); remove it by hand"
        )

    # ------------------------------------------------------------------ what is new

    def _place(self, top: _Node, folder: str) -> _Node:
        """The item below which the notes of *folder* stand, or *top*; made if there is none."""

        def number(node: _Node) -> int:
            notes = [each.note for each in node.below if each.note and each.note[-1] != "/"]
            return sum(self._stands_in(note) == folder for note in notes)

        most = max(top.walk(), key=number)
        if number(most):
            return most
        if folder == self._folder:
            return top
        index = self._indexes.get(folder)
        for node in top.walk():
            if node.note in (index, f"{folder}/"):
                return node
        words = self._entry(index) if index else _escaped(posixpath.basename(folder))
        above = self._place(top, posixpath.dirname(folder))
        return self._put(above, words, index or f"{folder}/")

    def _stands_in(self, note: str) -> str:
        """The folder among whose notes *note* is listed."""
        folder = posixpath.dirname(note)
        return posixpath.dirname(folder) if self._indexes.get(folder) == note else folder

    def _put(self, parent: _Node, words: str, note: str) -> _Node:
        siblings = parent.below
        keys = [self._key(each.note) for each in siblings]
        key = self._key(note)
        if keys == sorted(keys):
            at = bisect_right(keys, key)
        elif keys == sorted(keys, reverse=True):
            at = len(keys) - bisect_right(keys[::-1], key)
        else:
            at = len(keys)
        beside = siblings[max(at - 1, 0)] if siblings else None
        node = _Node(self._start(parent, beside) + words, beside.blanks if beside else (), note)
        if beside and at == 0:
            node.blanks, beside.blanks = beside.blanks, siblings[-1].blanks[:]
        siblings.insert(at, node)
        return node

    def _start(self, parent: _Node, beside: _Node | None) -> str:
        """The indent and the marker of a new item *beside* another one, or below its parent."""
        if beside and (match := _ITEM.fullmatch(beside.line)):
            mark = match[2]
            if mark[:-1].isdigit() and mark[:-1] != "1":
                mark = f"{int(mark[:-1]) + 1}{mark[-1]}"
            return f"{match[1]}{mark}{match[3]}"
        if match := _ITEM.fullmatch(parent.line):
            indent = match[1] + " " * (len(match[2]) + len(match[3]))
            return f"{indent}{'-' if match[2][:-1].isdigit() else match[2]} "
        return "- "

    def _entry(self, note: str) -> str:
        title = self._about(note).title or posixpath.basename(note).rpartition(".")[0]
        to = written(note, self._path)
        return f"[{_escaped(title)}]({'./' if ':' in to.partition('/')[0] else ''}{to})"

    def _about(self, note: str) -> NoteProfile:
        facts = self._workspace.all_of(note)
        return facts.profile if facts else NoteProfile()

    def _key(self, note: str) -> Key:
        """The sort key of a note in its folder: a number, a date, the name."""
        index = self._indexes.get(posixpath.dirname(note)) == note
        name = posixpath.dirname(note) if index else note.rstrip("/")
        about = self._about(note) if note and not note.endswith("/") else NoteProfile()
        number = float("inf") if about.number is None else about.number
        stem = posixpath.basename(name)
        stem = stem if index or note.endswith("/") else stem.rpartition(".")[0]
        return number, about.date, _natural(stem)


def _is_of_folder(label: str, destinations: Iterable[str]) -> bool:
    """Whether the item *label* is the name of a folder that the *destinations* lead into."""
    item = _ITEM.fullmatch(label)
    name = label[item.end(3) :].strip().casefold() if item else ""
    folders = (part for to in destinations for part in unquote(to).split("/")[:-1])
    return name in {_escaped(part).casefold() for part in folders}


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = _DIGITS.split(name.casefold())
    return [(0, int(each), "") if each.isdigit() and each.isascii() else (1, 0, each)
            for each in parts if each]  # fmt: skip


def _escaped(text: str) -> str:
    return re.sub(r"\s+", " ", _SPECIAL.sub(r"\\\g<0>", text)).strip()
