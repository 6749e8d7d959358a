"""Fingerprints: identify a finding again after the note around it has changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from notelint.diagnostics import Diagnostic
from notelint.text.lines import LINE_END


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """A hexadecimal digest for each of *diagnostics*, all of one run, no two the same.

    It depends on rule, path and text at fault, and on the number of those alike before it; not on
    lines, nor on the message, which may name other places.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for each in diagnostics:
        key = (each.rule, each.path, LINE_END.sub("\n", each.identity))
        whole = "\0".join((*key, str(seen[key])))
        found.append(hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest())
        seen[key] += 1
    return found
