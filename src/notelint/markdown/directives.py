"""``<!-- notelint-disable RULE… -->`` and its kin: what a note asks not to be told.

The comments of markdownlint and rumdl count for the rules of ours that compare to theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from notelint.markdown import foreign
from notelint.markdown.html import Comment
from notelint.text.lines import LineIndex
from notelint.text.span import Span
from notelint.text.startup import NamedTuple, lazy_regex

_FORM = lazy_regex(
    r"(notelint|markdownlint|rumdl)-([a-z-]+)(?:\s+(.*))?$", re.DOTALL | re.IGNORECASE
)
_SHARED = frozenset({"disable", "enable", "disable-next-line", "disable-file"})
_THEIRS = _SHARED | {"disable-line", "capture", "restore", "configure-file"}
_EVERYTHING = 1 << 62

# More than anybody writes, and few enough that a note made of nothing else takes no hour.
_MOST = 5_000  # directives in a note
_MOST_OPEN = 200  # comments that switch off what was not switched on again yet
_MOST_NAMES = 200  # names in a comment, or left on by the comments behind one that names none


class Directive(NamedTuple):
    """Findings not to be reported: those of *names* (rules or categories; none: of all *but*) that
    start on the lines from ``first`` to ``last``, both from 1. ``span`` covers the comment.

    ``own`` is False for a comment that speaks to another linter.
    """

    span: Span
    names: frozenset[str]
    first: int
    last: int
    own: bool = True
    but: frozenset[str] = frozenset()

    def covers(self, line: int, rule: str, categories: Iterable[str]) -> bool:
        """Whether a finding of *rule* that starts on *line* is not to be reported."""
        return self.first <= line <= self.last and self.is_about(rule, categories)

    def is_about(self, rule: str, categories: Iterable[str]) -> bool:
        """Whether findings of *rule* are not to be reported on its lines."""
        means = {rule, *categories}
        return bool(self.names & means) if self.names else not self.but & means


class _Said(NamedTuple):
    """A comment that is a directive: whose, what it asks, and for which names (none: all)."""

    span: Span
    own: bool
    what: str
    names: frozenset[str]


class _Off(NamedTuple):
    """Names (none: all *but*) that a comment switched off, from a line on."""

    span: Span
    names: frozenset[str]
    first: int
    but: frozenset[str] = frozenset()


def directives(comments: Iterable[Comment], lines: LineIndex) -> list[Directive]:
    """What the comments of a document ask for, in document order."""
    readers = {True: _Reader(True, lines), False: _Reader(False, lines)}
    for said in _parsed(comments):
        readers[said.own].read(said)
    found = [one for reader in readers.values() for one in reader.finish()]
    return sorted(found, key=lambda directive: (directive.span, directive.first))


class _Reader:
    """The state that the directives of one family have come to."""

    def __init__(self, own: bool, lines: LineIndex) -> None:
        self._own = own
        self._lines = lines
        self._found: list[Directive] = []
        self._off: list[_Off] = []
        self._captured: list[_Off] = []

    def read(self, said: _Said) -> None:
        """Take the next comment in."""
        if len(self._found) >= _MOST:
            return
        line = self._lines.position(said.span.start).line
        after = self._lines.position(said.span.end).line + 1
        if said.what in ("disable-file", "configure-file"):
            self._end([_Off(said.span, said.names, 1)], _EVERYTHING)
        elif said.what == "disable-next-line":
            self._end([_Off(said.span, said.names, after)], after)
        elif said.what == "disable-line":
            self._end([_Off(said.span, said.names, line)], line)
        elif said.what == "disable" and len(self._off) < _MOST_OPEN:
            self._off.append(_Off(said.span, said.names, line))
        elif said.what == "enable":
            self._enable(said.names, line)
        elif said.what == "capture":
            self._captured = list(self._off)
        elif said.what == "restore":
            self._restore(line)

    def finish(self) -> list[Directive]:
        """All there is; what is still off stays so to the end."""
        self._end(self._off, _EVERYTHING)
        return self._found

    def _end(self, ended: Iterable[_Off], last: int) -> None:
        self._found += [
            Directive(off.span, off.names, off.first, last, self._own, off.but) for off in ended
        ]

    def _enable(self, names: frozenset[str], line: int) -> None:
        """Switch *names* on again; no names: everything."""
        stays = []
        for off in self._off:
            if not names or (off.names and off.names <= names):
                self._end([off], line)
            elif not off.names:
                self._end([off], line)
                if len(off.but | names) <= _MOST_NAMES:
                    stays.append(off._replace(but=off.but | names, first=line + 1))
            elif off.names & names:
                self._end([off._replace(names=off.names & names)], line)
                stays.append(off._replace(names=off.names - names))
            else:
                stays.append(off)
        self._off = stays

    def _restore(self, line: int) -> None:
        """Go back to what was off at the last capture, or at the beginning."""
        captured, off_now = set(self._captured), set(self._off)
        self._end([off for off in self._off if off not in captured], line)
        self._off = [off if off in off_now else off._replace(first=line) for off in self._captured]


def _parsed(comments: Iterable[Comment]) -> Iterator[_Said]:
    for comment in comments:
        match = _FORM.match(comment.text)
        if match is None:
            continue
        own, what = match[1].lower() == "notelint", match[2].lower()
        if what not in (_SHARED if own else _THEIRS):
            continue
        if own:
            # what stands behind `--` is the reason, for people
            yield _Said(comment.span, own, what, _split(re.split(r"\s--\s", match[3] or "")[0]))
            continue
        theirs = _configured(match[3]) if what == "configure-file" else _comparable(match[3])
        if theirs or what in ("capture", "restore"):
            yield _Said(comment.span, own, what, theirs)


def _split(text: str) -> frozenset[str]:
    return frozenset(re.split(r"[\s,]+", text.strip(), maxsplit=_MOST_NAMES)[:_MOST_NAMES]) - {""}


def _comparable(text: str | None) -> frozenset[str]:
    return foreign.comparable(_split(text)) if text and text.strip() else foreign.ALL


def _configured(text: str | None) -> frozenset[str]:
    """What the JSON of a comment switches off; nothing where it is no JSON."""
    import json

    try:
        settings = json.loads(text or "")
    except (ValueError, RecursionError):
        return frozenset()
    return foreign.switched_off(settings) if isinstance(settings, dict) else frozenset()
