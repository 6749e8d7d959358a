from __future__ import annotations

from collections.abc import Iterator

import pytest

from notelint.online.online_settings import OnlineSettings
from online.web import Web


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as server:
        yield server


@pytest.fixture
def local() -> OnlineSettings:
    """Settings for a server on this machine: quick, and private addresses allowed."""
    return OnlineSettings(allow_private=True, spacing=0.0, timeout=5.0)
