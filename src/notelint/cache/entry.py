"""The analysis of a note in memory, and the entry of a note in the cache."""

from __future__ import annotations

import os

from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.diagnostics import Diagnostic
    from notelint.markdown.directives import Directive
    from notelint.text.source import Span
    from notelint.workspace.facts import FileFacts


class Use(NamedTuple):
    """A comment that suppressed a finding, and the name in it that matched, if it has names."""

    comment: Span
    name: str


class Analysis(NamedTuple):
    """The result of analyzing one note alone: a pure function of its bytes, its path and the rules.

    ``facts`` are what the rules across files need to know. ``diagnostics`` are the findings of the
    rules on one document, with paths relative to the root of the workspace. ``directives`` are the
    suppression comments, ``used`` those that suppressed something. ``stale_tocs`` are the spans of
    the tables of contents that are reported as a whole. ``changeable`` is False if no fix is tried:
    an error must be repaired by hand first, or the note has too many pieces.

    ``digest`` is that of the bytes. ``stamp`` is that of the file that they were read from (see
    :func:`file_stamp`), empty for a text that is not on disk. ``text`` is the source, as long as it
    is kept in memory. Only the first six fields are serialized, in this order.
    """

    facts: FileFacts
    diagnostics: tuple[Diagnostic, ...]
    directives: tuple[Directive, ...]
    used: frozenset[Use]
    stale_tocs: tuple[Span, ...]
    changeable: bool
    digest: str = ""
    stamp: str = ""
    text: str | None = None


class CacheEntry(NamedTuple):
    """One row of the cache: a note and its results. All fields are text, in column order.

    ``config`` identifies the configuration of the note; the cache fills it in. ``digest`` is that
    of the bytes of the note, ``targets`` that of its link targets. ``compared`` holds digests of
    what is compared with other notes, one for each of ``ALL_KINDS``, with spaces between them.

    ``findings`` are all diagnostics, as JSON. They are current while each of ``dependencies``, a
    JSON object, has the digest given there, and the tree is as in the snapshot named ``snapshot``.
    If that name is empty, the note was analyzed but not checked.

    ``pages``, ``outlinks`` and ``analysis`` are JSON. The analysis is read only when it is needed;
    until then it is empty.
    """

    path: str
    config: str
    stamp: str
    digest: str
    targets: str
    compared: str
    findings: str = "[]"
    dependencies: str = "{}"
    snapshot: str = ""
    pages: str = "[]"
    outlinks: str = "[]"
    analysis: str = ""


def file_stamp(file: str, read_at: int) -> str:
    """A stamp of *file*, read at the time *read_at* (ns), that changes when the file does.

    An equal stamp shows, without reading the file, that it is unchanged. Empty if there is no file.
    """
    try:
        return f"{status_stamp(os.stat(file))} {read_at}"
    except OSError:
        return ""


def status_stamp(status: os.stat_result) -> str:
    """The part of a stamp that depends on the *status* of a file: size, times and inode."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
