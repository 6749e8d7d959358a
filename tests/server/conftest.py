"""A server in a process of its own, for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from server.talker import Talker

Start = Callable[..., Talker]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a server for a folder of the test."""
    with ExitStack() as stack:

        def begin(root: Path | None = tmp_path, *given: Any, **more: Any) -> Talker:
            return stack.enter_context(Talker(root, *given, **more))

        yield begin


@pytest.fixture
def note(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a note of the test."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
        return path

    return write
