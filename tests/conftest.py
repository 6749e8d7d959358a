"""What tests share: the command as a user calls it, and real git repositories."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.config.model import Config

# No test depends on a clock, and whether a change passes does not depend on luck.
settings.register_profile("fixed", deadline=None, derandomize=True)
settings.register_profile("random", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

# A shell's background job ignores Ctrl-C, and so would all that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# What notelint does in the log of a runner or on a colored terminal, a test asks for by itself.
_RUNNERS = ("GITHUB_ACTIONS", "GITHUB_REPOSITORY", "GITHUB_STEP_SUMMARY", "TF_BUILD")
_ENVIRONMENT = (*_RUNNERS, "TEAMCITY_VERSION", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE")


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what runs keep out of the user's folder, and where the tests run out of their output.

    This holds for runs in processes of their own, too.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("cache")))
        for name in _ENVIRONMENT:
            patch.delenv(name, raising=False)
        yield


def cache_folder() -> Path:
    """The user's cache folder of the test that runs."""
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"], "notelint", "Cache")
    return Path(os.environ["XDG_CACHE_HOME"], "notelint")


def cached(kind: str) -> list[Path]:
    """The files of this *kind* there."""
    return sorted(cache_folder().glob(f"{kind}-*"))


def texts_kept(kind: str) -> int:
    """The number of texts of which the files of this *kind* hold a digest."""
    return sum(len(json.loads(each.read_text())) for each in cached(kind))


class Ran(NamedTuple):
    """A finished command."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
"""The fixture `notelint`, and others that run it."""

Git = Callable[..., str]
"""The fixture `git`."""

Write = Callable[..., Path]
"""The fixture `write`."""


def config_in(folder: Path) -> Config:
    """The configuration of the files in *folder*."""
    from notelint.config.configs import Configs

    return Configs().of(str(folder / "a.md"))


def rule_of(line: str) -> str:
    """The rule of a finding in the text report."""
    return line.removesuffix(" [*]").rpartition("[")[2].removesuffix("]")


@pytest.fixture
def notelint(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> Run:
    """Run ``notelint`` with arguments in *tmp_path*, in this process."""
    from notelint.cli.main import main

    monkeypatch.chdir(tmp_path)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("cache")))

    def run(*arguments: str) -> Ran:
        capfdbinary.readouterr()
        try:
            status = main(arguments)
        except SystemExit as stop:  # argparse: a wrong call, --help, --version
            status = stop.code if isinstance(stop.code, int) else 1
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ran(status, out.decode(), err.decode())

    return run


@pytest.fixture
def bounded(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run ``notelint`` with arguments in *tmp_path*, in a process with little time to work.

    What takes 20 seconds of a processor is killed, and so is what waits for two minutes.
    """
    resource = pytest.importorskip("resource")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))

    def run(*arguments: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "notelint", *arguments],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)),
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Run git in *tmp_path*, without the configuration of whoever runs the tests."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")},
    }  # fmt: skip

    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=tmp_path, env=environment, capture_output=True, check=True
        )
        return done.stdout.decode()

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write *text* (or bytes) to a file below *tmp_path*, with the folders above it."""

    def to(name: str, text: str | bytes = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return to
