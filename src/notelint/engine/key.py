"""The secret of this user on this machine, by which a run knows what an earlier one made."""

from __future__ import annotations

import os
from functools import cache

from notelint.workspace.cache_care import new_key
from notelint.workspace.cache_folder import KEY_SIZE, read_key, user_folder


@cache
def user_key() -> bytes:
    """The secret, made where there is none yet; another one each time where none can be kept."""
    folder = user_folder()
    key = (read_key(folder) or new_key(folder)) if folder else None
    return key or os.urandom(KEY_SIZE)
