"""notelint finds and repairs what is broken for a reader of hand-written Markdown notes."""

# ruff: noqa: I002  (as in __main__, for which this is imported)

TYPE_CHECKING = False  # as in `typing`, which is slow to load
if TYPE_CHECKING:
    from notelint.api import NotelintError, all_rules, check, fix_text, lint_text, toc_text
    from notelint.api import all_rules as rules
    from notelint.diagnostics import Diagnostic
    from notelint.markdown.document import Document

__all__ = [
    "Diagnostic",
    "Document",
    "NotelintError",
    "__version__",
    "all_rules",
    "check",
    "fix_text",
    "lint_text",
    "rules",
    "toc_text",
]
__version__ = "0.2.0"

_HOMES = {  # all others are in `notelint.api`
    "Diagnostic": "notelint.diagnostics",
    "Document": "notelint.markdown.document",
}


def __getattr__(name: str) -> object:
    """Import a public name at its first use: the parser is slow to load."""
    from importlib import import_module

    if name == "rules":
        return import_module("notelint.rules")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES.get(name, "notelint.api")), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
