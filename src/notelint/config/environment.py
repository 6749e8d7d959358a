"""Environment variables in the headers that a configuration sends to sites."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from notelint.config.key_path import quotable
from notelint.text.startup import lazy_regex

Headers = Mapping[str, Mapping[str, str]]

_VARIABLE = lazy_regex(r"\$(?:\$|(\w+)|\{(\w+)\})", re.ASCII)


def expand(
    headers: Headers, variables: Mapping[str, str], allowed: Collection[str] | None = None
) -> tuple[Headers, list[str]]:
    """*headers* by site with ``$NAME`` and ``${NAME}`` replaced, and a message for each left out.

    ``$$`` stands for a ``$``. A header is left out if it names a variable that is not *allowed*
    (None allows all), or one that is unset or empty: an empty token looks like a wrong one.
    """
    found: dict[str, dict[str, str]] = {}
    problems = []
    for site, values in headers.items():
        for name, text in values.items():
            found_names = (match[1] or match[2] for match in _VARIABLE.finditer(text))
            names = list(dict.fromkeys(filter(None, found_names)))
            if fault := _fault(names, variables, allowed):
                problems.append(f"`{quotable(name)}` is not sent to {quotable(site)}: {fault}")
                continue
            value = _VARIABLE.sub(lambda match: _value(match, variables), text)
            found.setdefault(site, {})[name] = value.strip()
    return found, problems


def _fault(
    names: list[str], variables: Mapping[str, str], allowed: Collection[str] | None
) -> str | None:
    """Why a header with the variables *names* is not sent; None if it is."""
    refused = [] if allowed is None else [each for each in names if each not in allowed]
    if refused:
        options = " ".join(f"--send-env {each}" for each in map(quotable, refused))
        return f"`${quotable(refused[0])}` must be allowed with `{options}`"
    unset = [each for each in names if not variables.get(each)]
    return f"`${quotable(unset[0])}` is not set" if unset else None


def _value(match: re.Match[str], variables: Mapping[str, str]) -> str:
    name = match[1] or match[2]
    return variables[name] if name else "$"
