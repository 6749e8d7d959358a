"""Validation of a configuration: its keys and values, then the options of rules.

The options stay as written until :func:`with_checked_options`: to check them takes the rules, which
a run that finds nothing changed does not load.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import notelint.rules as rules
from notelint.config import selection
from notelint.config.key_path import KeyPath, check_length, is_name, string, strings, table
from notelint.config.model import Config, Layer, Options
from notelint.text.glob import MAX_PATTERN_CHARACTERS, PatternError, check
from notelint.text.startup import lazy_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.workspace.sites import Site

# What a pull request must not be able to ask of the machine that checks it.
COMMAND_LINE_ONLY = ("allow-private", "trust-env")
# It must not keep that machine busy either, nor let it ask a host more often than people do.
_MAX_LINKS = {
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
_MAX_HEADER_CHARS = 8_000  # for one site, sent with every request
_MAX_SITE_PARTS = 1_000  # names and expressions of all sites
_MAX_WAYS = 5_000  # as of ten expressions in which a repetition competes
_NOT_IN_LINKS = (*COMMAND_LINE_ONLY, "refresh", "cache-path", "cache-key")  # there is `cache-dir`

_MAX_PER_FILE_CHARS = 5_000  # of all patterns; each is compared with each note

_SUFFIX = lazy_regex(r"\.[\w.-]+")

LAYER = ("select", "extend-select", "ignore", "severity", "rules", "toc")
_TOP_KEYS = (*LAYER, "include", "exclude", "per-file", "fail-on", "links", "cache-dir")
SEVERITIES = ("error", "warning")
FAIL_ON = (*SEVERITIES, "never")


def validated(
    found: dict[str, object], key_path: KeyPath, folder: str, *, explicit: bool = False
) -> Config:
    """The configuration in the table *found* at *key_path*; its patterns are from *folder*.

    A file that the caller named, *explicit*, may ask for more than one that lies in the tree.
    Raises :class:`ConfigError`.
    """
    for key in found:
        if key not in _TOP_KEYS:
            raise key_path.at(key).unknown("key", _TOP_KEYS)
    links, sites = _links(found.get("links", {}), key_path.at("links"), explicit=explicit)
    return Config(
        folder=folder,
        file=key_path.file,
        keys=key_path.keys,
        base=_layer({key: found[key] for key in LAYER if key in found}, key_path),
        exclude=_patterns(found.get("exclude", []), key_path.at("exclude")),
        per_file=_per_file(found.get("per-file", {}), key_path.at("per-file")),
        links=links,
        sites=sites,
        cache_dir=_cache_dir(folder, found, key_path.at("cache-dir"), explicit=explicit),
        explicit=explicit,
        include=_suffixes(found.get("include", []), key_path.at("include")),
        fail_on=_fail_on(found, key_path.at("fail-on")),
    )


def with_checked_options(config: Config) -> Config:
    """*config* with all options checked and turned into arguments of the classes that take them.

    Raises :class:`ConfigError`. Each part of ``per-file`` is checked as it applies over the rest.
    """
    key_path = KeyPath(config.file or "", config.keys)
    base = _with_options(config.base, Layer(), key_path)
    parts = [
        (glob, _with_options(part, base, key_path.at("per-file").at(glob)))
        for glob, part in config.per_file
    ]
    return config._replace(base=base, per_file=tuple(parts))


def _with_options(layer: Layer, below: Layer, key_path: KeyPath) -> Layer:
    return layer._replace(
        rules=_rules(layer.rules, key_path.at("rules"), below),
        toc=_toc(layer.toc, key_path.at("toc"), below),
    )


def _rules(written: Mapping[str, Options], key_path: KeyPath, below: Layer) -> dict[str, Options]:
    found: dict[str, Options] = {}
    for name, options in written.items():
        from notelint.config.values import keys_of, settings

        cls = rules.get(name).options
        if options and cls.__module__ == "notelint.toc.options":
            raise key_path.at(name).error("takes no options of its own; those of `toc` apply")
        cls_keys = keys_of(cls)
        if "severity" in options and "severity" not in cls_keys:
            wrong = "does not belong here; write it in the table `severity`:"
            raise key_path.at(name).at("severity").error(f'{wrong} `{name} = "error"`')
        if options and not cls_keys:
            raise key_path.at(name).error("takes no options")
        found[name] = settings(options, cls, key_path.at(name), below.rules.get(name, {}))
    return found


def _toc(written: Options, key_path: KeyPath, below: Layer) -> Options:
    if not written:
        return {}
    from notelint.config.values import settings
    from notelint.toc.options import TocOptions

    return settings(written, TocOptions, key_path, below.toc)


def _fail_on(found: dict[str, object], key_path: KeyPath) -> str | None:
    return key_path.choice(found["fail-on"], FAIL_ON) if "fail-on" in found else None


def _cache_dir(
    folder: str, found: dict[str, object], key_path: KeyPath, *, explicit: bool
) -> str | None:
    if "cache-dir" not in found:
        return None
    from notelint.cache.maintenance import misplaced

    path = os.path.join(folder, os.path.expanduser(string(found["cache-dir"], key_path)))
    if problem := None if explicit else misplaced(path, folder):
        raise key_path.error(problem)
    return path


def _layer(found: dict[str, object], key_path: KeyPath) -> Layer:
    """The layer that *found* holds, as it is written."""
    for key in found:
        if key not in LAYER:
            raise key_path.at(key).unknown("key", LAYER)
    at = key_path.at("rules")
    options = table(found.get("rules", {}), at)
    for name in options:
        if name not in rules.CATALOG:
            raise at.at(name).unknown("rule", rules.CATALOG)
    return Layer(
        select=_names(found["select"], key_path.at("select")) if "select" in found else None,
        ignore=_names(found.get("ignore", []), key_path.at("ignore")),
        rules={name: _options(each, at.at(name)) for name, each in options.items()},
        toc=table(found.get("toc", {}), key_path.at("toc")),
        extend_select=_names(found.get("extend-select", []), key_path.at("extend-select")),
        severity=_severity(found.get("severity", {}), key_path.at("severity")),
    )


def _options(value: object, key_path: KeyPath) -> dict[str, object]:
    if isinstance(value, (bool, str)):  # as other tools have it
        cure = "`select` and `ignore` turn rules on and off, `severity` sets the severity"
        raise key_path.error(f"must be a table of options; {cure}")
    return table(value, key_path)


def _names(value: object, key_path: KeyPath) -> tuple[str, ...]:
    names = strings(value, key_path)
    for number, name in enumerate(names, 1):
        _check_name(name, key_path, key_path.at(str(number)))
    return names


def _check_name(name: str, key_path: KeyPath, exactly: KeyPath) -> None:
    """Raise :class:`ConfigError` if *name* is no rule or category; *exactly* is where it stands."""
    from notelint.text.suggest import closest

    if name in selection.known():
        return
    if is_name(name) and closest(name, selection.known()):
        raise key_path.error(f"names the {selection.unknown(name)}")
    # a text that is like none of our names may be a secret, and is not repeated
    raise exactly.error("is not the name of a rule or category; see `notelint rules`")


def _severity(value: object, key_path: KeyPath) -> dict[str, str]:
    chosen = {}
    for name, each in table(value, key_path).items():
        _check_name(name, key_path, key_path.at("…"))
        chosen[name] = key_path.at(name).choice(each, SEVERITIES)
    return selection.severities(chosen)


def _patterns(value: object, key_path: KeyPath) -> tuple[str, ...]:
    patterns = strings(value, key_path)
    for number, pattern in enumerate(patterns, 1):
        _check_glob(pattern, key_path.at(str(number)))
    return patterns


def _suffixes(value: object, key_path: KeyPath) -> tuple[str, ...]:
    """Patterns; a suffix such as ``.mdx`` is one for all files that end in it."""
    bare = _patterns(value, key_path)
    return tuple(f"*{each}" if _SUFFIX.fullmatch(each) else each for each in bare)


def _check_glob(pattern: str, key_path: KeyPath) -> None:
    try:
        check(pattern)
    except PatternError as error:
        raise key_path.error(f"is not a valid pattern: {error}") from None
    if not pattern.strip("./"):
        raise key_path.error("must name a file or a folder")


def _per_file(value: object, key_path: KeyPath) -> tuple[tuple[str, Layer], ...]:
    found = []
    parts = table(value, key_path)
    check_length(parts, key_path)
    if sum(map(len, parts)) > _MAX_PER_FILE_CHARS:
        raise key_path.error(f"has patterns of over {_MAX_PER_FILE_CHARS} characters")
    for glob, part in parts.items():
        at = key_path.at(glob)
        _check_glob(glob, at)
        found.append((glob, _layer(table(part, at), at)))
    return tuple(found)


def _links(value: object, key_path: KeyPath, *, explicit: bool) -> tuple[Options, tuple[Site, ...]]:
    found = dict(table(value, key_path))
    sites = _sites(found.pop("sites", []), key_path.at("sites"))
    if not found:
        return {}, sites
    from notelint.config.values import settings
    from notelint.online.online_settings import OnlineSettings

    known = links_keys()
    for key in found:
        if key in COMMAND_LINE_ONLY:
            raise key_path.at(key).error(f"cannot be configured; use the option `--{key}`")
        if key not in known:
            raise key_path.at(key).unknown("key", known)
    taken = settings(found, OnlineSettings, key_path)
    if not explicit:
        _check_bounds(taken, key_path)
    for number, pattern in enumerate(taken.get("ignore", ()), 1):
        if len(pattern) > MAX_PATTERN_CHARACTERS:
            at = key_path.at("ignore").at(str(number))
            raise at.error(f"is longer than {MAX_PATTERN_CHARACTERS} characters")
    return taken, sites


def _check_bounds(links: Options, key_path: KeyPath) -> None:
    for key, most in _MAX_LINKS.items():
        if (links.get(key.replace("-", "_")) or 0) > most:
            raise key_path.at(key).error(
                f"must be {most} or less; only a file given by `--config` may set more"
            )
    for site, headers in links.get("headers", {}).items():
        if sum(map(len, (*headers, *headers.values()))) > _MAX_HEADER_CHARS:
            raise key_path.at("headers").at(site).error(f"has over {_MAX_HEADER_CHARS} characters")


def links_keys() -> list[str]:
    """The keys of `links`."""
    from notelint.config.values import keys_of
    from notelint.online.online_settings import OnlineSettings

    return ["sites", *(key for key in keys_of(OnlineSettings) if key not in _NOT_IN_LINKS)]


def _sites(value: object, key_path: KeyPath) -> tuple[Site, ...]:
    if value == []:
        return ()
    from notelint.config.values import convert
    from notelint.workspace.sites import Site

    own: tuple[Site, ...] = convert(value, tuple[Site, ...], key_path)
    if sum(len(each) for site in own for each in site if isinstance(each, tuple)) > _MAX_SITE_PARTS:
        raise key_path.error(f"has more than {_MAX_SITE_PARTS} names and expressions")
    for number, site in enumerate(own, 1):
        if problem := site.problem():
            raise key_path.at(str(number)).error(f"has an invalid regular expression: {problem}")
    if sum(site.count_ways() for site in own) > _MAX_WAYS:
        raise key_path.error("has too many regular expressions whose repetitions compete")
    return own
