"""Every key of the configuration is explained, and each example is one that works."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, Write, config_in
from notelint.config.config_files import load
from notelint.config.describe import all_keys, describe
from notelint.config.schema import schema
from notelint.config.strict_toml import parse
from notelint.config.validate import with_checked_options

ROOT = Path(__file__).parents[2]


def value_of(key: str) -> dict[str, Any]:
    """The schema of *key*."""
    found = schema()
    for part in key.split("."):
        found = found.get("items", found)["properties"][part]
    return found


@pytest.mark.parametrize("key", [each for each in all_keys() if not each.startswith("per-file.")])
def test_a_key(write: Write, tmp_path: Path, key: str) -> None:
    value, page = value_of(key), describe(key)
    assert value["description"]
    assert page.startswith(f"{key}\n{'=' * len(key)}\n\n")
    if key.startswith("rules.") and key.count(".") == 1:
        assert "Keys:" in page or "Takes no options." in page
        return
    assert len(value["examples"]) == 1
    _, toml = page.split("In pyproject.toml:\n\n")
    toml, yaml = map(textwrap.dedent, toml.split("In .notelint.yaml:\n\n"))
    made = []
    for name, text in (("x.toml", toml), ("x.yaml", yaml)):
        made.append(with_checked_options(load(str(write(name, text)))))
    assert made[0]._replace(file=None, keys=()) == made[1]._replace(file=None, keys=())
    assert made[0] != config_in(tmp_path)


def test_keys_by_other_names(notelint: Run) -> None:
    page = notelint("config", "toc.bullet").out
    assert page == notelint("config", "tool.notelint.toc.bullet").out == describe("toc.bullet")
    for wrong, cure in (
        ("selct", "did you mean `select`?"),
        ("toc.bulet", "did you mean `toc.bullet`?"),
        ("links.sites.host", "did you mean `links.sites.hosts`?"),
        ("rules.duplicate-lnk", "did you mean `rules.duplicate-link`?"),
        ("", "`notelint config` prints all keys"),
    ):
        ran = notelint("config", wrong)
        assert (ran.status, ran.out) == (2, "")
        assert cure in ran.err


def validate(write: Write, data: object) -> int:
    """The exit status of check-jsonschema for *data* and the schema that is shipped."""
    file = write("given.json", json.dumps(data))
    stored = ROOT / "src" / "notelint" / "config" / "schema.json"
    call = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(stored), str(file)]
    return subprocess.run(call, capture_output=True, check=False).returncode


def test_the_schema_takes_the_configuration_of_this_project(write: Write) -> None:
    own = parse((ROOT / "pyproject.toml").read_bytes(), "")["tool"]["notelint"]
    assert validate(write, own) == 0
    assert validate(write, {**own, "selct": []}) == 1


def test_the_schema_takes_every_example(write: Write) -> None:
    keys = [each for each in all_keys() if "." not in each]
    assert validate(write, {each: value_of(each)["examples"][0] for each in keys}) == 0
    for wrong in ({"severity": {"toc": "off"}}, {"fail-on": "errors"}, {"include": ".mdx"}):
        assert validate(write, wrong) == 1
