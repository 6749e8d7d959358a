"""Kill a transaction at one moment after the other, and look at what the next run makes of it.

    python -m refactor.kill_everywhere FOLDER events|lines EVERY

FOLDER is a tree that :func:`refactor.tree.rearrange` can rearrange. A moment is an operation of the
system (an audit event), or a line of notelint's code.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from notelint.cache.folder import state_folder
from notelint.engine import temporary
from notelint.refactor.transaction import pending, recover
from notelint.workspace.git import clear_cache
from refactor.tree import in_git, rearrange, state

LINES_OF = (
    "/refactor/",
    "/engine/write_note.py",
    "/engine/temporary.py",
    "/workspace/git_index.py",
)
UNDONE, FINISHED = (f"an interrupted move is {how}" for how in ("undone", "finished"))
EVENTS = ("open", "os.", "subprocess.", "fcntl.")


def after(moment: int) -> Callable[[], None]:
    """A function that kills this process when it is called for the *moment* th time."""
    left = [moment]

    def count() -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def watch_events(count: Callable[[], None]) -> None:
    """Call *count* at each operation from the first in the folder of the journal."""
    begun: list[str] = []

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if not begun and event == "open" and str(given[0]).startswith(f"{state_folder()}/moves"):
            begun.append(event)
        if begun and event.startswith(EVENTS) and event != "os.kill":
            count()

    sys.addaudithook(hook)


def watch_lines(count: Callable[[], None]) -> None:
    """Call *count* at each line once nothing is in the way."""
    begun: list[str] = []

    def trace(frame: FrameType, event: str, given: object) -> Any:
        name = frame.f_code.co_filename
        if frame.f_code.co_name in ("_run", "_settle") and name.endswith("transaction.py"):
            begun.append(name)
        if not begun or not any(each in name for each in LINES_OF):
            return None
        if event == "line":
            count()
        return trace

    sys.settrace(trace)


class Killer:
    """Kills runs in the tree at *root*, which is given back as it was before each."""

    def __init__(self, root: Path, watch: Callable[[Callable[[], None]], None]) -> None:
        self.root, self._kept, self._watch = root, Path(f"{root}-kept"), watch
        shutil.copytree(root, self._kept, symlinks=True)
        self.before = self.now()
        rearrange(root)
        self.after = self.now()
        assert self.before != self.after

    def now(self) -> object:
        """The tree, and what git says of it."""
        return state(self.root), in_git(self.root)

    def restore(self) -> None:
        """Give the tree its first state back."""
        clear_cache()
        shutil.rmtree(self.root)
        shutil.copytree(self._kept, self.root, symlinks=True)

    def kill(self, work: Callable[[], object], moment: int) -> bool:
        """Whether a process that does *work* was killed at the *moment*: it is over before."""
        if not (process := os.fork()):
            temporary.tidy.cache_clear()  # as in a run of its own
            self._watch(after(moment))
            work()
            os._exit(0)
        status = os.waitpid(process, 0)[1]
        assert status in (0, signal.SIGKILL)
        return status != 0

    def recover(self) -> str:
        """How the next run leaves the tree: with the work undone, finished, or not begun.

        Raises AssertionError for a tree that is neither as before nor as after.
        """
        temporary.tidy.cache_clear()
        said = " ".join(recover(str(self.root)))
        allowed = {"": (self.before, self.after), UNDONE: (self.before,), FINISHED: (self.after,)}
        assert self.now() in allowed[said], said
        assert not pending(str(self.root))
        left = [path.name for path in (self.root / ".git").iterdir()]
        assert not any(name.endswith(".lock") or name.startswith(".notelint") for name in left)
        return said.split(" ")[-1]


def main(folder: str, kind: str, every: str) -> None:
    """Kill until a run is not killed; print how many were undone, finished, or left nothing.

    Then undo one that had come far, and kill that, too.
    """
    root = Path(folder)
    killer = Killer(root, watch_events if kind == "events" else watch_lines)
    ends: Counter[str] = Counter()
    moment = far = 0
    killed = True
    while killed:
        killer.restore()
        killed = killer.kill(lambda: rearrange(root), moment)
        end = killer.recover()
        far = moment if end == "undone" else far
        ends[end] += 1
        moment += int(every)
    killed, moment = True, 0
    while killed:
        killer.restore()
        assert killer.kill(lambda: rearrange(root), far)
        killed = killer.kill(lambda: recover(str(root)), moment)
        killer.recover()
        ends["again"] += killed
        moment += int(every)
    print(dict(ends))


if __name__ == "__main__":
    main(*sys.argv[1:])
