"""Code fences and comments that run to the end of the note."""

from __future__ import annotations

import pytest

from rules.judging import covered, messages

SILENT = {
    "closed": "```py\na\n```\n\ntext\n",
    "closed by a longer fence": "```py\na\n`````\n\ntext\n",
    "closed without a last line end": "~~~\na\n~~~",
    "closed with blanks behind": "```\na\n```  \t\n\n\n",
    "nothing in it": "```\n```\n",
    "in a list, closed": "- a\n\n  ```sh\n  b\n  ```\n\ntext\n",
    "in a quote, ended with it": "> ```sh\n> b\n\ntext\n",
    "in a list, ended with it": "- ```sh\n  b\n\ntext\n",
    "in a list, ended with it, another block later": "- ```sh\n  b\n\n```py\nc\n```\n",
    "a fence shown in a longer one": "````\n```\na\n````\n",
    "a fence shown in indented code": "    ```\n    a\n",
    "backticks in a line": "```a``` is no fence\n",
    "indented code to the end": "text\n\n    a\n    b",
    "escaped": "\\```\na\n",
    "a comment": "<!-- a\n\nb -->\n\ntext\n",
    "an empty comment as HTML has it": "<!-->\n\ntext\n",
    "a comment in a line": "a <!-- b --> c\n",
    "an arrow that is no comment": "a <!-- b\n\nc\n",
    "the start of a comment in code": "`<!--` opens it\n\n```html\n<!--\n```\n",
    "an escaped start": "\\<!-- a\n",
    "closed in a later block of HTML": "<div>\n<!-- a\n\n<p>-->\n</div>\n",
    "CRLF": "```\r\na\r\n```\r\n\r\ntext\r\n",
    "CR": "```\ra\r```\r\rtext\r",
    "empty": "",
}

FOUND = {
    "```py\na\n\ntext\n": ["```py"],
    "a\n\n~~~  \n": ["~~~"],
    "```py title=x\r\na\r\n\r\ntext": ["```py title=x"],
    "~~~\na\n```\n\ntext\n": ["~~~"],
    "````\na\n```\n": ["````"],
    "```\na\n```py\n": ["```"],
    "- a\n  ```sh\n  b\n": ["```sh"],
    "> ```sh\n> b\n": ["```sh"],
    "1. a\n   ```sh\n   b\n```\n\ntext\n": ["```sh", "```"],
    "1. a\n   ```sh\n   b\n```\n\n2. c\n   ```\n   d\n": ["```sh"],
    "text\n\n<!-- a\n\n# b\n": ["<!--"],
    "<div>\n<!-- a\n\n</div>\n": ["<!--"],
    "- <!-- a\n\n  b": ["<!--"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("unclosed-fence", text) == []


@pytest.mark.parametrize(("text", "pieces"), FOUND.items())
def test_found(text: str, pieces: list[str]) -> None:
    assert covered("unclosed-fence", text) == pieces


def test_the_message_tells_a_fence_from_a_comment() -> None:
    assert messages("unclosed-fence", "```\na") == ["code fence is never closed"]
    assert messages("unclosed-fence", "<!-- a") == ["comment is never closed"]
