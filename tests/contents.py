"""Notes whose tables of contents hold anything, and what no command may do to them."""

from __future__ import annotations

import random
from collections import Counter

from notelint import fix_text
from notelint.engine.table_of_contents import with_fresh_toc
from notelint.markdown.document import Document
from notelint.toc.markers import END, START
from notelint.toc.options import TocOptions
from notelint.toc.render import DEFAULT_TITLE
from referee import Shown, shown

PAIRS = [
    ("\n".join(START), END),
    (START[0], END),
    ("<!-- START doctoc -->", "<!-- END doctoc -->"),
    ("<!-- toc -->", "<!-- tocstop -->"),
    ("<!-- toc:start -->", "<!-- toc:end -->"),
    ("<!-- mdformat-toc start --slug=github -->", "<!-- mdformat-toc end -->"),
    ("<!--mdformat-toc start-->", "<!--mdformat-toc end-->"),
]  # fmt: skip
TITLES = [
    "**Table of Contents**", "**目录**", "## Contents", "Contents", "目录\n----", "<h2>目录</h2>",
    "**Table of Contents**  *generated with [DocToc](https://github.com/thlorenz/doctoc)*",
    "*Table of\nContents*", "![logo](logo.png)", "<b>Contents</b>", "# 目录",
]  # fmt: skip
ENTRIES = [
    "- [Papers](#papers)", "- [Papers](#papers)\n  - [论文](#%E8%AE%BA%E6%96%87)",
    "* [Gone](#gone)",
    "1. [Papers](#papers)\n   1. [Data](#data)", "- **[Papers](#papers)**", "- [`a` *b*](#a-b)",
    '- [Papers](#papers "title")', '- <a href="#papers">Papers</a>', "- [Papers][p]",
    "- [Papers](#papers)\n\n- [Data](#data)", "- [A](#a)\n      - [Data](#data)",
    "-\n  [Data](#data)",
    "    - [Data](#data)\n- [Papers](#papers)", "+ [Papers\n  too](#papers)", "- - [Data](#data)",
    "- [![logo](logo.png) Papers](#papers)", "- [Papers[^1]](#papers)", "- [<b>B</b>](#b)", "-",
]  # fmt: skip
OTHERS = [
    "- [Papers](#papers) — 12 papers", "- [x] [Papers](#papers)", "- [ ] [Papers](#papers)",
    "- [Papers](papers.md)", "- plain words", "- [A](#a) | [B](#b)", "- 见 [论文](#papers)",
    "- [Papers](#papers)\n\n  A paragraph below.", "- [Papers](#papers)\n  ```\n  code\n  ```",
    "- [Papers](#papers)\n  > quoted", "- ![shot](shot.png)", "- `code` [Papers](#papers)",
    "- [Papers](#papers) <!-- ten of them -->", '- [Papers](#papers) <a id="here"></a>',
    "- [Papers](#papers)[^1]", "- <https://example.org/a>", "- [Papers](#papers)\nlazy words",
    "- [Papers](#papers)\n  - [Data](#data): two", "- ~~[Papers](#papers)~~ done",
]  # fmt: skip
BLOCKS = [
    "## Papers", "### Data", "# 论文", "Setext\n===", "<h2>Data</h2>", "#",
    "Three weeks of notes.", "两行\n文字。", "*One* [link](other.md).", "![shot](shot.png)", "|",
    "| m | s |\n|---|---|\n| a | 1 |", "```python\nprint(1)\n```", "    indented = code",
    "~~~\n# no",
    "<details>\n<summary>More</summary>\n\ninside\n\n</details>", "<div>\nraw\n</div>", "<br>",
    '<img src="logo.png">', '<a id="anchor"></a>', "<!-- a remark -->", "<!-- no toc -->",
    "<!-- notelint-disable toc-stale -->", "<!--\nlong\n-->", "<!-- DOCTOC EXCLUDE -->", "---",
    "> quoted\n> words", "> [!NOTE]\n> of note", "[p]: #papers", "[q]: https://example.org/q",
    "[^1]: A note\n    of two lines.", "---\ntitle: t\n---", "+++\nx = 1\n+++", "$$\nx\n$$",
    "<<<<<<< HEAD", "=======", ">>>>>>> other", "text [^1] and [q] and [p]", "\\# no heading",
]  # fmt: skip
_IGNORED = ["unused-definition"]  # behind one, cmark-gfm takes dashes for words
GAPS = ["\n", "\n\n", "\n\n", "\n\n\n"]


def note(chance: random.Random) -> str:
    """A note with a table of contents, or what looks like one."""
    parts: list[str] = ["---\ntitle: t\n---"] if chance.random() < 0.1 else ["Text."]
    parts += _some(chance, BLOCKS, 1)
    for _ in range(chance.choice([1, 1, 1, 2])):
        parts += _table(chance)
        parts += _some(chance, BLOCKS, 2)
    parts += ["## Papers", *_some(chance, BLOCKS, 2), "### Data", "text"]
    parts = chance.choice([parts, parts, parts[:-4]])
    text = "".join(f"{part}{chance.choice(GAPS)}" for part in parts)
    return text.replace("\n", chance.choice(["\n", "\n", "\n", "\r\n"]))


def _table(chance: random.Random) -> list[str]:
    start, end = chance.choice(PAIRS)
    if chance.random() < 0.1:
        _, end = chance.choice(PAIRS)
    inside = _some(chance, TITLES, 1) + _some(chance, ENTRIES, 2)
    for _ in range(chance.choice([0, 0, 1, 1, 2])):
        inside.insert(chance.randint(0, len(inside)), _any(chance))
    table = [start, *inside, end]
    if chance.random() < 0.15:
        del table[chance.choice([0, -1])]
    return table


def _any(chance: random.Random) -> str:
    kind = chance.choice(
        [BLOCKS, BLOCKS, OTHERS, OTHERS, TITLES, [each for pair in PAIRS for each in pair]]
    )
    return " " * chance.choice([0, 0, 0, 0, 2, 4]) + chance.choice(kind)


def _some(chance: random.Random, among: list[str], most: int) -> list[str]:
    return [chance.choice(among) for _ in range(chance.randint(0, most))]


# ---------------------------------------------------------------------- what is held against them


def wrong(text: str) -> str | None:
    """What the commands do to *text* that they must not; None for nothing."""
    before = shown(text)
    fixed = fix_text(text, select=["toc-stale"])
    if shown(fixed) != before:
        return "fix changes what is no entry"
    if fix_text(fixed, select=["toc-stale"]) != fixed:
        return "a second fix changes something"
    every = fix_text(text, ignore=_IGNORED)
    if _lost(before, shown(every)):
        return "the fixes of all rules lose words"
    if fix_text(every, ignore=_IGNORED) != every:
        return "a second run of all fixes changes something"
    for options in (TocOptions(), TocOptions(all=True, update_only=True)):
        once = contents(text, options)
        if contents(once, options) != once:
            return "a second toc changes something"
        after = shown(once)
        if after.headings != before.headings or _lost(before, after):
            return "toc loses words"
        if Counter(after.said) - Counter(before.said) - Counter(shown(DEFAULT_TITLE).said):
            return "toc adds more than a title and entries"
    return None


def contents(text: str, options: TocOptions) -> str:
    """*text* after ``notelint toc``."""
    doc = Document.of(text)
    after, objection = with_fresh_toc(doc, options)
    return text if objection else after.source.text


def _lost(before: Shown, after: Shown) -> bool:
    rest = iter(after.said)
    return not all(any(each == other for other in rest) for each in before.said)
