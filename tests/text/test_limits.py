"""YAML and regular expressions of strangers: what is read and used, and in what time."""

from __future__ import annotations

import re
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.text.limits import MAX_REGEX_CHARACTERS, RegexRefused, count_ways, yaml_within_limits
from notelint.workspace.sites import SITES

_ATOMS = st.sampled_from(["a", "b", "/", ".", "[^/]", "[ab]", "[^a]", r"\w", r"\D", "1", "$"])
_TIMES = st.sampled_from(["*", "+", "?", "{2}", "{1,30}", "*?", "{0,400}", "??"])
_EXPRESSIONS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, _TIMES).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=12,
)


@settings(max_examples=1_000, deadline=None)
@given(_EXPRESSIONS, st.sampled_from(["a", "/", "ab", "a1/"]), st.sampled_from(["", "!", "b"]))
def test_what_is_used_ends_soon(expression: str, unit: str, end: str) -> None:
    try:
        count_ways(expression)
    except RegexRefused:
        return
    compiled = re.compile(expression, re.DOTALL)
    text = (unit * MAX_REGEX_CHARACTERS)[: MAX_REGEX_CHARACTERS - 1] + end
    before = time.process_time()
    compiled.fullmatch(text)
    compiled.match(text)
    assert time.process_time() - before < 1


def test_the_own_table_is_used() -> None:
    assert all(site.count_ways() > 0 for site in SITES)


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("", 1),
        ("[^/]+(/.*)", 1),
        ("(?:/[^/]+)*", 1),
        ("(?:tree|blob)/main", 1),
        ("(?:main|master)", 2),
        ("(?:a[.])?a[.]b", 2),
        ("(.*)/index", MAX_REGEX_CHARACTERS + 1),
        ("(?i)s+\u017f", MAX_REGEX_CHARACTERS),
    ],
)
def test_how_many_ways_there_are(expression: str, number: int) -> None:
    assert count_ways(expression) == number


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("(a+)+", "repeats what can match in several ways"),
        ("(a|aa)*c", "repeats what can match in several ways"),
        ("(a*)*", "repeats what can match in several ways"),
        (".*a.*b", "its repetitions compete"),
        ("a?" * 11 + "a", "its repetitions compete"),
        (r"(a)\1", "looks ahead, or refers to a group"),
        ("(?=a)a", "looks ahead, or refers to a group"),
        ("(?!a)a", "looks ahead, or refers to a group"),
        ("(a)?(?(1)b|c)", "looks ahead, or refers to a group"),
        ("(", "is not valid: missing )"),
        ("(?P<name>a)(?P=other)", "is not valid: unknown group name"),
        ("a{99999999999999}", "is not valid"),
        ("(" * 400 + ")" * 1 + "a", "nested too deeply|is not valid"),
        ("a" * (MAX_REGEX_CHARACTERS + 1), "is longer than 500 characters"),
    ],
)
def test_why_one_is_not_used(expression: str, why: str) -> None:
    with pytest.raises(RegexRefused, match=why.replace("(", r"\(").replace(")", r"\)")) as told:
        count_ways(expression)
    assert "other" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("", True),
        ("a: [b, {c: d}]\n", True),
        ("a: &a b\nc: *a\n", True),
        ("- &a b\n" + "- *a\n" * 30, True),
        ("- &a b\n" + "- *a\n" * 31, False),
        ("x" * 2000, True),
        ("x" * 2001, False),
        (f"'{'[' * 500}{'{' * 500}'", True),
        (f"'{'[' * 500}{'{' * 501}'", False),
        (f"'{'[' * 1001}'", False),
        (f"'{'{' * 1001}'", False),
        ("[" * 1001, False),
    ],
)
def test_what_is_read(text: str, within: bool) -> None:
    assert yaml_within_limits(text, 2000) == within


def test_what_is_no_yaml_is_told() -> None:
    with pytest.raises(yaml.YAMLError):
        yaml_within_limits("a: [", 2000)
