"""The rules that are on for each note, with their options."""

from __future__ import annotations

import os
from functools import cached_property, partial
from typing import Any

from notelint import rules
from notelint.config.config_files import settled_or_wrong
from notelint.config.configs import Configs
from notelint.config.location import ConfigError
from notelint.config.model import Config, Layer
from notelint.config.selection import chosen
from notelint.diagnostics import Severity
from notelint.engine.linter import Active, RuleSet
from notelint.engine.note_path import note_at
from notelint.workspace.note_kinds import kinds_of
from notelint.workspace.sites import SITES, Site

_COMPARES = "duplicate-entry"
_OF_TOC = frozenset({"toc-stale"})  # its options are those of `notelint toc`


class RuleSets:
    """What the configuration of each note, with *given* by the command line on top, turns on.

    Raises :class:`ConfigError` if every configuration has options that a rule does not take.
    """

    def __init__(self, configs: Configs, given: Layer | None = None) -> None:
        self._configs = configs
        self._given = given or Layer()
        self._settled: list[tuple[Config, Config | ConfigError]] = []
        self._rules: dict[int, _Rules] = {}
        for each in configs.known():
            self._settled.append((each, settled_or_wrong(each)))
        wrong = [each for _, each in self._settled if isinstance(each, ConfigError)]
        if len(wrong) == len(self._settled):
            raise wrong[0]

    def __getstate__(self) -> tuple[object, ...]:
        # for other processes: rules hold functions, and are found by name there
        return self._configs, self._given, self._settled

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._configs, self._given, self._settled = state
        self._rules = {}

    def __call__(self, note: str, root: str | None = None) -> RuleSet:
        """The rules that are on for the file at the absolute path *note* in the tree at *root*.

        The tree is found where it is not told; on another machine it cannot be. Raises
        :class:`ConfigError` where the configuration of the file is wrong.
        """
        config = self._configs.of(note)
        if id(config) not in self._rules:
            self._rules[id(config)] = _Rules(self._checked(config), self._given)
        return self._rules[id(config)](note, root)

    def _checked(self, config: Config) -> Config:
        found = next((settled for each, settled in self._settled if each is config), None)
        if found is None:
            found = settled_or_wrong(config)
            self._settled.append((config, found))  # which keeps it, so that its id stays
        if isinstance(found, ConfigError):
            raise found
        return found


class _Rules:
    """What the settled *config*, with *given* on top, turns on for each note."""

    def __init__(self, config: Config, given: Layer) -> None:
        self._config = config
        self._given = given
        self._made: dict[tuple[tuple[int, ...], frozenset[str]], RuleSet] = {}

    def __call__(self, note: str, root: str | None) -> RuleSet:
        """The rules that are on for the file at the absolute path *note* in the tree at *root*."""
        special, kinds = self._config.special(note), kinds_of(_inside(note, root))
        if (special, kinds) not in self._made:
            layer = self._config.layer(special, self._given)
            names = rules.judging(chosen(layer), kinds)
            make = partial(self._active, layer=layer)
            on = RuleSet(names, make, entries=self._entries, sites=self._sites)
            # a wrong option is told of at once, also where there is nothing for its rule
            on.named({*layer.rules, *(_OF_TOC if layer.toc else ())})
            self._made[special, kinds] = on
        return self._made[special, kinds]

    @cached_property
    def _entries(self) -> bool:
        layers = (self._given, self._config.base, *(each for _, each in self._config.per_file))
        return any(
            _COMPARES in chosen(Layer(each.select, extend_select=each.extend_select))
            for each in layers
        )

    @cached_property
    def _sites(self) -> tuple[Site, ...]:
        return (*SITES, *self._config.sites) if self._config.sites else SITES

    def _active(self, name: str, layer: Layer) -> Active:
        rule = rules.get(name)
        arguments: dict[str, Any] = dict(layer.rules.get(name, {}))
        if name in _OF_TOC:
            arguments = dict(layer.toc)
        elif "sites" in rule.options.__annotations__:
            arguments["sites"] = self._sites
        try:
            options = rule.options(**arguments)
        except ValueError as error:
            raise ConfigError(f"the options of `{name}` are not valid: {error}") from None
        effect = rule.effect.with_options(options) if rule.effect else None
        severity = Severity(layer.severity.get(name, rule.severity.value))
        if effect is not rule.effect or severity is not rule.severity:
            rule = rule._replace(effect=effect, severity=severity)
        return Active(rule, options)


def _inside(note: str, root: str | None) -> str:
    """The path of *note* in its tree; a text without a path has none."""
    if root is None:
        return note_at(note, os.getcwd()).path if note else ""
    return os.path.relpath(note, root).replace(os.sep, "/")
