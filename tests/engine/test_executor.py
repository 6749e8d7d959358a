"""``notelint check --executor``: a real cluster of two worker processes on this machine."""

from __future__ import annotations

import inspect
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from distributed import Client

import notelint
from conftest import Ran, Run, Write
from notelint.config.configs import Configs
from notelint.config.model import Config
from notelint.engine.dask import OtherVersion, analyze_there, versions
from notelint.engine.note_path import NotePath
from notelint.engine.rule_sets import RuleSets

_PATIENCE = 60  # seconds; only a failing test takes so long


class Cluster:
    """A scheduler and its workers, processes of their own that know nothing of the notes."""

    def __init__(self, folder: Path, *, reachable: bool = True) -> None:
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self.scheduler = self._start(
            "dask_scheduler", "--scheduler-file", str(file), "--host", "127.0.0.1", "--port", "0"
        )
        wait_until(lambda: file.exists() and file.read_text().endswith("}"))
        self.tcp = json.loads(file.read_text())["address"]
        self.url = self.tcp.replace("tcp://", "dask://")
        self.workers = [
            self._start(
                "dask_worker",
                *(self.tcp, "--nthreads", "1", "--no-nanny"),
                *(() if reachable else nowhere(9 + number)),
            )
            for number in range(2)
        ]
        with Client(self.tcp, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=_PATIENCE)

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        with open(self._folder / f"{module}.log", "ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"],
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        self._started.append(process)
        return process

    def busy(self) -> bool:
        """Whether a worker has notes to look at."""
        with Client(self.tcp, set_as_default=False) as client:
            return any(client.processing().values())

    def stop(self) -> None:
        for process in self._started:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGCONT)
            process.kill()
            process.wait()


def nowhere(port: int) -> tuple[str, ...]:
    """The arguments of a worker that says it is at *port*, where nobody listens."""
    here = "tcp://127.0.0.1"
    return "--listen-address", f"{here}:0", "--contact-address", f"{here}:{port}"


