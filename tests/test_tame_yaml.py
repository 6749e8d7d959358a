"""YAML of notes and configurations, which may be anybody's: what is read of it."""

from __future__ import annotations

import pytest
import yaml

from notelint.text.tame_yaml import is_tame


@pytest.mark.parametrize(
    ("text", "tame"),
    [
        ("", True),
        ("a: [b, {c: d}]\n", True),
        ("a: &a b\nc: *a\n", True),
        ("- &a b\n" + "- *a\n" * 30, True),
        ("- &a b\n" + "- *a\n" * 31, False),
        ("x" * 2000, True),
        ("x" * 2001, False),
        (f"'{'[' * 500}{'{' * 500}'", True),
        (f"'{'[' * 500}{'{' * 501}'", False),
        (f"'{'[' * 1001}'", False),
        (f"'{'{' * 1001}'", False),
        ("[" * 1001, False),
    ],
)
def test_what_is_read(text: str, tame: bool) -> None:
    assert is_tame(text, 2000) == tame


def test_what_is_no_yaml_is_told() -> None:
    with pytest.raises(yaml.YAMLError):
        is_tame("a: [", 2000)
