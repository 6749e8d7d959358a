"""Text in XML, with nothing in it that a parser refuses or a log obeys."""

from __future__ import annotations

from xml.sax.saxutils import escape

from notelint.text.escape import printable, without_marks

# U+FFFE and U+FFFF are not characters of XML 1.0 (2.2); `printable` has escaped the controls.
_REPLACED = {'"': "&quot;", "\ufffe": "\ufffd", "\uffff": "\ufffd"}


def attributes(**values: str | int) -> str:
    """Attributes, a space before each."""
    return "".join(f' {name}="{text(str(value))}"' for name, value in values.items())


def text(raw: str) -> str:
    """*raw* on one line, escaped."""
    # a log must not show `##[command]` of a note
    return without_marks(escape(printable(raw), _REPLACED), "&#35;")
