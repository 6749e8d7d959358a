"""What an editor asks about a place, on notes as they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from conftest import Write
from server.talker import Talker, position

Start = Callable[..., Talker]

A = """\
---
title: A
---

# 标题 😀

😀 [to b](b.md#two "t"), [again](#again-1), [ref][Lab el], [lab el][], [lab el] and note[^1].
<a href="sub/c.md#here">x</a> <img src="p.png"> ![](p.png) [web](https://example.org/)

## Again

### Below

```python
# no heading
```

## Again

[lab el]: b.md
[^1]: The note.
"""
B = """\
# B

<details>

[a](a.md#again-1) [self](b.md) [two](#two)

</details>

## Two

Words.
"""


@pytest.fixture
def server(start: Start, write: Write, tmp_path: Path) -> Talker:
    write("b.md", B)
    write("sub/c.md", '# C\n\n<a id="here"></a>\n\n[a](../a.md)\n')
    (tmp_path / "p.png").write_bytes(b"")
    server = start()
    server.open("a.md", A)
    return server


def at(server: Talker, words: str, name: str = "a.md", text: str = A, **more: Any) -> Any:
    """The parameters of a question about the middle of *words*."""
    place = position(text, text.index(words) + len(words) // 2)
    return server.about(name, place["line"], place["character"], **more)


def spots(server: Talker, found: list[Any], texts: dict[str, str]) -> list[tuple[str, str]]:
    """The names of files, and the text at each place."""
    result = []
    for each in found:
        name = each["uri"].removeprefix(server.uri("") + "/")
        start, end = each["range"]["start"], each["range"]["end"]
        lines = texts.get(name, "").split("\n")
        line = lines[start["line"]].encode("utf-16-le")
        stop = end["character"] if end["line"] == start["line"] else len(line)
        result.append((name, line[2 * start["character"] : 2 * stop].decode("utf-16-le")))
    return sorted(result)


TEXTS = {"a.md": A, "b.md": B, "sub/c.md": '# C\n\n<a id="here"></a>\n\n[a](../a.md)\n'}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("b.md#two", ("b.md", "Two")),
        ("#again-1", ("a.md", "Again")),
        ("[Lab el]", ("a.md", "lab el")),
        ("[lab el][]", ("a.md", "lab el")),
        ("[^1].", ("a.md", "1")),
        ("sub/c.md#here", ("sub/c.md", "here")),
        ("p.png", ("p.png", "")),
        (": b.md", ("b.md", "")),
    ],
)
def test_definition(server: Talker, words: str, found: tuple[str, str]) -> None:
    result = server.ask("textDocument/definition", at(server, words))
    assert spots(server, result, TEXTS) == [found]


def test_the_second_of_equal_headings_is_found(server: Talker) -> None:
    (result,) = server.ask("textDocument/definition", at(server, "#again-1"))
    assert result["range"]["start"]["line"] == A[: A.rindex("## Again")].count("\n")


def test_references_of_a_heading_are_links_in_all_notes(server: Talker) -> None:
    last = position(A, A.rindex("Again"))
    params = server.about("a.md", **last, context={"includeDeclaration": True})
    result = server.ask("textDocument/references", params)
    assert spots(server, result, TEXTS) == [
        ("a.md", "#again-1"), ("a.md", "Again"), ("b.md", "a.md#again-1"),
    ]  # fmt: skip


def test_references_count_what_is_not_saved(server: Talker) -> None:
    server.open("b.md", "[x](a.md#again-1)\n\n[y](a.md#again-1)\n")
    last = position(A, A.rindex("Again"))
    params = server.about("a.md", **last, context={"includeDeclaration": False})
    assert len(server.ask("textDocument/references", params)) == 3


def test_references_of_a_label_and_of_a_footnote(server: Talker) -> None:
    more = {"includeDeclaration": True}
    result = server.ask("textDocument/references", at(server, "[Lab el]", context=more))
    assert len(result) == 4
    result = server.ask("textDocument/references", at(server, "[^1].", context=more))
    assert spots(server, result, TEXTS) == [("a.md", "1"), ("a.md", "1")]


def test_hover_shows_the_target_the_picture_and_the_rule(server: Talker) -> None:
    def text(words: str) -> str:
        found = server.ask("textDocument/hover", at(server, words))
        return str(found["contents"]["value"]) if found else ""

    assert text("b.md#two").startswith("## Two\n\nWords.")
    assert "![](file://" in text("p.png")
    assert text("[^1].") == "[^1]: The note."
    assert text("title: A") == ""
    server.change("a.md", {"text": "[x](none.md)\n"})
    found = server.ask("textDocument/hover", server.about("a.md", 0, 5))
    assert found["contents"]["value"].startswith("**missing-file**: file `none.md` does not exist")


@pytest.mark.parametrize("fragment", ["L2-L3", "L2C1-L3C4", "L3-L2", "L2-3"])
def test_lines_of_a_file_as_forges_name_them(server: Talker, tmp_path: Path, fragment: str) -> None:
    (tmp_path / "run.py").write_text("a\nb\nc\nd\n", "utf-8")
    server.open("d.md", f"[x](run.py#{fragment})\n")
    (found,) = server.ask("textDocument/definition", server.about("d.md", 0, 8))
    assert (found["range"]["start"]["line"], found["range"]["end"]["line"]) == (
        (2, 3) if fragment == "L3-L2" else (1, 3)
    )


def test_hover_shows_a_picture_of_any_kind(server: Talker, tmp_path: Path) -> None:
    (tmp_path / "x.TIF").write_bytes(b"")
    server.open("d.md", "[x](x.TIF)\n")
    found = server.ask("textDocument/hover", server.about("d.md", 0, 6))
    assert found["contents"]["value"].startswith("![](file://")


def test_hover_shows_a_section_to_its_end(server: Talker) -> None:
    text = "[1](#one) [2](#two) [all](d.md)\n\n# One\n\nFirst.\n\n## Two\n\nSecond.\n\n# Three\n"
    server.open("d.md", text)

    def shown(column: int) -> object:
        found = server.ask("textDocument/hover", server.about("d.md", 0, column))
        return found["contents"]["value"]

    assert shown(6) == "# One\n\nFirst.\n\n## Two\n\nSecond."
    assert shown(16) == "## Two\n\nSecond."
    assert shown(26) == text.removesuffix("\n")


def test_hover_requests_nothing(start: Start, write: Write) -> None:
    image = "![x](https://e.org/t.png)"
    tag = "<IMG src='https://e.org/t.png'>"
    write("c.md", f"# C\n\n{image} \\\\{image} {tag}\n\n```\n{image}\n```\n")
    write("d(1).png", b"")
    text = f"# A\n\n[c](c.md) [d](<d(1).png>)\n\n[^1]\n\n[^1]: {image} {tag}\n\n[](<{image}>)\n"
    text += f"\n[e]\n\n[e]: <https://e.org/`{image}>\n"
    server = start()
    server.open("a.md", text)
    for line, column in ((2, 5), (2, 17), (4, 2), (8, 1), (10, 1)):
        found = server.ask("textDocument/hover", server.about("a.md", line, column))
        text = found["contents"]["value"]
        html = MarkdownIt().render(text)
        assert re.search("<img", html, re.IGNORECASE) is None  # a picture of the disk is no image
        assert text.startswith("![](file://") == (column == 17)
    assert (
        "d%281%29.png)"
        in server.ask("textDocument/hover", server.about("a.md", 2, 17))["contents"]["value"]
    )


def test_hover_shows_an_address_as_code(start: Start, write: Write) -> None:
    image = "`![p](http:/e.org/t.png)"
    write(f"d{image[:11]}/e.org/t.png)b.txt", "x")
    text = f"# A\n\n[x][lab] [y](<d{image}b.txt>)\n\n[lab]: <http://e.org/``{image}>\n"
    server = start()
    server.open("a.md", text)
    for column in (5, 14):
        found = server.ask("textDocument/hover", server.about("a.md", 2, column))
        html = MarkdownIt().render(found["contents"]["value"])
        assert "<img" not in html
        assert html.startswith("<p><code>")


def test_document_links(server: Talker) -> None:
    params = {"textDocument": {"uri": server.uri("a.md")}}
    targets = [each["target"] for each in server.ask("textDocument/documentLink", params)]
    root = server.uri("")
    assert f"{root}/b.md#L9" in targets
    assert f"{root}/p.png" in targets
    assert "https://example.org/" in targets
    assert f"{root}/a.md#L{A[: A.rindex('## Again')].count(chr(10)) + 1}" in targets


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[x](", {"b.md", "sub/", "p.png"}),
        ("[x](su", {"b.md", "sub/", "p.png"}),
        ("[x](<", {"b.md", "sub/", "p.png"}),
        ("[x](sub/", {"c.md"}),
        ("[x](/sub/", {"c.md"}),
        ("[x](#", {"标题-", "again", "again-1", "below"}),
        ("[x](b.md#", {"b", "two"}),
        ("[x](sub/c.md#h", {"c", "here"}),
        ('<img src="', {"b.md", "sub/", "p.png"}),
        ("<a class='x' href='b.md#", {"b", "two"}),
        ('<source srcset="p.png 1x, sub/', {"c.md"}),
        ("[x]: sub/", {"c.md"}),
        ("[x][", {"lab el"}),
        ("note[^", {"1"}),
    ],
)
def test_completion(server: Talker, typed: str, expected: set[str]) -> None:
    text = f"{typed}\n\n{A.partition('---' + chr(10) + chr(10))[2]}"
    server.change("a.md", {"text": text})
    items = server.ask("textDocument/completion", server.about("a.md", 0, len(typed)))
    assert {each["label"] for each in items} >= expected
    assert {each["textEdit"]["range"]["end"]["character"] for each in items} == {len(typed)}


@pytest.mark.parametrize("typed", ["[x](https://e", "text (", "`[x](`", "a < b src="])
def test_nothing_to_complete(server: Talker, typed: str) -> None:
    server.change("a.md", {"text": f"{typed}\n"})
    assert not server.ask("textDocument/completion", server.about("a.md", 0, len(typed)))


def test_a_name_with_blanks_is_written_as_a_link_needs_it(server: Talker, write: Write) -> None:
    write("sub/two words (1).md", "# X\n")
    server.watched("sub/two words (1).md")
    server.change("a.md", {"text": "[x](sub/t\n"})
    items = server.ask("textDocument/completion", server.about("a.md", 0, 9))
    (item,) = (each for each in items if each["label"] == "two words (1).md")
    assert item["textEdit"]["newText"] == "two%20words%20%281%29.md"


def test_symbols(server: Talker) -> None:
    params = {"textDocument": {"uri": server.uri("a.md")}}
    (top,) = server.ask("textDocument/documentSymbol", params)
    assert top["name"] == "标题 😀"
    assert [each["name"] for each in top["children"]] == ["Again", "Again"]
    assert top["children"][0]["children"][0]["name"] == "Below"
    found = server.ask("workspace/symbol", {"query": "tw"})
    assert [(each["name"], each["location"]["uri"]) for each in found] == [
        ("Two", server.uri("b.md"))
    ]


def test_symbols_of_a_note_that_is_new(start: Start, write: Write) -> None:
    write("a.md", "# Old\n")
    server = start()
    assert len(server.ask("workspace/symbol", {"query": ""})) == 1
    write("b.md", "# New\n")
    server.watched("b.md")
    assert len(server.ask("workspace/symbol", {"query": ""})) == 2


def test_folding(server: Talker) -> None:
    params = {"textDocument": {"uri": server.uri("a.md")}}
    found = server.ask("textDocument/foldingRange", params)
    lines = A.split("\n")
    starts = {lines[each["startLine"]] for each in found}
    assert starts == {"---", "# 标题 😀", "## Again", "### Below", "```python"}


def test_code_lens(start: Start, server: Talker) -> None:
    server = start(capabilities={"workspace": {"codeLens": {"refreshSupport": True}}})
    server.open("a.md", A)
    while not any(each["method"] == "workspace/codeLens/refresh" for each in server.requested):
        server.next()
    found = server.ask("textDocument/codeLens", {"textDocument": {"uri": server.uri("a.md")}})
    titles = [(each["range"]["start"]["line"], each["command"]["title"]) for each in found]
    assert titles == [(0, "1 reference"), (A[: A.rindex("## Again")].count("\n"), "2 references")]
    server.change("a.md", {"text": "# A\n"})
    found = server.ask("textDocument/codeLens", {"textDocument": {"uri": server.uri("a.md")}})
    assert [each["command"]["title"] for each in found] == ["1 reference"]


def test_a_text_without_a_name_gets_what_needs_no_tree(start: Start) -> None:
    server = start(None)
    server.open("untitled:Untitled-1", "# A\n\n[x](#b) [y](c.md)\n\n![]()\n")
    codes = [each["code"] for each in server.diagnostics("untitled:Untitled-1")]
    assert codes == ["broken-anchor", "empty-image"]
    params = server.about("untitled:Untitled-1", 2, 6)
    assert server.ask("textDocument/definition", params)
    params = {"textDocument": {"uri": "untitled:Untitled-1"}}
    assert server.ask("textDocument/documentSymbol", params)
