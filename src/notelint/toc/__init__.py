"""Tables of contents: find the markers, render the list, produce the edit.

The rules, the ``notelint toc`` command and an editor all call the same functions.
"""

from __future__ import annotations

from notelint.toc.compare import Differences, differences
from notelint.toc.entries import TocEntry, entries
from notelint.toc.layout import refresh, render
from notelint.toc.markers import TocBlock, find_blocks, marker_problems, skipped
from notelint.toc.options import TocOptions

__all__ = [
    "Differences",
    "TocBlock",
    "TocEntry",
    "TocOptions",
    "differences",
    "entries",
    "find_blocks",
    "marker_problems",
    "refresh",
    "render",
    "skipped",
]
