"""The layout of a note by mdformat, which keeps the rendered page."""

from __future__ import annotations

# Extensions of mdformat whose syntax is part of the dialect.
COVERED = frozenset({"gfm", "tables", "frontmatter", "footnote", "gfm_alerts"})
