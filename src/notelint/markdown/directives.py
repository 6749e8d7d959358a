"""Suppression comments, such as ``<!-- notelint-disable RULE… -->``, as directives.

Comments for markdownlint and rumdl apply to the rules of notelint that compare to theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from notelint.markdown import markdownlint_names
from notelint.markdown.html import Comment
from notelint.text.source import LineIndex, Span
from notelint.text.startup import NamedTuple, lazy_regex

_FORM = lazy_regex(
    r"(notelint|markdownlint|rumdl)-([a-z-]+)(?:\s+(.*))?$", re.DOTALL | re.IGNORECASE
)
# The start of a comment that was meant for notelint: `notelint-disble`, `notelint: disable`.
_MEANT = lazy_regex(r"notelint(?:-|[\s:_]+(?:dis|en)able)[^\s,]*", re.IGNORECASE)
# The markers around a list of contributors that a bot keeps. Some copy them, with the comment that
# turns markdownlint off, around a list of their own: there, the comment is not about link targets.
_LIST = lazy_regex(r"ALL-([A-Z]+)-LIST:\s*(START|END)")
_TARGETS = frozenset({"broken-anchor", "anchor-case", "missing-file", "path-case"})
ENABLE = "enable"
ACTIONS = ("disable", "disable-file", "disable-line", "disable-next-line", ENABLE)
_THEIRS = frozenset({*ACTIONS, "capture", "restore", "configure-file"})
_END_OF_NOTE = 1 << 62

# Limits against notes that consist only of directives.
_MAX_DIRECTIVES = 5_000  # in a note
_MAX_OPEN = 200  # comments whose rules have not been enabled again
_MAX_NAMES = 200  # in a comment, or enabled again after a comment that disables all rules


class Directive(NamedTuple):
    """The suppression of findings that start on the lines from ``first`` to ``last``, from 1.

    ``names`` are rules or categories; if there are none, all rules are suppressed but those of
    ``but``. ``span`` covers the comment. ``own`` is False for a comment for another linter.
    ``unknown`` is the beginning of a comment for notelint that means nothing, or enables nothing.
    """

    span: Span
    names: frozenset[str]
    first: int
    last: int
    own: bool = True
    but: frozenset[str] = frozenset()
    unknown: str | None = None

    def covers(self, line: int, rule: str, categories: Iterable[str]) -> bool:
        """Whether a finding of *rule* that starts on *line* is suppressed."""
        return self.first <= line <= self.last and self.is_about(rule, categories)

    def is_about(self, rule: str, categories: Iterable[str]) -> bool:
        """Whether findings of *rule* are suppressed on the lines of the directive."""
        if self.unknown is not None:
            return False
        called = {rule, *categories}
        return bool(self.names & called) if self.names else not self.but & called


class _Comment(NamedTuple):
    """A suppression comment: whether it is for notelint, its action and its names (none: all)."""

    span: Span
    own: bool
    action: str
    names: frozenset[str]


class _Off(NamedTuple):
    """Names (none: all except ``but``) that a comment disables from the line ``first`` on."""

    span: Span
    names: frozenset[str]
    first: int
    but: frozenset[str] = frozenset()


def directives(comments: Iterable[Comment], lines: LineIndex) -> list[Directive]:
    """The directives of the comments of a document, in document order."""
    readers = {True: _Reader(True, lines), False: _Reader(False, lines)}
    for comment in _parsed(comments):
        readers[comment.own].read(comment)
    found = [one for reader in readers.values() for one in reader.finish()]
    return sorted(found, key=lambda directive: (directive.span, directive.first))


class _Reader:
    """Reads the comments for notelint, or those for other linters, in document order."""

    def __init__(self, own: bool, lines: LineIndex) -> None:
        self._own = own
        self._lines = lines
        self._found: list[Directive] = []
        self._off: list[_Off] = []
        self._captured: list[_Off] = []

    def read(self, comment: _Comment) -> None:
        """Read the next comment."""
        if len(self._found) >= _MAX_DIRECTIVES:
            return
        line = self._lines.position(comment.span.start).line
        after = self._lines.position(comment.span.end).line + 1
        if comment.action in ("disable-file", "configure-file"):
            self._end([_Off(comment.span, comment.names, 1)], _END_OF_NOTE)
        elif comment.action == "disable-next-line":
            self._end([_Off(comment.span, comment.names, after)], after)
        elif comment.action == "disable-line":
            self._end([_Off(comment.span, comment.names, line)], line)
        elif comment.action == "disable" and len(self._off) < _MAX_OPEN:
            self._off.append(_Off(comment.span, comment.names, line))
        elif comment.action == ENABLE:
            ended = self._enable(comment.names, line)
            if comment.own and not ended and len(self._off) < _MAX_OPEN:
                idle = Directive(comment.span, comment.names, line, line, unknown="notelint-enable")
                self._found.append(idle)
        elif comment.action == "capture":
            self._captured = list(self._off)
        elif comment.action == "restore":
            self._restore(line)
        elif comment.own and comment.action not in ACTIONS:
            self._found.append(
                Directive(comment.span, frozenset(), line, line, unknown=comment.action)
            )

    def finish(self) -> list[Directive]:
        """All directives; names that are still disabled are so up to the end of the note."""
        self._end(self._off, _END_OF_NOTE)
        return self._found

    def _end(self, ended: Iterable[_Off], last: int) -> None:
        self._found += [
            Directive(off.span, off.names, off.first, last, self._own, off.but) for off in ended
        ]

    def _enable(self, names: frozenset[str], line: int) -> bool:
        """Enable *names* again; without names, all. Return whether any was disabled."""
        before, still_off = len(self._found), []
        for off in self._off:
            if not names or (off.names and off.names <= names):
                self._end([off], line)
            elif not off.names and not names <= off.but:
                self._end([off], line)
                if len(off.but | names) <= _MAX_NAMES:
                    still_off.append(off._replace(but=off.but | names, first=line + 1))
            elif off.names & names:
                self._end([off._replace(names=off.names & names)], line)
                still_off.append(off._replace(names=off.names - names))
            else:
                still_off.append(off)
        self._off = still_off
        return len(self._found) > before

    def _restore(self, line: int) -> None:
        """Return to the state of the last capture, or to the initial state."""
        captured, off_now = set(self._captured), set(self._off)
        self._end([off for off in self._off if off not in captured], line)
        self._off = [off if off in off_now else off._replace(first=line) for off in self._captured]


def _parsed(comments: Iterable[Comment]) -> Iterator[_Comment]:
    by_hand = False
    for comment in comments:
        if mark := _LIST.match(comment.text):
            by_hand = mark[2] == "START" and mark[1] != "CONTRIBUTORS"
        match = _FORM.match(comment.text)
        if match is None or (match[1].lower() == "notelint" and match[2].lower() not in ACTIONS):
            if meant := _MEANT.match(comment.text):
                yield _Comment(comment.span, True, meant[0], frozenset())
            continue
        own, action = match[1].lower() == "notelint", match[2].lower()
        if not own and action not in _THEIRS:
            continue
        if own:
            # the text after `--` is a reason for readers
            yield _Comment(
                comment.span, own, action, _split(re.split(r"\s--\s", match[3] or "")[0])
            )
            continue
        if action == "configure-file":
            theirs = _configured(match[3])
        else:
            named = (match[3] or "").strip()
            theirs = markdownlint_names.ALL
            if named:
                theirs = markdownlint_names.comparable(_split(named))
        if by_hand and not match[3]:
            theirs -= _TARGETS
        if theirs or action in ("capture", "restore"):
            yield _Comment(comment.span, own, action, theirs)


def _split(text: str) -> frozenset[str]:
    return frozenset(re.split(r"[\s,]+", text.strip(), maxsplit=_MAX_NAMES)[:_MAX_NAMES]) - {""}


def _configured(text: str | None) -> frozenset[str]:
    """The rules that the JSON of a comment disables; none if it is not valid."""
    import json

    try:
        settings = json.loads(text or "")
    except (ValueError, RecursionError):
        return frozenset()
    return markdownlint_names.switched_off(settings) if isinstance(settings, dict) else frozenset()
