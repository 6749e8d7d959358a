"""What is kept of a note, to plain JSON and back; nothing that is read from it is executed."""

from __future__ import annotations

from functools import cache

from notelint.finding import Diagnostic, LocatedEdit, LocatedFix, LocatedRelated, Severity
from notelint.text.lines import Position, Range
from notelint.text.named import NamedTuple
from notelint.workspace.observe import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from json import JSONEncoder
    from typing import Any

    from notelint.engine.look import Seen
    from notelint.text.span import Span
    from notelint.workspace.facts import FileFacts, LinkFact


_SEVERITY = {each.value: each for each in Severity}


class Packed(NamedTuple):
    """What is kept of a note besides its findings, as :mod:`~notelint.engine.rows` has it."""

    anchors: str
    links: str
    facts: str
    seen: str
    pages: str


def pack(seen: Seen) -> Packed:
    """What is kept of a note in which *seen* was to be seen."""
    facts = seen.facts
    places = dumps([facts.lines, sorted(facts.anchors), facts.terms, facts.includes])
    return Packed(
        digest(places.encode()),
        _digests(facts),
        pack_facts(facts),
        pack_seen(seen),
        dumps(facts.pages),
    )


def unpacked(packed: Packed) -> Seen:
    """What :func:`pack` packed."""
    return unpack_seen(packed.seen, unpack_facts(packed.facts))


def _digests(facts: FileFacts) -> str:
    """The digests of what the rules compare, as in ``EVERY``, but not where exactly it is."""
    links = [
        (each.kind, each.image, each.destination, each.item, each.entry, each.badge)
        for each in facts.links
    ]
    entries = [link for link, each in zip(links, facts.links, strict=True) if each.entry]
    copies = [(same, identical) for same, identical, _, _ in facts.copies]
    return " ".join(digest(dumps(each).encode()) for each in (entries, links, copies))


def dumps(value: Any) -> str:
    """*value* as compact JSON; named tuples become arrays."""
    return _encoder().encode(value)


@cache
def _encoder() -> JSONEncoder:
    from json import JSONEncoder  # a run that keeps nothing does without

    return JSONEncoder(ensure_ascii=True, separators=(",", ":"))


def loads(text: str) -> Any:
    """What :func:`dumps` wrote as *text*."""
    import json

    return json.loads(text)


def pack_diagnostics(diagnostics: Sequence[Diagnostic]) -> str:
    """*diagnostics* as JSON."""
    return dumps(diagnostics) if diagnostics else "[]"


def unpack_diagnostics(text: str) -> list[Diagnostic]:
    """The findings that :func:`pack_diagnostics` packed."""
    return [] if text == "[]" else [_diagnostic(*each) for each in loads(text)]


def _diagnostic(
    path: str,
    where: Any,
    rule: str,
    category: str,
    severity: str,
    message: str,
    text: str,
    fix: Any,
    related: Any,
    key: str | None,
    refused: bool,
) -> Diagnostic:
    return Diagnostic(
        path,
        _range(where),
        rule,
        category,
        _SEVERITY[severity],
        message,
        text,
        LocatedFix(fix[0], fix[1], tuple(LocatedEdit(_range(at), new) for at, new in fix[2]))
        if fix
        else None,
        tuple(LocatedRelated(other, _range(at), said) for other, at, said in related),
        key,
        refused,
    )


def _range(where: Any) -> Range:
    return Range._make(map(Position._make, where))


def pack_facts(facts: FileFacts) -> str:
    """*facts* as JSON."""
    return dumps([facts.path, facts.lines, sorted(facts.anchors), *facts[3:]])


def unpack_facts(text: str) -> FileFacts:
    """The facts that :func:`pack_facts` packed."""
    from notelint.workspace.facts import FileFacts, shared

    path, lines, anchors, links, copies, terms, includes = loads(text)
    return FileFacts(
        path,
        lines,
        shared(frozenset(anchors)),
        _links(links),
        tuple((same, identical, start, end) for same, identical, start, end in copies),
        tuple(terms),
        includes,
    )


def _links(packed: Any) -> tuple[LinkFact, ...]:
    from notelint.text.span import Span
    from notelint.workspace.facts import LinkFact

    make = Span._make  # there are very many
    return tuple(
        LinkFact(
            kind,
            image,
            to,
            make(span),
            make(target),
            item,
            entry,
            badge,
            alone and make(alone),
            page,
        )
        for kind, image, to, span, target, item, entry, badge, alone, page in packed
    )


def pack_seen(seen: Seen) -> str:
    """What is kept of a note beside its facts, as JSON."""
    directives = [
        [each.span, sorted(each.names), each.first, each.last, each.own, sorted(each.but)]
        for each in seen.directives
    ]
    if not (seen.diagnostics or directives or seen.stale):
        return ""
    return dumps([seen.diagnostics, directives, sorted(seen.used), seen.stale])


def unpack_seen(text: str, facts: FileFacts) -> Seen:
    """What :func:`pack_seen` packed of the note that *facts* are about."""
    from notelint.engine.look import Seen
    from notelint.engine.suppress import Use
    from notelint.markdown.directives import Directive

    diagnostics, directives, used, stale = loads(text) if text else ([], [], [], [])
    return Seen(
        facts,
        tuple(_diagnostic(*each) for each in diagnostics),
        tuple(
            Directive(_span(span), frozenset(names), first, last, own, frozenset(but))
            for span, names, first, last, own, but in directives
        ),
        frozenset(Use(_span(comment), name) for comment, name in used),
        tuple(_span(each) for each in stale),
    )


def _span(pair: Any) -> Span:
    from notelint.text.span import Span

    return Span(*pair)
