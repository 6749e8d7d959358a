"""The rules: their names and categories here, each rule in a file of its name.

A rule lives in the folder of its first category. It is imported when it is needed and not before.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from notelint.rules.base import Rule

CATALOG: dict[str, tuple[str, ...]] = {
    "anchor-case": ("links",),
    "backslash-path": ("images", "links"),
    "broken-anchor": ("links",),
    "dead-link": ("links",),
    "duplicate-definition": ("links",),
    "duplicate-entry": ("links",),
    "duplicate-heading": ("structure",),
    "duplicate-link": ("links",),
    "empty-heading": ("structure",),
    "empty-image": ("images",),
    "empty-link": ("links",),
    "empty-section": ("structure",),
    "glued-url": ("links",),
    "heading-skip": ("structure",),
    "heading-space": ("structure",),
    "image-alt": ("images",),
    "invalid-front-matter": ("structure",),
    "invisible-character": ("text",),
    "list-indent": ("structure",),
    "merge-conflict": ("structure",),
    "missing-file": ("links", "images"),
    "missing-title": ("structure",),
    "moved-link": ("links",),
    "multiple-titles": ("structure",),
    "not-utf8": ("text",),
    "path-case": ("links", "images"),
    "toc-markers": ("toc",),
    "toc-missing": ("toc",),
    "toc-stale": ("toc",),
    "tracking-parameter": ("links",),
    "unbalanced-html": ("html",),
    "unclosed-fence": ("structure",),
    "undefined-reference": ("links",),
    "unrendered-link": ("links",),
    "unrendered-markdown": ("html",),
    "untracked-target": ("links", "images"),
    "unused-asset": ("images",),
    "unused-definition": ("links",),
    "unused-suppression": ("suppression",),
}

# Off unless they are asked for by name.
OPT_IN = frozenset(
    {
        "duplicate-entry",
        "image-alt",
        "missing-title",
        "multiple-titles",
        "toc-missing",
        "unused-asset",
    }
)

# The others look at one document.
ACROSS = frozenset(
    {
        "anchor-case",
        "broken-anchor",
        "duplicate-entry",
        "duplicate-link",
        "missing-file",
        "path-case",
        "untracked-target",
    }
)
# Of these, those that find nothing where no link leads to a file or to a place in its own note.
INSIDE = ACROSS - {"duplicate-entry", "duplicate-link"}
IN_TREE = frozenset({"unused-asset"})
ONLINE = frozenset({"dead-link", "moved-link"})

CATEGORIES = tuple(sorted({each for categories in CATALOG.values() for each in categories}))


def of_document(names: Iterable[str]) -> list[str]:
    """Those of *names* that look at one document."""
    elsewhere = ACROSS | IN_TREE | ONLINE
    return [name for name in names if name not in elsewhere]


@cache
def get(name: str) -> Rule:
    """The rule *name*. Raises KeyError for a name that is not in the catalogue."""
    module = name.replace("-", "_")
    found: Rule = getattr(import_module(f"notelint.rules.{CATALOG[name][0]}.{module}"), module)
    return found
