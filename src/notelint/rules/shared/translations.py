"""The notes that are translations of each other."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from notelint.text.suffixes import SUFFIXES
from notelint.workspace.facts import FileFacts
from notelint.workspace.languages import CODE, is_english, language_of
from notelint.workspace.workspace import Workspace

_LANG, _ORIGINAL = "{lang}", "en"


def originals(facts: FileFacts, workspace: Workspace, names: Sequence[str]) -> Iterator[str]:
    """The notes that the one of *facts* is a translation of, by its links or by *names*."""
    for name in names:
        for path in _by_name(facts.path, name):
            if path != facts.path and workspace.tree.exists(path):
                yield path
                return
    found = [
        path
        for path, text in linked(facts, workspace).items()
        if is_original(path, facts.path)
        or (not language_of(path) and not language_of(facts.path) and is_english(text))
    ]
    yield from sorted(found, key=lambda each: bool(language_of(each)))


def linked(facts: FileFacts, workspace: Workspace) -> dict[str, str]:
    """The notes that the one of *facts* links near its top by the name of a language."""
    found: dict[str, str] = {}
    for destination, text in facts.about.languages:
        to = workspace.resolve(destination, facts.path)
        path = workspace.page(to.path) if to.kind == "local" else None
        if path and workspace.tree.is_folder(path):
            path = workspace.page(posixpath.join(path, "README"))
        if path and path != facts.path and path.lower().endswith(SUFFIXES):
            found.setdefault(path, text)
    return found


def known(path: str, workspace: Workspace) -> FileFacts | None:
    """The facts of the note at *path*; the answer depends on its whole text."""
    return None if workspace.is_excluded(path) else workspace.all_of(path)


def is_original(path: str, other: str) -> bool:
    """Whether the note at *path* is the original of the one at *other*, by their languages."""
    mine, its = language_of(path), language_of(other)
    if not mine:
        return bool(its) and not _has_suffix(path, other)
    return is_english(mine) and bool(its) and not is_english(its)


def _has_suffix(path: str, other: str) -> bool:
    """Whether the note at *path* is called as the one at *other*, and something after that."""
    stem, name = (posixpath.basename(each).rpartition(".")[0].lower() for each in (path, other))
    base = name.removesuffix(language_of(name + ".md")).rstrip("._-")
    return bool(base) and re.match(rf"{re.escape(base)}[._-]", stem) is not None


def _by_name(path: str, name: str) -> Iterator[str]:
    """The paths that the original of *path* may have, by the pattern *name*."""
    start, _, end = name.partition(_LANG)
    if "/" in name.rstrip("/"):
        before = f"({re.escape(start.lstrip('/'))})"
    else:  # a name at any depth
        before = f"((?:[^/]+/)*{re.escape(start)})"
    after = f"({re.escape(end)}.*)" if name.endswith("/") else f"({re.escape(end)})"
    found = re.fullmatch(f"{before}{CODE}{after}", path, re.IGNORECASE)
    if found is None:
        return
    language = path[len(found[1]) : len(path) - len(found[2])]
    if not name.endswith("/"):
        yield found[1].rstrip("._-") + found[2]
    if language.casefold() != _ORIGINAL:
        yield found[1] + _ORIGINAL + found[2]
