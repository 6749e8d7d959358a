"""How long notelint takes beside other tools that are installed, as ratios from one run.

    python tests/benchmarks/speed.py CORPUS     # a folder of Markdown, copied first
    python tests/benchmarks/speed.py CORPUS --only warm cold --path node_modules/.bin
    python tests/benchmarks/speed.py CORPUS --processor     # on a machine that does other work, too

Prints a Markdown table. Tools are taken from ``--path``, from beside this Python, then from PATH;
one that is not there is left out. notelint is the one installed for this Python: install it as its
users do (``pip install .``), since from a checkout it may be compiled anew at every start.

The tools take turns, so that what else the machine does hits all alike. A ratio is that of the
medians; in brackets, the least and the greatest ratio of one turn. All output goes to /dev/null.
rumdl and mdsmith are measured twice: as they are, printing what they find, and told to print
nothing; notelint prints in either case. mdsmith keeps nothing between runs. The last column is how
notelint's time grows from every second note of the corpus to all of them.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

_SLOW = 3.0  # seconds; what takes longer has fewer turns
_TURNS_IF_SLOW = 3
_SETTLED = 3.0  # seconds; a file changed just before it is read is read again, by design
_SMALL = 38_000


@dataclass
class Contender:
    """A command, run in *folder* after *before*, and the seconds that it took in each turn.

    With *processor*, they are those of the processor, not of the clock.
    """

    name: str
    command: Sequence[str | Path]
    folder: Path
    before: Callable[[], object] = str
    processor: bool = False
    times: list[float] = field(default_factory=list)

    def turn(self, *, count: bool = True) -> None:
        """Run once; raises if the command could not do its work."""
        self.before()
        start = self._now()
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
            self.times.append(self._now() - start)
        if done.returncode not in (0, 1):  # 1: there is something to report
            raise RuntimeError(f"{self.command}: {done.stderr.decode()[-1000:]}")

    def _now(self) -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime if self.processor else time.perf_counter()

    @property
    def median(self) -> float:
        return statistics.median(self.times)


class Typing(Contender):
    """A language server: the seconds from a letter typed in a note to the findings of the text."""

    def turn(self, *, count: bool = True) -> None:
        """Type some letters; what is counted is the median."""
        sized = self.folder.rglob("*.md")
        note = min(sized, key=lambda each: (abs(each.stat().st_size - 25_000), each))
        took = _server_benchmark().changes(self.folder, note, [*map(str, self.command)])
        if count:
            self.times.append(took.processor if self.processor else took.clock)


@cache
def _server_benchmark() -> Any:
    """`server.py` beside this file; there is a package of that name in the tests."""
    file = Path(__file__).with_name("server.py")
    spec = importlib.util.spec_from_file_location("server_benchmark", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["server_benchmark"] = module
    spec.loader.exec_module(module)
    return module


@dataclass
class Case:
    """What notelint, the first contender, is compared in; ``bars`` by the name of the other."""

    title: str
    contenders: list[Contender]
    bars: dict[str, str] = field(default_factory=dict)
    half: Contender | None = None  # notelint on every second note

    def run(self, turns: int) -> None:
        every = [*self.contenders, *([self.half] if self.half else [])]
        for each in every:
            each.turn(count=False)
        for turn in range(turns):
            for each in every:
                if turn < _TURNS_IF_SLOW or each.median < _SLOW:
                    each.turn()

    def rows(self) -> list[str]:
        ours, *others = self.contenders
        growth = f"{ours.median / self.half.median:.2f}" if self.half else ""
        rows = [
            f"| {each.name} {_time(each)} | {_ratio(ours, each)} | {self.bars.get(each.name, '')} "
            for each in others
        ]
        return [f"| {self.title} | {_time(ours)} {row}| {growth} |" for row in rows or ["| | | "]]


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

    def __init__(
        self, corpus: Path, work: Path, path: str, small: int, *, processor: bool = False
    ) -> None:
        self.work = work
        self.processor = processor
        self.small = small
        self._corpus = corpus
        self._path = os.pathsep.join([path, str(Path(sys.executable).parent), os.environ["PATH"]])
        self.notelint = self.tool("notelint") or sys.exit("notelint is not installed here")

    def python(self) -> Contender:
        """A Python that starts and does nothing."""
        command = [sys.executable, "-c", "pass"]
        return Contender("python -c pass", command, self.work, processor=self.processor)

    def tool(self, name: str) -> str | None:
        """Where the command *name* is."""
        return shutil.which(name, path=self._path)

    def others(self, folder: Path, commands: Mapping[str, Sequence[str]]) -> list[Contender]:
        """Those of the tools that are there, each to be called with these arguments.

        The key is the tool, and how it is called: `rumdl, silent`.
        """
        return [
            Contender(name, [at, *arguments], folder, processor=self.processor)
            for name, arguments in commands.items()
            if (at := self.tool(name.partition(",")[0]))
        ]

    def ours(self, folder: Path, *arguments: str) -> Contender:
        """notelint, to be called with *arguments*."""
        return Contender("notelint", [self.notelint, *arguments], folder, processor=self.processor)

    def every_second(self) -> Bench:
        """The same with half of the corpus."""
        below, half = self.work / "half", self.work / "corpus-half"
        below.mkdir()
        for note in sorted(self._corpus.rglob("*.md"))[::2]:
            place = half / note.relative_to(self._corpus)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(note, place)
        return Bench(half, below, self._path, self.small // 2, processor=self.processor)

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
    for kept in (folder / ".rumdl_cache", Path(ENVIRONMENT["XDG_CACHE_HOME"])):
        shutil.rmtree(kept, ignore_errors=True)


# ------------------------------------------------------------------ the cases

_RUMDL: dict[str, Sequence[str]] = {
    "rumdl, printing": ["check", "."],
    "rumdl, silent": ["check", "--silent", "."],
}
_MDSMITH: dict[str, Sequence[str]] = {
    "mdsmith, printing": ["check", "."],
    "mdsmith, silent": ["check", "-q", "."],
}


def _bars(rumdl: str) -> dict[str, str]:
    return {"rumdl, silent": rumdl}


def warm(bench: Bench) -> Case:
    """Nothing changed since the last run."""
    folder = bench.repository("warm")
    others = bench.others(folder, {**_RUMDL, **_MDSMITH})
    ours = bench.ours(folder, "check")
    return Case("warm, nothing changed", [ours, *others], _bars("0.7, stretch 0.5"))


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
    title = f"one of {len(notes)} notes changed, rules across files on; rumdl warm"
    return Case(title, [ours, *bench.others(folder, _RUMDL)], _bars("1.2, stretch 1.0"))


def cold(bench: Bench) -> Case:
    """The first run."""
    folder = bench.repository("cold")
    ours = bench.ours(folder, "check")
    markdownlint = {"markdownlint-cli2": ["notes/**/*.md"]}
    others = bench.others(folder, {**_RUMDL, **_MDSMITH, **markdownlint})
    for each in (ours, *others):
        each.before = partial(forget, folder)
    bars = {**_bars("2.3, stretch 1.5"), "markdownlint-cli2": "1/8"}
    return Case("cold, all default rules", [ours, *others], bars)


def one(bench: Bench) -> Case:
    """One note, as an editor asks."""
    folder = bench.single()
    ours = bench.ours(folder, "check", "--no-cache", "note.md")
    uncached = ["check", "--silent", "--no-cache", "note.md"]
    tools = {
        "markdownlint-cli2": ["note.md"],
        "rumdl, silent": uncached,
        "mdsmith, silent": ["check", "-q", "note.md"],
    }
    others = bench.others(folder, tools)
    bars = {"python -c pass": "4.5, stretch 4", "markdownlint-cli2": "1/4"}
    return Case("one note of 3 KB, no cache", [ours, bench.python(), *others], bars)


def cached(bench: Bench) -> Case:
    """One note that has not changed."""
    folder = bench.single()
    ours = bench.ours(folder, "check", "note.md")
    others = bench.others(folder, {"rumdl, silent": ["check", "--silent", "note.md"]})
    bars = {"python -c pass": "2.2, stretch 2"}
    return Case("one note of 3 KB, cached", [ours, bench.python(), *others], bars)


def toc(bench: Bench) -> Case:
    """Tables of contents that are there already."""
    folder, theirs = bench.repository("toc"), bench.repository("doctoc")
    others = bench.others(theirs, {"doctoc": ["notes"]})
    ours = bench.ours(folder, "toc", "notes")
    return Case("tables of contents of a folder", [ours, *others], {"doctoc": "0.07, stretch 0.05"})


def _layout(bench: Bench, name: str, *arguments: str) -> tuple[Contender, list[Contender]]:
    folder = bench.repository(name)
    notes = [str(each) for each in sorted((folder / "notes").rglob("*.md"))[::13][:50]]
    others = bench.others(folder, {"mdformat, --check": ["--check", *notes]})
    return bench.ours(folder, "fmt", "--check", *arguments, *notes), others


def layout(bench: Bench) -> Case:
    """How notes are laid out, at most fifty; notelint also compares the pages before and after."""
    ours, others = _layout(bench, "layout", "--no-cache")
    return Case(
        "layout of 50 notes, no cache", [ours, *others], {"mdformat, --check": "1.5, stretch 1.1"}
    )


def laid_out(bench: Bench) -> Case:
    """The same with a cache, when all notes are laid out already."""
    ours, others = _layout(bench, "laid-out")
    write = [each for each in ours.command if each != "--check"]
    subprocess.run(write, cwd=ours.folder, env=ENVIRONMENT, capture_output=True, check=False)
    return Case("layout of 50 notes, laid out and cached", [ours, *others])


def small(bench: Bench) -> Case:
    """Very many small notes, nothing changed."""
    folder = bench.splinters()
    contenders = [bench.ours(folder, "check"), *bench.others(folder, _RUMDL)]
    return Case(f"{bench.small:,} small notes, warm", contenders, _bars("0.5, stretch 0.4"))


def move(bench: Bench) -> Case:
    """What a move of one note would change, the facts of all others known."""
    folder = bench.repository("move")
    note = sorted((folder / "notes").rglob("*.md"))[0].relative_to(folder)
    ours = bench.ours(folder, "mv", "--check", str(note), "moved.md")
    return Case("mv of one note, warm", [ours, bench.ours(folder, "check"), bench.python()])


def server(bench: Bench) -> Case:
    """From a letter typed in a note of 25 KB to the findings of its new text."""
    folder = bench.repository("server")
    servers: list[Contender] = [
        Typing(each.name, each.command, folder, processor=bench.processor)
        for each in bench.others(folder, {"notelint": ["server"], "rumdl": ["server"]})
    ]
    return Case("a letter typed in an editor", servers)


CASES = {
    each.__name__: each
    for each in (warm, changed, cold, one, cached, toc, layout, laid_out, small, move, server)
}
_GROWING = (warm, changed, cold, toc, small, move, server)  # with the number of notes


def main() -> None:
    """Run the cases and print the table."""
    options = _options()
    with tempfile.TemporaryDirectory() as work:
        ENVIRONMENT["XDG_CACHE_HOME"] = f"{work}/cache"
        processor = options.processor
        bench = Bench(options.corpus, Path(work), options.path, options.small, processor=processor)
        half = bench.every_second()
        _print_machine(bench)
        print("Times are of the processor.\n" if processor else "Times are of the clock.\n")
        print(
            "| case | notelint | the other | ratio | bar | half to whole |\n" + "| --- " * 6 + "|"
        )
        for name in options.only:
            case = CASES[name](bench)
            if CASES[name] in _GROWING:
                case.half = CASES[name](half).contenders[0]
            case.run(options.turns)
            print("\n".join(case.rows()), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="a folder of Markdown files")
    parser.add_argument("--path", default="", help="where else tools are, as PATH has it")
    parser.add_argument("--turns", type=int, default=11, help="runs of each tool in each case")
    parser.add_argument("--processor", action="store_true", help="measure processor time")
    parser.add_argument("--small", type=int, default=_SMALL, help="how many small notes")
    parser.add_argument("--only", nargs="+", choices=CASES, default=list(CASES), metavar="CASE")
    return parser.parse_args()


def _print_machine(bench: Bench) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{platform.system()} {platform.machine()}, {cores} cores; ", end="")
    print(f"Python {platform.python_version()}", end="")
    for name in ("notelint", "rumdl", "mdformat", "mdsmith", "markdownlint-cli2", "doctoc"):
        if command := bench.tool(name):
            done = subprocess.run(
                [command, "version" if name == "mdsmith" else "--version"],
                capture_output=True,
                check=False,
            )
            number = re.search(r"\d+\.\d+\.\d+", (done.stdout + done.stderr).decode())
            print(f", {name} {number[0] if number else ''}", end="")
    print("\n")


if __name__ == "__main__":
    main()
