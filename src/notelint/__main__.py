"""``python -m notelint``."""
# ruff: noqa: I002  (the future is a module, too)

import os
import sys

# Python looks for modules in the current folder first, where a stranger's may be. What it imported
# before this line came from there, too: `python -I -m notelint` and `notelint` are safe.
try:
    if sys.path[0] == os.getcwd() != os.path.dirname(os.path.dirname(os.path.abspath(__file__))):
        del sys.path[0]
except OSError:  # the current folder is gone, and whatever was in it
    pass

from notelint.cli.main import entry

entry()
