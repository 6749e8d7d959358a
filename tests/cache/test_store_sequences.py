"""Whatever happens to a tree between runs, and whatever they are asked: nothing stale is told."""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Ran
from notelint.cli.main import main

NOTES = ["README.md", "a.md", "b.md", "sub/c.md", "B.md", "sub/d.markdown", "n.txt"]
OTHERS = ["i.png", "I.png", "sub/i.png", "run.py", "x.pdf", "ignored/z.png"]
LINES = [
    "# A", "## Usage", "# Usage", "text", "", "```", "![i](i.png)", "![i](sub/i.png)",
    "[x](b.md#usage)", "[x](a.md#a)", "[x](sub/c.md#usage)", "[t](n.txt#usage)", "[m](B.md)",
    "[p](x.pdf#page=2)", "[r](run.py#L3)", "[q](../a.md#nope)", "[g](nothing.md#x)", "[d](sub/d)",
    "[u](ignored/z.png)", "[c](./SUB/c.md)", "[h](https://github.com/o/r/blob/main/b.md#usage)",
    "- https://example.org/a", "- [b](https://example.org/b)", "- http://www.example.org/a/",
    "<!-- notelint-disable-next-line -->", '<img src="">', '<a id="nope"></a>', "\ufeff",
    "[English](b.md)", "[中文](sub/c.md)", "<!-- index:start -->\n<!-- index:end -->",
    "## One\n\n## Two\n\n## Three", "## Two\n\n## Three", "<!-- index:start -->\n- [a](a.md)",
    "- A long title of an entry that many have\n  - one\n  - two",
    "- A long title of an entry that many have\n  - one\n  - three",
]  # fmt: skip
CONFIGURATION = """select: [links, images, structure, text, html, toc, unused-suppression]
rules:
  duplicate-link:
    across-files: true
per-file:
  "sub/**":
    rules:
      duplicate-link:
        across-files: false
  "{}":
    ignore: [unused-asset]
"""

text = st.lists(st.sampled_from(LINES), max_size=5).map(lambda lines: "\n".join(lines) + "\n")
note = st.sampled_from(NOTES)
anything = st.sampled_from(NOTES + OTHERS)
step = st.one_of(
    st.tuples(st.just("write"), note, text),
    st.tuples(st.just("append"), note, st.sampled_from(LINES)),
    st.tuples(st.just("write"), st.sampled_from(OTHERS), st.sampled_from(["x\n", "1\n2\n3\n", ""])),
    st.tuples(
        st.just("write"),
        st.just(".gitignore"),
        st.sampled_from(["ignored/\n", "", "b.md\n", "*.png\n"]),
    ),
    st.tuples(st.just("write"), st.just("mkdocs.yml"), st.just("")),
    st.tuples(
        st.just("write"),
        st.just(".git/config"),
        st.sampled_from(['[remote "origin"]\nurl=https://github.com/o/r\n', ""]),
    ),
    st.tuples(st.just("delete"), anything, st.just("")),
    st.tuples(st.just("rename"), anything, anything),
    st.tuples(st.just("touch"), note, st.just("")),
    st.tuples(st.just("fix"), note, st.just("")),
    st.tuples(st.just("git"), st.just("add"), st.just("-A")),
    st.tuples(st.just("git"), st.just("commit"), st.just("-qam_")),
)
call = st.sampled_from([["."], ["."], ["a.md"], ["sub"], [".", "n.txt"], ["b.md", "n.txt"]])


def run(*arguments: str) -> Ran:
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(arguments)
    out.seek(0)
    return Ran(status, out.read(), err.getvalue())


def take(what: str, first: str, second: str) -> None:
    if what == "git":
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", *who, first, second], check=False, capture_output=True)
        return
    with suppress(OSError):
        Path(first).parent.mkdir(parents=True, exist_ok=True)
        if what == "delete":
            os.unlink(first)
        elif what == "rename":
            Path(second).parent.mkdir(parents=True, exist_ok=True)
            os.replace(first, second)
        elif what == "touch":
            os.utime(first)
        elif what == "fix":
            run("fix", "--unsafe")
        else:
            with open(first, "a" if what == "append" else "w", encoding="utf-8") as file:
                file.write(second)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    repository=st.booleans(),
    not_assets=st.sampled_from(["**", "a.md", "none"]),
    steps=st.lists(st.tuples(step, call), min_size=4, max_size=9),
)
def test_every_run_says_what_a_run_without_memory_says(
    repository: bool, not_assets: str, steps: Sequence[tuple[tuple[str, str, str], list[str]]]
) -> None:
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            if repository:
                subprocess.run(["git", "init", "-q"], check=True)
            configuration = "cache-dir: .cache\n" + CONFIGURATION.format(not_assets)
            Path(".notelint.yaml").write_text(configuration, encoding="utf-8")
            for change, paths in steps:
                take(*change)
                right = run("check", "--output-format", "json", "--no-cache", *paths)
                assert run("check", "--output-format", "json", *paths) == right
                assert run("check", "--output-format", "json", *paths) == right
        finally:
            os.chdir(before)
