"""The same page linked by two list entries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.judging_across import judged

Write = Callable[..., Path]

SILENT = {
    "prose": "See [a](https://a.org/b).\n\nSee [a](https://a.org/b).\n",
    "a mention in a sentence": "- [a](https://a.org/b)\n- As in [a](https://a.org/b), it is.\n",
    "places of one page": "- [a](https://a.org/b#c)\n- [a](https://a.org/b#d)\n",
    "badges": "- [![b](b.svg)](https://a.org/b)\n- [![b](b.svg)](https://a.org/b)\n",
    "who did it": (
        "- Fix a. ([@jo](https://github.com/jo))\n- Fix b. ([@jo](https://github.com/jo))\n"
        "- Jo ([jo](https://github.com/jo))\n- [@jo](https://github.com/jo)\n"
    ),
    "what was merged": (
        "- [#12](https://github.com/a/b/pull/12) Fix a.\n"
        "- [#12](https://github.com/a/b/pull/12) Fix b.\n"
    ),
    "which commit": (
        "- [`df424a4`](https://github.com/a/b/commit/df424a4) Fix a.\n"
        "- [`df424a4`](https://github.com/a/b/commit/df424a4) Fix b.\n"
    ),
}

FOUND = {
    "- [a](https://a.org/b)\n- [c](http://www.a.org/b/)\n": "[c](http://www.a.org/b/)",
    "- [a][b]\n- [c](https://a.org)\n\n[b]: http://a.org/\n": "[c](https://a.org)",
    "- https://a.org\n- [c][b]\n\n[b]: http://a.org/\n": "[c][b]",
    "- [jo](https://github.com/jo)\n- [Jo](https://github.com/jo)\n": "[Jo](https://github.com/jo)",
    "- [A fix](https://github.com/a/b/pull/1)\n- [Fix](https://github.com/a/b/pull/1)\n": (
        "[Fix](https://github.com/a/b/pull/1)"
    ),
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_is_no_second_entry(tmp_path: Path, write: Write, text: str) -> None:
    write("note.md", text)
    assert judged("duplicate-link", tmp_path) == []


@pytest.mark.parametrize(("text", "second"), FOUND.items())
def test_the_second_entry_is_found(tmp_path: Path, write: Write, text: str, second: str) -> None:
    write("note.md", text)
    assert [each.covers for each in judged("duplicate-link", tmp_path)] == [second]
