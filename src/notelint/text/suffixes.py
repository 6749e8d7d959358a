"""The suffixes of the names of notes."""

from __future__ import annotations

SUFFIXES = (".md", ".markdown")
