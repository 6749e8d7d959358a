"""Files that the scripts beside this one make, and the notes that some of them show."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# for a command in a copy of the notes
ENVIRONMENT = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "PYTHONUTF8": "1"}


def settle(made: Mapping[Path, str | None]) -> int:
    """Give each file its text, None for one that has to go; the exit status.

    With ``--check``, nothing is written: those that would change are named, and the status is 1.
    """
    stale = sorted(file for file, text in made.items() if _text(file) != text)
    if sys.argv[1:] == ["--check"]:
        script = Path(sys.argv[0]).name
        for file in stale:
            name = file.relative_to(ROOT).as_posix()
            print(f"{name} is not current; run .ci/{script}", file=sys.stderr)
        return int(bool(stale))
    for file in stale:
        text = made[file]
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return 0


def _text(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None


@contextmanager
def copy_of_notes() -> Iterator[str]:
    """A folder with a copy of ``tests/notes``."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "tests" / "notes", folder, dirs_exist_ok=True)
        yield folder
