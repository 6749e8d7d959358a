"""What a first check of a folder spends its processor time on, in one process.

    python tests/benchmarks/shares.py FOLDER

Prints a row of a Markdown table: the share of each part, and of the whole the seconds. A part is
without the parts that it calls; what is left of a check is the rest, most of it the loading of
rules and the release of documents. It is processor time: other work of the machine changes little.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any

from notelint.cache import serialize
from notelint.cache.store import Cache
from notelint.cli.main import main as notelint
from notelint.engine import analyze
from notelint.engine.run import Run
from notelint.engine.tree_linter import TreeLinter
from notelint.markdown import parser
from notelint.markdown.collect import Collector
from notelint.markdown.document import Document
from notelint.markdown.prose import Prose

PARTS = ("parse", "views", "rules", "facts", "across files", "fixes", "keeping", "reading", "rest")
OUTSIDE = "start, output"
VIEWS = ("headings", "anchors", "definitions", "directives", "links", "footnotes", "blocks")

spent: dict[str, float] = defaultdict(float)
_inside: list[float] = []  # for each part that is running, the time of the parts in it


def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """*function*, whose time is added to *part*."""

    def call(*given: Any, **named: Any) -> Any:
        start = time.process_time()
        _inside.append(0.0)
        try:
            return function(*given, **named)
        finally:
            took = time.process_time() - start
            spent[part] += took - _inside.pop()
            if _inside:
                _inside[-1] += took

    return call


def watch() -> None:
    """Replace the functions that the parts are by timed ones."""
    for module, name, part in (
        (parser, "parse", "parse"),
        (Run, "check", "rest"),
        (analyze, "in_document", "rules"),
        (analyze, "facts_of", "facts"),
        (analyze, "drop_refused_fixes", "fixes"),
        (analyze, "obstacle", "fixes"),
        (analyze, "read_stamped", "reading"),
        (Collector, "collect", "views"),
        (Prose, "_mask", "views"),
        (TreeLinter, "diagnostics", "across files"),
        (serialize, "entry_of", "keeping"),
        (Cache, "save", "keeping"),
    ):
        setattr(module, name, timed(part, getattr(module, name)))
    for name in VIEWS:
        view = cached_property(timed("views", vars(Document)[name].func))
        view.__set_name__(Document, name)
        setattr(Document, name, view)


def main() -> None:
    """Check the folder, and print the row."""
    os.chdir(sys.argv[1])
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        watch()
        gc.set_threshold(10_000_000, 50, 100)  # as the console script does
        notelint(["check", "--jobs", "1", "--output-file", os.devnull])
    whole = time.process_time()  # since the process began
    spent[OUTSIDE] = whole - sum(spent.values())
    shares = (f"{spent[each] / whole:.0%}" for each in (*PARTS, OUTSIDE))
    print("|", " | ".join(shares), f"| {whole:.2f} |")


if __name__ == "__main__":
    main()
