"""Named tuples whose classes are made in a tenth of the time.

:mod:`typing` compiles code for each of its own, and to load it alone takes a tenth of a run that
finds nothing changed. Annotations must be strings, as they are in every module of ours.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as NamedTuple
else:
    try:
        from _collections import _tuplegetter as _field  # as `collections` has it
    except ImportError:
        from operator import itemgetter

        def _field(number: int, doc: None) -> property:
            return property(itemgetter(number), doc=doc)

    _new = tuple.__new__

    class _Fields(type):
        """Makes tuples of which an item can be had under each name annotated in the class."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            body["_field_defaults"] = {each: body[each] for each in fields if each in body}
            body.update((each, _field(number, None)) for number, each in enumerate(fields))
            body.update(_fields=fields, _count=len(fields), __slots__=())
            # what completes the first items of a tuple, by their number
            last = tuple(body["_field_defaults"].values())
            body["_ends"] = {len(fields) - n: last[len(last) - n :] for n in range(len(last) + 1)}
            return super().__new__(cls, name, bases, body)

    def _completed(cls: Any, items: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """All items of a tuple of the class *cls*."""
        given = {**cls._field_defaults, **named}
        try:
            rest = tuple(map(given.pop, cls._fields[len(items) :]))
        except KeyError as missing:
            raise TypeError(f"{cls.__name__} needs {missing}") from None
        if len(items) > cls._count or (given and any(each in named for each in given)):
            raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}")
        return items + rest

    class NamedTuple(tuple, metaclass=_Fields):
        """As :class:`typing.NamedTuple`, but made as a class is that has no code of its own."""

        def __new__(cls, *items: Any, **named: Any) -> NamedTuple:
            if named:
                items = _completed(cls, items, named)
            elif len(items) != cls._count:
                end = cls._ends.get(len(items))
                items = _completed(cls, items, named) if end is None else items + end
            return _new(cls, items)

        _make = classmethod(_new)

        def _replace(self, **named: Any) -> NamedTuple:
            """The same with other items where *named*."""
            items = [named.pop(each, old) for each, old in zip(self._fields, self, strict=True)]
            if named:
                raise TypeError(f"{type(self).__name__} has no {', '.join(named)}")
            return self._make(items)

        def __repr__(self) -> str:
            items = (f"{name}={item!r}" for name, item in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({', '.join(items)})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)
