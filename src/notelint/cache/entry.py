"""What is known of one note: its analysis in memory, and its entry in the cache."""

from __future__ import annotations

import os

from notelint.text.startup import NamedTuple

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
    """The result of analysing one note alone: a pure function of its bytes, its path and the rules.

    ``facts`` are what the rules across files need to know. ``diagnostics`` are those of the rules
    on one document, with paths relative to the root of the workspace. ``used`` are the comments
    that suppressed something, ``stale`` the tables of contents that are reported as a whole.
    ``changeable`` is False where an error must be repaired by hand before fixes are applied.

    ``digest`` is of the bytes, ``stamp`` of the file that they were read from (see
    :func:`file_stamp`); it is empty for a text that is not on the disk. ``text`` is the source, as
    long as it is kept; it is not serialised, and neither are these two.
    """

    facts: FileFacts
    diagnostics: tuple[Diagnostic, ...]
    directives: tuple[Directive, ...]
    used: frozenset[Use]
    stale: tuple[Span, ...]
    changeable: bool
    digest: str = ""
    stamp: str = ""
    text: str | None = None


class CacheEntry(NamedTuple):
    """One row of the cache: a note, and what was found out about it. All fields are text.

    ``digest`` is of the bytes of the note. ``targets`` is the digest of what links of other notes
    can lead to; ``compared`` holds, for each of ``EVERY`` kind of dependency, the digest of what
    is compared with other notes, with blanks between them.

    ``findings`` are all diagnostics, as JSON. They are current while each of ``dependencies``, a
    JSON object, has the digest given there, and the tree is as the snapshot of the name
    ``snapshot`` says. An empty name: the note was analysed, but is not checked yet.

    ``pages`` and ``analysis`` are JSON, and empty until they are asked for.
    """

    path: str
    stamp: str
    digest: str
    targets: str
    compared: str
    findings: str = "[]"
    dependencies: str = "{}"
    snapshot: str = ""
    pages: str = ""
    analysis: str = ""


def file_stamp(file: str, read: int) -> str:
    """The stamp by which to tell, without reading it, that *file* is as at the time *read*, in ns.

    Empty where there is no such file.
    """
    try:
        return f"{status_stamp(os.stat(file))} {read}"
    except OSError:
        return ""


def status_stamp(status: os.stat_result) -> str:
    """The part of a stamp that changes with a file: size, times and inode of its *status*."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
