"""Secrets that a configuration names and does not hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from notelint.config.place import quotable
from notelint.text.late import late

Headers = Mapping[str, Mapping[str, str]]

_VARIABLE = late(r"\$(?:\$|(\w+)|\{(\w+)\})", re.ASCII)


def expand(
    headers: Headers, variables: Mapping[str, str], allowed: Collection[str] | None = None
) -> tuple[Headers, list[str]]:
    """*headers* by site with ``$NAME`` and ``${NAME}`` replaced, and what is wrong with them.

    ``$$`` stands for a ``$``. A header is left out that names a variable not among those *allowed*,
    None for all. So is one whose variable is not set, or is empty: it would tell a site that we
    have no right to what we have.
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
    """Why a header with the variables *names* is not sent, None if it is."""
    refused = [] if allowed is None else [each for each in names if each not in allowed]
    if refused:
        options = " ".join(f"--send-env {each}" for each in map(quotable, refused))
        return f"`${quotable(refused[0])}` must be allowed with `{options}`"
    unset = [each for each in names if not variables.get(each)]
    return f"`${quotable(unset[0])}` is not set" if unset else None


def _value(match: re.Match[str], variables: Mapping[str, str]) -> str:
    name = match[1] or match[2]
    return variables[name] if name else "$"
