"""The entries that run notelint: hooks of pre-commit, and a workflow of GitHub."""

from __future__ import annotations

import json
import re
import shlex

import yaml

from notelint.text.limits import yaml_within_limits
from notelint.text.startup import NamedTuple

PRE_COMMIT = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/notelint.yml"
_MAX_HOOKS_CHARS = 100_000  # of an existing file; to a larger one, the user adds the entry
_PLAIN = re.compile(r"(?!\d+(?:e\d+)?\Z)[\w/.][\w/.:@~+-]*[\w/]", re.ASCII)  # and no number


class Hook(NamedTuple):
    """A hook as ``.pre-commit-hooks.yaml`` offers it, and why it is there."""

    id: str
    why: str
    settings: tuple[str, ...]


# In the order in which they run. `notelint-fix` also reports the remaining findings and refreshes
# tables of contents: with `notelint` or `notelint-toc` as well, a finding would be printed twice.
FIX = Hook(
    "notelint-fix",
    "repairs what is safe in the notes of a commit, and reports the rest",
    (
        "name: notelint fix",
        "entry: notelint fix",
        "types: [markdown]",
        "stages: [pre-commit, manual]",
    ),
)
REPOSITORY = Hook(
    "notelint-repository",
    "checks all notes before a push: a deleted file breaks links in notes of no commit",
    (
        "name: notelint, the whole repository",
        "entry: notelint check",
        "pass_filenames: false",
        "always_run: true",
        "stages: [pre-push]",
    ),
)


_IDS = {"notelint", *(f"notelint-{each}" for each in ("fix", "toc", "fmt", "repository"))}


def from_repository(repository: str, commit: str, hooks: tuple[Hook, ...]) -> str:
    """An entry of ``repos`` with *hooks* from the *commit* of a git *repository*."""
    lines = [f"- repo: {scalar(repository)}", f"  rev: {scalar(commit)}", "  hooks:"]
    for hook in hooks:
        lines += [f"    # {hook.why}", f"    - id: {hook.id}"]
    return "\n".join(lines) + "\n"


def from_index(requirement: str, hooks: tuple[Hook, ...]) -> str:
    """An entry of ``repos`` with *hooks* whose program pip installs by *requirement*."""
    shared = (
        "language: python",
        f"additional_dependencies: [{json.dumps(requirement)}]",
        "require_serial: true",
    )
    lines = ["- repo: local", "  hooks:"]
    for hook in hooks:
        lines += [f"    # {hook.why}", f"    - id: {hook.id}"]
        lines += [f"      {setting}" for setting in (*hook.settings, *shared)]
    return "\n".join(lines) + "\n"


def new_file(entry: str) -> str:
    """A configuration of pre-commit that has only *entry*, and installs what its hooks need."""
    pushes = f"id: {REPOSITORY.id}" in entry
    types = "default_install_hook_types: [pre-commit, pre-push]\n\n" if pushes else ""
    return f"{types}repos:\n{_indented(entry, '  ')}"


def has_notelint(text: str) -> bool:
    """Whether a hook in the *text* of a configuration of pre-commit runs notelint."""
    try:
        if not yaml_within_limits(text, _MAX_HOOKS_CHARS):
            return False
        found = yaml.safe_load(text)
        hooks = [hook for repo in found["repos"] for hook in repo["hooks"]]
        return any(
            hook.get("id") in _IDS or "notelint" in str(hook.get("entry")).split() for hook in hooks
        )
    except (
        yaml.YAMLError,
        ValueError,
        OverflowError,
        RecursionError,
        TypeError,
        KeyError,
        AttributeError,
    ):
        return False


