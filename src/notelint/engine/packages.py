"""The packages that findings depend on."""

# Each by the name that it is imported by, and by that of its distribution.
from __future__ import annotations

PACKAGES = (
    ("notelint", "notelint"),
    ("markdown_it", "markdown-it-py"),
    ("mdit_py_plugins", "mdit-py-plugins"),
    ("yaml", "pyyaml"),
)
