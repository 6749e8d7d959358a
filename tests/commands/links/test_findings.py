"""What is reported of a note's external links, once it is known what became of them."""

from __future__ import annotations

import pytest

import notelint.rules as rules
from notelint.engine.fix import fix_document
from notelint.engine.linter import Active
from notelint.engine.web_links import Answers, link_findings, web_links
from notelint.markdown.document import Document
from notelint.online.results import Outcome, Status
from notelint.rules.shared.checked_link import written

ON = [Active(rules.get(name), rules.get(name).options()) for name in ("dead-link", "moved-link")]
OLD, NEW = "https://site.test/old", "https://site.test/new"
MOVED = Answers({OLD: Outcome(Status.MOVED, target=NEW)}, {})


def asked(text: str) -> list[str]:
    return [link.destination for link in web_links(Document.of(text), "a.md")]


def test_a_definition_counts_once_and_only_if_it_is_used() -> None:
    text = f"[a][x] [b][x] ![c][x]\n\n[x]: {OLD}\n[X]: {NEW}\n[y]: {NEW}\n"
    assert asked(text) == [OLD]


def test_images_and_html_count() -> None:
    text = f'![]({OLD}) <img src="{NEW}"> <a href="//site.test">x</a> www.site.test/a\n'
    expected = [OLD, NEW, "//site.test", "http://www.site.test/a"]
    assert sorted(asked(text)) == sorted(expected)


def test_a_copy_of_a_dead_page_is_named() -> None:
    copy = "https://web.archive.org/web/2020/https://site.test/old"
    answers = Answers({OLD: Outcome(Status.DEAD, "404")}, {OLD: copy})
    (found,) = link_findings(Document.of(f"[a]({OLD})\n"), "a.md", ON, answers)
    assert found.finding.message == f"`{OLD}` is dead: 404; archived at {copy}"
    assert found.finding.fix is None


@pytest.mark.parametrize(
    "status", [Status.ALIVE, Status.UNKNOWN, Status.SKIPPED], ids=lambda status: status.value
)
def test_what_is_neither_dead_nor_moved_is_not_reported(status: Status) -> None:
    answers = Answers({OLD: Outcome(status, "why")}, {})
    assert link_findings(Document.of(f"[a]({OLD})\n"), "a.md", ON, answers) == []


@pytest.mark.parametrize(
    "text",
    [
        f"| a | b |\n| - | - |\n| [x]({OLD}) | {OLD} |\n",
        f"> - [x](\n>   {OLD}\n>   'title')\n",
        f"[![x]({OLD})]({OLD})\n",
        f"[a]({OLD} (t)), <{OLD}>; *{OLD}* 见 {OLD}\n",
        f"[a]\n\n[a]:\n  <{OLD}>\n  'title'\n",
        f"<details>\n<a href={OLD}>x</a>\n</details>\n",
    ],
)
def test_a_fix_replaces_the_address_and_nothing_else(text: str) -> None:
    fixed = fix_document(Document.of(text), lambda doc: link_findings(doc, "a.md", ON, MOVED))
    assert fixed.doc.source.text == text.replace(OLD, NEW)
    assert not fixed.refused


def test_a_fix_that_would_lead_elsewhere_is_refused() -> None:
    text = f"<a href={OLD}>x</a>\n"  # without quotes, a `=` makes text of the tag
    answers = Answers({OLD: Outcome(Status.MOVED, target=f"{NEW}?a=b")}, {})
    fixed = fix_document(Document.of(text), lambda doc: link_findings(doc, "a.md", ON, answers))
    assert fixed.doc.source.text == text
    assert list(fixed.refused.values()) == ["it would change the words"]


@pytest.mark.parametrize(
    ("url", "inline", "bare", "html"),
    [
        ("https://a.test/b", "https://a.test/b", "https://a.test/b", "https://a.test/b"),
        ("https://a.test/b.", "https://a.test/b.", "<https://a.test/b.>", "https://a.test/b."),
        ("https://a.test/)(", "https://a.test/%29%28", "<https://a.test/)(>", "https://a.test/)("),
        ("https://a.test/\"|'", *["https://a.test/%22%7C%27"] * 3),
        ("https://a.test/\\*<", *["https://a.test/%5C*%3C"] * 3),
        ("https://a.test/?a&lt=b", "https://a.test/?a&amp;lt=b", "https://a.test/?a&lt=b",
         "https://a.test/?a&amp;lt=b"),
    ],
)  # fmt: skip
def test_an_address_as_it_may_stand(url: str, inline: str, bare: str, html: str) -> None:
    assert (written(url, "inline"), written(url, "html")) == (inline, html)
    assert written(url, "definition") == inline
    assert written(url, "bare") == bare
    assert written(url, "autolink") == bare.strip("<>")
