"""A new layout of a note by mdformat, with the rendered page as it was."""

# Extensions of mdformat whose syntax is part of the dialect.
from __future__ import annotations

COVERED = frozenset({"gfm", "tables", "frontmatter", "footnote", "gfm_alerts"})
