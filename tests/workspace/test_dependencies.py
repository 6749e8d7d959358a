"""What other notes see of a note, and whether that changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notelint.markdown.document import Document
from notelint.workspace.dependencies import (
    ALL_KINDS,
    TEXT_OF,
    changed_dependencies,
    compared_parts,
    targets,
)
from notelint.workspace.facts import FileFacts, facts_of
from strategies import documents

_PARTS = st.lists(
    st.sampled_from(
        ["# A\n\n", "[a](b.md)\n\n", "- [a](c.md)\n", "![d](e.png)\n\n", "x\n\n", "[[f]]\n"]
    ),
    max_size=5,
).map("".join)


def _facts(text: str) -> FileFacts:
    return facts_of("a.md", Document.of(text))


@given(st.one_of(_PARTS, documents), st.one_of(_PARTS, documents))
def test_a_change_is_told_where_what_is_compared_differs(old: str, new: str) -> None:
    before, after = _facts(old), _facts(new)
    told = set(changed_dependencies(before, after, "a.md"))
    assert TEXT_OF + "a.md" in told
    assert ("a.md" in told) == (targets(before) != targets(after))
    pairs = zip(ALL_KINDS, compared_parts(before), compared_parts(after), strict=True)
    assert {kind for kind in ALL_KINDS if kind in told} == {
        kind for kind, one, other in pairs if one != other
    }
