"""Patterns for files, as `.gitignore` has them."""

from __future__ import annotations

import pytest

from notelint.text.glob import matches


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
