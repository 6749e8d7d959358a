"""The identity of a finding beyond one run: its path from the root, and its fingerprint."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from copy import copy
from functools import cache

from notelint.diagnostics import Diagnostic, RunReport
from notelint.text.source import LINE_END


def from_root(report: RunReport, root: str) -> RunReport:
    """A copy of *report* with paths from *root* instead of from the current folder.

    Symbolic links are resolved, since GitHub knows a file by its own path only. A path that leads
    out of *root* stays as it is.
    """
    real = os.path.join(os.path.realpath(root), "")

    @cache
    def rebased(path: str) -> str:
        file = os.path.realpath(path)
        return file[len(real) :].replace(os.sep, "/") if file.startswith(real) else path

    found = copy(report)
    found.diagnostics = [each.with_paths(rebased) for each in report.diagnostics]
    return found


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """A hexadecimal digest for each of *diagnostics*, all of one run, no two the same.

    It depends on the rule, the path, the text at fault, and the number of equal findings before it;
    not on lines, nor on the message, which may name other places.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for each in diagnostics:
        key = (each.rule, each.path, LINE_END.sub("\n", each.identity))
        whole = "\0".join((*key, str(seen[key])))
        found.append(hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest())
        seen[key] += 1
    return found
