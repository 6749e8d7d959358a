"""PyYAML as it is read here, compared with PyYAML as it is."""

from __future__ import annotations

import sys

import pytest
import yaml

from notelint.text.yaml_loader import Loader

CHARACTERS = [*range(0x3100), *range(0xD7F0, 0xE010), *range(0xFDC0, 0x10010), 0x1F600, 0xE0001]


def refused(loader: type[yaml.SafeLoader], text: str) -> bool:
    try:
        loader(text)
    except yaml.reader.ReaderError:
        return True
    return False


def test_the_same_characters_are_refused() -> None:
    texts = (f"a: {chr(each)}\n" for each in (*CHARACTERS, sys.maxunicode))
    assert [each for each in texts if refused(Loader, each) != refused(yaml.SafeLoader, each)] == []


@pytest.mark.parametrize(
    "text",
    [
        "a: yes\nb: 1_0\nc: 0x1f\nd: .inf\n",
        "a: 2001-12-14T21:59:43Z\nb: 2002-12-14\n",
        "- ~\n- 0b1\n",
    ],
)
def test_the_same_values_are_read(text: str) -> None:
    assert yaml.load(text, Loader) == yaml.load(text, yaml.SafeLoader)
