"""Suppression comments in any order, compared line by line with a simple model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.markdown.directives import Directive
from notelint.markdown.document import Document

OURS = {"empty-link": "empty-link", "image-alt": "image-alt", "heading-space": "heading-space"}
THEIRS = {"MD042": "empty-link", "no-alt-text": "image-alt", "md018": "heading-space"}
RULES = frozenset(OURS)
Step = tuple[str, frozenset[str]]


def steps(kinds: str, names: dict[str, str]) -> st.SearchStrategy[list[Step]]:
    some = st.frozensets(st.sampled_from(sorted(names)), max_size=2)
    return st.lists(st.tuples(st.sampled_from(kinds.split()), some), max_size=7)


def note(family: str, steps: list[Step]) -> str:
    """For each step four lines: a comment, text, a blank line and text."""
    return "".join(f"<!-- {family}-{kind} {' '.join(names)} -->\nx\n\nx\n" for kind, names in steps)


def switched_off(steps: list[Step], names: dict[str, str]) -> list[frozenset[str]]:
    """The rules that are off, in each line of text."""
    everywhere: set[str] = set()
    off = captured = frozenset[str]()
    lines = []
    for kind, said in steps:
        meant = frozenset(names[each] for each in said) or RULES
        following: frozenset[str] = frozenset()
        if kind == "disable":
            off |= meant
        elif kind == "enable":
            off -= meant
        elif kind == "disable-next-line":
            following = meant
        elif kind == "disable-file":
            everywhere |= meant
        elif kind == "capture":
            captured = off
        elif kind == "restore":
            off = captured
        lines += [off | following, off]
    return [line | everywhere for line in lines]


def found(text: str, count: int) -> list[frozenset[str]]:
    asked = Document.of(text).directives
    lines = [line for step in range(count) for line in (4 * step + 2, 4 * step + 4)]
    return [
        frozenset(rule for rule in RULES if any(each.covers(line, rule, ()) for each in asked))
        for line in lines
    ]


@given(steps("disable disable enable disable-next-line disable-line disable-file", OURS))
def test_ours(given: list[Step]) -> None:
    assert found(note("notelint", given), len(given)) == switched_off(given, OURS)


@given(steps("disable disable enable disable-next-line disable-line capture restore", THEIRS))
def test_theirs(given: list[Step]) -> None:
    assert found(note("markdownlint", given), len(given)) == switched_off(given, THEIRS)


def asked(text: str) -> list[tuple[int, int, list[str]]]:
    """First line, last line and names of each directive; 0 for the last line of all."""
    every = Document.of(text).directives
    return [(e.first, e.last if e.last < 99 else 0, sorted(e.names)) for e in every]


@pytest.mark.parametrize(
    ("text", "directives"),
    [
        ("x <!-- markdownlint-disable-line MD042 -->\n", [(1, 1, ["empty-link"])]),
        ("<!-- notelint-disable-next-line\na\n-->\nx\n", [(4, 4, ["a"])]),
        ("<!-- notelint-disable a,b\tc -- why -- d -->\n", [(1, 0, ["a", "b", "c"])]),
        ("<!-- NoteLint-Disable a -->\n\n<!-- notelint-ENABLE -->\n", [(1, 3, ["a"])]),
        ("x\n<!-- notelint-disable-line a -->\n", [(2, 2, ["a"])]),
        ("<!-- notelint-capture -->\n", [(1, 1, [])]),
        ("<!-- markdownlint-disable MD013 -->\n", []),
        ("<!-- notelint-disable-file a -->\n\n<!-- notelint-enable a -->\n",
         [(1, 0, ["a"]), (3, 3, ["a"])]),
        ('<!-- markdownlint-configure-file {"ul": false} -->', [(1, 0, ["list-indent"])]),
        ('<!-- markdownlint-configure-file {"MD042": {"enabled": false}} -->',
         [(1, 0, ["empty-link"])]),
        ('<!-- markdownlint-configure-file {"MD042": {"a": false}, "x": 0} -->', []),
        ("<!-- markdownlint-configure-file [] -->", []),
    ],
)  # fmt: skip
def test_forms_of_comments(text: str, directives: list[tuple[int, int, list[str]]]) -> None:
    assert asked(text) == directives


@pytest.mark.parametrize("form", ["notelint-disabel", "notelint-disable:", "notelint disable"])
def test_a_comment_that_means_nothing_suppresses_nothing(form: str) -> None:
    (one,) = Document.of(f"<!-- {form} a -->\n").directives
    assert one.unknown == form
    assert not any(one.covers(line, "a", ()) for line in (1, 2))


def test_a_comment_without_names_disables_all_rules() -> None:
    (one,) = Document.of(
        '<!-- rumdl-configure-file {"Default": false, "MD042": true} -->'
    ).directives
    assert not one.is_about("empty-link", ())
    assert one.is_about("image-alt", ())


def count(text: str) -> int:
    return len(Document.of(text).directives)


def test_limits_against_notes_of_directives() -> None:
    assert count("<!-- notelint-disable a -->\n\n" * 201) == 200
    assert count("<!-- notelint-disable-next-line a -->\n\n" * 5001) == 5000
    names = " ".join(f"n{number}" for number in range(201))
    (one,) = Document.of(f"<!-- notelint-disable {names} -->").directives
    assert len(one.names) == 200
    left: list[Directive] = Document.of(
        f"<!-- notelint-disable -->\n\n<!-- notelint-enable {names} -->\n\n"
        "<!-- notelint-enable more -->\n"
    ).directives
    assert [(each.first, each.last) for each in left] == [(1, 3), (4, 5)]
