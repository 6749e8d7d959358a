"""notelint finds and repairs what is broken for a reader of hand-written Markdown notes."""

# ruff: noqa: I002  (as in __main__, for which this is imported)

TYPE_CHECKING = False  # as in `typing`, which is slow to load
if TYPE_CHECKING:
    from notelint.api import fix_text, lint_text
    from notelint.diagnostics import Diagnostic, Finding
    from notelint.markdown.document import Document

__all__ = ["Diagnostic", "Document", "Finding", "__version__", "fix_text", "lint_text"]
__version__ = "0.1.0"

_HOMES = {
    "Diagnostic": "notelint.diagnostics",
    "Document": "notelint.markdown.document",
    "Finding": "notelint.diagnostics",
    "fix_text": "notelint.api",
    "lint_text": "notelint.api",
}


def __getattr__(name: str) -> object:
    """Import a public name at its first use: the parser is slow to load."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
