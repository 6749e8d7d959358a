"""PyYAML without the expressions that take most of its start.

To compile them takes two thirds of the time to import it and to read the front matter of a note:
an eighth of a check of one note.
"""

from __future__ import annotations

from notelint.text.startup import compiled_late

with compiled_late("yaml"):
    import yaml

__all__ = ["Loader", "yaml"]


class Loader(yaml.SafeLoader):
    """A safe loader that seldom needs the expression for characters that YAML does not allow."""

    def check_printable(self, data: str) -> None:
        """Raise ReaderError if such a character is in *data*; Python calls fewer printable."""
        if not data.replace("\n", "").isprintable():
            super().check_printable(data)
