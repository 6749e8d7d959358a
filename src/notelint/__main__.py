"""``python -m notelint``."""

from __future__ import annotations

from notelint.cli.main import entry

entry()
