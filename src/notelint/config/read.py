"""What a configuration file says, checked before anything else is done."""

from __future__ import annotations

import os

from notelint import rules
from notelint.config import selection
from notelint.config.model import Config, Layer, Settings
from notelint.config.place import Where, check_length, is_name, string, strings, table
from notelint.text.glob import MAX_PATTERN_CHARACTERS, PatternError, check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.config.files import Raw
    from notelint.workspace.sites import Site

# What a pull request must not be able to ask of the machine that checks it.
ON_THE_COMMAND_LINE = ("allow-private", "trust-env")
# Nor may it keep that machine busy, or send it to a host more often than people do.
_MAX_VALUES = {
    "timeout": 60,
    "total-timeout": 86_400,
    "concurrency": 64,
    "per-host": 6,  # as a browser
    "spacing": 10,
    "retries": 5,
    "max-wait": 120,
    "max-redirects": 30,
    "max-body": 16 * 1024 * 1024,
}
_MAX_HEADER_CHARACTERS = 8_000  # characters for one site, in every request
_MAX_SITE_EXPRESSIONS = 1_000  # names and expressions
_MAX_WAYS = 5_000  # as of ten expressions in which a repetition competes
_NOT_IN_LINKS = (*ON_THE_COMMAND_LINE, "refresh", "cache-path", "cache-key")  # there is `cache-dir`

LAYER = ("select", "ignore", "rules", "toc")
KEYS = (*LAYER, "exclude", "per-file", "links", "cache-dir")


def config_of(raw: Raw, folder: str) -> Config:
    """What *raw* says, its patterns relative to *folder*.

    Raises :class:`ConfigError` for what nobody would understand. Options of rules stay as they are
    written until :func:`~notelint.config.settle.settled`, since to check them needs the rules.
    """
    found, where = raw.table, raw.where
    for key in found:
        if key not in KEYS:
            raise where.at(key).unknown("key", KEYS)
    links, sites = _links(found.get("links", {}), where.at("links"), given=raw.given)
    return Config(
        folder=folder,
        file=where.file,
        keys=where.keys,
        base=_layer({key: found[key] for key in LAYER if key in found}, where),
        exclude=_patterns(found.get("exclude", []), where.at("exclude")),
        per_file=_per_file(found.get("per-file", {}), where.at("per-file")),
        links=links,
        sites=sites,
        cache_dir=_cache_dir(
            folder, found.get("cache-dir"), where.at("cache-dir"), given=raw.given
        ),
        given=raw.given,
    )


def _cache_dir(folder: str, value: object, where: Where, *, given: bool) -> str | None:
    if value is None:
        return None
    from notelint.cache.maintenance import misplaced

    path = os.path.join(folder, string(value, where))
    if problem := None if given else misplaced(path, folder):
        raise where.error(problem)
    return path


def _layer(found: dict[str, object], where: Where) -> Layer:
    """The layer that *found* holds, as it is written."""
    for key in found:
        if key not in LAYER:
            raise where.at(key).unknown("key", LAYER)
    options = table(found.get("rules", {}), where.at("rules"))
    for name in options:
        if name not in rules.CATALOG:
            raise where.at("rules").at(name).unknown("rule", rules.CATALOG)
    return Layer(
        select=_names(found["select"], where.at("select")) if "select" in found else None,
        ignore=_names(found.get("ignore", []), where.at("ignore")),
        rules={name: table(each, where.at("rules").at(name)) for name, each in options.items()},
        toc=table(found.get("toc", {}), where.at("toc")),
    )


def _names(value: object, where: Where) -> tuple[str, ...]:
    from notelint.text.suggest import closest

    names = strings(value, where)
    for number, name in enumerate(names, 1):
        if name in selection.known():
            continue
        if is_name(name) and closest(name, selection.known()):
            raise where.error(f"names {selection.unknown(name)}")
        # what is like no name of ours may be anything, and is not repeated
        raise where.at(str(number)).error("names no rule or category; see `notelint rules`")
    return names


def _patterns(value: object, where: Where) -> tuple[str, ...]:
    patterns = strings(value, where)
    for number, pattern in enumerate(patterns, 1):
        _check_glob(pattern, where.at(str(number)))
    return patterns


def _check_glob(pattern: str, where: Where) -> None:
    try:
        check(pattern)
    except PatternError as error:
        raise where.error(f"is no pattern: {error}") from None
    if not pattern.strip("./"):
        raise where.error("is a pattern for no file in particular")


def _per_file(value: object, where: Where) -> tuple[tuple[str, Layer], ...]:
    found = []
    check_length(table(value, where), where)
    for glob, part in table(value, where).items():
        at = where.at(glob)
        _check_glob(glob, at)
        found.append((glob, _layer(table(part, at), at)))
    return tuple(found)


def _links(value: object, where: Where, *, given: bool) -> tuple[Settings, tuple[Site, ...]]:
    found = dict(table(value, where))
    sites = _sites(found.pop("sites", []), where.at("sites"))
    if not found:
        return {}, sites
    from notelint.config.values import settings
    from notelint.online.online_settings import OnlineSettings

    known = links_keys()
    for key in found:
        if key in ON_THE_COMMAND_LINE:
            raise where.at(key).error(f"can't be configured; it is an option, `--{key}`")
        if key not in known:
            raise where.at(key).unknown("key", known)
    taken = settings(found, OnlineSettings, where)
    if not given:
        _check_bounds(taken, where)
    for number, pattern in enumerate(taken.get("ignore", ()), 1):
        if len(pattern) > MAX_PATTERN_CHARACTERS:
            raise (
                where.at("ignore")
                .at(str(number))
                .error(f"is longer than {MAX_PATTERN_CHARACTERS} characters")
            )
    return taken, sites


def _check_bounds(links: Settings, where: Where) -> None:
    for key, most in _MAX_VALUES.items():
        if (links.get(key.replace("-", "_")) or 0) > most:
            raise where.at(key).error(f"must be {most} or less; more takes `--config`")
    for site, headers in links.get("headers", {}).items():
        if sum(map(len, (*headers, *headers.values()))) > _MAX_HEADER_CHARACTERS:
            raise (
                where.at("headers").at(site).error(f"has over {_MAX_HEADER_CHARACTERS} characters")
            )


def links_keys() -> list[str]:
    """The keys of `links`."""
    from notelint.config.values import keys_of
    from notelint.online.online_settings import OnlineSettings

    return ["sites", *(key for key in keys_of(OnlineSettings) if key not in _NOT_IN_LINKS)]


def _sites(value: object, where: Where) -> tuple[Site, ...]:
    if value == []:
        return ()
    from notelint.config.values import convert
    from notelint.workspace.sites import Site

    own: tuple[Site, ...] = convert(value, tuple[Site, ...], where)
    if (
        sum(len(each) for site in own for each in site if isinstance(each, tuple))
        > _MAX_SITE_EXPRESSIONS
    ):
        raise where.error(f"has more than {_MAX_SITE_EXPRESSIONS} names and expressions")
    for number, site in enumerate(own, 1):
        if problem := site.problem():
            raise where.at(str(number)).error(f"has a wrong expression: {problem}")
    if sum(site.count_ways() for site in own) > _MAX_WAYS:
        raise where.error("has too many expressions whose repetitions compete")
    return own
