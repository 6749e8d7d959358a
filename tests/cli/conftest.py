"""What tests of ``notelint init`` share: notelint, installed from somewhere."""

from __future__ import annotations

import pytest

from installation import URL, Checkout, Installation, from_git


@pytest.fixture(scope="session")
def from_url(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """notelint as ``pip install git+https://…`` leaves it."""
    return Installation(tmp_path_factory.mktemp("installed"), from_git(URL))


@pytest.fixture
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """notelint as ``pip install FOLDER`` leaves it."""
    return Checkout(tmp_path_factory.mktemp("checkout"))
