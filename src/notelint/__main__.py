"""``python -m notelint``."""

from notelint.cli.main import entry

entry()
