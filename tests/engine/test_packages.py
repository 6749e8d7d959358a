"""What a cached result depends on of the packages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notelint.engine.packages import program


def test_a_package_is_known_by_its_record_or_else_by_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about, file = tmp_path / "Some_Name-1.0.dist-info", tmp_path / "some" / "__init__.py"
    for each in (about, file.parent):
        each.mkdir()
    file.touch()
    monkeypatch.syspath_prepend(tmp_path)
    (bare,) = program([("some", "some-name")])[2:-1]
    assert bare == (str(file), file.stat().st_mtime_ns)  # packages of Debian have no record
    (about / "RECORD").write_text("some/__init__.py,sha256=x,0\n")
    (recorded,) = program([("some", "some-name")])[2:-1]
    os.utime(file, (0, 0))
    assert program([("some", "some-name")])[2:-1] == (recorded,)
    (about / "RECORD").write_text("some/__init__.py,sha256=y,0\n")
    assert program([("some", "some-name")])[2:-1] != (recorded,)
