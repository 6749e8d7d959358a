"""A footnote is found by its label in any case, as on GitHub."""

from __future__ import annotations

import pytest

from notelint import toc_text
from notelint.markdown.document import Document
from referee import page


@pytest.mark.parametrize("label", ["a", "A", "Ärger", "äRGER", "ß", "ẞ", "1"])
@pytest.mark.parametrize("defined", ["a", "A", "ärger", "SS", "1"])
def test_a_reference_is_one_where_github_shows_it(label: str, defined: str) -> None:
    text = f"# Title [^{label}]\n\n[^{defined}]: A note.\n"
    (heading,) = Document.of(text).headings
    assert (heading.text.strip() == "Title") is ("data-footnote-ref" in page(text))


def test_its_number_is_in_the_anchor() -> None:
    doc = Document.of("x[^b] y[^a]\n\n# A [^A]\n\n# B [^B]\n\n[^a]: A note.\n\n[^b]: Another.\n")
    assert [each.slug for each in doc.headings] == ["a-2", "b-1"]


def test_an_entry_refers_to_no_footnote() -> None:
    after = toc_text("# Title [^Note]\n\n[^note]: A note.\n")
    assert "- [Title](#title-1)\n" in after
    assert page(after).count("data-footnote-ref") == 1
