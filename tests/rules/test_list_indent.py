"""Nested list items indented deeper than the others in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine.fix import fix_document
from notelint.markdown.document import Document
from notelint.markdown.parser import make_parser
from rules.judging import covered, fixed, messages, raised

NAME = "list-indent"
HABIT = "- a\n" + "  - b\n" * 8 + "\n"  # eight nested items, indented by two


def page(text: str) -> str:
    """*text* as it is rendered."""
    html: str = make_parser(record=False).render(text)
    return html


SILENT = {
    "one habit": HABIT + "- f\n  - g\n    - h\n",
    "another habit": "- a\n    - b\n    - c\n    - d\n    - e\n        - f\n",
    "too few to be a habit": "- a\n  - b\n  - c\n- d\n    - e\n",
    "no habit": HABIT + "- f\n    - g\n    - h\n    - i\n",
    "half a habit": "- a\n  - b\n  - c\n- d\n    - e\n    - f\n",
    "deeper once, more often than not": "- a\n    - b\n    - c\n- d\n  - e\n",
    "under a number": HABIT + "1. f\n   - g\n10. h\n    - i\n",
    "a number": HABIT + "- f\n    1. g\n",
    "under a number without text": HABIT + "- f\n\n  4.\n\n     text:\n\n     - g\n     - h\n",
    "a wide marker around": HABIT + "-   f\n    - g\n",
    "less deep than the habit": "- a\n    - b\n    - c\n    - d\n    - e\n- f\n  - g\n",
    "beside its parent": HABIT + "- - f\n-   - g\n",
    "indented by a tab": HABIT + "- f\n\t- g\n",
    "a marker with a tab": HABIT + "-\tf\n\n    - g\n",
    "in a quote": HABIT + "> - f\n>     - g\n",
    "a table of contents, after headings that skip a level": (
        HABIT + "<!-- toc -->\n\n- [f](#f)\n    - [g](#g)\n\n<!-- tocstop -->\n"
    ),
    "code": HABIT + "```\n- f\n    - g\n```\n",
    "a paragraph, since too deep": HABIT + "- f\n        - g\n",
    "items of the first level": HABIT + "text\n\n   - f\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert messages(NAME, text) == []


def test_each_item_is_one_finding_with_its_indent() -> None:
    text = HABIT + "- f\n  - g\n      - h\n      - i\n"
    (first, second) = raised(NAME, Document.of(text))
    assert (
        messages(NAME, text) == ["item is indented by 4 spaces, the others in this file by 2"] * 2
    )
    assert covered(NAME, text) == [" " * 6] * 2
    assert first.finding.span.start == text.index("      - h")
    assert first.finding.fix is second.finding.fix, "one moves with the other"


FIXED = {
    "one of four": (
        "- a\n  - b\n  - c\n- d\n  - e\n- f\n    - g\n",
        "- a\n  - b\n  - c\n- d\n  - e\n- f\n  - g\n",
    ),
    "siblings": (
        HABIT + "- f\n  - g\n      - h\n      - i\n- j\n",
        HABIT + "- f\n  - g\n    - h\n    - i\n- j\n",
    ),
    "siblings of two depths": (HABIT + "- f\n    - g\n  - h\n", HABIT + "- f\n  - g\n  - h\n"),
    "one column": (HABIT + "- f\n   - g\n", HABIT + "- f\n  - g\n"),
    "all that is under it": (
        HABIT + "- f\n    - g\n      more\n\n      text\n      ```\n      code\n      ```\n- h\n",
        HABIT + "- f\n  - g\n    more\n\n    text\n    ```\n    code\n    ```\n- h\n",
    ),
    "one in the other": (
        HABIT + "- f\n    - g\n        - h\n- i\n",
        HABIT + "- f\n  - g\n    - h\n- i\n",
    ),
    "carriage returns": (
        (HABIT + "- f\n    - g\n").replace("\n", "\r\n"),
        (HABIT + "- f\n  - g\n").replace("\n", "\r\n"),
    ),
    "under a number further out": (
        HABIT + "1. f\n   - g\n       - h\n",
        HABIT + "1. f\n   - g\n     - h\n",
    ),
}


@pytest.mark.parametrize(("text", "after"), FIXED.values(), ids=FIXED.keys())
def test_fix_keeps_the_page(text: str, after: str) -> None:
    assert fixed(NAME, text, unsafe=False) == after
    assert messages(NAME, after) == []
    assert page(after) == page(text)


UNFIXED = {
    "a lazy line": HABIT + "- f\n    - g\nlazy\n",
    "a tab under it": HABIT + "- f\n    - g\n\n\t  text\n",
    "text behind it that it would take in": HABIT + "- f\n\n    - g\n\n    text\n",
    "a list behind it that it would take in": HABIT + "- f\n    - g\n    1. h\n",
}


@pytest.mark.parametrize("text", UNFIXED.values(), ids=UNFIXED.keys())
def test_reported_without_a_fix(text: str) -> None:
    (each,) = raised(NAME, Document.of(text))
    assert each.finding.fix is None


LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from([" " * width for width in range(10)] + ["\t"]),
    st.sampled_from(["- ", "* ", "1. ", "", "-   ", "> ", "- [ ] ", "```", "<div>"]),
    st.sampled_from(["a", "b c", "", "- d", "    e"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_fixes_keep_any_page(lines: list[str]) -> None:
    text = HABIT * 6 + "\n".join(lines) + "\n"
    done = fix_document(Document.of(text), lambda doc: raised(NAME, doc))
    assert page(done.doc.source.text) == page(text)
    again = fix_document(done.doc, lambda doc: raised(NAME, doc))
    assert again.doc.source.text == done.doc.source.text
