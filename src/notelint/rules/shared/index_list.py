"""The list of an index block as it should be: what a person wrote stays, notes come and go."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from notelint.rules.shared.index_candidates import belongs
from notelint.rules.shared.local_targets import written
from notelint.text.source import LINE_END
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.about import About
from notelint.workspace.index_block import IndexBlock
from notelint.workspace.reach import is_below
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


class Differences(NamedTuple):
    """The notes that are missing in the list, and the destinations that lead to none."""

    missing: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class _Node:
    """An item: its line and the blank ones above it, the note that it leads to, what is below."""

    def __init__(self, line: str, blanks: Sequence[str] = (), note: str = "") -> None:
        self.line = line
        self.blanks = list(blanks)
        self.note = note
        self.gone = ""  # where its link leads, if that is no longer there
        self.below: list[_Node] = []

    def walk(self) -> Iterator[_Node]:
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
        self._notes = [each for each in workspace.compared_below(self._folder) if each != path]
        there = set(self._notes)
        self._indexes = {
            posixpath.dirname(each): each
            for each in self._notes
            if posixpath.basename(each) in _INDEXES and posixpath.dirname(each) != self._folder
        }
        leads = [(at, self._leads_to(to)) for at, (_, _, to) in enumerate(block.entries)]
        foreign = block.foreign or next(
            (
                f"a link that leads to no note (line {block.line + row})"
                for (_, note), (row, _, to) in zip(leads, block.entries, strict=True)
                if to and note == ""
            ),
            "",
        )
        self.blocked_by = (
            foreign and f"holds {foreign} that is not part of it; move it out of the block"
        )
        """Why the list is left alone, as a predicate; :meth:`text` may find another reason."""
        self._known = {at: note for at, note in leads if note}
        self._gone = {at for at, note in leads if note is None}
        listed = {*self._known.values()}
        full = {posixpath.dirname(each) for each in there if belongs(each)}
        alone = {each for folder, each in self._indexes.items() if folder not in full}
        wanted = {each for each in there if belongs(each)} | {*filter(_in_sight, alone)}
        self._missing = sorted(each for each in wanted - listed if not self._about(each).hidden)

    @property
    def differences(self) -> Differences:
        """The notes that the list lacks, and its entries without a note."""
        gone = (self._block.entries[at][2] for at in sorted(self._gone))
        return Differences(tuple(self._missing), tuple(gone))

    def text(self) -> str:
        """The text that belongs between the markers."""
        lines, entries = self._block.lines, self._block.entries
        ends = LINE_END.search(self._block.text)
        newline = ends[0] if ends else "\n"
        top = self._tree()
        for note in sorted(self._missing, key=self._key):
            self._insert(top, note)
        made = [line for node in top for each in node.walk() for line in (*each.blanks, each.line)]
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

    def _tree(self) -> list[_Node]:
        """The items that stay, nested."""
        lines, entries = self._block.lines, self._block.entries
        top: list[_Node] = []
        around: list[tuple[int, _Node]] = []
        end = entries[0][0] if entries else 0
        for at, (row, depth, to) in enumerate(entries):
            node = _Node(lines[row], lines[end:row], self._known.get(at, ""))
            node.gone = to if at in self._gone else ""
            end = row + 1
            while around and around[-1][0] >= depth:
                around.pop()
            (around[-1][1].below if around else top).append(node)
            around.append((depth, node))
        living = self._living(top)
        for node in (each for first in living for each in first.walk() if not each.note):
            inside = [each.note.rstrip("/") for each in node.walk() if each.note]
            folder = posixpath.commonpath(map(posixpath.dirname, inside)) if inside else ""
            if folder != self._folder and is_below(folder, self._folder):
                node.note = f"{folder}/"
        return living

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

    def _insert(self, top: list[_Node], note: str) -> None:
        folder = posixpath.dirname(note)
        if self._indexes.get(folder) == note:
            folder = posixpath.dirname(folder)
        parent, siblings = self._place(top, folder)
        self._put(parent, siblings, self._entry(note), note)

    def _place(self, top: list[_Node], folder: str) -> tuple[_Node | None, list[_Node]]:
        """The list in which the notes of *folder* stand, made if there is none."""
        best: tuple[int, _Node | None, list[_Node]] | None = None
        for parent, siblings in _lists(None, top):
            number = sum(1 for each in siblings if self._stands_for(each) == folder)
            if number and (best is None or number > best[0]):
                best = number, parent, siblings
        if best:
            return best[1], best[2]
        if folder == self._folder:
            return None, top
        for node in (each for first in top for each in first.walk()):
            index = self._indexes.get(folder)
            if node.note in (index, f"{folder}/"):
                return node, node.below
        above = posixpath.dirname(folder)
        parent, siblings = self._place(top, above)
        index = self._indexes.get(folder, "")
        words = self._entry(index) if index else _escaped(posixpath.basename(folder))
        made = self._put(parent, siblings, words, index or f"{folder}/")
        return made, made.below

    def _stands_for(self, node: _Node) -> str | None:
        """The folder in which the note of *node* is in the list."""
        if not node.note or node.note.endswith("/"):
            return None
        folder = posixpath.dirname(node.note)
        return posixpath.dirname(folder) if self._indexes.get(folder) == node.note else folder

    def _put(self, parent: _Node | None, siblings: list[_Node], words: str, note: str) -> _Node:
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

    def _start(self, parent: _Node | None, beside: _Node | None) -> str:
        """The indent and the marker of a new item *beside* another one, or below its parent."""
        if beside and (match := _ITEM.fullmatch(beside.line)):
            mark = match[2]
            if mark[:-1].isdigit() and mark[:-1] != "1":
                mark = f"{int(mark[:-1]) + 1}{mark[-1]}"
            return f"{match[1]}{mark}{match[3]}"
        if parent and (match := _ITEM.fullmatch(parent.line)):
            indent = match[1] + " " * (len(match[2]) + len(match[3]))
            return f"{indent}{'-' if match[2][:-1].isdigit() else match[2]} "
        return "- "

    def _entry(self, note: str) -> str:
        title = self._about(note).title or posixpath.basename(note).rpartition(".")[0]
        to = written(note, self._path)
        return f"[{_escaped(title)}]({'./' if ':' in to.partition('/')[0] else ''}{to})"

    def _about(self, note: str) -> About:
        facts = self._workspace.all_of(note)
        return facts.about if facts else About()

    def _key(self, note: str) -> Key:
        """The sort key of a note in its folder: a number, a date, the name."""
        index = self._indexes.get(posixpath.dirname(note)) == note
        name = posixpath.dirname(note) if index else note.rstrip("/")
        about = self._about(note) if note and not note.endswith("/") else About()
        number = float("inf") if about.number is None else about.number
        stem = posixpath.basename(name)
        stem = stem if index or note.endswith("/") else stem.rpartition(".")[0]
        return number, about.date, _natural(stem)


def _lists(parent: _Node | None, nodes: list[_Node]) -> Iterator[tuple[_Node | None, list[_Node]]]:
    yield parent, nodes
    for node in nodes:
        yield from _lists(node, node.below)


def _is_of_folder(label: str, destinations: Iterable[str]) -> bool:
    """Whether the item *label* is the name of a folder that the *destinations* lead into."""
    item = _ITEM.fullmatch(label)
    name = label[item.end(3) :].strip().casefold() if item else ""
    folders = (part for to in destinations for part in unquote(to).split("/")[:-1])
    return name in {_escaped(part).casefold() for part in folders}


def _in_sight(note: str) -> bool:
    """Whether an index is that of a folder whose notes are listed."""
    return belongs(f"{posixpath.dirname(note)}/note.md")


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = _DIGITS.split(name.casefold())
    return [(0, int(each), "") if each.isdigit() and each.isascii() else (1, 0, each)
            for each in parts if each]  # fmt: skip


def _escaped(text: str) -> str:
    return re.sub(r"\s+", " ", _SPECIAL.sub(r"\\\g<0>", text)).strip()
