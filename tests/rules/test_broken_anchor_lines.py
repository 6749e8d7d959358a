"""Links to lines of files, which must be there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.judging_across import judged

Write = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path, write: Write) -> Path:
    write("run.py", "one\ntwo\nthree")
    write("dos.py", "one\r\ntwo\r\n")
    write("guide.md", "# L7\n\ntext\n")
    write("empty.py", "")
    write("picture.png", b"\x89PNG\n\0")
    (tmp_path / "folder").mkdir()
    return tmp_path


SILENT = [
    "[a](run.py#L1) [b](run.py#L3) [c](run.py#L1-L3) [d](run.py#L1C1-L3C9) [e](run.py#L2-3)",
    "[a](dos.py#L2)",
    "[a](guide.md?plain=1#L3) [b](guide.md#L7)",
    "[a](empty.py#L5) [b](picture.png#L5) [c](folder#L5) [d](none.py#L5)",
    "[a](run.py#L) [b](run.py#lines) [c](run.py#Lorem) [d](#L99)",
    "[a](https://github.com/o/r/blob/main/run.py#L99)",
    "`[a](run.py#L99)`\n\n```\n[a](run.py#L99)\n```\n\n<!-- [a](run.py#L99) -->",
]


@pytest.mark.parametrize("text", SILENT)
def test_lines_that_are_there_are_left_alone(text: str, tree: Path, write: Write) -> None:
    write("note.md", text)
    assert judged("broken-anchor", tree) == []


FOUND = {
    "[a](run.py#L4)": ("#L4", "`run.py` has only 3 lines"),
    "[a](run.py#L2-L99)": ("#L2-L99", "`run.py` has only 3 lines"),
    "[a](/run.py#L99C1-L1C1)": ("#L99C1-L1C1", "`run.py` has only 3 lines"),
    "[a](dos.py#L3)": ("#L3", "`dos.py` has only 2 lines"),
    "[a](guide.md?plain=1#L4)": ("#L4", "`guide.md` has only 3 lines"),
    "[a][b]\n\n[b]: ./run.py#L9": ("#L9", "`run.py` has only 3 lines"),
    '<a href="run.py#L9">a</a>': ("#L9", "`run.py` has only 3 lines"),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_lines_past_the_end_are_found(
    text: str, expected: tuple[str, str], tree: Path, write: Write
) -> None:
    write("note.md", text)
    assert [each[:2] for each in judged("broken-anchor", tree)] == [expected]
