"""The state of a collection, from the facts of its notes and what ``check`` found."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from notelint.collection.collection import (
    Collection,
    Duplicate,
    ExternalHost,
    Note,
    NoteLine,
    Picture,
    Problem,
)
from notelint.diagnostics import Diagnostic
from notelint.engine.note_path import NotePath, display_path
from notelint.rules.shared.index_candidates import has_readers, lists_itself
from notelint.text.source import LINE_END
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.assets import IMAGES, unused_images
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.reachable_notes import indexes_above, reachable_below
from notelint.workspace.workspace import Workspace

_EXCERPT = 160  # characters
_BEFORE = 50  # of these, at most before the part at fault
_WEB = ("https://", "http://", "//")
# Scripts without spaces between words: each character counts as a word.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = lazy_regex(rf"[{_CJK}]|[^\W{_CJK}][^\s{_CJK}]*")


class NotesOfTree(NamedTuple):
    """The notes of a run in one tree. ``texts`` and days of the last change are by path in it."""

    workspace: Workspace
    notes: Sequence[NotePath]
    texts: Mapping[str, str]
    changed: Mapping[str, str]


def gather(
    trees: Sequence[NotesOfTree],
    diagnostics: Sequence[Diagnostic],
    *,
    here: str,
    identity: Callable[[Diagnostic], str],
    states: Callable[[Iterable[str]], Mapping[str, str]],
    name: str,
    commit: str,
    date: str,
) -> Collection:
    """The collection of the notes of *trees* with these *diagnostics*; paths are from *here*.

    *identity* returns the text by which a later run recognizes a diagnostic, *states* the known
    states of external links.
    """
    found = _Gathering(trees, diagnostics, here)
    notes = tuple(found.notes())
    return Collection(
        name=name,
        commit=commit,
        date=date,
        notes=notes,
        problems=tuple(found.problems(identity)),
        hosts=tuple(found.hosts(states)),
        pictures=tuple(found.pictures()),
        duplicates=tuple(found.duplicates()),
        indexed=found.indexed,
    )


class _Gathering:
    """The parts of a collection; :meth:`notes` comes first, and collects links for the others."""

    def __init__(
        self, trees: Sequence[NotesOfTree], diagnostics: Sequence[Diagnostic], here: str
    ) -> None:
        self._trees = trees
        self._diagnostics = diagnostics
        self._here = here
        every = [(note.display_path, tree, note) for tree in trees for note in tree.notes]
        self._every = sorted(every, key=lambda each: each[0])
        self._number = {(note.root, note.path): n for n, (_, _, note) in enumerate(self._every)}
        self.indexed = False
        self._indexes: dict[tuple[str, str], bool] = {}  # by folder, whether an index has its notes
        self._hosts: dict[str, list[str]] = {}
        # by the root that a local page is relative to, and the page
        self._pages: dict[tuple[str, str], list[tuple[int, LinkFact]]] = {}

    def notes(self) -> Iterator[Note]:
        counted = Counter((each.path, each.severity.value) for each in self._diagnostics)
        outs = [self._out(tree, note) for _, tree, note in self._every]
        ins: list[list[int]] = [[] for _ in outs]
        for start, ends in enumerate(outs):
            for end in ends:
                ins[end].append(start)
        for number, (path, tree, note) in enumerate(self._every):
            facts = tree.workspace.facts(note.path)
            assert facts
            kinds = Counter(each.image for each in facts.links if each.kind != "definition")
            self._collect_links(number, tree, facts)
            yield Note(
                path=path,
                title=facts.profile.title,
                words=len(_WORD.findall(tree.texts[note.path])),
                links=kinds[False],
                images=kinds[True],
                errors=counted[path, "error"],
                warnings=counted[path, "warning"],
                links_in=tuple(ins[number]),
                links_out=outs[number],
                changed=tree.changed.get(note.path, ""),
                unreachable=self._is_unreachable(tree, facts),
                address=_address(tree, note.path),
            )

    # ------------------------------------------------------------------ links

    def _out(self, tree: NotesOfTree, note: NotePath) -> tuple[int, ...]:
        """The notes that *note* links to, other than itself."""
        facts, found = tree.workspace.facts(note.path), set[int]()
        for link, resolved in tree.workspace.inside(facts) if facts else ():
            if not link.image and resolved.kind == "local":
                found.add(self._number.get((note.root, _note(tree, resolved.path)), -1))
        return tuple(sorted(found - {-1, self._number[note.root, note.path]}))

    def _collect_links(self, number: int, tree: NotesOfTree, facts: FileFacts) -> None:
        for link in facts.links:
            if link.kind == "definition":
                continue
            if link.entry and link.page:
                root = "" if "://" in link.page else tree.workspace.tree.root
                self._pages.setdefault((root, link.page), []).append((number, link))
            to = link.destination
            if not to[:8].lower().startswith(_WEB):
                continue
            if tree.workspace.resolve(to, facts.path).kind == "external" and (host := _host(to)):
                self._hosts.setdefault(host, []).append(to)

    def _is_unreachable(self, tree: NotesOfTree, facts: FileFacts) -> bool:
        path = facts.path
        if not has_readers(facts):
            return False
        folder = tree.workspace.tree.root, os.path.dirname(path)
        if folder not in self._indexes:
            above = indexes_above(tree.workspace.tree, path)
            self._indexes[folder] = bool(above) and not lists_itself(tree.workspace, path)
        if not self._indexes[folder]:
            return False
        self.indexed = True
        return path not in reachable_below(tree.workspace, "").find_all()

    def hosts(self, states: Callable[[Iterable[str]], Mapping[str, str]]) -> Iterator[ExternalHost]:
        """The external hosts, those with the most links first."""
        known = states(dict.fromkeys(url for urls in self._hosts.values() for url in urls))
        for host, urls in sorted(self._hosts.items(), key=lambda each: (-len(each[1]), each[0])):
            addresses = set(urls)
            counted = Counter(known[each] for each in addresses if each in known)
            yield ExternalHost(host, len(urls), len(addresses), tuple(sorted(counted.items())))

    def duplicates(self) -> Iterator[Duplicate]:
        """Pages that entries of several notes lead to, those of the most notes first.

        Notes are not among them: a collection is made of links to these.
        """
        found = []
        for (root, page), entries in self._pages.items():
            firsts = dict(reversed(entries))  # one a note, the first
            if len(firsts) < 2 or (root and self._is_note(*entries[0])):
                continue
            titles = Counter(link.title for _, link in entries if link.title)
            places = tuple(
                NoteLine(
                    n, link.line, _address(self._every[n][1], self._every[n][2].path, link.line)
                )
                for n, link in sorted(firsts.items())
            )
            title = titles.most_common(1)[0][0] if titles else ""
            found.append(Duplicate(page.removesuffix("#") if root else page, title, places))
        yield from sorted(found, key=lambda each: (-len(each.places), each.page))

    def _is_note(self, number: int, link: LinkFact) -> bool:
        _, tree, note = self._every[number]
        path = tree.workspace.resolve(link.destination, note.path).path
        return (note.root, _note(tree, path)) in self._number

    # ------------------------------------------------------------------ problems, pictures

    def problems(self, identity: Callable[[Diagnostic], str]) -> Iterator[Problem]:
        known = {path: (tree, note) for path, tree, note in self._every}
        lines: dict[str, list[str]] = {}
        for each in self._diagnostics:
            start, end = each.range
            excerpt, first, last, address = "", 0, 0, ""
            if each.path in known:
                tree, note = known[each.path]
                if each.path not in lines:
                    lines = {each.path: LINE_END.split(tree.texts[note.path])}
                its = lines[each.path]
                line = its[start.line - 1] if start.line <= len(its) else ""
                stop = end.column - 1 if end.line == start.line else len(line)
                excerpt, first, last = _excerpt(line, start.column - 1, stop)
                address = _address(tree, note.path, start.line)
            yield Problem(
                each.path,
                start.line,
                start.column,
                each.rule,
                each.severity.value,
                each.message,
                identity(each),
                excerpt,
                first,
                last,
                address,
            )

    def pictures(self) -> Iterator[Picture]:
        found = []
        for tree in self._trees:
            files = tree.workspace.tree
            images = [each for each in files.files if each.lower().endswith(IMAGES)]
            unused = set(unused_images(tree.workspace)) if images else set[str]()
            for each in images:
                file = os.path.join(files.root, each)
                try:
                    size = os.lstat(file).st_size
                except OSError:
                    continue
                shown = display_path(file, self._here)
                found.append(Picture(shown, size, each in unused, _address(tree, each)))
        yield from sorted(found, key=lambda each: (-each.size, each.path))


def _note(tree: NotesOfTree, path: str) -> str:
    """The note that a link to *path* leads to: of a folder, its index."""
    if tree.workspace.tree.is_folder(path):
        indexes = indexes_above(tree.workspace.tree, f"{path}/x" if path else "x")
        index = indexes[-1] if indexes else ""
        return index if os.path.dirname(index) == path else ""
    return tree.workspace.page(path) or ""


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _excerpt(line: str, start: int, end: int) -> tuple[str, int, int]:
    """*line*, cut to the part that is shown, and the start and end of the fault in it."""
    lead = len(line) - len(line.lstrip())
    cut = max(min(lead, start), start - _BEFORE if len(line) - lead > _EXCERPT else 0)
    shown = line[cut : cut + _EXCERPT].rstrip()
    return shown, min(start - cut, len(shown)), min(max(end, start) - cut, len(shown))


def _address(tree: NotesOfTree, path: str, line: int = 0) -> str:
    urls = tree.workspace.own_urls
    return urls.homes[0].address(path, line) if urls else ""
