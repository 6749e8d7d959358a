"""Secrets that a configuration names and does not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

from notelint.text.startup import lazy_regex

Headers = Mapping[str, Mapping[str, str]]

_VARIABLE = lazy_regex(r"\$(?:\$|(\w+)|\{(\w+)\})", re.ASCII)


def expand(headers: Headers, variables: Mapping[str, str]) -> tuple[Headers, list[str]]:
    """*headers* by site with ``$NAME`` and ``${NAME}`` replaced, and what is wrong with them.

    ``$$`` stands for a ``$``. A header whose variable is not set, or is empty, is left out: it
    would tell a site that we have no right to what we have.
    """
    found: dict[str, dict[str, str]] = {}
    problems = []
    for site, values in headers.items():
        for name, text in values.items():
            names = [match[1] or match[2] for match in _VARIABLE.finditer(text)]
            unset = [each for each in names if each and not variables.get(each)]
            if unset:
                problems.append(f"`{name}` is not sent to {site}: `${unset[0]}` is not set")
                continue
            value = _VARIABLE.sub(lambda match: _value(match, variables), text)
            found.setdefault(site, {})[name] = value.strip()
    return found, problems


def _value(match: re.Match[str], variables: Mapping[str, str]) -> str:
    name = match[1] or match[2]
    return variables[name] if name else "$"
