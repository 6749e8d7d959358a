"""The files of a run: the named ones, and those in named folders that git does not ignore."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from notelint.text.startup import NamedTuple
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.git import clear_cache, git, listing, path_from_top, repository_root
from notelint.workspace.safe_files import leads_out, walk
from notelint.workspace.unsaved import new_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.workspace.git import Listing

_NEVER = frozenset(
    {"node_modules", "bower_components", "vendor", "__pycache__", "venv", "site-packages"}
)
_MAX_WALKED = 20_000  # files
_MAX_DEPTH = 200  # folders around a file; some steps of a check are done for each of them
_CACHE_FOLDER = ".notelint_cache"  # a cache folder in the tree

_LIST = ("--cached", "--others", "--exclude-standard", f"--exclude={_CACHE_FOLDER}")
_prefetched: dict[str, Listing] = {}  # running calls of git, by folder


class Found(NamedTuple):
    """The notes that the paths of a call name, sorted, and one-line messages on failures."""

    files: list[str]
    failures: list[str]


def prefetch(paths: Sequence[str]) -> None:
    """Start git on the list of the first of *paths*, for a later :func:`discover`."""
    _prefetched.clear()
    clear_cache()
    if os.path.isdir(paths[0]):
        folder = os.path.abspath(paths[0])
        _prefetched[folder] = listing(folder, *_LIST)


def discover(
    paths: Iterable[str], also: Callable[[str, Sequence[str]], list[str]] | None = None
) -> Found:
    """The notes that *paths* name: files with any suffix, notes in folders, matches of globs.

    *also* takes an absolute folder and the paths of files below it, and returns those that are
    notes whatever their suffix. A file keeps its path as given; those in a folder begin with the
    path of the folder as given. Never raises: ``failures`` tells what is missing or unreadable.
    """
    forget_listings()
    files: set[str] = set()
    failures = []
    for given in paths:
        try:
            if _is_link_out(given):
                failures.append(f"{given}: a link to a folder outside the repository; name it")
            elif os.path.isdir(given):
                below, listed = _prefix(given), _listed(os.path.abspath(given))
                files.update(below + each for each in _notes(listed.names))
                if also:
                    more = also(os.path.abspath(given), listed.names)
                    files.update(below + each for each in more)
                failures += [_unreadable(below, each) for each in listed.unreadable]
                failures += [_too_deep(below + each) for each in _notes(listed.deep)[:1]]
            elif os.path.abspath(given).count(os.sep) > _MAX_DEPTH:
                failures.append(_too_deep(given))
            elif os.path.exists(given):
                files.add(os.path.normpath(given))
            elif _is_glob(given):
                matched = set(_matching(given))
                files.update(matched)
                failures += [] if matched else [f"{given}: no file matches"]
            else:
                failures.append(f"{given}: no such file or folder")
        except (OSError, ValueError) as error:
            failures.append(f"{given}: {getattr(error, 'strerror', None) or error}")
    return Found(sorted(files), failures)


def forget_listings() -> None:
    """Read the disk again from now on."""
    _listed.cache_clear()
    clear_cache()


def _is_glob(path: str) -> bool:
    """Whether *path* has wildcards."""
    return not {*"*?["}.isdisjoint(path)


def _matching(pattern: str) -> Iterator[str]:
    """The notes, and the files with the suffix at its end, that the glob *pattern* matches."""
    parts = pattern.replace(os.sep, "/").split("/")
    first = next(number for number, part in enumerate(parts) if _is_glob(part))
    folder, rest = "/".join(parts[:first]) or ("/" if first else "."), "/".join(parts[first:])
    if not os.path.isdir(folder):
        return
    from notelint.text.glob import matches

    suffix = os.path.splitext(parts[-1])[1]
    wanted = SUFFIXES if not suffix or _is_glob(suffix) else (*SUFFIXES, suffix.lower())
    below = _prefix(folder)
    for name in tracked_or_walked(folder):
        if name.lower().endswith(wanted) and matches(f"./{rest}", name):
            yield below + name


def _prefix(folder: str) -> str:
    """The prefix of the paths of files in *folder*, as given."""
    path = os.path.normpath(folder)
    return "" if path == "." else os.path.join(path, "")


def _unreadable(below: str, folder: str) -> str:
    return f"{os.path.normpath(below + folder)}: cannot be read"


def _too_deep(path: str) -> str:
    return f"{path}: not read, it is in more than {_MAX_DEPTH} folders"


def _is_link_out(given: str) -> bool:
    """Whether *given* is a symbolic link in a repository to a folder outside of it."""
    path = os.path.abspath(given)
    if not os.path.isdir(path):
        return False
    root = repository_root(path)
    return root not in (None, path) and leads_out(root, os.path.relpath(path, root))


def notes_below(folder: str) -> list[str]:
    """The Markdown files below *folder*, as paths relative to it with ``/``."""
    return _notes(tracked_or_walked(folder))


def few_notes_below(folder: str) -> list[str] | None:
    """The Markdown files below *folder*; None outside of a repository with too many files."""
    if repository_root(folder) is not None:
        return notes_below(folder)
    some = [*islice(_walk(folder, []), _MAX_WALKED)]
    return _notes(some) if len(some) < _MAX_WALKED else None


def _notes(names: Iterable[str]) -> list[str]:
    return [each for each in names if each.lower().endswith(SUFFIXES)]


def tracked_or_walked(folder: str) -> list[str]:
    """The files below *folder* that git does not ignore; without git, not hidden or vendored."""
    return _listed(os.path.abspath(folder)).names


class _Listed(NamedTuple):
    """Files and unreadable folders, as paths relative to the folder that was listed, with ``/``.

    ``deep`` are the files in too many folders.
    """

    names: list[str]
    unreadable: list[str]
    deep: list[str]


@lru_cache(8)
def _listed(folder: str) -> _Listed:
    """The files below *folder*, listed once per run; :func:`discover` clears the cache."""
    answer = _prefetched.pop(folder, None) or listing(folder, *_LIST)
    unreadable: list[str] = []
    if (names := answer()) is None:
        walked = [*_walk(folder, unreadable), *filter(_would_be_walked, new_files(folder))]
        return _without_deep(folder, walked, unreadable)
    root = repository_root(folder)
    regular = _RegularFiles(folder, root, unreadable)
    kept = [
        name for name in names if regular.has(name) or _is_file(f"{folder}{os.sep}{name}", root)
    ]
    if not kept and not os.access(folder, os.R_OK | os.X_OK):
        unreadable = [""]
    ignored = _would_be_ignored(folder)
    kept += [each for each in new_files(folder) if each not in ignored]
    return _without_deep(folder, kept, unreadable)


def _without_deep(folder: str, names: list[str], unreadable: list[str]) -> _Listed:
    most = _MAX_DEPTH - folder.count(os.sep)
    deep = [each for each in names if each.count("/") > most]
    if deep:
        names = [each for each in names if each.count("/") <= most]
    return _Listed(names, unreadable, deep)


def _would_be_ignored(folder: str) -> set[str]:
    """The unsaved new files below *folder*, in a repository, that git would ignore."""
    if not (new := [*new_files(folder)]):
        return set()
    below = path_from_top(folder)
    asked = "".join(f"{below}{each}\0" for each in new)
    answer = git(folder, "check-ignore", "-z", "--stdin", given=os.fsencode(asked)) or b""
    found = {*os.fsdecode(answer).split("\0")}
    return {each for each in new if below + each in found or _CACHE_FOLDER in each.split("/")}


def _would_be_walked(path: str) -> bool:
    """Whether the unsaved new file at *path*, outside of a repository, would be found."""
    return not any(each.startswith(".") or each in _NEVER for each in path.split("/")[:-1])


class _RegularFiles:
    """The regular files below *folder*, by exact name, without symbolic links.

    Listing a folder takes a fraction of the time of a system call for each file in it.
    """

    def __init__(self, folder: str, root: str | None, unreadable: list[str]) -> None:
        self._folder, self._root, self._unreadable = folder, root, unreadable
        self._names: dict[str, frozenset[str]] = {}
        self._left_out: dict[str, bool] = {"": False}  # by folder

    def has(self, path: str) -> bool:
        """Whether *path* is one of them; False for a link, or a name in another letter case."""
        below, _, name = path.rpartition("/")
        if below not in self._names:
            self._names[below] = frozenset(() if self._leads_out(below) else self._files(below))
        return name in self._names[below]

    def _leads_out(self, below: str) -> bool:
        """Whether *below*, or a folder around it, is a link that leads out of the repository.

        The index still has the files of a folder that a link has replaced.
        """
        unknown = []
        while below not in self._left_out:
            unknown.append(below)
            below = below.rpartition("/")[0]
        out = self._left_out[below]
        for each in reversed(unknown):  # no recursion: an index may hold very deep paths
            path = f"{self._folder}{os.sep}{each}"
            out = self._left_out[each] = out or (
                os.path.islink(path)
                and self._root is not None
                and leads_out(self._root, os.path.relpath(path, self._root))
            )
        return out

    def _files(self, below: str) -> Iterator[str]:
        try:
            with os.scandir(f"{self._folder}{os.sep}{below}") as entries:
                for each in entries:
                    if each.is_file(follow_symlinks=False):
                        yield each.name
        except PermissionError:
            self._unreadable.append(below)
        except OSError:  # a broken link, or a deleted folder that git still lists
            return


def _is_file(path: str, root: str | None) -> bool:
    """Whether *path* is a file inside *root*: git also lists deleted files and links out of it."""
    return os.path.isfile(path) and not (root and leads_out(root, path))


def ignored_below(folder: str) -> list[str]:
    """The paths below *folder* that git ignores; an ignored folder is one path, ending in ``/``.

    Empty without git. A tracked file is never ignored.
    """
    how = ("--others", "--ignored", "--exclude-standard", "--directory")
    return [*(listing(folder, *how)() or ()), *_would_be_ignored(folder)]


def _walk(folder: str, unreadable: list[str]) -> Iterator[str]:
    def note_error(error: OSError) -> None:
        if isinstance(error, PermissionError):
            unreadable.append(os.path.relpath(error.filename, folder).replace(os.sep, "/"))

    here = os.getcwd()
    tree = here if f"{folder}{os.sep}".startswith(os.path.join(here, "")) else folder
    for at, folders, names in walk(folder, note_error):
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and each not in _NEVER
        )
        below = os.path.relpath(at, folder).replace(os.sep, "/")
        for name in sorted(names):
            path = os.path.join(at, name)
            if os.path.isfile(path) and not (os.path.islink(path) and leads_out(tree, path)):
                yield name if below == "." else f"{below}/{name}"
