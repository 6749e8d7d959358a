from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Ran
from online.web import Web

Run = Callable[..., Ran]
Write = Callable[..., Path]


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as server:
        yield server


@pytest.fixture
def links(notelint: Run) -> Run:
    """``notelint links`` as for a server on this machine, without a cache."""
    return lambda *given: notelint("links", "--allow-private", "--no-cache", *given)


def findings(ran: Ran) -> list[tuple[int, int, int, str]]:
    """Line, first and last column (exclusive) and rule of each finding of a JSON report."""
    return [
        (each["line"], each["column"], each["end_column"], each["rule"])
        for each in json.loads(ran.out)["findings"]
    ]
