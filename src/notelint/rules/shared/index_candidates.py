"""The notes that an index should list, and whether one that it does not list is an exception."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable

from notelint.text.startup import lazy_regex
from notelint.workspace.facts import FileFacts
from notelint.workspace.note_kinds import CHANGELOG, TEMPLATE, kinds_of
from notelint.workspace.reachable_notes import is_index
from notelint.workspace.site_files import LISTING_SITE_FILES, MKDOCS, MORE_SITE_FOLDERS
from notelint.workspace.tree import folders_above
from notelint.workspace.workspace import Workspace

# Readers know these by their names, or programs do; parts of other pages begin with `_`.
_BY_NAME = lazy_regex(
    r"(?i:(?:un)?licen[cs]e|copying|copyright|notice|contributing|contributors?|code[-_]of[-_]conduct"
    r"|security|support|governance|maintainers|authors|credits|acknowledge?ments|thanks|backers"
    r"|sponsors?(?:hip)?|funding|todo|claude|agents?|gemini|skill|copilot-instructions|cla|404"
    r"|third[-_]party|citation|upgrading|upgrade|releasing|roadmap)(?:[-_.].*)?|_.*"
)
# Folders of what is not meant to be found, or not yet.
_ASIDE = lazy_regex(
    r"(?i:drafts?|wip|archived?|archives|old|deprecated|obsolete|attic|trash|private|inbox|tmp|temp"
    r"|tests?|fixtures|testdata|__tests__|node_modules|vendor|third[-_]party|草稿|归档)"
)
_NAV = lazy_regex(r"^nav:", re.MULTILINE)
_SMALL = 5  # notes in a folder of which fewer than four fifths are reached when one is not


def has_readers(facts: FileFacts) -> bool:
    """Whether a reader looks for the note in an index: no draft, and no program writes it."""
    return not (facts.profile.hidden or facts.profile.generated) and belongs(facts.path)


def belongs(path: str) -> bool:
    """Whether a reader looks for the note at *path* in an index."""
    folders = path.split("/")[:-1]
    return not (
        is_index(path)
        or any(each.startswith((".", "_")) or _ASIDE.fullmatch(each) for each in folders)
        or _BY_NAME.fullmatch(posixpath.basename(path).rpartition(".")[0])
        or {CHANGELOG, TEMPLATE} & kinds_of(path)
    )


def lists_itself(workspace: Workspace, note: str) -> bool:
    """Whether the note at *note* is part of a site that lists its pages by itself."""
    above = folders_above(note)
    for folder in {*MORE_SITE_FOLDERS, *above}:
        names = workspace.tree.names(folder)
        if any(each in names for each in LISTING_SITE_FILES):
            return True
        for name in MKDOCS:
            path = posixpath.join(folder, name)
            if name in names and not _NAV.search(workspace.tree.text(path)):
                return True
        if "book.toml" in names and not any(
            "SUMMARY.md" in workspace.tree.names(each) for each in above
        ):
            return True
    return False


class Shares:
    """How many of *notes* are among those *reached*, by folder with all that is below it."""

    def __init__(self, notes: Iterable[str], reached: Collection[str]) -> None:
        self._all: Counter[str] = Counter()
        self._reached: Counter[str] = Counter()
        for note in notes:
            for folder in folders_above(note):
                self._all[folder] += 1
                self._reached[folder] += note in reached

    def stands_out(self, note: str, top: str) -> bool:
        """Whether the note at *note* is an exception in its folder, and in that at *top*.

        A folder with few notes counts with the one around it.
        """
        large = [each for each in folders_above(note) if self._all[each] >= _SMALL]
        return bool(large) and self._mostly(large[-1]) and self._mostly(top)

    def _mostly(self, folder: str) -> bool:
        return 5 * self._reached[folder] >= 4 * self._all[folder] > 0
