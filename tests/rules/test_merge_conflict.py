"""Conflict markers that were committed."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from rules.judging import covered, raised

WHOLE = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> notes\n"

SILENT = {
    "underlined heading": "GLM\n=======\n\ntext\n",
    "a quote in seven quotes": ">>>>>>> deep\n",
    "a tutorial": f"```\n{WHOLE}```\n",
    "an indented tutorial": "text\n\n" + "".join(f"    {line}\n" for line in WHOLE.split("\n")),
    "in code": "`<<<<<<< HEAD` starts it\n",
    "in a comment": f"<!--\n{WHOLE}-->\n",
    "more than seven": "<<<<<<<<< HEAD\n\nGLM\n=========\n\n>>>>>>>>> deep\n",
    "fewer": "<<<<<< a\n\n======\n\n>>>>>> b\n",
    "no blank before the name": "<<<<<<<HEAD\na\n\n>>>>>>>notes\n",
    "not at the start of the line": "see <<<<<<< HEAD\n\nand >>>>>>> notes\n",
    "a lone row of brackets": "<<<<<<<\n\nStart\n",
    "a table row": "|||||||\n|---|---|---|---|---|---|\n",
    "heading, then a deep quote far below": "A\n=======\n\n>>>>>>>\n",
}

FOUND = {
    WHOLE: ["<<<<<<< HEAD"],
    WHOLE.replace("\n", "\r\n"): ["<<<<<<< HEAD"],
    WHOLE.replace("\n", "\r"): ["<<<<<<< HEAD"],
    "<<<<<<< HEAD\na\n||||||| 1f2e3d\nc\n=======\nb\n>>>>>>> notes\n": ["<<<<<<< HEAD"],
    f"{WHOLE}\ntext\n\n{WHOLE}": ["<<<<<<< HEAD"] * 2,
    "<<<<<<< HEAD\na\n": ["<<<<<<< HEAD"],
    "<<<<<<<\na\n=======\nb\n>>>>>>>\n": ["<<<<<<<"],
    "a\n\n=======\nb\n>>>>>>> 1f2e3d (notes)\n": ["======="],
    f"<div>\n{WHOLE}</div>\n": ["<<<<<<< HEAD"],
    "<<<<<<< HEAD\n```py\na\n=======\n```py\nb\n>>>>>>> notes\n": ["<<<<<<< HEAD"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("merge-conflict", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("merge-conflict", text) == pieces


def test_the_other_markers_are_told_with_it() -> None:
    doc = Document.of("<<<<<<< HEAD\na\n||||||| base\nc\n=======\nb\n>>>>>>> notes\n")
    (only,) = raised("merge-conflict", doc)
    assert [(doc.slice(each.span), each.message) for each in only.finding.related] == [
        ("||||||| base", "the common version"),
        ("=======", "the other version"),
        (">>>>>>> notes", "it ends here"),
    ]
