"""YAML of notes and configurations, which may be anybody's: what is read of it."""

from __future__ import annotations

import pytest
import yaml

from notelint.text.yaml_limits import within_limits


@pytest.mark.parametrize(
    ("text", "within"),
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
def test_what_is_read(text: str, within: bool) -> None:
    assert within_limits(text, 2000) == within


def test_what_is_no_yaml_is_told() -> None:
    with pytest.raises(yaml.YAMLError):
        within_limits("a: [", 2000)
