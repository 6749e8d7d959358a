"""The two ways to parse, for tests of what both of them yield."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from notelint.markdown import fast


@pytest.fixture(params=["fast", "plain"], scope="module")
def each_parser(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the tests of a module with the fast path, then with the plain parser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(fast.SWITCH, str(int(request.param == "plain")))
        yield
