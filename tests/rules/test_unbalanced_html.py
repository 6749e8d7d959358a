"""``unbalanced-html`` on random elements."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.harness import run_on_text

NAMES = st.sampled_from(["details", "div", "table", "b", "sup", "h2"])


@st.composite
def balanced(draw: st.DrawFn, depth: int = 3) -> str:
    """Elements in one another and beside one another, each closed."""
    parts = []
    for name in draw(st.lists(NAMES, max_size=3)):
        inner = draw(balanced(depth=depth - 1)) if depth else "text"
        parts.append(f"<{name}>\n\n{inner}\n\n</{name}>")
    return "\n\n".join(parts)


@settings(max_examples=100, deadline=None)
@given(balanced())
def test_balanced_is_silent(text: str) -> None:
    assert run_on_text("unbalanced-html", text) == []


@settings(max_examples=100, deadline=None)
@given(balanced(), NAMES, balanced())
def test_one_start_tag_more_is_one_finding(text: str, name: str, more: str) -> None:
    found = run_on_text("unbalanced-html", f"{text}\n\n<{name}>\n\nz\n\nz\n\n{more}\n")
    assert [each.covers for each in found] == [f"<{name}>"]


@settings(max_examples=100, deadline=None)
@given(balanced(), NAMES, balanced())
def test_one_end_tag_more_is_none(text: str, name: str, more: str) -> None:
    assert run_on_text("unbalanced-html", f"{text}\n\n</{name}>\n\n{more}\n") == []


@settings(max_examples=100, deadline=None)
@given(balanced(), NAMES)
def test_one_start_tag_at_the_end_is_none(text: str, name: str) -> None:
    assert run_on_text("unbalanced-html", f"{text}\n\n<{name}>\n\nz\n") == []
