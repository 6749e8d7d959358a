"""Formulas: what is one, by GitHub's rules and in LaTeX, and that nothing in it is an element."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document

ONE = [
    "$x$", "$a b$", "$a\nb$", "$4 + x$", "$\\$4$",
    "$E[X](\\alpha)$", "$(0, 1]$", "$]0, 1[$", "$a*b*c$", "$a <b>c$", "${\\bf x}$", "$`a*b*`$",
    "$$x$$", "$$ x $$", "$$[x](\\zeta)$$", "$$\\text{$x$}$$", "$$a\nb$$", "$$\na\n$$",
    "$$a\n- b\n$$",
    "$$\na\n> b\n1. c\n# d\n=\n---\n$$", "$$\n<div>\n[a]: b\n$$", "  $$\n  a\n  $$",
    "\\(x^2\\)", "\\(\\alpha\\)", "\\(x = 1\\)", "\\(E[X](t)\\)", "\\(O(n)\\)", "\\[ x = 1 \\]",
    "\\[\nx\n- y\n= \\alpha \\\\[2pt]\n\\]", "\\[\\sum [x](y)\\]",
]  # fmt: skip
NONE = [
    "It costs $5 and then $6", "$5–$10", "$5/$6", "5$ and 6$", "$ x $", "$x $", "$ x$", "US$5 AU$",
    "a$x$", "1$x$", "$x$a", "$x$1", "$HOME and $PATH", "$HOME:$PATH", "${A}/${B}", "${{ a }} $",
    "\\$x$", "$x", "$$", "$$$", "$$ to $$$", "$$5 and $$10", "$x\n\ny$", "$$\nx\n\ny\n$$",
    "`$x$`", "$x `y$`", "`x$` y$", "[$x](a) [y$](b)", "[$](a) [$](b)", "https://a.b/$x$",
    "<a title='$x$'>", "<!-- $x$ -->", "    $x$", "```\n$x$\n```",
    "\\(see the page\\)", "\\(see [x](y.md)\\)", "\\[1\\]", "\\[[1](a.md)\\]", "\\[x\\](y)",
    "\\[TODO\\]",
    "\\\\(x = 1\\\\)", "\\(x = 1", "\\[ \\] todo", "\\(见 [甲](a = b)\\)",
    "\\([a](x\\docs\\b.md)\\)",
]  # fmt: skip


@pytest.mark.parametrize("text", ONE)
@pytest.mark.parametrize(
    "around",
    [
        "~",
        "a ~ b",
        "(~)",
        "-~-",
        "其中~是",
        "“~”，",
        "> ~",
        "- ~",
        "| ~ |\n|-|",
        "# ~",
        "*~*",
        "[~](u)",
    ],
)
def test_is_a_formula(text: str, around: str) -> None:
    if "\n" in text and around != "~":
        return
    doc = Document.of(around.replace("~", text))
    (found,) = doc.formulas
    assert text.strip() in doc.slice(found)
    assert [link.destination for link in doc.links] == (["u"] if "u" in around else [])
    assert [doc.tags, doc.definitions, doc.codes] == [[], [], []]
    assert len(doc.items) == around.count("- ~")


@pytest.mark.parametrize("text", NONE)
def test_is_no_formula(text: str) -> None:
    assert Document.of(text).formulas == []


@pytest.mark.parametrize("text", NONE)
def test_is_no_formula_before_one(text: str) -> None:
    doc = Document.of(f"{text}\n\n[a](b) $z_1$ [c](d)\n")
    assert [doc.slice(each) for each in doc.formulas] == ["$z_1$"]
    assert [link.destination for link in doc.links][-2:] == ["b", "d"]


@pytest.mark.parametrize(
    ("text", "formulas", "links"),
    [
        ("$x$ [a](b) $y$", ["$x$", "$y$"], ["b"]),
        ("costs $5 [a](b), and $x$", ["$x$"], ["b"]),
        ("text\n$$\n- [a](b)\n$$\n[c](d)", ["$$\n- [a](b)\n$$\n"], ["d"]),
        ("- $$\n  [a](b)\n  $$\n- [c](d)", ["- $$\n  [a](b)\n  $$\n"], ["d"]),
        ("> $$\n> [a](b)\n> $$\n\n[c](d)", ["> $$\n> [a](b)\n> $$\n"], ["d"]),
        ("| $E[X](t)$ | [a](b) |\n|-|-|", ["$E[X](t)$"], ["b"]),
        ("- $$\na [b](c)\n$$", ["$$\na [b](c)\n$$"], []),
        ("$$ x $$ and [a](b)\nmore", ["$$ x $$"], ["b"]),
    ],
)
def test_what_is_beside_a_formula(text: str, formulas: list[str], links: list[str]) -> None:
    doc = Document.of(text)
    assert [doc.slice(each) for each in doc.formulas] == formulas
    assert [link.destination for link in doc.links] == links


def test_a_formula_is_text_of_its_heading() -> None:
    doc = Document.of("# The $x_1$ rule\n\n## \\(O(n^2)\\)\n\n[a $x$](b)\n")
    assert [each.slug for each in doc.headings] == ["the-x_1-rule", "on2"]
    assert doc.links[0].text == "a $x$"
