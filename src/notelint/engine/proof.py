"""Fixes that need not be tried: what they change can be told from what stands around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from notelint.engine.lint import Raised
from notelint.rules.effects import Readdresses, RemovesDefinitions
from notelint.text.edits import Edit
from notelint.text.late import late

if TYPE_CHECKING:
    from notelint.markdown.definitions import Definition
    from notelint.markdown.document import Document
    from notelint.markdown.links import Link
    from notelint.workspace.facts import LinkFact

# Addresses that are read as they are written, whatever stands around them.
_PLAIN = late(r"[\w./?%=#:,+@~-](?:[\w./?%=#:,+@~-]|&(?!\#?\w*;))*")
_WINDOWS = late(r"(?:[\w./?%=#:,+@~-]|\\(?=[^\W_]))+")
# What may stand before and after the address in a link of each kind.
_AROUND = {
    "inline": late(r"\([) ]"),
    "html": late(r"\"\"|''"),
    "definition": late(r"[: \t](?:[ \t\r\n]|\Z)"),
}
_DEFINITION = late(r"\[[^\[\]\\\r\n]+\]:[ \t]*[!-~]")
# What may follow, if it stood below a blank line before or another definition.
_APART = late(r"[\r\n]*[^-+*\d\s]")
_BELOW = late(r"[^\s\"'(]|[ \t]*(?:[\r\n]|\Z)")


def readdressed(text: str, links: Iterable[Link | LinkFact], raised: Iterable[Raised]) -> set[int]:
    """The ids of the fixes of *raised* that make one address in *text* another, as they may.

    *links* are those of *text*.
    """
    edits: dict[str, list[tuple[Raised, Edit]]] = {}
    for each in raised:
        fix = each.finding.fix
        if fix and len(fix.edits) == 1 and isinstance(each.rule.effect, Readdresses):
            (edit,) = fix.edits
            if _PLAIN.fullmatch(edit.text):
                edits.setdefault(text[slice(*edit.span)], []).append((each, edit))
    return {
        id(each.finding.fix)
        for link in (links if edits else ())
        for each, edit in edits.get(link.destination, ())
        if link.target == edit.span and _readdresses(text, link, each, edit)
    }


def _readdresses(text: str, link: Link | LinkFact, raised: Raised, edit: Edit) -> bool:
    effect, old = raised.rule.effect, link.destination
    around = text[edit.span.start - 1] + text[edit.span.end : edit.span.end + 1]
    return (
        isinstance(effect, Readdresses)
        and (_PLAIN.fullmatch(old) or _WINDOWS.fullmatch(old)) is not None
        and link.kind in _AROUND
        and _AROUND[link.kind].fullmatch(around) is not None
        and not (link.kind == "html" and "&" in edit.text)  # decoded there with no `;` as well
        and effect.allowed(old, edit.text)
    )


def undefined(doc: Document, raised: Iterable[Raised]) -> set[int]:
    """The ids of the fixes of *raised* that remove a definition from *doc* and nothing else."""
    wanted = [each for each in raised if isinstance(each.rule.effect, RemovesDefinitions)]
    if not wanted:
        return set()
    firsts = [each.lines[0] for each in doc.blocks]
    starts: dict[int, Definition] = {}
    for each in doc.definitions:
        line = doc.lines.position(each.span.start).line
        at = bisect_right(firsts, line) - 1
        if at < 0 or doc.blocks[at].lines[1] < line:
            starts[each.span.start] = each
    ends = {doc.lines.position(each.span.end).line for each in starts.values()}
    return {
        id(fix)
        for each in wanted
        if (fix := each.finding.fix) and len(fix.edits) == 1
        if _undefines(doc, fix.edits[0], starts, ends)
    }


def _undefines(doc: Document, edit: Edit, starts: dict[int, Definition], ends: set[int]) -> bool:
    """Whether *edit* removes one definition with the blank lines around it.

    *starts* are the definitions outside other blocks by their offsets, *ends* their last lines.
    """
    lines, text = doc.lines, doc.source.text
    written = doc.slice(edit.span)
    definition = starts.get(edit.span.start + len(written) - len(written.lstrip("\r\n")))
    first, last = lines.position(edit.span.start), lines.position(edit.span.end)
    if (
        edit.text
        or definition is None
        or definition.key in doc.used_labels
        or written.strip(" \t\r\n") != doc.slice(definition.span)
        or first.column != 1
        or (last.column != 1 and edit.span.end != len(text))
    ):
        return False
    if edit.span.end in starts and _DEFINITION.match(text, edit.span.end):
        return True  # which is read in its place
    if first.line - 1 in ends:
        return _BELOW.match(text, edit.span.end) is not None
    above = first.line > 1 and lines.line(first.line - 1).strip(" \t")
    if above and text[edit.span.end : edit.span.end + 1] not in ("\r", "\n"):
        return False
    return _APART.match(text, edit.span.end) is not None
