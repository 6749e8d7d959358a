"""However many processes look at the notes, and however they start: the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from conftest import Run, Write, config_in
from notelint.cache.entry import Analysis
from notelint.config.configs import Configs
from notelint.engine import workers
from notelint.engine.analyze import analyze_elsewhere
from notelint.engine.note_path import note_at
from notelint.engine.rule_sets import RuleSets

CONFIGURATION = """per-file:
  "n1*":
    ignore: [images]
rules:
  duplicate-link:
    across-files: true
"""


@pytest.fixture
def notes(write: Write) -> list[Path]:
    write(".notelint.yaml", CONFIGURATION)
    write("broken.md", b"\xff\n")
    return [
        write(
            f"n{number}.md",
            f"# N\n[x](n{number + 1}.md#m) ![]({number})\n\n- https://example.org/{number % 7}\n\n"
            + "Some words, and `code`.\n" * (number * 20),
        )
        for number in range(40)
    ]


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_one_and_many_processes_say_the_same(
    notelint: Run, notes: list[Path], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(workers, "ENOUGH", 1)
    ask = partial(notelint, "check", "--no-cache", "--output-format", form)
    one = ask("--jobs", "1")
    assert one == ask("--jobs", "2") == ask("--jobs", "5")
    assert (one.status, "n39.md" in one.out) == (1, True)


def test_a_fix_is_the_same(
    notelint: Run, notes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "ENOUGH", 1)
    assert notelint("fix", "--diff", "--jobs", "1") == notelint("fix", "--diff", "--jobs", "3")


@pytest.mark.parametrize("start", ["spawn", "fork"])
def test_processes_may_start_in_any_way(notes: list[Path], tmp_path: Path, start: str) -> None:
    rules_for = RuleSets(Configs(config_in(tmp_path)))
    look = partial(analyze_elsewhere, rules_for, False)
    asked = [note_at(str(path), str(tmp_path)) for path in notes[:6]]
    with ProcessPoolExecutor(2, get_context(start)) as pool:
        there = list(pool.map(look, asked))
    for (_, elsewhere), (_, here) in zip(there, map(look, asked), strict=True):
        assert isinstance(elsewhere, Analysis)
        assert isinstance(here, Analysis)
        assert elsewhere._replace(stamp="") == here._replace(stamp="")


def in_which_process(number: int, ours: int) -> tuple[int, bool]:
    if number == 13 and os.getpid() != ours:
        os.kill(os.getpid(), signal.SIGKILL)
    return number, os.getpid() == ours


def test_a_process_that_is_killed_costs_only_time() -> None:
    work = partial(in_which_process, ours=os.getpid())
    sizes = [workers.ENOUGH] * 40
    found = list(workers.spread(work, range(40), sizes, 2))
    assert [number for number, _ in found] == list(range(40))
    assert found[13][1]


def say_and_wait(number: int) -> None:
    os.write(1, b"started\n")  # at once: the others write there, too
    time.sleep(600)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_none_stays_behind_when_the_run_is_killed(how: signal.Signals) -> None:
    imports = "from engine.test_jobs import *"
    code = f"{imports}; list(workers.spread(say_and_wait, range(9), [10**9] * 9, 3))"
    run = subprocess.Popen(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[1], stdout=subprocess.PIPE
    )
    assert run.stdout
    for _ in range(3):
        assert run.stdout.readline() == b"started\n"
    run.send_signal(how)
    run.communicate(timeout=60)  # until none of them can write any more