def wait_until(it_is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not it_is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    running = Cluster(tmp_path_factory.mktemp("cluster"))
    yield running
    running.stop()


def many_notes(write: Write) -> None:
    for number in range(8):
        links = f"See [the next](n{number + 1}.md#part-9), ![]() and `code`.\n\n" * 20
        words = "A line of words that is here for its length, as others are.\n" * 2_000
        write(f"n{number}.md", f"# N{number}\n\n## Part {number}\n\n{links}{words}")
    write("not.md", b"# Not\n\n\xff\n")


class Checking:
    """A check that runs while the test goes on."""

    def __init__(self, folder: Path, *arguments: str, code: str = "") -> None:
        how = ("-c", code) if code else ("-m", "notelint")
        self._process = subprocess.Popen(
            [sys.executable, *how, "check", "--no-cache", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def result(self) -> Ran:
        out, err = self._process.communicate(timeout=_PATIENCE)
        return Ran(self._process.returncode, out.decode(), err.decode())


def test_the_same_as_here_also_when_workers_are_lost(
    dask: Cluster, notelint: Run, write: Write, tmp_path: Path
) -> None:
    many_notes(write)
    here = notelint("check", "--no-cache")
    assert notelint("check", "--no-cache", "--executor", dask.url) == here

    # a worker that takes notes, does not look at them, and dies
    os.kill(dask.workers[0].pid, signal.SIGSTOP)
    check = Checking(tmp_path, "--executor", dask.url)
    wait_until(dask.busy)
    dask.workers[0].kill()
    assert check.result() == here

    # and then the last one
    os.kill(dask.workers[1].pid, signal.SIGSTOP)
    check = Checking(tmp_path, "--executor", dask.url)
    wait_until(dask.busy)
    dask.workers[1].kill()
    assert check.result() == here


def test_what_the_cluster_saw_is_kept(dask: Cluster, notelint: Run, write: Write) -> None:
    many_notes(write)
    first = notelint("check", "--executor", dask.url)
    dask.stop()
    assert notelint("check") == notelint("check", "--executor", dask.url) == first


def test_a_scheduler_that_is_lost(
    dask: Cluster, notelint: Run, write: Write, tmp_path: Path
) -> None:
    many_notes(write)
    for worker in dask.workers:
        os.kill(worker.pid, signal.SIGSTOP)
    check = Checking(tmp_path, "--executor", dask.url)
    wait_until(dask.busy)
    dask.scheduler.kill()
    assert check.result() == notelint("check", "--no-cache")


def test_a_scheduler_that_does_not_answer(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n")
    url = "dask://127.0.0.1:9"
    assert notelint("check", "--no-cache", "--executor", url) == Ran(
        2, "", f"notelint: --executor {url}: no scheduler answers there\n"
    )


# ---------------------------------------------------------------------- nobody answers


def gone_on(folder: Path, url: str, **limits: float) -> str:
    """What a check says that the cluster at *url* leaves alone; it finds what it finds here.

    *limits* take the place of those of the same name. The process comes to an end, too.
    """
    here = Checking(folder).result()
    code = (
        "from notelint.engine import dask; from notelint.cli.main import entry\n"
        f"vars(dask).update({limits})\n"
        "entry()"
    )
    ran = Checking(folder, "--executor", url, code=code).result()
    said = ran.err.removesuffix(here.err)
    assert ran == Ran(here.status, here.out, said + here.err)
    return said


def test_a_port_that_takes_calls_and_is_silent(write: Write, tmp_path: Path) -> None:
    many_notes(write)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"dask://127.0.0.1:{silent.getsockname()[1]}"
        assert gone_on(tmp_path, url, _ANSWER_TIME=0.5) == (
            f"notelint: --executor {url}: no answer for 1 s; the notes are checked here\n"
        )


def test_workers_that_are_frozen(dask: Cluster, write: Write, tmp_path: Path) -> None:
    many_notes(write)
    for worker in dask.workers:
        os.kill(worker.pid, signal.SIGSTOP)
    assert gone_on(tmp_path, dask.url, _RESULT_TIME=1) == (
        f"notelint: --executor {dask.url}: nothing came back for 1 s; "
        "the other notes are checked here\n"
    )


def test_one_worker_of_two_that_is_frozen(dask: Cluster, write: Write, tmp_path: Path) -> None:
    many_notes(write)
    os.kill(dask.workers[0].pid, signal.SIGSTOP)
    # told once at most, however many notes that worker has
    assert gone_on(tmp_path, dask.url, _RESULT_TIME=1).count("checked here") <= 1


def test_a_worker_that_nobody_can_reach(
    tmp_path_factory: pytest.TempPathFactory, write: Write, tmp_path: Path
) -> None:
    many_notes(write)
    running = Cluster(tmp_path_factory.mktemp("away"), reachable=False)
    try:
        assert "checked here" in gone_on(tmp_path, running.url, _RESULT_TIME=1)
    finally:
        running.stop()


def test_a_scheduler_that_is_frozen_at_work(dask: Cluster, write: Write, tmp_path: Path) -> None:
    many_notes(write)
    for worker in dask.workers:
        os.kill(worker.pid, signal.SIGSTOP)

    def freeze() -> None:
        wait_until(dask.busy)
        os.kill(dask.scheduler.pid, signal.SIGSTOP)

    freezing = Thread(target=freeze)
    freezing.start()
    said = gone_on(tmp_path, dask.url, _RESULT_TIME=30, _ANSWER_TIME=2, _POLL_TIME=1)
    freezing.join()
    assert said.count("checked here") == 1


@pytest.mark.parametrize("url", ["dask://", "dask://host", "tcp://host:1", "dask:host:1", "x"])
def test_an_address_that_is_none(notelint: Run, url: str) -> None:
    ran = notelint("check", "--executor", url)
    assert ran.status == 2
    assert "must have the form dask://HOST:PORT" in ran.err


def test_dask_is_not_installed(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "# A\n")
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from notelint.cli.main import entry; entry()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "--no-cache", "--executor", "dask://h:1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("notelint: Dask is not installed; run `pip")
    assert "[dask]" in done.stderr


def test_a_worker_with_another_version_is_not_asked() -> None:
    wanted = {**versions(), "notelint": "99.0"}
    with pytest.raises(OtherVersion, match=r"a worker has notelint .*, not 99\.0"):
        analyze_there(wanted, RuleSets(Configs(Config(""))), [])


def test_a_worker_knows_where_a_note_is_in_its_tree() -> None:
    for root, left in (("/away/template", ["empty-section"]), ("/away", [])):
        note = NotePath(root, "/away/template/a.md".removeprefix(f"{root}/"), "a.md")
        (found,) = analyze_there(
            versions(), RuleSets(Configs(Config(""))), [(note, b"## A\n\nText.\n\n## B\n")]
        )
        assert not isinstance(found, str)
        assert [each.rule for each in found.diagnostics] == left


def test_the_recipe_for_a_bag_of_texts(dask: Cluster) -> None:
    page = inspect.getdoc(notelint.lint_text) or ""
    code = re.search(r"code-block:: python\n\n((?:    .*\n|\n)+)", page)
    assert code
    names: dict[str, object] = {"texts": {f"{n}.md": f"# T{n}\n\n![]()\n" for n in range(20)}}
    with Client(dask.tcp):
        exec(inspect.cleandoc(code[1]), names)
    assert names["counts"] == [("empty-image", 20)]
