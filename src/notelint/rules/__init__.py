"""The catalog of rules: one row for each, and the rule itself in the file of its name.

A rule is imported when it is needed and not before.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from types import ModuleType

from notelint.text.startup import NamedTuple
from notelint.workspace.note_kinds import CHANGELOG, NAVIGATION, STYLE_GUIDE, TEMPLATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from notelint.rules.base import Rule

# What a rule looks at: one document, the links of a note that lead into the tree, a note among the
# others, the tree as a whole, links followed over the network.
DOCUMENT, LINKS, NOTES, TREE, ONLINE = "document", "links", "notes", "tree", "online"

# Rules that the engine treats specially: bytes that are no text are for one alone, one reports a
# whole block and not what is in it, one compares list entries, one is about suppressions.
NOT_UTF8 = "not-utf8"
TOC_STALE = "toc-stale"
DUPLICATE_ENTRY = "duplicate-entry"
UNUSED_SUPPRESSION = "unused-suppression"
MERGE_CONFLICT = "merge-conflict"

# Rules that compare parts of a note. In a conflict both versions are there, one after the other,
# and a line of `=` below text is a heading.
CONFUSED_BY_CONFLICTS = frozenset(
    (
        *("duplicate-definition", "duplicate-footnote", "duplicate-heading", "empty-section"),
        *("heading-skip", "multiple-titles"),
    )
)


class Row(NamedTuple):
    """The properties of a rule that need no import of it.

    ``categories`` are separated by blanks; findings are reported under the first. ``default`` is
    False for a rule that is off unless it is selected. In a note of a kind in ``unless`` the rule
    is silent, whatever is selected. So it is in a note that has nothing of what it ``needs``, if
    it needs anything: texts in the note; for a rule on links or notes, what is in its facts.
    """

    categories: str
    severity: str
    scope: str = DOCUMENT
    default: bool = True
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


_LOG, _FORM = (CHANGELOG,), (CHANGELOG, TEMPLATE)
_TAG, _COMMENT, _DEFINITION, _FOOTNOTE = ("<",), ("<!--",), ("]:",), ("[^",)
_LINKS, _UNSHOWN = ("links",), ("unshown",)

CATALOG: dict[str, Row] = {
    "accidental-strikethrough": Row("text", "error", needs=("~",)),
    "anchor-case": Row("links", "warning", LINKS, needs=_LINKS),
    "backslash-path": Row("images links", "error", LINKS, needs=_LINKS),
    "broken-anchor": Row("links", "error", LINKS, needs=_LINKS),
    "broken-table": Row("structure", "error", NOTES, unless=(TEMPLATE,), needs=_UNSHOWN),
    "dead-link": Row("links", "error", ONLINE),
    "drifted-lines": Row("links", "warning", LINKS, default=False, needs=_LINKS),
    "duplicate-definition": Row("links", "warning", needs=_DEFINITION),
    "duplicate-entry": Row("links", "warning", NOTES, default=False, needs=("copies",)),
    "duplicate-footnote": Row("links", "error", needs=_FOOTNOTE),
    "duplicate-heading": Row("structure", "warning", unless=_FORM),
    "duplicate-link": Row("links", "warning", NOTES, needs=_LINKS),
    "empty-heading": Row("structure", "error", unless=(TEMPLATE,)),
    "empty-image": Row("images", "error", needs=("![", "<")),
    "empty-link": Row(
        "links", "error", unless=(NAVIGATION, STYLE_GUIDE, TEMPLATE), needs=("](", "<")
    ),
    "empty-section": Row("structure", "warning", unless=_FORM),
    "flat-list": Row("structure", "warning", unless=_LOG),
    "glued-url": Row("links", "warning"),
    "heading-skip": Row("structure", "warning", unless=_FORM),
    "heading-space": Row("structure", "warning", needs=("#",)),
    "image-alt": Row("images", "warning", default=False),
    "index-stale": Row("toc", "error", NOTES),
    "invalid-front-matter": Row("structure", "error", needs=("---", "+++", "{")),
    "invisible-character": Row("text", "warning"),
    "list-indent": Row("structure", "warning", default=False, unless=_LOG),
    "literal-alert": Row("text", "warning", NOTES, needs=_UNSHOWN),
    "literal-emphasis": Row("text", "error"),
    "literal-math": Row("text", "warning", NOTES, needs=_UNSHOWN),
    "merge-conflict": Row("structure", "error", needs=("<<<<<<<", ">>>>>>>")),
    "missing-file": Row("links images", "error", LINKS, needs=_LINKS),
    "missing-title": Row("structure", "warning", default=False, unless=_FORM),
    "moved-link": Row("links", "warning", ONLINE),
    "multiple-titles": Row("structure", "warning", default=False, unless=_FORM),
    "not-utf8": Row("text", "error"),
    "own-url": Row("links images", "error", NOTES, needs=_LINKS),
    "path-case": Row("links images", "error", LINKS, needs=_LINKS),
    "swallowed-text": Row("html", "error", unless=(TEMPLATE,), needs=_TAG),
    "toc-markers": Row("toc", "error", needs=_COMMENT),
    "toc-missing": Row("toc", "warning", default=False, unless=_FORM),
    "toc-stale": Row("toc", "error", needs=_COMMENT),
    "tracking-parameter": Row("links", "warning", NOTES, needs=_LINKS),
    "translation-drift": Row("structure", "warning", NOTES, default=False),
    "unbalanced-html": Row("html", "error", needs=_TAG),
    "unclosed-fence": Row("structure", "error", needs=("```", "~~~", "<!--")),
    "undefined-footnote": Row("links", "error", needs=_FOOTNOTE),
    "undefined-reference": Row("links", "error", needs=("[",)),
    "unreachable-note": Row("structure", "warning", NOTES, default=False),
    "unrendered-link": Row("links", "warning", NOTES, needs=("literals", "links")),
    "unrendered-markdown": Row("html", "warning", needs=_TAG),
    "untracked-target": Row("links images", "warning", LINKS, needs=_LINKS),
    "unused-asset": Row("images", "warning", TREE, default=False),
    "unused-definition": Row("links", "warning", needs=_DEFINITION),
    "unused-footnote": Row("links", "warning", needs=_FOOTNOTE),
    "unused-suppression": Row("suppression", "warning", needs=_COMMENT),
    "wrapped-link": Row("links", "warning", NOTES, needs=_LINKS),
}

CATEGORIES = tuple(sorted({each for row in CATALOG.values() for each in row.categories.split()}))
OPT_IN = frozenset([name for name, row in CATALOG.items() if not row.default])


def in_category(category: str) -> list[str]:
    """The names of the rules in *category*."""
    return [name for name, row in CATALOG.items() if category in row.categories.split()]


def in_scope(*scopes: str, names: Iterable[str] = CATALOG) -> list[str]:
    """The rules in *names* with one of these *scopes*."""
    return [name for name in names if CATALOG[name].scope in scopes]


def may_fire(names: Iterable[str], has: Callable[[str], object]) -> list[str]:
    """The rules in *names* that may find something in a note; *has* tells what the note has.

    A check of one small note loads 16 of the 28 rules on documents so, and takes 0.95 of the
    instructions.
    """
    return [name for name in names if not (needs := CATALOG[name].needs) or any(map(has, needs))]


def not_silent(names: Iterable[str], kinds: Collection[str]) -> list[str]:
    """The rules in *names* that are not silent in a note of these *kinds*."""
    return [name for name in names if not any(kind in kinds for kind in CATALOG[name].unless)]


@cache
def get(name: str) -> Rule:
    """The rule *name*. Raises KeyError for a name that is not in the catalog."""
    CATALOG[name]
    module = name.replace("-", "_")
    found: Rule = getattr(import_module(f"notelint.rules.{module}"), module)
    return found


def every() -> list[Rule]:
    """The rules, in order of their names."""
    return [get(name) for name in sorted(CATALOG)]


class _CallablePackage(ModuleType):
    """Makes ``notelint.rules()`` list the rules: the function has the name of this package.

    Python lets a module set its class for this. Type checkers take the name for the function, as
    ``notelint/__init__.py`` tells them; the package is ``import notelint.rules as rules`` to them.
    """

    def __call__(self) -> list[Rule]:
        """The rules, in order of their names."""
        return every()


sys.modules[__name__].__class__ = _CallablePackage
