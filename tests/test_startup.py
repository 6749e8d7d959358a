"""Our named tuples, compared with those of the standard library."""

from __future__ import annotations

import copy
import pickle
from typing import Any, NamedTuple

import pytest

from notelint.text import startup


class Theirs(NamedTuple):
    """A point, perhaps with a name."""

    x: int
    y: int = 0
    name: str | None = None

    @property
    def shown(self) -> str:
        return f"{self.name}: {self.x}, {self.y}"


class Ours(startup.NamedTuple):
    """A point, perhaps with a name."""

    x: int
    y: int = 0
    name: str | None = None

    @property
    def shown(self) -> str:
        return f"{self.name}: {self.x}, {self.y}"


CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, 2), {}),
    ((1, 2, "a"), {}),
    ((1,), {"name": "a"}),
    ((), {"name": "a", "x": 1}),
    ((), {"name": None, "y": 2, "x": 1}),
]


@pytest.mark.parametrize(("items", "given"), CALLS)
def test_made_by_position_and_by_name(items: tuple[Any, ...], given: dict[str, Any]) -> None:
    ours, theirs = Ours(*items, **given), Theirs(*items, **given)
    assert tuple(ours) == tuple(theirs)
    assert (ours.x, ours.y, ours.name) == (theirs.x, theirs.y, theirs.name)
    assert ours.shown == theirs.shown
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert hash(ours) == hash(theirs)
    assert ours == Ours(*theirs) == Ours._make(theirs)


WRONG: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    ((), {"y": 1}),
    ((1, 2, "a", 4), {}),
    ((1,), {"x": 1}),
    ((1,), {"z": 1}),
    ((1, 2, "a"), {"z": 1}),
]


@pytest.mark.parametrize(("items", "given"), WRONG)
def test_what_cannot_be_made(items: tuple[Any, ...], given: dict[str, Any]) -> None:
    for made in (Ours, Theirs):
        with pytest.raises(TypeError):
            made(*items, **given)


def test_as_it_was_but_for_some_items() -> None:
    point = Ours(1, name="a")
    assert point._replace(y=2) == Ours(1, 2, "a")
    assert type(point._replace(y=2)) is Ours
    wrong: dict[str, Any] = {"z": 2}
    with pytest.raises(TypeError, match="z"):
        point._replace(**wrong)


def test_it_goes_to_other_processes() -> None:
    point = Ours(1, name="a")
    for each in (pickle.loads(pickle.dumps(point)), copy.deepcopy(point)):
        assert each == point
        assert type(each) is Ours


def test_it_takes_no_more_room_and_nothing_is_put_in() -> None:
    assert not hasattr(Ours(1), "__dict__")
    assert Ours(1).__sizeof__() == Theirs(1).__sizeof__()
    unchecked: Any = Ours(1)
    with pytest.raises(AttributeError):
        unchecked.x = 2


def test_its_class_tells_its_fields() -> None:
    assert Ours._fields == Theirs._fields
    assert Ours._field_defaults == Theirs._field_defaults
    assert Ours.__doc__ == Theirs.__doc__
