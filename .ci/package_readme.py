"""The README in the package: its links lead to the repository, as a package index has no files.

Hatchling calls this while it builds. Without a ``Repository`` in ``[project.urls]``, and so without
an address that a link could have, the README stays as it is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_CODE = re.compile(r"(^```.*?^```$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(!?\[[^\]\n]*\]\()(?![a-z]+:|#)([^)\s]+\))")


def absolute(text: str, repository: str) -> str:
    """*text* with relative links made absolute: pictures to the file, others to its page."""
    root = repository.rstrip("/").removesuffix(".git")

    def made(link: re.Match[str]) -> str:
        kind = "raw" if link[1].startswith("!") else "blob"
        return f"{link[1]}{root}/{kind}/HEAD/{link[2]}"

    parts = _CODE.split(text)  # every second one is code
    return "".join(each if at % 2 else _LINK.sub(made, each) for at, each in enumerate(parts))


class Hook(MetadataHookInterface):
    """The hook of Hatchling."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the README."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        repository = metadata.get("urls", {}).get("Repository")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": absolute(text, repository) if repository else text,
        }
