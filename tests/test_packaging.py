"""What packages need beside the wheel: the schema, the plugin of MegaLinter, the site."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from conftest import Run, Write
from installation import Installation
from notelint import __version__
from notelint.rules import CATALOG

ROOT = Path(__file__).parent.parent
PLUGIN = ROOT / ".ci" / "packaging" / "mega-linter-plugin-notelint"
SITE = "https://docs.example.org/notelint"


@pytest.fixture
def linter() -> Any:
    """What MegaLinter is told of notelint."""
    [file] = PLUGIN.glob("*.megalinter-descriptor.yml")
    [found] = yaml.safe_load(file.read_text("utf-8"))["linters"]
    return found


def test_megalinter_counts_the_problems(
    linter: Any, notelint: Run, write: Write, tmp_path: Path
) -> None:
    write("a.md", "# A\n\n![]()\n\n[x](b.md) [y](c.md): see note 1:2: error: nothing.\n")
    more = [each.replace("{{SARIF_OUTPUT_FILE}}", "out.sarif") for each in linter["cli_sarif_args"]]
    ran = notelint(*linter["cli_lint_extra_args"], *more, "a.md")
    assert len(re.findall(linter["cli_lint_errors_regex"], ran.out)) == 3, ran.out
    [run] = json.loads((tmp_path / "out.sarif").read_text("utf-8"))["runs"]
    assert len(run["results"]) == 3
    notelint(*linter["cli_lint_extra_args"], linter["cli_lint_fix_arg_name"], "a.md")
    assert "![]()" not in (tmp_path / "a.md").read_text("utf-8")
    assert notelint(linter["cli_version_arg_name"]).status == 0


def test_megalinter_installs_this_version(linter: Any) -> None:
    [run] = linter["install"]["dockerfile"]
    assert run.startswith("RUN ")  # the only instruction that a plugin may have
    assert run.endswith(f" notelint=={__version__}")


def test_the_schema_is_one() -> None:
    schema = ROOT / "docs" / "settings.schema.json"
    call = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", str(schema)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(find_spec("zensical") is None, reason="needs the extra docs")
def test_every_help_uri_is_a_page_of_the_site(tmp_path: Path) -> None:
    call = [sys.executable, str(ROOT / ".ci" / "site.py")]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    installed = Installation(tmp_path, urls={"Documentation": SITE})
    (tmp_path / "a.md").write_text("# A\n\n![]() [x](b.md) [y]() [z](#z)\n", "utf-8")
    listed = json.loads(installed.run(tmp_path, "rules", "--output-format", "json").out)["rules"]
    out = installed.run(tmp_path, "check", "--output-format", "sarif", "a.md").out
    [run] = json.loads(out)["runs"]
    uris = {rule["helpUri"] for rule in run["tool"]["driver"]["rules"]}
    assert uris
    addresses = {rule["url"] for rule in listed}
    assert len(addresses) == len(CATALOG)
    assert uris <= addresses
    for address in addresses:
        assert address.startswith(f"{SITE}/")
        page = urlsplit(address.removeprefix(f"{SITE}/")).path
        assert (ROOT / "site" / page / "index.html").is_file(), address
