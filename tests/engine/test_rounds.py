"""Fixing goes round after round: what goes in when, and when it is enough."""

from __future__ import annotations

import re
from collections import Counter

import notelint.rules as rules
from notelint.diagnostics import Finding
from notelint.engine.fix import Find, Fixed, fix_document
from notelint.engine.linter import RuleFinding
from notelint.engine.note_cost import too_costly
from notelint.engine.offered_fixes import GAVE_UP
from notelint.markdown.document import Document
from notelint.rules.base import Rule
from notelint.rules.effects import Readdresses
from notelint.text.edits import Edit, Fix
from notelint.text.source import Span

LONGER = rules.get("path-case")._replace(effect=Readdresses(lambda old, new: new == old + "x"))

DENSE = "- a\n\n  - b\n\n"  # an item of a list, and one in it


def offers(rule: Rule, pattern: str, text: str, *, safe: bool = True) -> Find:
    """What finds *pattern* and would have *text* instead."""

    def find(doc: Document) -> list[RuleFinding]:
        return [
            RuleFinding(rule, Finding(span, "planted", Fix("do it", (Edit(span, text),), safe)))
            for match in re.finditer(pattern, doc.source.text)
            for span in [Span(*match.span())]
        ]

    return find


def lengthened(note: str, most: int) -> int:
    """How often the address in *note* takes one more letter, where it wants *most* of them."""
    fixed = fix_document(Document.of(note), offers(LONGER, rf"(?<=\(x)(?!x{{{most}}})", "x"))
    (link,) = fixed.doc.links
    assert fixed.applied.total() == len(link.destination) - 1
    return fixed.applied.total()


def test_a_note_has_as_many_rounds_as_it_takes() -> None:
    assert lengthened("[a](x)\n", 40) == 40


def test_a_large_note_has_fewer() -> None:
    assert lengthened("[a](x)\n\n```\n" + "code\n" * 24_000 + "```\n", 40) == 17


def test_a_note_of_many_pieces_has_fewer_than_one_as_long() -> None:
    dense = "[a](x)\n\n" + DENSE * 10_000
    assert lengthened(dense, 40) == 5
    assert lengthened("[a](x)\n\n```\n" + "code\n" * (len(dense) // 5) + "```\n", 40) == 17


def test_no_fix_is_tried_in_a_note_of_too_many_pieces() -> None:
    doc = Document.of("[a](x)\n\n" + DENSE * 20_000)
    fixed = fix_document(doc, offers(LONGER, r"(?<=\()x(?=\))", "xx"))
    assert fixed.doc is doc
    assert list(fixed.refused.values()) == [too_costly(doc)]


def test_a_fix_that_needs_a_second_look_waits_to_be_asked_for() -> None:
    find = offers(LONGER, r"(?<=\()x(?=\))", "xx", safe=False)
    doc = Document.of("[a](x)\n")
    assert fix_document(doc, find).doc is doc
    assert fix_document(doc, find, unsafe=True).doc.source.text == "[a](xx)\n"


def removed(note: str, pattern: str) -> Fixed:
    """What is left of *note* when its list entries of a *pattern* are to go."""
    return fix_document(Document.of(note), offers(rules.get("duplicate-link"), pattern, ""))


def test_of_fixes_that_are_good_only_one_at_a_time_the_first_goes_in() -> None:
    fixed = removed("- https://e.org/a\n- https://e.org/a/\n- https://e.org/b\n", r"- .*a/?\n")
    assert fixed.doc.source.text == "- https://e.org/a/\n- https://e.org/b\n"
    assert list(fixed.refused.values()) == ["it would change the links"]


def test_where_something_speaks_against_many_fixes_the_rest_is_not_tried() -> None:
    note = "".join(f"- [a](u{number})\n" for number in range(70))
    fixed = fix_document(Document.of(note), offers(LONGER, r"(?<=\()u(?=\d)", "v"))
    assert fixed.doc.source.text == note
    reasons = Counter(fixed.refused.values())
    assert reasons == {"it would change the links": 50, GAVE_UP: 20}


def test_a_fix_over_the_limit_that_is_refused_keeps_the_reason() -> None:
    doc = Document.of("# a\n\n```\n" + "code\n" * 140_000 + "```\n")
    fixed = fix_document(doc, offers(LONGER, r"(?<=# )a", "b"))
    assert list(fixed.refused.values()) == ["it would change the headings"]


def test_of_fixes_that_undo_each_other_none_goes_in() -> None:
    any_page = LONGER._replace(effect=Readdresses(lambda old, new: True))
    there, back = offers(any_page, r"(?<=\()a", "b"), offers(any_page, r"(?<=\()b", "a")
    doc = Document.of("[x](a)\n")
    fixed = fix_document(doc, lambda doc: [*there(doc), *back(doc)])
    assert fixed.doc is doc
    assert not fixed.applied
    assert list(fixed.refused.values()) == ["the fixes undo each other"]
