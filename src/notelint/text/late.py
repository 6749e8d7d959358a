"""Regular expressions that are compiled when they are first used.

To compile them all takes as long as to read many notes, and for most notes few are needed.
"""

from __future__ import annotations

import re

_METHODS = ("finditer", "findall", "fullmatch", "match", "search", "split", "sub")


class _Late:
    """What stands for a compiled expression, and becomes as good as one."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        vars(self).update({each: getattr(compiled, each) for each in _METHODS})
        return getattr(compiled, name)


TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
        """``re.compile`` of *pattern*, at its first use; an error in it shows only then."""
else:
    late = _Late
