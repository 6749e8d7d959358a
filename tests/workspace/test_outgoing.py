"""Every place of a note that leads somewhere, as it is written."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from notelint.workspace.facts import facts_of
from notelint.workspace.outgoing import references
from notelint.workspace.resolve import resolve


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](b.md 'T') ![c](<d e.png>)", ["b.md", "d e.png"]),
        ("[a][r] [r]\n\n[r]: <b c.md>\n[unused]: d.md", ["b c.md", "d.md"]),
        ("<https://x.org/> https://y.org/a, b", ["https://x.org/", "https://y.org/a"]),
        ("`[a](b.md)` \\[a](b.md) <!-- [a](b.md) -->\n\n    [a](b.md)", []),
        ("[![p](p.png)](b.md)", ["b.md", "p.png"]),
        ("<a href=' b.md '>x</a> <a href=c.md>", ["b.md", "c.md"]),
        ("<img src='a.png' srcset='b.png 1x, c,d.png 2x,e.png'>",
         ["a.png", "b.png", "c,d.png", "e.png"]),
        ("<img srcset='a&amp;b.png 1x, c.png'>", ["a&amp;b.png", "c.png"]),
        ("<video src=a.mp4 poster=b.png><source src=c.mp4></video>", ["a.mp4", "b.png", "c.mp4"]),
        ("<div>\n<iframe src='a.html'></iframe>\n<a name=x>\n</div>", ["a.html"]),
        ("> <a\n> href='b.md'>x</a>\n", ["b.md"]),
        ("<img srcset=''> <img srcset=' , '> <a href>", [""]),
    ],
)  # fmt: skip
def test_references_as_written(text: str, found: list[str]) -> None:
    doc = Document.of(text)
    assert [each.span and doc.slice(each.span) for each in references(doc)] == found


def test_facts_have_what_no_rule_judges() -> None:
    text = "[a](b.md) <img src=c.png srcset='d.png, e.png 2x'>\n\n[r]: f.md\n[s]: https://x.org/\n"
    facts = facts_of("a.md", Document.of(text))
    assert [each.destination for each in facts.links] == ["b.md", "c.png"]
    assert facts.other_destinations == ("f.md", "d.png", "e.png")


def test_percent_encoded_letters_are_no_placeholder() -> None:
    assert resolve("%E5%AE%89%E8%A3%85.md", "a.md").path == "安装.md"
    assert resolve("%BASE_URL%/b.md", "a.md").kind == "none"
