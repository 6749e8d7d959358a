"""The rules of markdownlint and rumdl that compare to rules of notelint.

Names and aliases: https://github.com/DavidAnson/markdownlint/blob/main/doc/Rules.md and
https://rumdl.dev/rules/ (from MD057 on, where the two share no numbers).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

COMPARABLE: dict[str, tuple[str, ...]] = {
    "md001": ("heading-skip",),
    "md002": ("missing-title",),
    "md005": ("list-indent",),
    "md007": ("list-indent",),
    "md011": ("unrendered-link",),
    "md018": ("heading-space",),
    "md020": ("heading-space",),
    "md024": ("duplicate-heading",),
    "md025": ("multiple-titles",),
    "md034": ("glued-url",),
    "md041": ("missing-title",),
    "md042": ("empty-link",),
    "md045": ("image-alt",),
    "md051": ("broken-anchor", "anchor-case"),
    "md052": ("undefined-reference",),
    "md053": ("unused-definition", "duplicate-definition"),
    "md057": ("missing-file", "path-case"),
    "md073": ("toc-stale",),
    "md082": ("empty-section",),
    "md084": ("invisible-character",),
    "md086": ("unclosed-fence",),
    "md091": ("unrendered-markdown",),
    "md092": ("merge-conflict",),
    "md094": ("not-utf8",),
}

_ALIASES = {
    "heading-increment": "md001",
    "header-increment": "md001",
    "first-heading-h1": "md002",
    "first-header-h1": "md002",
    "list-indent": "md005",
    "ul-indent": "md007",
    "no-reversed-links": "md011",
    "no-missing-space-atx": "md018",
    "no-missing-space-closed-atx": "md020",
    "no-duplicate-heading": "md024",
    "no-duplicate-header": "md024",
    "single-title": "md025",
    "single-h1": "md025",
    "no-bare-urls": "md034",
    "first-line-heading": "md041",
    "first-line-h1": "md041",
    "no-empty-links": "md042",
    "no-alt-text": "md045",
    "link-fragments": "md051",
    "reference-links-images": "md052",
    "link-image-reference-definitions": "md053",
    "existing-relative-links": "md057",
    "toc-validation": "md073",
    "no-empty-sections": "md082",
    "invisible-characters": "md084",
    "no-unclosed-comments": "md086",
    "no-markdown-in-html": "md091",
    "merge-conflict": "md092",
    "invalid-encoding": "md094",
}

# Tags of markdownlint: groups of rules that a comment or a file may name.
_TAGS = {
    "accessibility": ("md045",),
    "atx": ("md018",),
    "atx_closed": ("md020",),
    "bullet": ("md005", "md007"),
    "headers": ("md001", "md018", "md020", "md024", "md025", "md041"),
    "headings": ("md001", "md018", "md020", "md024", "md025", "md041"),
    "images": ("md045", "md052", "md053"),
    "indentation": ("md005", "md007"),
    "links": ("md011", "md034", "md042", "md051", "md052", "md053"),
    "spaces": ("md018", "md020"),
    "ul": ("md005", "md007"),
    "url": ("md034",),
}

ALL = frozenset(name for names in COMPARABLE.values() for name in names)


def comparable(names: Iterable[str]) -> frozenset[str]:
    """The rules of notelint that compare to *names*: identifiers, aliases or tags."""
    return frozenset(rule for name in names for code in _codes(name) for rule in COMPARABLE[code])


def switched_off(settings: Mapping[str, object]) -> frozenset[str]:
    """The rules of notelint that compare to rules that *settings* of markdownlint switch off.

    A rule that compares to several of theirs is off if one of these is. ``default`` false applies
    to all rules that are not named.
    """
    off: set[str] = set()
    named: set[str] = set()
    for name, value in settings.items():
        named |= comparable([name])
        if value is False or (isinstance(value, dict) and value.get("enabled") is False):
            off |= comparable([name])
    default = next((value for name, value in settings.items() if name.lower() == "default"), True)
    return frozenset(off | (ALL - named if default is False else set()))


def _codes(name: str) -> tuple[str, ...]:
    name = name.lower()
    code = _ALIASES.get(name, name)
    return (code,) if code in COMPARABLE else _TAGS.get(name, ())
