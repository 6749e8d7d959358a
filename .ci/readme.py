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
import subprocess
import sys

from generated import ENVIRONMENT, ROOT, copy_of_notes, settle

README = ROOT / "README.md"
SHOWN = re.compile(
    r"(<!-- output of: ([^\n]+) -->\n\n)(`{3,})(\w+)\n.*?^\3$", re.DOTALL | re.MULTILINE
)
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def output(match: re.Match[str]) -> str:
    """The block with what the command prints today."""
    intro, command, fence, language = match.groups()
    with copy_of_notes() as folder:
        done = subprocess.run(
            command, shell=True, cwd=folder, capture_output=True, env=ENVIRONMENT, check=False
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
    return settle({README: SHOWN.sub(output, text)})


if __name__ == "__main__":
    sys.exit(main())
