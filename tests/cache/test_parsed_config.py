"""What a configuration file holds is kept, and never trusted further than that it is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Git, Run, Write, cached


@pytest.fixture
def kept(notelint: Run, write: Write, git: Git, tmp_path: Path) -> Path:
    """What is kept of a configuration without the rule that the only note breaks."""
    git("init")
    write("a.md", "# A\n\n![]()\n")
    write(".notelint.yaml", "ignore: [empty-image]\n")
    assert notelint("check").status == 0
    (found,) = cached("configuration")
    return found


def test_another_configuration(notelint: Run, write: Write, kept: Path) -> None:
    for ignored, status in (("toc", 1), ("images", 0), ("links", 1), ("empty-image", 0)):
        write(".notelint.yaml", f"ignore: [{ignored}]\n")
        for _ in range(2):
            assert notelint("check").status == status
        assert ignored in kept.read_text()


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:-1],
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("empty-image", "empty-links"),
        lambda text: text.replace("\n", ""),
        lambda text: text + "\ud800",
        lambda text: text + "[" * 100_000,
    ],
)
def test_damage(notelint: Run, kept: Path, damage: Callable[[str], str]) -> None:
    whole = kept.read_text()
    kept.write_bytes(damage(whole).encode("utf-8", "surrogatepass"))
    assert notelint("check").status == 0
    assert kept.read_text() == whole


def test_one_that_came_with_a_repository(notelint: Run, write: Write, kept: Path) -> None:
    write(".notelint.yaml", "ignore: [toc]\n")
    kept.write_text('0123456789abcdef0123456789abcdef\n{"ignore": ["all"]}')
    assert notelint("check").status == 1
    kept.unlink()
    kept.mkdir()
    assert notelint("check").status == 1


def test_a_link_is_not_followed(notelint: Run, write: Write, kept: Path, tmp_path: Path) -> None:
    kept.unlink()
    kept.symlink_to(tmp_path / "elsewhere")
    assert notelint("check").status == 0
    assert not (tmp_path / "elsewhere").exists()


def test_the_same_bytes_as_something_else(notelint: Run, write: Write, kept: Path) -> None:
    text = "[tool.notelint]\n"
    write(".notelint.yaml", text)
    write("other.toml", text)
    for _ in range(2):
        assert notelint("check", "--config", "other.toml").status == 1
        assert "must be a table" in notelint("check").err


def test_what_json_does_not_tell(notelint: Run, write: Write, kept: Path) -> None:
    for text, problem in (
        ("ignore: [2024-01-31]\n", "a date"),
        ("{1: 2}\n", "must have strings as keys"),
        ("ignore: [.nan]\n", "must be a string, not a number"),
    ):
        write(".notelint.yaml", text)
        kept.unlink(missing_ok=True)
        for _ in range(2):
            assert problem in notelint("check").err
        assert not kept.exists()


def test_none_where_none_is_wanted(notelint: Run, write: Write, kept: Path) -> None:
    before = kept.read_text()
    write(".notelint.yaml", "ignore: [images]\n")
    assert notelint("check", "--no-cache").status == 0
    assert notelint("toc", "--no-cache").status == 0
    assert kept.read_text() == before


def test_none_beside_a_cache_of_the_users_choice(
    notelint: Run, write: Write, git: Git, tmp_path: Path
) -> None:
    git("init")
    write("a.md", "# A\n\nText.\n")
    write(".notelint.yaml", "cache-dir: kept\n")
    assert notelint("check").status == 0
    assert {each.name for each in tmp_path.iterdir()} == {".git", "a.md", ".notelint.yaml", "kept"}


def test_a_table_of_toml(notelint: Run, write: Write, kept: Path, tmp_path: Path) -> None:
    (tmp_path / ".notelint.yaml").unlink()
    for ignored, status in (("toc", 1), ("images", 0)):
        write("pyproject.toml", f'[tool.notelint]\nignore = ["{ignored}"]\n[x]\ny = 1\n')
        for _ in range(2):
            assert notelint("check").status == status
        (of_toml,) = {*cached("configuration")} - {kept}
        assert of_toml.read_text().endswith(f'{{"ignore": ["{ignored}"]}}')
