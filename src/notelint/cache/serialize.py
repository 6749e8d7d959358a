"""Conversion of cached values to JSON and back; reading never executes anything.

Named tuples become arrays, so the order of their fields is part of the format. Another version of
notelint has a file of its own and never reads this one.
"""

from __future__ import annotations

from functools import cache

from notelint.cache.entry import Analysis, CacheEntry, Use
from notelint.workspace.dependencies import (
    ALL_KINDS,
    ALL_OUTLINKS,
    compared_parts,
    targets,
)
from notelint.workspace.digests import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from json import JSONEncoder
    from typing import Any

    from notelint.diagnostics import Diagnostic

    Decode = Callable[[Any], Any]

_SERIALIZED_FIELDS = 6  # the first fields of an analysis


def to_json(value: Any) -> str:
    """*value* as compact JSON; named tuples become arrays, and sets sorted arrays."""
    return _encoder().encode(value)


@cache
def _encoder() -> JSONEncoder:
    from json import JSONEncoder  # not needed in a run without a cache

    return JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=sorted)


def from_json(text: str) -> Any:
    """The lists, dictionaries and plain values in *text*. Raises ValueError for other text."""
    if text == "[]":  # true for most notes
        return []
    import json

    return json.loads(text)


def entry_of(analysis: Analysis) -> CacheEntry:
    """The entry of a note that is analyzed but not checked yet."""
    facts = analysis.facts
    parts = [*map(to_json, compared_parts(facts))]
    return CacheEntry(
        facts.path,
        "",
        analysis.stamp,
        analysis.digest,
        digest(to_json(targets(facts)).encode()),
        " ".join(digest(each.encode()) for each in parts),
        pages=to_json(facts.pages),
        outlinks=parts[ALL_KINDS.index(ALL_OUTLINKS)],
        analysis=to_json(analysis[:_SERIALIZED_FIELDS]),
    )


def analysis_of(entry: CacheEntry) -> Analysis:
    """The analysis in a complete *entry*."""
    facts, diagnostics, directives, used, tocs, changeable = _analysis()(from_json(entry.analysis))
    return Analysis(
        facts, diagnostics, directives, used, tocs, changeable, entry.digest, entry.stamp
    )


def pages_of(entry: CacheEntry) -> list[tuple[str, str]]:
    """The pages in *entry*; see :attr:`~notelint.workspace.facts.FileFacts.pages`."""
    found: list[tuple[str, str]] = from_json(entry.pages)
    return found


def outlinks_of(entry: CacheEntry) -> list[str]:
    """The outlinks in *entry*; see :attr:`~notelint.workspace.facts.FileFacts.outlinks`."""
    found: list[str] = from_json(entry.outlinks)
    return found


def diagnostics_of(entry: CacheEntry) -> list[Diagnostic]:
    """All findings in *entry*."""
    return [*map(_diagnostic(), found)] if (found := from_json(entry.findings)) else []


@cache
def _analysis() -> Decode:
    from notelint.diagnostics import Diagnostic
    from notelint.markdown.directives import Directive
    from notelint.markdown.literal_links import Literal
    from notelint.markdown.literal_markup import Unshown
    from notelint.text.edits import Edit
    from notelint.text.source import Span
    from notelint.workspace.facts import FileFacts, LinkFact
    from notelint.workspace.index_block import IndexBlock
    from notelint.workspace.note_profile import NoteProfile

    of_note = (NoteProfile, FileFacts, IndexBlock, LinkFact, Unshown)
    made = (*of_note, Directive, Edit, Literal, Span, Use)
    classes = {each.__name__: each for each in made}
    decoders = {"Copy": tuple, Diagnostic.__name__: _diagnostic()}
    types = [*Analysis.__annotations__.values()][:_SERIALIZED_FIELDS]
    parts = [_decoder(each, classes, decoders) for each in types]
    return lambda found: [
        part(each) if part else each for part, each in zip(parts, found, strict=True)
    ]


@cache
def _diagnostic() -> Decode:
    from notelint import diagnostics
    from notelint.text.source import Position, Range

    parts = (diagnostics.DiagnosticFix, diagnostics.DiagnosticEdit, diagnostics.DiagnosticRelated)
    made = (Position, Range, diagnostics.RefusedFix, *parts)
    classes = {each.__name__: each for each in made}
    severities = {each.value: each for each in diagnostics.Severity}
    return _record(diagnostics.Diagnostic, classes, {"Severity": severities.__getitem__})


def _record(made: Any, classes: dict[str, Any], decoders: dict[str, Decode]) -> Decode:
    """A function that makes a named tuple of class *made* from the array of its fields."""
    types = enumerate(made.__annotations__.values())
    found = ((number, _decoder(each, classes, decoders)) for number, each in types)
    parts = [(number, part) for number, part in found if part]
    make: Decode = made._make
    if not parts:
        return make

    def decode(fields: list[Any]) -> Any:
        for number, part in parts:
            fields[number] = part(fields[number])
        return make(fields)

    return decode


def _decoder(kind: str, classes: dict[str, Any], decoders: dict[str, Decode]) -> Decode | None:
    """A function that makes a value of the type *kind*, as annotated; None if JSON keeps it."""
    if kind.endswith(" | None"):
        decode = _decoder(kind.removesuffix(" | None"), classes, decoders)
        return _unless_empty(decode) if decode else None
    for several in (tuple, frozenset):
        if kind.startswith(f"{several.__name__}["):
            item = kind[len(several.__name__) + 1 : -1].removesuffix(", ...")
            return _of_each(several, _decoder(item, classes, decoders))
    if kind not in decoders and kind in classes:
        decoders[kind] = _record(classes[kind], classes, decoders)
    return decoders.get(kind)


def _unless_empty(decode: Decode) -> Decode:
    return lambda found: found and decode(found)


def _of_each(several: Decode, decode: Decode | None) -> Decode:
    return (lambda found: several(map(decode, found))) if decode else several
