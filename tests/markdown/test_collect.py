"""The elements of a document: links, list items, tags, headings and code, with positions."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document

pytestmark = pytest.mark.usefixtures("each_parser")


def test_list_items_with_their_lists_and_parents() -> None:
    items = Document.of("- a\n  1. b\n\n     c\n\n- d\n\n> + e\n\n3) f\n\n[^1]: - g\n").items
    assert [(each.lines, each.parent, each.list) for each in items] == [
        ((1, 4), -1, 0),
        ((2, 4), 0, 1),
        ((6, 6), -1, 0),
        ((8, 8), -1, 2),
        ((10, 10), -1, 3),
        ((12, 12), -1, 4),
    ]
    assert [each.ordered for each in items] == [False, True, False, False, True, False]
    assert [each.quoted for each in items] == [False, False, False, True, False, True]


def test_links_of_every_kind_with_their_list_items() -> None:
    doc = Document.of(
        "- [a](b)\n- <img src=' c ' alt='d'> <http://e>\n\n"
        "  <a href='f'>g</a>\n\n[h]: i\n\n[h][] ![j][h] ![k](l) http://m.n <img alt='o'> </img>\n"
    )
    found = [(each.kind, each.destination, each.text, each.image, each.item) for each in doc.links]
    assert found == [
        ("inline", "b", "a", False, 0),
        ("html", "c", "d", True, 1),
        ("autolink", "http://e", "http://e", False, 1),
        ("html", "f", "", False, 1),
        ("reference", "i", "h", False, -1),
        ("reference", "i", "j", True, -1),
        ("inline", "l", "k", True, -1),
        ("bare", "http://m.n", "http://m.n", False, -1),
        ("definition", "i", "H", False, -1),
    ]
    assert [each.label for each in doc.links if each.label] == ["H", "H", "H"]


@pytest.mark.parametrize(
    ("text", "shown", "images", "shows"),
    [
        ("[a `b`\nc](d)", "a b c", 0, True),
        ("[![a](b)![c](d)](e)", "ac", 2, True),
        ("[![](b)](e)", "", 1, True),
        ("[*a*\\\nb](c)", "a b", 0, True),
        ("[<b>a</b>](c)", "a", 0, True),
        ("[<img src='a'>](c)", "", 0, True),
        ("[ ](c)", " ", 0, False),
        ("[](<c>)", "", 0, False),
        ("<a href='b'></a>", "", 0, True),
    ],
)
def test_the_visible_text_of_links(text: str, shown: str, images: int, shows: bool) -> None:
    link = Document.of(text).links[0]
    assert (link.text, link.images, link.shows) == (shown, images, shows)


@pytest.mark.parametrize(
    "text",
    [
        "[a](~)",
        "[a]( ~ )",
        "[a](<~>)",
        "[a](<~> 't')",
        '[a](\n~\n"](b")',
        "[a](~ (t))",
        "[`](`](~)",
        "[![](b)](~)",
        "[\\](](~)",
        "![a](~\t't')",
        "<~>",
        "<img src='~'>",
        '<a\nid=x HREF = "~">',
        "<a href=~ id=x>",
        "[r]: <~>",
    ],
)
@pytest.mark.parametrize("address", ["http://e.org/é", "http://e.org/(a)"])
def test_the_target_of_links(text: str, address: str) -> None:
    doc = Document.of("> x\n" + "".join(f"> {line}\n" for line in text.split("\n")) + "\n[a]: b\n")
    doc = Document.of(doc.source.text.replace("~", address))
    (link,) = (each for each in doc.links if each.destination == address)
    assert doc.slice(link.target) == address


def test_the_target_is_the_whole_link_for_references_and_ambiguous_links() -> None:
    doc = Document.of("[a][b] ![c][b] [](<>)\n\n[b]: d\n")
    assert [doc.slice(link.target) for link in doc.links] == ["[a][b]", "![c][b]", "", "d"]


def test_task_boxes_are_no_references() -> None:
    (link,) = Document.of("- [x] a\n- [ ] b\n\n[x]: y\n").links
    assert link.kind == "definition"


def test_opening_closing_and_self_closing_tags() -> None:
    doc = Document.of("<Div>\n<br/><script a='>'> <b> </script>\n\nx</p > <i a='>'/> <b> <u\nid>\n")
    assert [(each.name, each.closing, each.self_closing) for each in doc.tags] == [
        ("div", False, False),
        ("br", False, True),
        ("p", True, False),
        ("i", False, True),
        ("b", False, False),
        ("u", False, False),
    ]


def test_attributes_are_decoded_and_their_spans_are_of_the_source() -> None:
    doc = Document.of("<a Name='&amp;' b c=\"\" d=e name=f>\n")
    (tag,) = doc.tags
    assert [(each.name, each.value) for each in tag.attributes] == [
        ("name", "&"),
        ("b", ""),
        ("c", ""),
        ("d", "e"),
        ("name", "f"),
    ]
    assert [doc.slice(each.span) for each in tag.attributes] == [
        "Name='&amp;'",
        "b",
        'c=""',
        "d=e",
        "name=f",
    ]
    assert [doc.slice(each.value_span) for each in tag.attributes] == ["&amp;", "", "", "e", "f"]
    first = tag.get("name")
    assert first is not None
    assert first.value == "&"


def test_comments_without_an_end() -> None:
    doc = Document.of("a <!-- b\nc --> d\n\n<!-- e -->\n\n<!--f\n\ng")
    assert [(each.text, each.closed) for each in doc.comments] == [
        ("b\nc", True),
        ("e", True),
        ("f\n\ng", False),
    ]
    assert doc.slice(doc.comments[2].span) == "<!--f\n\ng"


def test_fenced_indented_and_unclosed_code() -> None:
    doc = Document.of(
        "```a b\nc\n```\n\n    d\n\n~~~\ne\n~~~~ \n\n> ```\n> f\n\n```\n```\n\n```g\nh\n``\n"
    )
    assert [(each.lines, each.info, each.fenced, each.closed) for each in doc.codes] == [
        ((1, 3), "a b", True, True),
        ((5, 5), "", False, True),
        ((7, 9), "", True, True),
        ((11, 12), "", True, False),
        ((14, 15), "", True, True),
        ((17, 19), "g", True, False),
    ]


def test_headings_of_every_kind() -> None:
    doc = Document.of(
        "# a `b` ![c](d) <i>e</i>\\*\n\n g\n*h*\n---\n\n> ## i ##\n\n- j\n  ===\n\n#\n\n> ###  \n\n"
        "<h2 id=x>k <b>l</b>\nm &amp;</h2>\n\n<H3>n <h4>o</h4></H3> <h3>p</H3 > <h5>q</h6>\n\n"
        "[^1]: # r\n\n## s\n"
    )
    found = [
        (each.level, each.text, each.lines, each.html, each.nested, doc.slice(each.span))
        for each in doc.headings
    ]
    assert found == [
        (1, "a b  e*", (1, 1), False, False, "a `b` ![c](d) <i>e</i>\\*"),
        (2, "g h", (3, 5), False, False, "g\n*h*"),
        (2, "i", (7, 7), False, True, "i"),
        (1, "j", (9, 10), False, True, "j"),
        (1, "", (12, 12), False, False, "#"),
        (3, "", (14, 14), False, True, "###"),
        (2, "k l\nm &", (16, 17), True, False, "k <b>l</b>\nm &amp;"),
        (3, "n o", (19, 19), True, False, "n <h4>o</h4>"),
        (3, "p", (19, 19), True, False, "p"),
        (1, "r", (21, 21), False, True, "r"),
        (2, "s", (23, 23), False, False, "s"),
    ]


def test_empty_sections() -> None:
    doc = Document.of(
        "# a\n## b\n\n<!-- notelint-disable x -->\n## c\n![](x)\n## d\n- # e\n## f\n### g\n> # h\n"
        "## i\n```\n```\n## j\n[^1]: k\n## l\n***\n# m\n[n]: o\n# p\n    q\n# r\n"
        "<h1>s</h1>\n\n# t\n"
    )
    assert [each.text for each in doc.empty_sections] == ["b", "l", "m", "t"]
