"""Inspection of a repository for a starter configuration."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from notelint.config.starter import Starter
from notelint.markdown.document import Document
from notelint.text.source import Source
from notelint.toc.markers import find_blocks
from notelint.workspace import read_note
from notelint.workspace.discover import notes_below
from notelint.workspace.git import git, path_from_top

# Folders with notes by others, or with mistakes on purpose.
_FOREIGN = frozenset(
    {"vendor", "vendored", "third_party", "third-party", "node_modules", "bower_components"}
    | {"fixtures", "__fixtures__", "__snapshots__", "testdata", "test-data"}
)
_ATTRIBUTES = ("linguist-vendored", "linguist-generated")
_HOSTS = {"gitlab": "gitlab", "bitbucket": "bitbucket"}
_MIN_LINKS = 5  # in lists of a note that collects links


def survey(folder: Path) -> Starter:
    """Detect the settings that suit the notes below *folder*. Writes nothing."""
    notes = notes_below(str(folder))
    exclude = left_out(folder, notes)
    docs = [doc for note in notes if not _within(note, exclude) and (doc := _doc(folder / note))]
    collecting = sum(_collected(doc) >= _MIN_LINKS for doc in docs)
    return Starter(
        exclude=tuple(exclude),
        across_files=collecting > 1,
        flavor=_flavor(folder),
        bullet=_bullet(docs),
    )


def left_out(folder: Path, notes: Sequence[str]) -> list[str]:
    """Patterns for those of *notes* that ``.gitattributes`` or a folder's name marks as foreign."""
    found: dict[str, None] = {}
    for note in notes:
        *folders, _ = note.split("/")
        for number, name in enumerate(folders, 1):
            if name in _FOREIGN:
                found["/".join(folders[:number]) + "/"] = None
                break
    marked = _marked(folder, [note for note in notes if not _within(note, found)])
    return [*found, *_whole_folders(marked, notes)]


def _marked(folder: Path, notes: Sequence[str]) -> list[str]:
    """The *notes* that ``.gitattributes`` marks as vendored or generated."""
    above = path_from_top(str(folder))
    given = b"".join(os.fsencode(above + note) + b"\0" for note in notes)
    listed = git(str(folder), "check-attr", "-z", "--stdin", *_ATTRIBUTES, given=given) or b""
    fields = listed.split(b"\0")
    triples = zip(fields[::3], fields[2::3], strict=False)
    marked = (os.fsdecode(path) for path, value in triples if value in (b"set", b"true"))
    return list(dict.fromkeys(path[len(above) :] for path in marked))


def _whole_folders(marked: Sequence[str], notes: Sequence[str]) -> list[str]:
    """Patterns for the *marked* notes; for a top folder with no others, that of the folder."""
    tops = Counter(note.partition("/")[0] for note in notes if "/" in note)
    of_top = Counter(note.partition("/")[0] for note in marked if "/" in note)
    whole = [top for top in of_top if of_top[top] == tops[top]]
    single = [note for note in marked if note.partition("/")[0] not in whole or "/" not in note]
    return [*(f"/{top}/" for top in whole), *(f"/{note}" for note in single)]


def _within(note: str, patterns: Iterable[str]) -> bool:
    return any(note == each.strip("/") or note.startswith(each.lstrip("/")) for each in patterns)


def _doc(path: Path) -> Document | None:
    try:
        return Document(Source.decode(read_note.read(path, path.name)))
    except read_note.FileProblem:
        return None


def _collected(doc: Document) -> int:
    links = (link for link in doc.links if link.item >= 0 and not link.images)
    return sum(link.destination.lower().startswith(("http://", "https://")) for link in links)


def _flavor(folder: Path) -> str | None:
    """The host of the repository's remotes, if not GitHub."""
    remotes = (git(str(folder), "config", "--get-regexp", r"^remote\..*\.url$") or b"").decode(
        "utf-8", "replace"
    )
    hosts = re.findall(r"(?:@|//)([\w.-]+)", remotes)
    return next((flavor for name, flavor in _HOSTS.items() if any(name in h for h in hosts)), None)


def _bullet(docs: Iterable[Document]) -> str | None:
    """The bullet of the tables of contents, if all have the same and it is not the default."""
    bullets = {
        match[1]
        for doc in docs
        for block in find_blocks(doc)
        if (match := re.search(r"^[ \t]*([-*+])[ \t]", doc.slice(block.inner), re.MULTILINE))
    }
    return bullets.pop() if len(bullets) == 1 and bullets != {"-"} else None
