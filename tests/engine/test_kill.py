"""A run that is killed leaves every note as it was or as it shall be, and the next run tidies up.

`tests/benchmarks/kill.py` does the same to a copy of any folder, hundreds of times.
"""

from __future__ import annotations

from pathlib import Path

import killing
from conftest import Write

KILLS = 40


def test_kills(tmp_path: Path, write: Write) -> None:
    write("x/y.png")
    for number in range(60):
        write(f"n{number}.md", f"# N{number}\n\n![](x\\y.png)\n" + "Some more words.\n" * 30)
    before = killing.texts(tmp_path)
    killing.run(tmp_path)
    after = killing.texts(tmp_path)
    assert all(after[name] != before[name] for name in before)
    moments = set()
    for left in killing.kills(tmp_path, before, after, KILLS):
        assert (left.torn, left.lost) == ([], [])
        moments.add(left.fixed)
    assert len(moments) > 5  # the kills came while notes were written
    killing.run(tmp_path)
    assert killing.texts(tmp_path) == after
    assert killing.left_over(tmp_path) == []
