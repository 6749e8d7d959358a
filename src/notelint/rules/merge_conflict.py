from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.rules.base import Document, Finding, Related, Span, rule
from notelint.rules.shared.unjudged_spans import in_code
from notelint.text.startup import NamedTuple, lazy_regex

# As git and its kin write them: seven of a kind at the start of a line, then a space and a name.
_MARKER = lazy_regex(
    r"(?:^|(?<=\r))(?:(?P<ours><{7})|(?P<base>\|{7})|(?P<mid>={7})|(?P<theirs>>{7}))"
    r"(?P<name>[ \t]+[^\r\n]*)?(?=[\r\n]|\Z)",
    re.MULTILINE,
)


@rule()
def merge_conflict(doc: Document) -> Iterator[Finding]:
    """Markers of a merge conflict that is not resolved.

    Why: both versions are in the note, one after the other, with the markers as text, headings and
    quotes. A line of `=` below text makes a heading, and is not reported. In such a
    note no heading, definition or footnote is reported as repeated, and no heading as empty or as
    skipping a level.

    Bad:

    ```markdown
    <<<<<<< HEAD
    GLM-130B has 130 billion parameters.
    =======
    GLM-130B has 130B parameters.
    >>>>>>> notes
    ```

    Good:

    ```markdown
    GLM-130B
    =======

    130 billion parameters. A conflict starts with `<<<<<<< HEAD`.
    ```
    """
    for parts in filter(_is_conflict, _groups(_markers(doc))):
        first, rest = parts[0], parts[1:]
        related = tuple(Related(each.span, _SAYS[each.kind]) for each in rest)
        yield Finding(first.span, "unresolved merge conflict", related=related)


_SAYS = {"base": "the common version", "mid": "the other version", "theirs": "it ends here"}


class Marker(NamedTuple):
    """A line that looks like a marker; ``named`` where something stands behind it."""

    kind: str
    span: Span
    named: bool


def _markers(doc: Document) -> Iterator[Marker]:
    silent = in_code(doc)
    for match in _MARKER.finditer(doc.source.text):
        if match.start() not in silent:
            kind = next(name for name in ("ours", "base", "mid", "theirs") if match[name])
            name = (match["name"] or "").strip()
            span = Span(match.start(), match.start() + len(match[0].rstrip()))
            yield Marker(kind, span, bool(name))


def _groups(markers: Iterator[Marker]) -> Iterator[list[Marker]]:
    """The markers, those together that would be of one conflict."""
    parts: list[Marker] = []
    for marker in markers:
        if marker.kind == "ours":
            yield parts
            parts = [marker]
        elif marker.kind == "theirs":
            yield [*parts, marker]
            parts = []
        elif parts and parts[0].kind == "ours":
            parts.append(marker)
        else:
            parts = [marker]  # the first marker may have been taken out by hand
    yield parts


def _is_conflict(parts: list[Marker]) -> bool:
    """Whether the markers *parts* are enough of a conflict, and can be nothing else."""
    kinds = [each.kind for each in parts]
    if "ours" in kinds:
        return parts[0].named or "theirs" in kinds
    return kinds == ["mid", "theirs"] and parts[1].named
