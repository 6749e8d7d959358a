"""No note takes for ever, whatever is in it: `tests/benchmarks/bounds.py` has the full sizes.

Each test looks at notes in a process of its own, which is given far more time than it needs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ENOUGH = 60  # seconds


def ends(code: str) -> str:
    """What the Python *code* prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"from bombs import *; from judged import judged\n{code}"],
        cwd=HERE,
        capture_output=True,
        timeout=ENOUGH,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize("kind", ["INLINE", "LINES", "OTHERS"])
def test_notes_made_to_take_long(kind: str) -> None:
    code = f"for name, bomb in {kind}.items(): print(name, *judged(bomb(800)).problems)"
    for line in ends(code).splitlines():
        assert "please report" not in line


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("mailto:", 50_000),
        ("<http://a", 20_000),
        ("<h2>\n", 60_000),
        ("![", 50_000),
        ("<!-- notelint-disable x -->\n\n![]()\n\n", 20_000),
    ],
)
def test_notes_that_took_long(name: str, size: int) -> None:
    ends(f"judged(BOMBS[{repr(name)!r}]({size}))")


def test_yaml_that_stands_for_more_than_there_is_memory() -> None:
    front = "text = '---\\n' + ALIASES + '---\\n\\n* a\\n'"
    layout = "from notelint.config.mdformat import Layout; from notelint.text.source import Source"
    done = "from notelint.commands.fmt import lay_out; print(lay_out(Source(text), Layout()).text)"
    assert ends(f"{front}\n{layout}\n{done}").endswith("---\n\n- a\n\n")
    hook = "from notelint.config.entries import with_hook"
    repos = "repos:\\n- repo: local\\n  hooks: []\\n"
    assert ends(f"{hook}\nprint(with_hook(ALIASES + '{repos}'))") == "None\n"


def test_their_fixes() -> None:
    code = "for name, bomb in BOMBS.items(): print(name, *judged(bomb(100), fix=True).problems)"
    for line in ends(code).splitlines():
        assert "please report" not in line
