"""Notes with a table of contents, and what a refresh makes of them."""

from __future__ import annotations

from typing import Any

from notelint.markdown.document import Document
from notelint.toc.options import TocOptions
from notelint.toc.render import DEFAULT_TITLE, plan

START = (
    "<!-- START doctoc generated TOC please keep comment here to allow auto update -->\n"
    "<!-- DON'T EDIT THIS SECTION, INSTEAD RE-RUN doctoc TO UPDATE -->\n"
)
WRAPPED = DEFAULT_TITLE.replace(" [DocToc]", "\n[DocToc]") + "\n"
END = "<!-- END doctoc generated TOC please keep comment here to allow auto update -->\n"


def toc(text: str, **options: Any) -> str:
    """*text* with its table of contents up to date; a second run must change nothing."""
    doc = Document.of(text)
    edit = plan(doc, TocOptions(**options)).edit
    if edit is None:
        return text
    new = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert plan(Document.of(new), TocOptions(**options)).edit is None
    return new


def listed(text: str, **options: Any) -> list[str]:
    """The lines of the list for *text* under a fresh block."""
    lines = toc(f"{START}{END}\n{text}", **options).split(END)[0].split("\n")
    return [line for line in lines if line.lstrip().startswith(("-", "*", "+", "1."))]


def block(inner: str) -> str:
    return f"{START}{inner}{END}\n"
