"""HTML elements that are never closed, closed twice, or closed out of order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint import rules
from notelint.finding import Finding
from notelint.markdown.document import Document


def found(text: str) -> list[tuple[str, str]]:
    """What each finding covers, and its message."""
    doc = Document.of(text)
    return [(doc.slice(each.span), each.message) for each in findings(doc)]


def findings(doc: Document) -> list[Finding]:
    rule = rules.get("unbalanced-html")
    assert rule.check is not None
    return list(rule.check(doc, rule.options()))


SILENT = {
    "details over several blocks": "<details>\n<summary>x</summary>\n\n- a\n- b\n\n</details>\n",
    "details over a list's end": "- <details>\n  <summary>x</summary>\n\n  a\n\n</details>\n",
    "details in details": "<details>\n\n<details>\n\na\n\n</details>\n\n</details>\n",
    "void elements": '<br> <hr> <img src="a.png"> <wbr> <input type="text">\n',
    "void elements closed": "a<br></br>b\n\n<img src='a.png'></img>\n",
    "self-closing": "<br/> <a name='x'/> <div/>\n",
    "an anchor closed by another": '<a name="x"/>text</a>\n',
    "an open anchor without address": '<a name="x">\n\n## Heading\n',
    "end tags that may be left out": (
        "<p>one\n<p>two\n\n<ul>\n<li>a\n<li>b\n</ul>\n\n"
        "<table>\n<tr><td>a<td>b\n<tr><td>c<td>d\n</table>\n\n<dl>\n<dt>a\n<dd>b\n</dl>\n"
    ),
    "a paragraph that a list ended": "<p>\n\n- a\n\n</p>\n",
    "inline elements that cross": "<b>one <i>two</b> three</i>\n",
    "a heading closed as another": "<h1>Title</h2>\n",
    "components": "<Tabs>\n\n<Tab>\n\n</Tabs>\n\n<my-note>\n",
    "a component named as an element": "from `<A>` to <Article> and <Section>\n",
    "generics and placeholders": "Vec<T>, Map<K, V>, Option<A>, Pair<B>, <your-name>, <name>\n",
    "code span": "`<details>` and `</div>`\n",
    "fenced code": "```html\n<details>\n```\n",
    "indented code": "    <details>\n",
    "comment": "<!-- <details> -->\n\n<!--\n</div>\n-->\n",
    "script": "<script>\nif (a) document.write('<div>')\n</script>\n",
    "escaped": "\\<details> and &lt;details&gt;\n",
    "tags over several lines": '<div\n  class="a"\n>\n\n</div>\n',
    "upper case": "<DIV>\n\n</DIV>\n\n<Details>\n",
    "branches of a template": (
        "{% if a %}\n<div class='a'>\n{% else %}\n<div>\n{% endif %}\n\n</div>\n"
    ),
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert found(text) == []


def test_never_closed() -> None:
    text = "<details>\n<summary>x</summary>\n\n- a\n\n## Next\n"
    assert found(text) == [("<details>", "<details> is never closed")]


def test_closed_twice() -> None:
    text = "<details>\n\na\n\n</details>\n\n</details>\n"
    assert found(text) == [("</details>", "</details> closes nothing")]
    assert findings(Document.of(text))[0].span.start == text.rindex("</details>")


def test_one_missing_among_many() -> None:
    whole = "<details>\n<summary>x</summary>\n\na\n\n</details>\n\n"
    text = whole + whole.replace("</details>\n\n", "") + whole
    (finding,) = findings(Document.of(text))
    assert finding.span.start == len(whole)


def test_out_of_order() -> None:
    doc = Document.of("<div>\n<details>\n\na\n\n</div>\n</details>\n")
    (finding,) = findings(doc)
    assert doc.slice(finding.span) == "</details>"
    assert finding.message == ("</details> comes after </div>, which closes the element around it")
    assert [doc.slice(each.span) for each in finding.related] == ["</div>"]


def test_closed_by_what_stands_around() -> None:
    doc = Document.of("<details>\n<summary>x\n\na\n\n</details>\n")
    (finding,) = findings(doc)
    assert finding.message == "<summary> is never closed"
    assert [doc.slice(each.span) for each in finding.related] == ["</details>"]


def test_opened_again_instead_of_closed() -> None:
    text = "<details>\n<summary>x<summary>\n\na\n\n</details>\n\n10<sup>2<sup>\n"
    assert found(text) == [
        ("<summary>", "<summary> opens again what </summary> was to close"),
        ("<sup>", "<sup> opens again what </sup> was to close"),
    ]


def test_closing_tag_indented_into_code() -> None:
    text = "<details>\n\n- a\n\n\n      text\n\n          </details>\n\nb\n"
    doc = Document.of(text)
    (finding,) = findings(doc)
    assert finding.message == (
        "<details> is never closed: </details> in line 8 is indented into code"
    )
    assert [doc.slice(each.span) for each in finding.related] == ["</details>"]


def test_inline() -> None:
    text = 'H<sub>2 and </b> and [x](y) <a href="z">z\n'
    assert found(text) == [
        ("<sub>", "<sub> is never closed"),
        ("</b>", "</b> closes nothing"),
        ('<a href="z">', "<a> is never closed"),
    ]


def test_span_in_containers_and_with_carriage_returns() -> None:
    text = "> - a\r\n>   <details>\r\n>\r\n>   b\r\n"
    assert found(text) == [("<details>", "<details> is never closed")]


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
    assert found(text) == []


@settings(max_examples=100, deadline=None)
@given(balanced(), NAMES, st.booleans())
def test_one_tag_more_is_one_finding(text: str, name: str, closing: bool) -> None:
    tag = f"</{name}>" if closing else f"<{name}>"
    assert [what for what, _ in found(f"{text}\n\n{tag}\n")] == [tag]
