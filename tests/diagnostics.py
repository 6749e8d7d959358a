"""Findings as reports get them, made by hand."""

from __future__ import annotations

from notelint.diagnostics import (
    Diagnostic,
    DiagnosticEdit,
    DiagnosticFix,
    DiagnosticRelated,
    Severity,
)
from notelint.text.source import Position, Range

# Text that a note can bring into a message, each of it dangerous somewhere.
HOSTILE = [
    "::warning file=x::pwned",
    "\n::error::pwned",
    "\r::stop-commands::pwned",
    " \t::add-mask::a",
    "\u3000::error::pwned",
    "##[error]pwned",
    "a ##[add-path]/tmp",
    "###[warning]pwned",
    "%0A::error::pwned",
    "%250A::error::pwned",
    "\x1b[2J\x1b]0;pwned\x07",
    "\x9b2J",
    "\u202egnp.exe",
    "|a|b|",
    "\\| a \\",
    "`` ` ``",
    "<img src=https://example.com/track.png>",
    "![x](https://example.com/track.png)",
    "<script>alert(1)</script> &lt;b&gt;",
    "@everyone someone@example.com #1 owner/repo#2",
    "https://example.com www.example.com",
    "]]> --> <!-- ",
    "line\nbreak\u2028and\u0085more",
    "\ufffe\uffff\x00\x0b\udcff",
    "$x$ :tada: **b** _i_ ~~s~~ [^1]",
    "\"quoted\" 'single'",
]


def place(line: int, column: int, end_line: int, end_column: int) -> Range:
    """From a line and column up to another."""
    return Range(Position(line, column), Position(end_line, end_column))


def diagnostic(
    message: str = "image has no source",
    *,
    path: str = "notes/a.md",
    line: int = 1,
    column: int = 1,
    end: tuple[int, int] | None = None,
    rule: str = "empty-image",
    severity: str = "error",
    text: str = "",
    fix: DiagnosticFix | None = None,
    related: tuple[DiagnosticRelated, ...] = (),
) -> Diagnostic:
    """A finding; what is not given is as of an empty image."""
    where = place(line, column, *(end or (line, column + len(text))))
    return Diagnostic(path, where, rule, "images", Severity(severity), message, text, fix, related)


def removal(line: int) -> DiagnosticFix:
    """A fix that removes *line*."""
    return DiagnosticFix("remove the tag", True, (DiagnosticEdit(place(line, 1, line + 1, 1), ""),))
