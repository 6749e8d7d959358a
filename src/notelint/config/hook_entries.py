"""What other tools' files get, so that notelint runs where notes change."""

from __future__ import annotations

import yaml

from notelint import __version__
from notelint.text.limits import yaml_within_limits

PRE_COMMIT = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/notelint.yml"
_MAX_WAYS = 100_000  # characters of the one for pre-commit; who has more can add an entry by hand

_HOOK = f"""\
- repo: local
  hooks:
    - id: notelint-fix
      name: notelint
      entry: notelint fix
      language: python
      additional_dependencies: ["notelint=={__version__}"]
      types: [markdown]
      require_serial: true
"""


def workflow(branch: str) -> str:
    """A workflow of GitHub that checks what is pushed to *branch*, and pull requests."""
    return f"""\
name: notelint

on:
  push:
    branches: [{_quoted(branch)}]
  pull_request:

permissions:
  contents: read

jobs:
  notelint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.x"
      - run: python -I -m pip install "notelint=={__version__}"
      - run: notelint check --output-format github
"""


def _quoted(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() else f'"{name}"'


def with_hook(text: str | None) -> str | None:
    """The text of ``.pre-commit-config.yaml`` with the hook of notelint at the end of its list.

    None where the list can't be added to without touching anything else.
    """
    if text is None:
        return "repos:\n" + _indented("  ")
    try:
        if not yaml_within_limits(text, _MAX_WAYS):
            return None
        place = _end_of_repos(yaml.compose(text, yaml.SafeLoader), text)
        if place is None:
            return None
        at, indent = place
        head = text[:at]
        newline = "\r\n" if "\r\n" in text else "\n"
        if not head.endswith("\n"):
            head += newline
        after = head + _indented(indent).replace("\n", newline) + text[at:]
        old, new = yaml.safe_load(text), yaml.safe_load(after)
        hook = yaml.safe_load(_HOOK)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return after if {**old, "repos": [*old["repos"], *hook]} == new else None


def _end_of_repos(top: yaml.Node | None, text: str) -> tuple[int, str] | None:
    """The offset behind the last entry of ``repos``, and how entries are indented."""
    if not isinstance(top, yaml.MappingNode):
        return None
    repos = next((value for key, value in top.value if key.value == "repos"), None)
    if not isinstance(repos, yaml.SequenceNode) or repos.flow_style or not repos.value:
        return None
    last: yaml.Node = repos
    while isinstance(last, yaml.CollectionNode) and last.value and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    at, indent = last.end_mark.index, " " * repos.start_mark.column
    if last.end_mark.column == 0:  # behind a block of text, which ends where the next line starts
        return at, indent
    end = text.find("\n", at)
    return (len(text) if end < 0 else end + 1), indent


def _indented(indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in _HOOK.split("\n")[:-1])
