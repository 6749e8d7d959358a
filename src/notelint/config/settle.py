"""The options that a configuration writes, held against the types of what takes them."""

from __future__ import annotations

from collections.abc import Mapping

from notelint import rules
from notelint.config.model import Config, Layer, Settings
from notelint.config.place import Where
from notelint.config.values import EMPTY, settings


def settled(config: Config) -> Config:
    """*config* with all options checked, and as arguments of what takes them.

    Raises :class:`ConfigError`. Each part about single notes is checked as it stands over the rest.
    """
    where = Where(config.file or "", config.keys)
    base = _settled(config.base, Layer(), where)
    parts = [
        (glob, _settled(part, base, where.at("per-file").at(glob)))
        for glob, part in config.per_file
    ]
    return config._replace(base=base, per_file=tuple(parts))


def _settled(layer: Layer, below: Layer, where: Where) -> Layer:
    return layer._replace(
        rules=_rules(layer.rules, where.at("rules"), below),
        toc=_toc(layer.toc, where.at("toc"), below),
    )


def _rules(written: Mapping[str, Settings], where: Where, below: Layer) -> dict[str, Settings]:
    found: dict[str, Settings] = {}
    for name, options in written.items():
        cls = rules.get(name).options
        if options and cls.__module__ == "notelint.toc.options":
            raise where.at(name).error("takes no options of its own; those of `toc` apply")
        found[name] = settings(options, cls, where.at(name), below.rules.get(name, EMPTY))
    return found


def _toc(written: Settings, where: Where, below: Layer) -> Settings:
    if not written:
        return {}
    from notelint.toc.options import TocOptions

    return settings(written, TocOptions, where, below.toc)
