"""Fixes that need no trial: the text around each proves what it changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from notelint.engine.linter import RuleFinding
from notelint.markdown.definitions import Definition
from notelint.markdown.document import Document
from notelint.markdown.elements import Link, TopBlock
from notelint.rules.effects import (
    Destinations,
    Readdresses,
    RemovesDefinitions,
    RemovesEntries,
)
from notelint.text.edits import Edit
from notelint.text.source import Span
from notelint.text.startup import lazy_regex
from notelint.workspace.facts import LinkFact

# Addresses in which no character is special in any context.
_PLAIN = lazy_regex(r"[\w./?%=#:,+@~-](?:[\w./?%=#:,+@~-]|&(?!\#?\w*;))*")
_WINDOWS = lazy_regex(r"(?:[\w./?%=#:,+@~-]|\\(?=[^\W_]))+")
# The characters before and after the address in a link of each kind.
_AROUND = {
    "inline": lazy_regex(r"\([) ]"),
    "html": lazy_regex(r"\"\"|''"),
    "definition": lazy_regex(r"[: \t](?:[ \t\r\n]|\Z)"),
}
# A list entry on one line, and below it another one that is not indented more.
_ENTRIES = lazy_regex(
    r"(?P<line>(?P<marker>(?P<indent> *)(?P<bullet>[-*+]) {1,4})[^ \t\r\n*+-][^\r\n]*(?:\r\n?|\n))"
    r"(?P<below> *)(?P=bullet) {1,4}[^ \t\r\n*+-]"
)
_DEFINITION = lazy_regex(r"\[[^\[\]\\\r\n]+\]:[ \t]*[!-~]")
# The text that may follow a removed definition: after a blank line, or after another definition.
_APART = lazy_regex(r"[\r\n]*[^-+*\d\s]")
_BELOW = lazy_regex(r"[^\s\"'(]|[ \t]*(?:[\r\n]|\Z)")


def proven_address_fixes(
    text: str, links: Iterable[Link | LinkFact], findings: Iterable[RuleFinding]
) -> set[int]:
    """The ids of the fixes in *findings* that only replace an address in *text*, as allowed.

    *links* are the links of *text*; the effect of the rule says what is allowed.
    """
    edits: dict[Span, list[tuple[RuleFinding, Edit]]] = {}
    for each in findings:
        fix = each.finding.fix
        if fix and len(fix.edits) == 1 and isinstance(each.rule.effect, Readdresses):
            (edit,) = fix.edits
            if _PLAIN.fullmatch(edit.text):
                edits.setdefault(edit.span, []).append((each, edit))
    return {
        id(each.finding.fix)
        for link in (links if edits else ())
        for each, edit in edits.get(link.target, ())
        if text[slice(*edit.span)] == link.destination and _readdresses(text, link, each, edit)
    }


def _readdresses(text: str, link: Link | LinkFact, found: RuleFinding, edit: Edit) -> bool:
    effect, old = found.rule.effect, link.destination
    around = text[edit.span.start - 1 : edit.span.start] + text[edit.span.end : edit.span.end + 1]
    return (
        isinstance(effect, Readdresses)
        and (_PLAIN.fullmatch(old) or _WINDOWS.fullmatch(old)) is not None
        and link.kind in _AROUND
        and _AROUND[link.kind].fullmatch(around) is not None
        and not (link.kind == "html" and "&" in edit.text)  # HTML decodes `&` without `;`, too
        and effect.allowed(old, edit.text)
    )


def proven_entry_removals(
    text: str,
    links: Iterable[Link | LinkFact],
    findings: Iterable[RuleFinding],
    destinations: Destinations,
) -> set[int]:
    """The ids of the fixes in *findings* that remove one list entry of *text* and nothing else.

    *links* are the links of *text*, *destinations* where they lead. The entry is a line with a
    link; the next line is another entry of the list, which takes its place.
    """
    wanted = [each for each in findings if isinstance(each.rule.effect, RemovesEntries)]
    if not wanted:
        return set()
    in_order = sorted(links, key=lambda link: link.span.start)
    return {
        id(fix)
        for each in wanted
        if (fix := each.finding.fix) and len(fix.edits) == 1
        if isinstance(effect := each.rule.effect, RemovesEntries)
        if (link := _entry(text, in_order, fix.edits[0]))
        if effect.beside(destinations).lead_on([link.destination], ())
    }


def _entry(text: str, in_order: Sequence[Link | LinkFact], edit: Edit) -> Link | LinkFact | None:
    """The only link in the list entry that *edit* removes; None if it does anything else."""
    line = _ENTRIES.match(text, edit.span.start)
    if line is None or edit.text or line.end("line") != edit.span.end:
        return None
    less = len(line["indent"]) - len(line["below"])
    if less < 0 or (less and not _line_above(text, edit.span.start).strip()):
        return None
    at = bisect_left(in_order, edit.span.start, key=lambda link: link.span.start)
    stop = bisect_left(in_order, edit.span.end, lo=at, key=lambda link: link.span.start)
    if stop != at + 1:
        return None
    (link,) = in_order[at:stop]
    alone = (
        link.span.start == line.end("marker")
        and not text[link.span.end : edit.span.end].strip(" \t\r\n")
        and not link.image
        and _is_simple(text, link)
    )
    return link if alone else None


def _line_above(text: str, start: int) -> str:
    end = start - 2 if text[max(start - 2, 0) : start] == "\r\n" else max(start - 1, 0)
    return text[max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1 : end]


def _is_simple(text: str, link: Link | LinkFact) -> bool:
    written = text[slice(*link.span)]
    return (
        "\n" not in written
        and "![" not in written
        and "[^" not in written
        and ("<" not in written[1:] and (link.kind == "autolink") == (written[:1] == "<"))
    )


def proven_definition_removals(doc: Document, findings: Iterable[RuleFinding]) -> set[int]:
    """The ids of the fixes in *findings* that remove a definition from *doc* and nothing else."""
    wanted = [each for each in findings if isinstance(each.rule.effect, RemovesDefinitions)]
    definitions = _Definitions(doc) if wanted else None
    return {
        id(fix)
        for each in wanted
        if (fix := each.finding.fix) and len(fix.edits) == 1
        if definitions and definitions.removes_unused(fix.edits[0])
    }


class _Definitions:
    """The definitions of *doc* that are not inside another block."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._starts: dict[int, Definition] = {}
        self._ends: set[int] = set()
        for each in doc.definitions:
            first, last = (position.line for position in doc.lines.range(each.span))
            above = self._above(first)
            if above is None or above[1] < first:
                self._starts[each.span.start] = each
                self._ends.add(last)

    def _above(self, line: int) -> TopBlock | None:
        """The last block that begins on *line* or above it."""
        at = bisect_left(self._doc.blocks, (line + 1,))
        return self._doc.blocks[at - 1] if at else None

    def _is_below_open_code(self, line: int) -> bool:
        """Whether code in the block above *line* is not closed."""
        above, codes = self._above(line), self._doc.codes
        at = bisect_left(codes, line, key=lambda code: code.lines[0])
        if not at or above is None or codes[at - 1].lines[0] < above[0]:
            return False
        return not codes[at - 1].closed

    def removes_unused(self, edit: Edit) -> bool:
        """Whether *edit* removes only an unused definition and blank lines around it."""
        doc, (start, end) = self._doc, edit.span
        written = doc.slice(edit.span)
        definition = self._starts.get(start + len(written) - len(written.lstrip("\r\n")))
        return (
            not edit.text
            and definition is not None
            and definition.key not in doc.used_labels
            and written.strip(" \t\r\n") == doc.slice(definition.span)
            and doc.lines.position(start).column == 1
            and (doc.lines.position(end).column == 1 or end == len(doc.source.text))
            and self._closes(start, end)
        )

    def _closes(self, start: int, end: int) -> bool:
        """Whether the rest of the note keeps its meaning without the text from *start* to *end*."""
        text, first = self._doc.source.text, self._doc.lines.position(start).line
        if text[max(start - 1, 0) : start] == "\r" and text[end : end + 1] == "\n":
            return False  # they would become one line end
        if end in self._starts and _DEFINITION.match(text, end):
            return True  # the next definition takes its place
        if first - 1 in self._ends:
            return _BELOW.match(text, end) is not None
        if self._is_below_open_code(first):
            return False  # blank lines at the end of a list may be part of the code
        filled = first > 1 and self._doc.lines.line(first - 1).strip(" \t")
        if filled and text[end : end + 1] not in ("\r", "\n"):
            return False
        return _APART.match(text, end) is not None
