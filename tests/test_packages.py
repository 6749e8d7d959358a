"""The packages that results depend on, as they are installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from notelint.engine import packages


def test_a_distribution_without_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "apart").mkdir(parents=True)
    (tmp_path / "a" / "apart" / "__init__.py").write_text("")
    (tmp_path / "a" / "apart-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path / "a"))
    before = packages.program([("apart", "apart")])
    assert str(tmp_path / "a" / "apart" / "__init__.py") in repr(before)
    (tmp_path / "a" / "apart-1.0.dist-info" / "RECORD").write_text("apart/__init__.py,,\n")
    assert packages.program([("apart", "apart")]) != before
