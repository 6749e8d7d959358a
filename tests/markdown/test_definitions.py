"""Reference definitions and the spans of their parts."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document

pytestmark = pytest.mark.usefixtures("each_parser")

# text before, bracket, label, middle, destination, title, text after
FORMS = [
    ("", "[", "a", "]: ", "b", "", "\n"),
    ("", "[", "a", "]:", "b", "", " \t\n"),
    ("x\n\n", "[", "A b", "]: ", "b", " 'c'", " \n"),
    ("", "[", "a", "]: <", "b c", ">", "\n"),
    ("", "[", "a", "]: <", "", ">", ""),
    ("", "[", "a", "]: <", "b", "> (c)", "\n"),
    ("", "   [", "a", "]:\n  ", "b", "\n  'c'", "\n"),
    ("", "[", "a", "]: ", "b", "\n'c\nd'", "\nx\n"),
    ("", "[", "a", "]: ", "b", "", "\n'c\n"),
    ("", "[", "a", "]: <", "b", ">", "\n'c' d\n"),
    ("", "[", r"a\]\[", "]: ", r"b\(", " 'c'", "\n"),
    ("", "[", "a\nb", "]: ", "b", "", "\n"),
    ("> ", "[", "a", "]: ", "b", "\n>   'c d'", "\n"),
    ("> - ", "[", "a\n>   b", "]:\n>   ", "b&amp;c", "\n> \t'c'", "\n> - x\n"),
    ("- ", "[", "a", "]: ", "b", "", "\n\n- x"),
    ("\u3000\n\n", "[", "ａ中文", "]: ", "b\u3000c", "", "\r\n"),
]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("form", FORMS, ids=repr)
def test_spans_of_the_parts(form: tuple[str, ...], ends: str) -> None:
    parts = [part.replace("\r\n", "\n").replace("\n", ends) for part in form]
    doc = Document.of("".join(parts))
    (found,) = doc.definitions
    before, start, label, middle, target, title, _ = parts
    assert doc.slice(found.label) == label
    assert doc.slice(found.destination) == target
    assert doc.slice(found.span) == (start + label + middle + target + title).lstrip(" ")
    assert found.span.start == len(before) + start.count(" ")
    assert found.destination.start == len(before + start + label + middle)


@pytest.mark.parametrize(
    ("text", "key", "target"),
    [
        ("[a  B\n c]: d", "A B C", "d"),
        ("[ẞ]: d", "SS", "d"),
        (r"[a]: b\(&lt;c", "A", "b(<c"),
        ("[a]: <b&amp;c>", "A", "b&c"),
        ("[a]: %20é", "A", "%20é"),
    ],
)
def test_key_and_target(text: str, key: str, target: str) -> None:
    (found,) = Document.of(text).definitions
    assert (found.key, found.target) == (key, target)


@pytest.mark.parametrize(
    "text", ["[a]:", "[]: b", "x\n[a]: b", "[a]: b c", "    [a]: b", "[a] : b"]
)
def test_text_that_is_no_definition(text: str) -> None:
    assert Document.of(text).definitions == []


def test_overridden_definitions_are_included() -> None:
    doc = Document.of("[a]: b\n[c]: d 'e'\n> [A]: f\n\n[^n]: [g]: h\n")
    assert [(each.key, each.target) for each in doc.definitions] == [
        ("A", "b"),
        ("C", "d"),
        ("A", "f"),
        ("G", "h"),
    ]
