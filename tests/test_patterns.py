"""Every regular expression of the source takes time in proportion to its text, whatever that is."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import notelint
from notelint.workspace.sites import SITES
from pumping import slow

_MAKERS = ("late", "re.compile")
# What a text is looked through for with each of them.
_WAYS = {
    **{way: way for way in ("match", "fullmatch", "search", "finditer")},
    **dict.fromkeys(("findall", "split", "sub", "subn"), "finditer"),
}
_ALL = frozenset(_WAYS.values())


class _Module(NamedTuple):
    name: str
    names: dict[str, Any]
    tree: ast.Module


class Made(NamedTuple):
    """An expression where it is made, and how it is used."""

    where: str
    pattern: str | bytes
    flags: int
    ways: frozenset[str]


@cache
def _modules() -> list[_Module]:
    found = []
    for info in pkgutil.walk_packages(notelint.__path__, "notelint."):
        if not info.name.endswith("__main__"):
            module = importlib.import_module(info.name)
            tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
            found.append(_Module(info.name, vars(module), tree))
    return found


@cache
def _uses() -> dict[tuple[str, str], set[str]]:
    """How the expression of a name is used, by module and name; a public one by its name alone."""
    uses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module in _modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr in _WAYS:
                name = ast.unparse(node.value).rpartition(".")[2]
                uses[_place(module.name, name)].add(_WAYS[node.attr])
    return uses


def _place(module: str, name: str) -> tuple[str, str]:
    return (module if name.startswith("_") else "", name)


def _made() -> Iterator[Made]:
    for module in _modules():
        named = {
            id(node.value): ast.unparse(target)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
        }
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            maker = ast.unparse(node.func)
            own = _WAYS.get(maker.removeprefix("re.")) if maker.startswith("re.") else None
            if maker not in _MAKERS and own is None:
                continue
            uses = _uses().get(_place(module.name, named.get(id(node), "?")))
            pattern = _value(node.args[0], module.names)
            if pattern is not None:
                ways = frozenset({own} if own else uses or _ALL)
                yield Made(f"{module.name}:{node.lineno}", pattern, _flags(node, module), ways)
    for site in SITES:  # the expressions that come as data
        for pattern in filter(None, (site.caseless, *(each for each, _ in site.rewrites))):
            ways = frozenset({"match", "fullmatch"})
            yield Made(f"{site.hosts}", pattern, re.IGNORECASE | re.DOTALL, ways)


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    """What an expression comes to; what is put into it at run time may be a number or a text."""
    if isinstance(node, ast.JoinedStr):
        node = ast.JoinedStr([_known(each, names) for each in node.values])
    try:
        return _evaluated(node, names)
    except NameError:
        return None  # it comes as data


def _known(node: ast.expr, names: dict[str, Any]) -> ast.expr:
    try:
        if isinstance(node, ast.FormattedValue):
            _evaluated(node.value, names)
    except NameError:
        return ast.Constant("3")
    return node


def _evaluated(node: ast.expr, names: dict[str, Any]) -> Any:
    whole = ast.fix_missing_locations(ast.Expression(node))
    return eval(compile(whole, "a pattern", "eval"), names)


def _flags(node: ast.Call, module: _Module) -> int:
    maker = ast.unparse(node.func)
    given = [each.value for each in node.keywords if each.arg == "flags"]
    if maker in _MAKERS or maker in ("re.match", "re.fullmatch", "re.search", "re.findall"):
        given += node.args[1 if maker in _MAKERS else 2 :]
    return int(_evaluated(given[0], module.names)) if given else 0


ALL = [*dict.fromkeys(_made())]


@pytest.mark.parametrize("made", ALL, ids=[each.where for each in ALL])
def test_time_in_proportion(made: Made) -> None:
    assert slow(re.compile(made.pattern, made.flags), made.ways) is None


def test_every_expression_is_found() -> None:
    known = {each.pattern for each in ALL}
    for module in _modules():
        for value in module.names.values():
            if isinstance(value, re.Pattern) or type(value).__name__ == "_Late":
                assert value.pattern in known


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"<(?P<name>[a-z][a-z0-9-]*)(?P<rest>(?:[^<>'\"]|'[^']*')*)>", "finditer"),
        (r"[ \t]*-[ \t]+(.*?)[ \t]*", "fullmatch"),
        (r"<!--.*?-->", "finditer"),
        (r"(?:a|aa)+c", "match"),
        (r"(?:x+)+y", "match"),
        (r"\s*\n", "search"),
        (rb"a*b?a*c", "match"),
    ],
)
def test_slow_ones_are_found(pattern: str | bytes, way: str) -> None:
    assert slow(re.compile(pattern), [way])
