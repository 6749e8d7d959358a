#!/usr/bin/env python3
"""The picture of a terminal in the README, drawn from a real run.

    .ci/picture.py            write .github/terminal.svg anew
    .ci/picture.py --check    exit 1 if it would change

It shows what ``notelint check`` prints on a terminal for a copy of ``tests/notes``. Colors follow
the scheme of the reader, light or dark.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Iterator
from html import escape

from generated import ENVIRONMENT, ROOT, copy_of_notes, settle

PICTURE = ROOT / ".github" / "terminal.svg"
COMMAND = "notelint check messy.md"
COLUMNS = 100

CELL, LINE, MARGIN = 8.4, 19, 16  # pixels: a cell of the monospaced font, a line, the edge
STYLE = """
  rect { fill: #ffffff; stroke: #d0d7de }
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC",
         monospace; fill: #1f2328; white-space: pre }
  .s1 { font-weight: bold } .s31 { fill: #cf222e } .s33 { fill: #9a6700 } .s34 { fill: #0969da }
  .s32 { fill: #1a7f37 } .s36 { fill: #1b7c83 } .s2 { opacity: .7 }
  .s4 { text-decoration: underline }
  @media (prefers-color-scheme: dark) {
    rect { fill: #0d1117; stroke: #30363d } text { fill: #e6edf3 }
    .s31 { fill: #ff7b72 } .s33 { fill: #d29922 } .s34 { fill: #58a6ff } .s32 { fill: #3fb950 }
    .s36 { fill: #39c5cf }
  }
"""  # fmt: skip
_SEQUENCE = re.compile(r"\x1b\[([\d;]*)m|\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)")


def run() -> str:
    """What the command prints on a terminal, colors included."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("4H", 24, COLUMNS, 0, 0))
    with copy_of_notes() as folder:
        env = {**ENVIRONMENT, "TERM": "xterm-256color"}
        with subprocess.Popen(COMMAND.split(), cwd=folder, env=env, stdout=slave):
            os.close(slave)
            data = b""
            while chunk := _read(master):
                data += chunk
    os.close(master)
    return f"$ {COMMAND}\n" + data.decode("utf-8").replace("\r\n", "\n")


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # Linux says so when the last writer has gone
        return b""


def pieces(line: str) -> Iterator[tuple[str, str]]:
    """The pieces of *line*, each with the classes of its style."""
    style: list[str] = []
    start = 0
    for match in _SEQUENCE.finditer(line):
        if match.start() > start:
            yield line[start : match.start()], " ".join(style)
        for code in (match[1] or "0").split(";") if match[1] is not None else ():
            style = [] if code == "0" else [*style, f"s{code}"]
        start = match.end()
    if start < len(line):
        yield line[start:], " ".join(style)


def width(text: str) -> int:
    """The cells that *text* takes."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def drawn(printed: str) -> str:
    """The picture of a terminal that shows *printed*."""
    lines = printed.rstrip("\n").split("\n")
    rows, most = [], 0
    for number, line in enumerate(lines):
        column = 0
        spans = []
        for text, style in pieces(line):
            # a span a script, so that a fallback font shifts nothing behind it
            for part in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", text):
                cells = width(part)
                spans.append(
                    f'<tspan x="{MARGIN + column * CELL:.1f}" textLength="{cells * CELL:.1f}"'
                    + (f' class="{style}"' if style else "")
                    + f">{escape(part)}</tspan>"
                )
                column += cells
        most = max(most, column)
        rows.append(f'<text y="{MARGIN + LINE * number + 14}">{"".join(spans)}</text>')
    wide, high = round(most * CELL + 2 * MARGIN), LINE * len(lines) + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" role="img" xml:space="preserve">\n'
        f"<title>{escape(COMMAND)} in a terminal</title>\n<style>{STYLE}</style>\n"
        f'<rect x=".5" y=".5" width="{wide - 1}" height="{high - 1}" rx="8"/>\n'
        + "\n".join(rows)
        + "\n</svg>\n"
    )


def main() -> int:
    """Write or check; the exit status."""
    return settle({PICTURE: drawn(run())})


if __name__ == "__main__":
    sys.exit(main())
