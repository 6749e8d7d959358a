"""Characters that nobody sees and that do harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.engine.fix import fix_document
from notelint.markdown.document import Document
from rules.judging import covered, fixed, messages, raised

RULE = "invisible-character"

SILENT = {
    "nothing of the kind": "# A\n\n- b\n\n标题，é\n",
    "emoji put together": "👩\u200d💻 🏳️\u200d🌈 👩🏽\u200d🚀 ❤️\n",
    "a flag": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f\n",
    "Persian": "می\u200cخواهم\n",
    "Persian, at the end of a word": "خانه\u200c، می\u200c\n",
    "Hindi": "क्\u200dष श्\u200cर\n",
    "no ligature": "Auf\u200clage\n",
    "marks of direction in Hebrew": "שלום C\u200e++\u200f עולם \u2067x\u2069\n",
    "words of Thai and Khmer": "ภาษา\u200bไทย ភាសា\u200bខ្មែរ\n",
    "Thai next to Latin": "ภาษา\u200bthai\u200bไทย\n",
    "a break that is allowed": "src/\u200bnotelint/\u200btext.\u200binvisible\n",
    "no mention, no issue": "@\u200buser \u200b@user #\u200b12\n",
    "no break at a joiner": "100\u2060%\n",
    "soft hyphens and variants": "Silben\u00adtrennung ☺\ufe0e 葛\U000e0100\n",
    "code": "`a\u200bb`\n\n```\na\ufeffb\n#\u3000c\n```\n\n    a\u200bb\n",
    "code in HTML": "<code>a\u200bb</code>\n\n<pre>\na\u200bb\n</pre>\n",
    "a comment": "<!-- a\u200bb -->\n\nc <!-- \ufeff --> d\n",
    "front matter": "---\na: b\u200bc\n---\n",
    "spaces within text": "100\u00a0km\n\n甲\u3000乙\n\n# 第一章\u3000甲\n",
    "paragraphs indented": "\u3000\u3000首行缩进\n\u3000\u3000又一行\n",
    "a space before the wide one": "#\u0020\u3000A\n\n-\u0020\u00a0b\n",
    "a dash and a star": "—\u00a0Bonjour\n\n*\u00a0p < 0.05\n",
    "a date": "am\n1.\u00a0Mai\n",
    "a number": "Nr.\n#\u00a05\n",
    "a mark with nothing behind": "#\u3000\n\n-\u00a0\n",
    "space between paragraphs": "a\n\n\u00a0\n\nb\n",
    "space between lines": "a  \n\u00a0  \nb<br>\n\u00a0\nc\\\n\u00a0\nd\n",
    "a table": "| a |\n|---|\n| #\u3000b |\n",
    "a row of a table": "| a |\n|---|\n| -\u3000b |\n",
}

FIXED = {
    "a\u200bb\n": "ab\n",
    "\ufeffa\n\nb \ufeff c\n": "a\n\nb  c\n",
    "二\u200b维\u200b码\n": "二维码\n",
    "end.\u200b\r\n\u200bstart\r\n": "end.\r\nstart\r\n",
    "情感\u200c都\n": "情感都\n",
    "a \u200d b \u2060c\n": "a  b c\n",
    "\u200eC:\\a\u202c\n": "C:\\a\n",
    "\ufeff# A\n": "# A\n",
    "\u200b- a\n\u200b- b\n": "- a\n- b\n",
    "\u200b> a\n": "> a\n",
    "## A\u200b b\n": "## A b\n",
    "[a\u200bb](c.md)\n": "[ab](c.md)\n",
    "[a](https://example.org/\u200bb)\n": "[a](https://example.org/b)\n",
    '<img src="a\u200b.png">\n': '<img src="a.png">\n',
    "[a]: b\u200b.md\n\n[a]\n": "[a]: b.md\n\n[a]\n",
    "a\U000e0041\U000e0042b\n": "ab\n",
    "👍\U000e0067\U000e007f\n": "👍\n",
    "שלום \U000e0000a\n": "שלום a\n",
    "#\u3000标题\n": "# 标题\n",
    "text\n##\u00a0\u00a0A\ntext\n": "text\n## A\ntext\n",
    "> #\u3000标题\n": "> # 标题\n",
    "-\u3000甲\n": "- 甲\n",
    "-\u00a0a\n-\u00a0b\n": "- a\n- b\n",
    "1.\u3000甲\n2.\u3000乙\n": "1. 甲\n2. 乙\n",
    "- a\n  -\u00a0b\n": "- a\n  - b\n",
    "- a\n\u00a0\u00a0- b\n": "- a\n  - b\n",
    "1. a\n\u3000\u3000- b\n": "1. a\n    - b\n",
    "甲\n\u3000\n乙\n": "甲\n\n乙\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered(RULE, text) == []


@pytest.mark.parametrize(("text", "after"), FIXED.items())
def test_fixed(text: str, after: str) -> None:
    assert fixed(RULE, text, unsafe=False) == after
    assert covered(RULE, after) == []


def test_a_run_is_one_finding_that_names_its_first() -> None:
    text = "技\u200b\u200b术\n\n#\u3000标题\n\n甲\n\u00a0\n乙\n"
    assert covered(RULE, text) == ["\u200b\u200b", "\u3000", "\u00a0"]
    assert messages(RULE, text) == [
        "invisible U+200B, zero width space and 1 more",
        "U+3000, ideographic space, where Markdown needs a space",
        "U+00A0, no-break space, where Markdown needs a blank line",
    ]


def test_what_is_needed_stays_within_a_run() -> None:
    assert fixed(RULE, "می\u200c\ufeff\u200cخواهم\n") == "می\u200c\u200cخواهم\n"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab#-*1. >`|[]()\n\u200b\u200d\u2060\ufeff\u200e\u00a0\u3000", max_size=40))
def test_fixing_ends_and_loses_no_letter(text: str) -> None:
    doc = fix_document(Document.of(text), lambda doc: raised(RULE, doc)).doc
    again = fix_document(doc, lambda doc: raised(RULE, doc)).doc
    assert again.source.text == doc.source.text
    letters = [char for char in text if char.isalnum()]
    assert [char for char in doc.source.text if char.isalnum()] == letters
