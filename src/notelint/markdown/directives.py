"""``<!-- notelint-disable RULE… -->`` and its kin: what a note asks not to be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notelint.markdown.html import Comment
from notelint.text.lines import LineIndex
from notelint.text.span import Span

_FORM = re.compile(r"notelint-(disable-next-line|disable-file|disable|enable)(?:\s+(.*))?$", re.S)
_EVERYTHING = 1 << 62


@dataclass(frozen=True, slots=True)
class Directive:
    """Findings not to be reported: those of *names* (rules or categories; none: of all) that
    start on the lines from ``first`` to ``last``, both from 1. ``span`` covers the comment."""

    span: Span
    names: frozenset[str]
    first: int
    last: int

    def covers(self, line: int, rule: str, categories: Iterable[str]) -> bool:
        """Whether a finding of *rule* that starts on *line* is not to be reported."""
        if not self.first <= line <= self.last:
            return False
        return not self.names or rule in self.names or not self.names.isdisjoint(categories)


def directives(comments: Iterable[Comment], lines: LineIndex) -> list[Directive]:
    """What the comments of a document ask for, in document order."""
    found: list[Directive] = []
    still_off: list[tuple[Comment, frozenset[str], int]] = []
    for comment, what, names in _parsed(comments):
        line = lines.position(comment.span.start).line
        if what == "disable-file":
            found.append(Directive(comment.span, names, 1, _EVERYTHING))
        elif what == "disable-next-line":
            after = lines.position(comment.span.end).line + 1
            found.append(Directive(comment.span, names, after, after))
        elif what == "disable":
            still_off.append((comment, names, line))
        else:
            still_off, ended = _enabled(still_off, names)
            found += [Directive(c.span, n, first, line) for c, n, first in ended]
    found += [Directive(c.span, n, first, _EVERYTHING) for c, n, first in still_off]
    return sorted(found, key=lambda directive: directive.span)


_Off = list[tuple[Comment, frozenset[str], int]]


def _enabled(off: _Off, names: frozenset[str]) -> tuple[_Off, _Off]:
    """What stays off, and what ends, once *names* are on again; no names: everything."""
    stays, ends = [], []
    for comment, disabled, first in off:
        if not names or disabled <= names:
            ends.append((comment, disabled, first))
        elif disabled & names:
            ends.append((comment, disabled & names, first))
            stays.append((comment, disabled - names, first))
        else:
            stays.append((comment, disabled, first))
    return stays, ends


def _parsed(comments: Iterable[Comment]) -> Iterator[tuple[Comment, str, frozenset[str]]]:
    for comment in comments:
        if match := _FORM.match(comment.text):
            # what stands behind `--` is the reason, for people
            names = re.split(r"\s--\s", match[2] or "")[0]
            yield comment, match[1], frozenset(re.split(r"[\s,]+", names.strip())) - {""}
