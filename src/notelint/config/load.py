"""The configuration of a run, or none: most folders have no file for it to read."""

from __future__ import annotations

import os

from notelint.config.files import Keep, anew, named, nearest
from notelint.config.found import top_of
from notelint.config.model import Config


def load(
    file: str | None = None,
    *,
    here: str | None = None,
    top: str | None = None,
    keep: Keep = anew,
) -> Config:
    """The configuration in *file*, or the nearest one from the folder *here* upwards to *top*.

    *here* is the current folder by default, *top* the root of its repository, or the folder itself
    outside of one; *keep* may know what is in a file from an earlier run.
    Raises :class:`ConfigError`, with one line that says what to change, for a file that can't be
    read or that holds what nobody would understand.
    """
    here = here or os.getcwd()
    raw = named(file, keep) if file is not None else nearest(here, top or top_of(here), keep)
    if raw is None:
        return Config(here)
    from notelint.config.read import config_of

    return config_of(raw, here if file is not None else os.path.dirname(raw.path))
