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
