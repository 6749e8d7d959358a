"""A new layout of a note by mdformat, with the rendered page as it was."""

from __future__ import annotations

# Extensions of mdformat whose syntax is part of the dialect.
COVERED = frozenset({"gfm", "tables", "frontmatter", "footnote", "gfm_alerts"})
