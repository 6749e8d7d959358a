"""Whether a file elsewhere may be the one that a link means."""

from __future__ import annotations

import posixpath

from notelint.text.startup import lazy_regex
from notelint.workspace.tree import Tree

_LONG = 20  # letters; one of a wide script counts twice
# A word that makes a name unique: `oZkXy20K`, `20210308104545`.
_HASH = lazy_regex(
    r"(?<![^\W_])(?=[^\W_]{8})[^\W\d_]*(?:\d+[^\W\d_]+\d|(?<=[^\W\d_])\d+[^\W\d_]|\d{8})"
)


def may_be_moved(gone: str, found: str, tree: Tree) -> bool:
    """Whether *found*, the only file of its name, may be what *gone* means; both from the root."""
    stem = posixpath.splitext(posixpath.basename(gone))[0]
    if sum(1 if char.isascii() else 2 for char in stem) >= _LONG or _HASH.search(stem):
        return True
    before, after = gone.split("/")[:-1], found.split("/")[:-1]
    return _differ_in_one(before, after) or _renamed(before, after, tree)


def _differ_in_one(before: list[str], after: list[str]) -> bool:
    """Whether one of the folders is the other with one more, or is above it, or ends as it does."""
    shorter, longer = sorted((before, after), key=len)
    if len(longer) == len(shorter) + 1:
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    if not shorter:
        return False
    return longer[-len(shorter) :] == shorter or before[: len(after)] == after


def _renamed(before: list[str], after: list[str], tree: Tree) -> bool:
    """Whether the paths share a folder below the root, and are not those of two things in it."""
    same = len(posixpath.commonprefix([before, after]))
    alike = before[same + 1 :] and before[same + 1 :] == after[same + 1 :]
    return same > 0 and not (alike and tree.exists("/".join(before[: same + 1])))
