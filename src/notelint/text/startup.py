"""Replacements of `re.compile` and `typing.NamedTuple` that make start-up faster.

:func:`lazy_regex` compiles an expression at its first use: to compile all takes as long as to parse
many notes, and most notes need few of them. :func:`compiled_late` does so in other packages.

:class:`NamedTuple` creates a class in a tenth of the time: :mod:`typing` compiles code for each of
its classes, and its import alone takes a tenth of a run in which nothing changed. Annotations must
be strings, as they are in all modules of notelint (`from __future__ import annotations`).
"""

from __future__ import annotations

import re
import sys

_METHODS = ("finditer", "findall", "fullmatch", "match", "search", "split", "sub")


class _LazyRegex:
    """A stand-in for a compiled expression that takes over its methods at first use."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        vars(self).update({each: getattr(compiled, each) for each in _METHODS})
        return getattr(compiled, name)


class compiled_late:  # noqa: N801  (a context manager, used as a function)
    """While modules of *packages* are imported in it, ``re.compile`` is :func:`lazy_regex` to them.

    Of those of the parser, a note needs few: that is a tenth of a check of one small note.
    """

    def __init__(self, *packages: str) -> None:
        self._packages = packages

    def __enter__(self) -> None:
        self._compile = re.compile
        re.compile = self._late

    def __exit__(self, *raised: object) -> None:
        re.compile = self._compile

    def _late(self, pattern: Any, flags: int = 0) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__", "").partition(".")[0]
        return (lazy_regex if caller in self._packages else self._compile)(pattern, flags)


TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as NamedTuple

    def lazy_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
        """``re.compile`` of *pattern* at its first use; that is also when an error is raised."""
else:
    lazy_regex = _LazyRegex

    from _collections import _tuplegetter as _field  # as `collections` has it

    _new = tuple.__new__

    def _about(doc: str) -> dict[str, str]:
        """The texts on fields in the docstring *doc*, in lines that begin with ``- name: ``.

        Python 3.13 takes the indent away.
        """
        lines = doc.replace("\n    - ``", "\n- ``")
        items = (each.partition("``: ") for each in lines.split("\n- ``")[1:])
        return {name: " ".join(text.partition("\n\n")[0].split()) for name, _, text in items}

    class _Fields(type):
        """Makes tuple classes with an attribute for each annotated name."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            body["_field_defaults"] = {each: body[each] for each in fields if each in body}
            about = _about(body.get("__doc__") or "")
            body.update((each, _field(at, about.get(each))) for at, each in enumerate(fields))
            body.update(_fields=fields, __match_args__=fields, _count=len(fields), __slots__=())
            # the defaults that complete a tuple, by the number of items given
            last = tuple(body["_field_defaults"].values())
            body["_ends"] = {len(fields) - n: last[len(last) - n :] for n in range(len(last) + 1)}
            return super().__new__(cls, name, bases, body)

        @property
        def __signature__(cls: Any) -> Any:
            """The signature that ``inspect.signature`` and ``help`` show."""
            from inspect import Parameter, Signature

            kind, empty = Parameter.POSITIONAL_OR_KEYWORD, Parameter.empty
            types, defaults = cls.__annotations__, cls._field_defaults
            return Signature(
                [
                    Parameter(each, kind, default=defaults.get(each, empty), annotation=types[each])
                    for each in cls._fields
                ]
            )

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
        """Like :class:`typing.NamedTuple`, but made without compiling code."""

        def __new__(cls, *items: Any, **named: Any) -> NamedTuple:
            if named:
                items = _completed(cls, items, named)
            elif len(items) != cls._count:
                end = cls._ends.get(len(items))
                items = _completed(cls, items, named) if end is None else items + end
            return _new(cls, items)

        _make = classmethod(_new)

        def _replace(self, **named: Any) -> NamedTuple:
            """A copy with the *named* items replaced."""
            items = [named.pop(each, old) for each, old in zip(self._fields, self, strict=True)]
            if named:
                raise TypeError(f"{type(self).__name__} has no {', '.join(named)}")
            return self._make(items)

        def _asdict(self) -> dict[str, Any]:
            """The items by name."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            items = (f"{name}={item!r}" for name, item in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({', '.join(items)})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)
