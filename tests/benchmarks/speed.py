"""How long notelint takes beside other tools that are installed, as ratios from one run.

    python tests/benchmarks/speed.py CORPUS     # a folder of Markdown, copied first
    python tests/benchmarks/speed.py CORPUS --only warm cold --path node_modules/.bin

Prints a Markdown table. Tools are taken from ``--path``, from beside this Python, then from PATH;
one that is not there is left out. notelint is the one installed for this Python: install it as its
users do (``pip install .``), since from a checkout it may be compiled anew at every start.

The tools take turns, so that what else the machine does hits all alike. A ratio is that of the
medians; in brackets, the least and the greatest ratio of one turn.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

_SLOW = 3.0  # seconds; what takes longer has fewer turns
_TURNS_IF_SLOW = 3
_SETTLED = 3.0  # seconds; a file changed just before it is read is read again, by design
_SMALL = 38_000


@dataclass
class Contender:
    """A command, run in *folder* after *before*, and the seconds that it took in each turn."""

    name: str
    command: Sequence[str | Path]
    folder: Path
    before: Callable[[], object] = str
    times: list[float] = field(default_factory=list)

    def turn(self, *, count: bool = True) -> None:
        """Run once; raises if the command could not do its work."""
        self.before()
        start = time.perf_counter()
        done = subprocess.run(
            self.command,
            cwd=self.folder,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if count:
            self.times.append(time.perf_counter() - start)
        if done.returncode not in (0, 1):  # 1: there is something to report
            raise RuntimeError(f"{self.command}: {done.stderr.decode()[-1000:]}")

    @property
    def median(self) -> float:
        return statistics.median(self.times)


@dataclass
class Case:
    """What notelint, the first contender, is compared in; ``bars`` by the name of the other."""

    title: str
    contenders: list[Contender]
    bars: dict[str, str] = field(default_factory=dict)

    def run(self, turns: int) -> None:
        for each in self.contenders:
            each.turn(count=False)
        for turn in range(turns):
            for each in self.contenders:
                if turn < _TURNS_IF_SLOW or each.median < _SLOW:
                    each.turn()

    def rows(self) -> list[str]:
        ours, *others = self.contenders
        return [
            f"| {self.title} | {_time(ours)} | {each.name} {_time(each)} | {_ratio(ours, each)} "
            f"| {self.bars.get(each.name, '')} |"
            for each in others
        ]


def _time(contender: Contender) -> str:
    low, high = min(contender.times), max(contender.times)
    return f"{contender.median:.3f} s ({low:.3f} to {high:.3f})"


def _ratio(ours: Contender, other: Contender) -> str:
    each = [a / b for a, b in zip(ours.times, other.times, strict=False)]
    return f"**{ours.median / other.median:.2f}** ({min(each):.2f} to {max(each):.2f})"


# Whoever turns off compiled code for a machine does not want it measured without.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


class Bench:
    """The folders that the cases need, made of *corpus* below *work*, and the tools."""

    def __init__(self, corpus: Path, work: Path, path: str, small: int) -> None:
        self.work = work
        ENVIRONMENT["XDG_CACHE_HOME"] = str(work / "cache")
        self.small = small
        self._corpus = corpus
        self._path = os.pathsep.join([path, str(Path(sys.executable).parent), os.environ["PATH"]])
        self.notelint = self.tool("notelint") or sys.exit("notelint is not installed here")

    def python(self) -> Contender:
        """A Python that starts and does nothing."""
        return Contender("python -c pass", [sys.executable, "-c", "pass"], self.work)

    def tool(self, name: str) -> str | None:
        """Where the command *name* is."""
        return shutil.which(name, path=self._path)

    def others(self, folder: Path, **commands: Sequence[str]) -> list[Contender]:
        """Those of the tools that are there, each to be called with these arguments."""
        named = {name.replace("_", "-"): arguments for name, arguments in commands.items()}
        found = {name: at for name in named if (at := self.tool(name))}
        return [Contender(name, [at, *named[name]], folder) for name, at in found.items()]

    def ours(self, folder: Path, *arguments: str) -> Contender:
        """notelint, to be called with *arguments*."""
        return Contender("notelint", [self.notelint, *arguments], folder)

    def repository(self, name: str) -> Path:
        """A repository with a copy of the corpus."""
        folder = self.work / name
        shutil.copytree(self._corpus, folder / "notes", ignore=shutil.ignore_patterns(".*"))
        return _tracked(folder)

    def single(self) -> Path:
        """A repository with one note, of about three kilobytes."""
        folder = self.work / "single"
        folder.mkdir(exist_ok=True)
        notes = self._corpus.rglob("*.md")
        note = min(notes, key=lambda each: (abs(each.stat().st_size - 3_000), each))
        shutil.copyfile(note, folder / "note.md")
        return _tracked(folder)

    def splinters(self) -> Path:
        """A repository with the paragraphs of the corpus in very many small notes."""
        folder = self.work / "small"
        texts = (each.read_text("utf-8", "replace") for each in sorted(self._corpus.rglob("*.md")))
        parts = "\n\n".join(texts).split("\n\n")
        for number in range(self.small):
            first, last = (len(parts) * end // self.small for end in (number, number + 1))
            below = folder / f"part{number // 100:03}"
            below.mkdir(parents=True, exist_ok=True)
            text = "\n\n".join(parts[first : max(last, first + 1)])
            (below / f"{number:05}.md").write_text(f"# {number}\n\n{text}\n", "utf-8")
        return _tracked(folder)


def _tracked(folder: Path) -> Path:
    for arguments in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *arguments], cwd=folder, env=ENVIRONMENT, check=True)
    time.sleep(_SETTLED)
    return folder


def forget(folder: Path) -> None:
    """Remove what the tools keep of *folder*, and notelint also of others."""
    for cache in (folder / ".rumdl_cache", folder.parent / "cache"):
        shutil.rmtree(cache, ignore_errors=True)


# ------------------------------------------------------------------ the cases


def warm(bench: Bench) -> Case:
    """Nothing changed since the last run."""
    folder = bench.repository("warm")
    others = bench.others(folder, rumdl=["check", "."])
    ours = bench.ours(folder, "check")
    return Case("warm, nothing changed", [ours, *others], {"rumdl": "1.0, stretch 0.6"})


def changed(bench: Bench) -> Case:
    """One note changed since the last run; the others are compared with it."""
    folder = bench.repository("changed")
    across = "rules:\n  duplicate-link:\n    across-files: true\n"
    (folder / ".notelint.yaml").write_text(across, "utf-8")
    notes = sorted((folder / "notes").rglob("*.md"))
    ours = bench.ours(folder, "check")

    def change() -> None:
        note = notes[len(notes) // 2 + len(ours.times)]
        note.write_bytes(note.read_bytes() + b"\nOne more [link](https://example.org/new).\n")

    ours.before = change
    others = bench.others(folder, rumdl=["check", "."])
    title = f"one of {len(notes)} notes changed, rules across files on; rumdl warm"
    return Case(title, [ours, *others], {"rumdl": "1.5, stretch 1.0"})


def cold(bench: Bench) -> Case:
    """The first run."""
    folder = bench.repository("cold")
    ours = bench.ours(folder, "check")
    others = bench.others(folder, rumdl=["check", "."], markdownlint_cli2=["notes/**/*.md"])
    for each in (ours, *others):
        each.before = partial(forget, folder)
    bars = {"rumdl": "4, stretch 2", "markdownlint-cli2": "1/8"}
    return Case("cold, all default rules", [ours, *others], bars)


def one(bench: Bench) -> Case:
    """One note, as an editor asks."""
    folder = bench.single()
    ours = bench.ours(folder, "check", "--no-cache", "note.md")
    uncached = ["check", "--no-cache", "note.md"]
    others = bench.others(folder, markdownlint_cli2=["note.md"], rumdl=uncached)
    bars = {"python -c pass": "8, stretch 5", "markdownlint-cli2": "1/4"}
    return Case("one note of 3 KB, no cache", [ours, bench.python(), *others], bars)


def cached(bench: Bench) -> Case:
    """One note that has not changed."""
    folder = bench.single()
    ours = bench.ours(folder, "check", "note.md")
    others = bench.others(folder, rumdl=["check", "note.md"])
    bars = {"python -c pass": "3.5, stretch 2.5"}
    return Case("one note of 3 KB, cached", [ours, bench.python(), *others], bars)


def toc(bench: Bench) -> Case:
    """Tables of contents that are there already."""
    folder, theirs = bench.repository("toc"), bench.repository("doctoc")
    others = bench.others(theirs, doctoc=["notes"])
    ours = bench.ours(folder, "toc", "notes")
    return Case("tables of contents of a folder", [ours, *others], {"doctoc": "1/8, stretch 1/20"})


def layout(bench: Bench) -> Case:
    """How fifty notes are laid out; notelint also compares the pages before and after."""
    folder = bench.repository("layout")
    notes = [str(each) for each in sorted((folder / "notes").rglob("*.md"))[:50]]
    others = bench.others(folder, mdformat=["--check", *notes])
    return Case("layout of 50 notes", [bench.ours(folder, "fmt", "--check", *notes), *others])


def small(bench: Bench) -> Case:
    """Very many small notes, nothing changed."""
    folder = bench.splinters()
    others = bench.others(folder, rumdl=["check", "."])
    contenders = [bench.ours(folder, "check"), *others]
    return Case(f"{bench.small:,} small notes, warm", contenders, {"rumdl": "1.0, stretch 0.5"})


CASES = {each.__name__: each for each in (warm, changed, cold, one, cached, toc, layout, small)}


def main() -> None:
    """Run the cases and print the table."""
    options = _options()
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(options.corpus, Path(work), options.path, options.small)
        _print_machine(bench)
        print("| case | notelint | the other | ratio | bar |\n| --- | --- | --- | --- | --- |")
        for name in options.only:
            case = CASES[name](bench)
            case.run(options.turns)
            print("\n".join(case.rows()), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="a folder of Markdown files")
    parser.add_argument("--path", default="", help="where else tools are, as PATH has it")
    parser.add_argument("--turns", type=int, default=11, help="runs of each tool in each case")
    parser.add_argument("--small", type=int, default=_SMALL, help="how many small notes")
    parser.add_argument("--only", nargs="+", choices=CASES, default=list(CASES), metavar="CASE")
    return parser.parse_args()


def _print_machine(bench: Bench) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{platform.system()} {platform.machine()}, {cores} cores; ", end="")
    print(f"Python {platform.python_version()}", end="")
    for name in ("notelint", "rumdl", "mdformat", "markdownlint-cli2", "doctoc"):
        if command := bench.tool(name):
            done = subprocess.run([command, "--version"], capture_output=True, check=False)
            number = re.search(r"\d+\.\d+\.\d+", (done.stdout + done.stderr).decode())
            print(f", {name} {number[0] if number else ''}", end="")
    print("\n")


if __name__ == "__main__":
    main()
