"""What each command loads: start-up is felt at every commit, and at every key in an editor."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Git, Write
from notelint.cli.main import COMMANDS

# What stands for a part that is heavy, and loaded late.
PARSER = {"markdown_it", "mdit_py_plugins", "notelint.markdown.parser"}
RULES = {"notelint.rules.base", "notelint.rules.duplicate_link", "notelint.engine.rule_sets"}
NETWORK = {"requests", "urllib3", "ssl", "http", "socket", "notelint.online.crawl"}
LAYOUT = {"mdformat", "mdformat_gfm", "notelint.engine.layout"}
YAML = {"yaml"}
CACHE = {"_sqlite3", "notelint.cache.store"}
PROCESSES = {"multiprocessing", "concurrent"}
CLUSTER = {"dask", "distributed", "tornado"}
LOOKS = {"dataclasses", "difflib", "shutil", "notelint.cli.tty", "notelint.report.terminal"}
FINDINGS = {"typing", "pathlib", "subprocess", "notelint.config.validate", "signal", "datetime"}
COMPLETION = {"argcomplete"}
SERVER = {"pygls", "lsprotocol", "notelint.server"}
ALL = (
    PARSER
    | RULES
    | NETWORK
    | LAYOUT
    | YAML
    | CACHE
    | PROCESSES
    | CLUSTER
    | LOOKS
    | COMPLETION
    | SERVER
)

_RUN = """
import sys
before = set(sys.modules)
from notelint.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print(*set(sys.modules) - before, file=sys.stderr)
"""


@pytest.fixture
def loaded(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., set[str]]:
    """The modules that are there after a command ran in a process of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))

    def run(*arguments: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", _RUN, *arguments],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return set(done.stderr.split())

    return run


Loaded = Callable[..., set[str]]


def two_notes(write: Write) -> None:
    write("a.md", "# A\n\n[b](b.md#c)\n")
    write("b.md", "# B\n\n## C\n\nText.\n")


def test_version_loads_next_to_nothing(loaded: Loaded) -> None:
    modules = loaded("--version")
    ours = {each for each in modules if each.startswith("notelint")}
    assert ours == {"notelint", "notelint.cli", "notelint.cli.main"}
    assert modules & (ALL | {"pathlib", "subprocess", "typing"}) == set()


@pytest.mark.parametrize(
    "command",
    ["check", "fix", "toc", "links", "fmt", "mv", "rename", "report", "server",
     "rules", "config", "init",
     "clean", "completion"],
)  # fmt: skip
def test_help_loads_one_command(loaded: Loaded, command: str) -> None:
    modules = loaded(command, "--help")
    others = {*COMMANDS} - {command}
    assert modules & {f"notelint.cli.{each}_command" for each in others} == set()
    needed = {"notelint.rules.base", "dataclasses"} if command == "rules" else set()
    assert modules & (ALL - needed - {"shutil"}) == set()


def test_a_check_of_nothing_new(loaded: Loaded, write: Write, git: Git) -> None:
    git("init")
    two_notes(write)
    assert loaded("check") >= PARSER | RULES | CACHE
    assert loaded("check") & ((ALL | FINDINGS) - CACHE) == set()


def test_a_fix_of_nothing(loaded: Loaded, write: Write) -> None:
    two_notes(write)
    assert loaded("fix") >= PARSER | RULES | CACHE
    assert loaded("fix") & ((ALL | FINDINGS) - CACHE) == set()


def test_a_check_of_a_few_notes(loaded: Loaded, write: Write) -> None:
    two_notes(write)
    modules = loaded("check", "--no-cache", "b.md")
    assert modules & (NETWORK | LAYOUT | YAML | CACHE | CLUSTER) == set()
    assert modules & {"multiprocessing", "concurrent"} == set()


def test_a_table_of_contents(loaded: Loaded, write: Write) -> None:
    two_notes(write)
    modules = loaded("toc")
    assert modules >= PARSER
    assert modules & (NETWORK | LAYOUT | YAML | CACHE | PROCESSES | CLUSTER | {"shutil"}) == set()
    assert modules & {"notelint.rules.duplicate_link", "notelint.engine.rule_sets"} == set()
    assert loaded("toc") & (ALL - {"dataclasses"}) == set(), "nothing is to do"


def test_the_list_of_rules(loaded: Loaded) -> None:
    assert loaded("rules") & (NETWORK | LAYOUT | YAML | CACHE | PROCESSES | CLUSTER) == set()


def test_external_links(loaded: Loaded, write: Write) -> None:
    write("a.md", "# A\n\nNo links.\n")
    assert loaded("links") & (LAYOUT | YAML | CLUSTER) == set()


def test_a_configuration_loads_what_reads_it(loaded: Loaded, write: Write) -> None:
    write("b.md", "# B\n")
    write(".notelint.yaml", "ignore: [empty-section]\n")
    assert loaded("check") >= YAML
    read = {"notelint.config.validate"}
    assert loaded("check") & ((ALL | FINDINGS) - CACHE) == read
