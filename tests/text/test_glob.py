"""Patterns for files, as `.gitignore` has them."""

from __future__ import annotations

import re
import warnings

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from notelint.text.glob import Automaton, PatternError, matches, pieces_of


@pytest.mark.parametrize(
    ("pattern", "match", "other"),
    [
        ("a.md", "a.md docs/a.md a.md/b.md docs/a.md/b.md", "xa.md a.mdx axmd docs/b.md"),
        ("/a.md", "a.md", "docs/a.md"),
        ("./a.md", "a.md", "docs/a.md"),
        ("docs/", "docs/a.md x/docs/a.md", "docsx/a.md"),
        ("docs/a.md", "docs/a.md", "x/docs/a.md"),
        ("docs/*.md", "docs/a.md docs/.md", "docs/x/a.md"),
        ("docs/**", "docs/a.md docs/x/a.md", "docsx/a.md"),
        ("docs/**/a.md", "docs/a.md docs/x/y/a.md", "docs/xa.md"),
        ("**/a.md", "a.md docs/x/a.md", "xa.md"),
        ("?.md", "a.md docs/a.md", "ab.md .md a/.md"),
        ("[ab].md", "a.md b.md", "c.md ab.md"),
        ("[a-c].md", "b.md", "d.md -.md"),
        ("[!ab].md", "c.md !.md", "a.md b.md"),
        ("[!a!].md", "b.md", "a.md !.md"),
        ("[a!].md", "a.md !.md", "b.md ^.md"),
        (r"[\d].md", r"\.md d.md", "1.md"),
        ("[[a].md", "[.md a.md", "b.md"),
        ("[].md", "[].md", "a.md"),
        ("[a.md", "[a.md", "a.md"),
        ("a].md", "a].md", "a.md"),
    ],
)
def test_patterns(pattern: str, match: str, other: str) -> None:
    assert [path for path in match.split() if not matches(pattern, path)] == []
    assert [path for path in other.split() if matches(pattern, path)] == []


_PIECES = ("a", "b", "/", "*", "**", "**/", "?", "[ab]", "[!a]", "[^a]", "[a-c]", "[--a]", "[-a]")
_MORE = ("[!/]", "[c-a]", "!", "[", "]", "\\", "^", ".", "./", "\n")


@settings(max_examples=2_000)
@given(
    st.lists(st.sampled_from(_PIECES + _MORE), max_size=9), st.text("aab/c.-!\\[]^\n", max_size=10)
)
def test_the_meaning_is_that_of_a_regular_expression(pieces: list[str], path: str) -> None:
    pattern = "".join(pieces)
    assume("[!]" not in pattern and "[^]" not in pattern)  # a set of what comes behind it
    try:
        expected = bool(expression(pattern).fullmatch(path))
    except re.error:
        with pytest.raises(PatternError, match="range"):
            matches(pattern, path)
        return
    assert matches(pattern, path) == expected
    assert Automaton(pieces_of(pattern))(path) == expected


def expression(pattern: str) -> re.Pattern[str]:
    """The regular expression for *pattern*, which may take for ever."""
    anchored = "/" in pattern.rstrip("/")
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[!?[^\]]+\])", pattern.removeprefix("./").strip("/"))
    translated = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    body = "".join(translated.get(part) or _literal(part) for part in parts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sets may once mean more
        return re.compile(f"{'' if anchored else '(?:.*/)?'}{body}(?:/.*)?", re.DOTALL)


def _literal(part: str) -> str:
    if part.startswith("[") and part.endswith("]") and len(part) > 2:
        chars = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return "[" + (f"^{chars[1:]}" if chars.startswith("!") else chars) + "]"
    return re.escape(part)


@pytest.mark.parametrize("pattern", ["[!]", "x[^]/"])
def test_a_set_of_nothing(pattern: str) -> None:
    with pytest.raises(PatternError, match="an empty set"):
        matches(pattern, "x")
