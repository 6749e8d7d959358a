"""Links and images whose file does not exist."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.judging_across import judged

Write = Callable[..., Path]

SILENT = {
    "other pages": "[a](https://a.org/b.md) [b](//a.org/b.md) [c](mailto:a@b.org) ![](data:a)\n",
    "a page by its short name": "[a](guide/intro) [b](guide/) [c](guide)\n",
    "its own ways": "[a](./note.md?plain=1#L1) [b](/note.md) [c](guide/../note.md)\n",
    "placeholders": "[a]({{ b }}.md) [c](${d}.md) [e]({% f %}) ![](%PUBLIC_URL%/g.png)\n",
    "wiki links": "[[gone]] ![[gone.png]]\n",
    "in code and comments": "`[a](gone.md)`\n\n<!-- [a](gone.md) -->\n",
}

HINTS = {
    "[a](intro.md)": "file `intro.md` does not exist; did you mean `guide/intro.md`?",
    "[a](guide/intor.md)": "file `guide/intor.md` does not exist; did you mean `guide/intro.md`?",
    "![](nothing-like-it.png)": "image `nothing-like-it.png` does not exist",
    "[a](a.org)": "file `a.org` does not exist; did you mean `https://a.org`?",
    "[a]((https://a.org/b))": (
        "file `(https:/a.org/b)` does not exist; did you mean `https://a.org/b`?"
    ),
    '[a]("https://a.org/b)': (
        'file `"https:/a.org/b` does not exist; did you mean `https://a.org/b`?'
    ),
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_silent(tmp_path: Path, write: Write, text: str) -> None:
    write("guide/intro.md", "# Intro\n")
    write("guide/README.md", "# Guide\n")
    write("note.md", text)
    assert judged("missing-file", tmp_path) == []


@pytest.mark.parametrize(("text", "message"), HINTS.items())
def test_what_is_closest_is_told(tmp_path: Path, write: Write, text: str, message: str) -> None:
    write("guide/intro.md", "# Intro\n")
    write("note.md", f"{text}\n")
    assert [each.message for each in judged("missing-file", tmp_path)] == [message]