def with_entry(text: str, entry: str) -> str | None:
    """The *text* of ``.pre-commit-config.yaml`` with *entry* at the end of its list.

    None if the list cannot be extended without touching anything else.
    """
    try:
        if not yaml_within_limits(text, _MAX_HOOKS_CHARS):
            return None
        old = yaml.safe_load(text)
        after = _extended(text, entry, old)
        if after is None or (old is not None and not isinstance(old, dict)):
            return None
        new, added = yaml.safe_load(after), yaml.safe_load(entry)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return None
    kept = old or {}
    if not kept:
        return after if new["repos"] == added else None
    return after if {**kept, "repos": [*(kept.get("repos") or []), *added]} == new else None


def _extended(text: str, entry: str, old: object) -> str | None:
    newline = "\r\n" if "\r\n" in text else "\n"
    top = yaml.compose(text, yaml.SafeLoader)
    if old is None:  # nothing in it, or comments
        new = new_file(entry)
        at, replaced = len(text), len(text)
    elif isinstance(old, dict) and "repos" not in old:
        new, at, replaced = "repos:\n" + _indented(entry, "  "), len(text), len(text)
    elif (hole := _empty_repos(top)) is not None:
        at, replaced = hole
        new = "\n" + _indented(entry, "  ").rstrip("\n")
        return text[:at].rstrip(" ") + new.replace("\n", newline) + text[replaced:]
    elif (place := _end_of_repos(top, text)) is not None:
        at, indent = place
        new, replaced = _indented(entry, indent), at
    else:
        return None
    head = text[:at]
    if head and not head.endswith("\n"):
        head += newline
    return head + new.replace("\n", newline) + text[replaced:]


def _repos(top: yaml.Node | None) -> yaml.Node | None:
    if not isinstance(top, yaml.MappingNode) or top.flow_style:
        return None
    return next((value for key, value in top.value if key.value == "repos"), None)


def _empty_repos(top: yaml.Node | None) -> tuple[int, int] | None:
    """The offsets of the ``[]``, or of the nothing, that is the list."""
    repos = _repos(top)
    empty = isinstance(repos, yaml.SequenceNode) and repos.flow_style and not repos.value
    nothing = isinstance(repos, yaml.ScalarNode) and repos.value == ""
    return (repos.start_mark.index, repos.end_mark.index) if repos and (empty or nothing) else None


def _end_of_repos(top: yaml.Node | None, text: str) -> tuple[int, str] | None:
    """The offset after the last entry of ``repos``, and the indentation of entries."""
    repos = _repos(top)
    if not isinstance(repos, yaml.SequenceNode) or repos.flow_style or not repos.value:
        return None
    last: yaml.Node = repos
    while isinstance(last, yaml.CollectionNode) and last.value and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    at, indent = last.end_mark.index, " " * repos.start_mark.column
    if last.end_mark.column == 0:  # after a block of text, which ends where the next line starts
        return at, indent
    end = text.find("\n", at)
    return (len(text) if end < 0 else end + 1), indent


def _indented(entry: str, indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in entry.split("\n")[:-1])


def scalar(text: str) -> str:
    """*text* as a scalar of YAML, in quotes where it could be read as anything else."""
    if _PLAIN.fullmatch(text) and yaml.safe_load(f"[{text}]") == [text]:
        return text
    return json.dumps(text)


# The actions that our own workflows use, as these name them: by commit, since a tag may be moved.
_CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
_SETUP_PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0"


def workflow(branch: str, requirement: str) -> str:
    """A GitHub workflow that checks pushes to *branch* and pull requests.

    Pip installs notelint by *requirement*.
    """
    literal = re.sub(r"(?=[+?*!\[\]\\])", r"\\", branch)  # a pattern there
    return f"""\
name: notelint

on:
  push:
    branches: [{scalar(literal)}]
  pull_request:

permissions:
  contents: read

jobs:
  notelint:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: {_CHECKOUT}
        with:
          persist-credentials: false
      - uses: {_SETUP_PYTHON}
        with:
          python-version: "3.x"
      - name: Install notelint
        run: python -I -m pip install --disable-pip-version-check {shlex.quote(requirement)}
      - name: Check the notes
        run: notelint check --output-format github
"""
