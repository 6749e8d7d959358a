"""Mutants: the code with one thing in it changed, and the tests that might notice.

Wants cosmic-ray for its operators, and coverage; see `tests/benchmarks/mutate.py`.
"""

from __future__ import annotations

import ast
import json
import random
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

LEFT_OUT = "Variable"  # operators that want a name to put in
Place = tuple[int, int]


class Mutant(NamedTuple):
    """One change, at a line; ``group`` is what might be changed there, such as a comparison."""

    path: Path
    line: int
    column: int
    group: str
    operator: str
    occurrence: int

    def text(self) -> str:
        """The module with the change in it."""
        operator = import_module("cosmic_ray.plugins").get_operator(self.operator)()
        mutate = import_module("cosmic_ray.mutating").mutate_code
        return mutate(self.path.read_text("utf-8"), operator, self.occurrence) or ""

    def shown(self) -> str:
        """Where it is, and what the line becomes."""
        pairs = zip(self.path.read_text("utf-8").split("\n"), self.text().split("\n"), strict=False)
        old, new = next((one.strip(), two.strip()) for one, two in pairs if one != two)
        return f"{self.path.parent.name}/{self.path.name}:{self.line} {old} -> {new}"


def sample(paths: list[Path], most: int, chance: random.Random) -> list[Mutant]:
    """At most *most* mutants that compile, one a place, spread over all of *paths*."""
    places: dict[tuple[Path, int, int, str], list[Mutant]] = {}
    for path in paths:
        for mutant in _mutants(path):
            places.setdefault(mutant[:4], []).append(mutant)
    left = sorted(places, key=lambda place: (place[0], chance.random()))
    step = max(1.0, len(left) / most)
    ready = []
    for place in (left[int(number * step)] for number in range(min(most, len(left)))):
        variants = chance.sample(places[place], len(places[place]))
        ready += [each for each in variants if _compiles(each.text())][:1]
    return ready


def _mutants(path: Path) -> Iterator[Mutant]:
    plugins, trees = import_module("cosmic_ray.plugins"), import_module("cosmic_ray.ast")
    text = path.read_text("utf-8")
    types = list(_types(ast.parse(text)))
    nodes = list(trees.ast_nodes(trees.get_ast(text)))
    for name in plugins.operator_names():
        group = name.partition("/")[2].partition("_")[0]
        if group.startswith(LEFT_OUT):
            continue
        operator = plugins.get_operator(name)()
        found = ((node, *each) for node in nodes for each in operator.mutation_positions(node))
        for count, (node, (line, column), _) in enumerate(found):
            marker = node.parent is not None and node.parent.type == "parameters"  # the `*` there
            if not marker and not any(first <= (line, column) < end for first, end in types):
                yield Mutant(path, line, column, group, name, count)


def _types(tree: ast.AST) -> Iterator[tuple[Place, Place]]:
    """Where annotations are, and what only type checkers read: nothing runs them."""
    for node in ast.walk(tree):
        found = [getattr(node, name, None) for name in ("annotation", "returns")]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            found += [node.test, *node.body]
        for each in found:
            if isinstance(each, (ast.expr, ast.stmt)):
                end = each.end_lineno or 0, each.end_col_offset or 0
                yield (each.lineno, each.col_offset), end


def _compiles(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


class _Told:
    """What pytest is told: the tests to run, in order, or to note what each takes and runs."""

    def __init__(self, wanted: list[str] | None, coverage: Any = None) -> None:
        self.wanted = wanted
        self.coverage = coverage
        self.seconds: dict[str, float] = {}

    def pytest_configure(self) -> None:
        """Have Hypothesis look for failures alone: the same ones each time, however large."""
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", derandomize=True, database=None, phases=phases)
        settings.load_profile("mutants")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the tests that are wanted, in their order."""
        if self.wanted is not None:
            known = {item.nodeid: item for item in items}
            items[:] = [known[name] for name in self.wanted if name in known]

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """What runs from now on is for this test."""
        if self.coverage:
            self.coverage.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how long it took."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration


def run_tests(work: Path, wanted: Path | None = None) -> int:
    """Run the tests that *wanted* names; without it all, and record in *work* what they run."""
    options = ["--tb=no", "-p", "no:cacheprovider"]
    if wanted:
        names = wanted.read_text("utf-8").split("\n")
        files = sorted({name.partition("::")[0] for name in names})
        return int(pytest.main(["-x", *options, *files], plugins=[_Told(names)]))
    coverage = import_module("coverage").Coverage(work / "coverage", source=[str(work / "src")])
    told = _Told(None, coverage)
    coverage.start()
    status = pytest.main([*options, "tests"], plugins=[told])
    coverage.stop()
    coverage.save()
    (work / "seconds.json").write_text(json.dumps(told.seconds), "utf-8")
    return int(status)


def concerned(mutant: Mutant, work: Path) -> dict[str, float]:
    """The tests that run the statement of *mutant* with the seconds they take, quick ones first.

    Where it runs but once, as the module is imported or a parser is made, those that run anything
    of the module.
    """
    data = import_module("coverage").CoverageData(work / "coverage")
    data.read()
    tests: dict[int, list[str]] = data.contexts_by_lineno(str(mutant.path))
    inside = _statement(ast.parse(mutant.path.read_text("utf-8")), mutant.line)
    seconds: dict[str, float] = json.loads((work / "seconds.json").read_text("utf-8"))
    names = {name for line in inside or () for name in tests.get(line, ())} & seconds.keys()
    if len(names) < 2:
        names = {name for line in tests for name in tests[line]} & seconds.keys()
    return {name: seconds[name] for name in sorted(names, key=seconds.__getitem__)}


def _statement(tree: ast.AST, line: int) -> range | None:
    """The lines of the innermost statement around *line*; None outside functions."""
    inside = None
    for function in ast.walk(tree):
        for node in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
            if isinstance(node, ast.stmt) and node is not function:
                body = getattr(node, "body", None)
                last = body[0].lineno - 1 if body else node.end_lineno or 0
                lines = range(node.lineno, max(last, node.lineno) + 1)
                inside = lines if line in lines else inside
    return inside
