"""One finding in place of many of the same kind in a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notelint.diagnostics import Diagnostic, DiagnosticFix, DiagnosticRelated

_MANY = 10  # so many findings, or more, become one
_NAMED = 10  # so many of the others are named in it


def gathered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """*diagnostics*, in their order, with one instead of many that say the same."""
    groups: dict[object, list[Diagnostic]] = {}
    for number, each in enumerate(diagnostics):
        groups.setdefault((each.path, each.rule, each.many) if each.many else number, []).append(
            each
        )
    found: list[Diagnostic] = []
    for group in groups.values():
        found += [_as_one(group)] if len(group) >= _MANY else group
    return sorted(found, key=lambda each: each.sort_key)


def _as_one(group: Sequence[Diagnostic]) -> Diagnostic:
    first, *others = group
    return first._replace(
        message=f"{len(group)} {first.many}",
        fix=_fix([each.fix for each in group if each.fix], len(group)),
        related=tuple(
            DiagnosticRelated(each.path, each.range, f"`{each.text}`") for each in others[:_NAMED]
        ),
        key=(first.many or "").partition(";")[0],
        refused=next((each.refused for each in group if each.refused), None),
    )


def _fix(fixes: Sequence[DiagnosticFix], of: int) -> DiagnosticFix | None:
    if not fixes:
        return None
    edits = tuple(edit for each in fixes for edit in each.edits)
    message = f"{fixes[0].message}; {len(fixes)} of {of} in all"
    return DiagnosticFix(message, all(each.safe for each in fixes), edits)
