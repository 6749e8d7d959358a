"""The label of an image: only its words are shown, no links or images."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from rules.harness import run_on_text

pytestmark = pytest.mark.usefixtures("each_parser")

PHOTO = "![By [Ann](https://a.org/?utm_source=x) ![](gone.png) <img src=''>](b.png)"


def test_no_links_in_a_label() -> None:
    doc = Document.of(f"{PHOTO} [c](d.md)\n")
    assert [link.destination for link in doc.links] == ["b.png", "d.md"]
    assert doc.tags == []


@pytest.mark.parametrize("rule", ["tracking-parameter", "empty-image", "empty-link"])
def test_rules_ignore_labels(rule: str) -> None:
    assert run_on_text(rule, f"{PHOTO}\n") == []


def test_links_around_the_image_and_behind_it_are_links() -> None:
    doc = Document.of("[![a [b](c.md)](d.png) [e]](f.md) ![g](h.png)[i](j.md)\n\n[e]: k.md\n")
    found = [(link.kind, link.destination) for link in doc.links]
    assert ("inline", "d.png") in found
    assert ("inline", "j.md") in found
    assert ("inline", "c.md") not in found


def test_a_definition_used_only_in_a_label_is_used() -> None:
    assert run_on_text("unused-definition", "![see [b]](c.png)\n\n[b]: d.md\n") == []
