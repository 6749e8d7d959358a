"""What is kept of a note between runs, and how it is told that the note is still the same."""

from __future__ import annotations

import os

from notelint.text.startup import NamedTuple
from notelint.workspace.observe import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.finding import Diagnostic
    from notelint.markdown.directives import Directive
    from notelint.text.span import Span
    from notelint.workspace.facts import FileFacts


class Use(NamedTuple):
    """A comment that suppressed a finding, and the name in it that did, if it has names."""

    comment: Span
    name: str


class Analysis(NamedTuple):
    """All that a run keeps of a note once it is parsed; what it takes to look across files.

    Paths in it are relative to the root of the workspace. ``used`` are the comments that
    suppressed something, ``stale`` the tables of contents that are reported as a whole.
    """

    facts: FileFacts
    diagnostics: tuple[Diagnostic, ...]
    directives: tuple[Directive, ...]
    used: frozenset[Use]
    stale: tuple[Span, ...]


class Row(NamedTuple):
    """What is kept of a note; ``digest`` is of its bytes, ``anchors`` and ``links`` of these.

    ``findings`` are all that is to be reported of it. They hold while each of ``needs`` has the
    digest given (see :class:`~notelint.workspace.workspace.Workspace`), and what was seen of the
    tree, kept under the name ``tree``, is still to be seen.
    """

    path: str
    stamp: str
    digest: str
    anchors: str
    links: str
    findings: str
    needs: str
    tree: str


class Full(NamedTuple):
    """A row with the facts, the pages that entries lead to, and the rest of what was kept."""

    row: Row
    facts: str
    seen: str
    pages: str


def tree_name(looked: str) -> str:
    """The name under which *looked*, the JSON of what was looked at in a tree, is kept."""
    return digest(looked.encode("utf-8", "replace"))


def stamp_of(file: str, read: int) -> str:
    """What tells, without reading it, that *file* is as it was at the time *read*, in ns."""
    return f"{stamp(os.stat(file))} {read}"


def stamp(status: os.stat_result) -> str:
    """What of a file's *status* is another when the file is."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
