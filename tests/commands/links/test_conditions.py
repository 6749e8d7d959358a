"""A cache that helps or does not, a user who has seen enough, and no network at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands.links.conftest import Run, Write
from conftest import Git, cache_folder
from online.web import Handler, Web


def hang(handler: Handler) -> None:
    handler.server.over.wait()


# ------------------------------------------------------------------ the cache


def test_answers_are_kept_out_of_gits_sight(
    notelint: Run, write: Write, git: Git, web: Web
) -> None:
    git("init")
    write("notes/a.md", f"[a]({web.url('/gone')})\n")
    first = notelint("links", "--allow-private", "notes")
    assert notelint("links", "--allow-private", "notes").out == first.out
    assert web.asked("/gone") == ["HEAD", "GET"]
    assert git("status", "--short", "--untracked-files=all") == "?? notes/a.md\n"
    for option in ("--refresh", "--no-cache"):
        assert notelint("links", "--allow-private", option).out == first.out
    assert web.asked("/gone") == ["HEAD", "GET"] * 3


def test_a_cache_folder_that_cannot_be_written_costs_nothing_but_time(
    notelint: Run, write: Write, git: Git, web: Web
) -> None:
    git("init")
    write("a.md", f"[a]({web.url('/gone')})\n")
    cache_folder().write_text("a file where the folder would be")
    assert notelint("links", "--allow-private").status == 1
    assert notelint("links", "--allow-private").status == 1
    assert web.asked("/gone") == ["HEAD", "GET"] * 2


def test_a_cache_folder_that_leads_elsewhere_is_not_used(
    notelint: Run,
    write: Write,
    git: Git,
    web: Web,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    git("init")
    (tmp_path / ".notelint_cache").symlink_to(elsewhere)
    write("a.md", f"[a]({web.url('/gone')})\n")
    assert notelint("links", "--allow-private").status == 1
    assert list(elsewhere.iterdir()) == []


# ------------------------------------------------------------------ interrupted, unplugged


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_ctrl_c_prints_what_is_known(write: Write, tmp_path: Path, web: Web) -> None:
    web.routes["/hang"] = hang
    note = write("a.md", f"{web.url('/gone')} {web.url('/hang')}\n")
    text = note.read_bytes()
    command = [sys.executable, "-m", "notelint", "links", "--allow-private", "--no-cache", "--fix"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while not web.asked("/hang") and process.poll() is None:
            time.sleep(0.01)
        time.sleep(0.5)  # the other answer was under way before
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out.startswith("a.md:1:1: error: ")
    assert "interrupted; 1 link not requested" in err
    assert "Traceback" not in err
    assert note.read_bytes() == text


def _can_unplug() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and (
        subprocess.run([unshare, "-rn", "true"], capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not _can_unplug(), reason="needs a network namespace of its own")
def test_with_the_network_unplugged_everything_is_unknown_and_said_once(
    write: Write, tmp_path: Path
) -> None:
    write("a.md", "".join(f"- https://host{n}.test/a https://host{n}.test/b\n" for n in range(9)))
    command = ["unshare", "-rn", sys.executable, "-m", "notelint", "links", "--no-cache"]

    def unplugged(*given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *given], cwd=tmp_path, capture_output=True, text=True)

    ran = unplugged()
    assert (ran.returncode, ran.stdout) == (0, "No problems in 1 file\n")
    cause = "the network cannot be reached"
    assert ran.stderr == f"notelint: {cause}: the state of 18 links is unknown\n"
    assert unplugged("--strict").returncode == 1
