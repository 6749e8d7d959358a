"""The rules that are on for each note, with their options."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property, partial
from typing import Any

import notelint.rules as rules
from notelint.config.configs import Configs
from notelint.config.errors import ConfigError
from notelint.config.model import Config, Layer
from notelint.config.selection import chosen
from notelint.diagnostics import Severity
from notelint.engine.linter import Active, RuleSet
from notelint.engine.note_path import NotePath
from notelint.workspace.note_kinds import kinds_of
from notelint.workspace.sites import SITES, Site


class RuleSets:
    """The rules that the configuration of each note turns on, with *cli_layer* on top.

    Raises :class:`ConfigError` if every configuration has options that a rule does not take.
    """

    def __init__(self, configs: Configs, cli_layer: Layer | None = None) -> None:
        configs.all_checked()
        self._configs = configs
        self._cli_layer = cli_layer or Layer()
        self._rules: dict[int, _Rules] = {}

    def __getstate__(self) -> tuple[object, ...]:
        # for other processes, which import rules by name: their functions cannot be pickled
        return self._configs, self._cli_layer

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._configs, self._cli_layer = state
        self._rules = {}

    def __call__(self, note: NotePath) -> RuleSet:
        """The rules that are on for *note*, which may also be a file that is not a note.

        Raises :class:`ConfigError` where the configuration of the file is wrong.
        """
        return self._under(self._configs.checked(note.file))(note)

    def judge_trees(self) -> bool:
        """Whether a rule on a tree as a whole may be on for some note."""
        names = rules.in_scope(rules.TREE)
        return any(self._under(each).may_turn_on(names) for each in self._configs.all_checked())

    def _under(self, config: Config) -> _Rules:
        if id(config) not in self._rules:
            self._rules[id(config)] = _Rules(config, self._cli_layer)
        return self._rules[id(config)]


class _Rules:
    """The rules that *config* turns on for each note, with *cli_layer* on top."""

    def __init__(self, config: Config, cli_layer: Layer) -> None:
        self._config = config
        self._cli_layer = cli_layer
        self._made: dict[tuple[tuple[int, ...], frozenset[str]], RuleSet] = {}

    def __call__(self, note: NotePath) -> RuleSet:
        """The rules that are on for *note*."""
        special, kinds = self._config.special(note.file), kinds_of(note.path)
        if (special, kinds) not in self._made:
            layer = self._config.layer(special, self._cli_layer)
            names = rules.not_silent(chosen(layer), kinds)
            make = partial(self._active, layer=layer)
            copies = self._compares_copies
            rule_set = RuleSet(names, make, compares_copies=copies, sites=self._sites)
            # a wrong option is an error right away, even if its rule finds nothing
            rule_set.named({*layer.rules, *([rules.TOC_STALE] if layer.toc else ())})
            self._made[special, kinds] = rule_set
        return self._made[special, kinds]

    @cached_property
    def _compares_copies(self) -> bool:
        return self.may_turn_on([rules.DUPLICATE_ENTRY])

    def may_turn_on(self, names: Collection[str]) -> bool:
        """Whether one of the rules *names* may be on for some note."""
        layers = (self._cli_layer, self._config.base, *(each for _, each in self._config.per_file))
        selected = (Layer(each.select, extend_select=each.extend_select) for each in layers)
        return any(not {*names}.isdisjoint(chosen(each)) for each in selected)

    @cached_property
    def _sites(self) -> tuple[Site, ...]:
        return (*SITES, *self._config.sites) if self._config.sites else SITES

    def _active(self, name: str, layer: Layer) -> Active:
        rule = rules.get(name)
        arguments: dict[str, Any] = dict(layer.rules.get(name, {}))
        if name == rules.TOC_STALE:  # its options are those of `notelint toc`
            arguments = dict(layer.toc)
        elif "sites" in rule.options.__annotations__:
            arguments["sites"] = self._sites
        elif "forge" in rule.options.__annotations__:
            arguments["forge"] = layer.toc.get("flavor", "github")
        try:
            options = rule.options(**arguments)
        except ValueError as error:
            raise ConfigError(f"the options of `{name}` are not valid: {error}") from None
        effect = rule.effect.with_options(options) if rule.effect else None
        severity = Severity(layer.severity.get(name, rule.severity.value))
        if effect is not rule.effect or severity is not rule.severity:
            rule = rule._replace(effect=effect, severity=severity)
        return Active(rule, options)
