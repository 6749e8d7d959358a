"""The examples of CommonMark, alone and in containers: the same tokens with and without shortcuts.

    npm install commonmark-spec
    python tests/benchmarks/commonmark.py node_modules/commonmark-spec/spec.txt

Not a part of the test run: the specification has a licence of its own, and is in no Python package.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from markdown.plain_parser import PLAIN, as_data
from notelint.markdown.document import Document

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)


def texts(example: str) -> Iterator[str]:
    """*example* as it is, with other line ends, behind a paragraph, in a quote, and in lists."""
    yield example
    yield example.replace("\n", "\r\n")
    yield f"text\n{example}"
    yield "> " + example.replace("\n", "\n> ")
    yield "- " + example.replace("\n", "\n  ")
    yield f"1. item\n{example}"


def main() -> None:
    """Compare, and exit with 1 where tokens differ."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} SPEC")
    spec = Path(sys.argv[1]).read_text("utf-8").replace("→", "\t")
    tried = [text for example in _EXAMPLE.findall(spec) for text in texts(example)]
    wrong = [text for text in tried if as_data(Document.of(text).tokens) != _plain(text)]
    for text in wrong:
        print(repr(text))
    print(f"{len(tried)} texts, {len(wrong)} with other tokens")
    sys.exit(bool(wrong))


def _plain(text: str) -> list[object]:
    return as_data(PLAIN.parse(text, {}))


if __name__ == "__main__":
    main()
