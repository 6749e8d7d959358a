#!/usr/bin/env python3
"""What the README shows, from real runs.

    .ci/readme.py             write the generated parts anew
    .ci/readme.py --check     exit 1 if they would change
    .ci/readme.py --commands  print the commands a newcomer is told to type

A comment ``<!-- output of: COMMAND -->`` stands before a block of code that holds the command and
what it printed, run on a copy of ``tests/notes``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
SHOWN = re.compile(
    r"(<!-- output of: ([^\n]+) -->\n\n)(`{3,})(\w+)\n.*?^\3$", re.DOTALL | re.MULTILINE
)
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def output(match: re.Match[str]) -> str:
    """The block with what the command prints today."""
    intro, command, fence, language = match.groups()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "tests" / "notes", folder, dirs_exist_ok=True)
        scripts = Path(sys.executable).parent
        done = subprocess.run(
            command,
            shell=True,
            cwd=folder,
            capture_output=True,
            env={"PATH": f"{scripts}:/usr/bin:/bin", "PYTHONUTF8": "1"},
            check=False,
        )
    printed = (done.stdout + done.stderr).decode("utf-8")
    head = f"$ {command}\n" if language == "console" else ""
    return f"{intro}{fence}{language}\n{head}{printed}{fence}"


def main() -> int:
    """Write, check, or print the commands; the exit status."""
    text = README.read_text(encoding="utf-8")
    if sys.argv[1:] == ["--commands"]:
        first = COMMANDS.search(text)
        print(first[1].strip() if first else "")
        return 0 if first else 1
    current = SHOWN.sub(output, text)
    if sys.argv[1:] != ["--check"]:
        README.write_text(current, encoding="utf-8")
    elif current != text:
        print("README.md is not current; run .ci/readme.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
