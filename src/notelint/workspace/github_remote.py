"""The repository on GitHub that a work tree has as its remote, read without calling git."""

from __future__ import annotations

import os
import re

from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.git_metadata import metadata, text_in

_REMOTE = lazy_regex(
    r"(?:https?://(?:[^@/\s]+@)?|git://|ssh://git@|git@)(?:www\.)?github\.com[:/]"
    r"([^/\s]+/[^/\s]+?)(?:\.git)?/?",
    re.IGNORECASE,
)
_ADDRESS = lazy_regex(
    r"https?://(?:www\.)?github\.com/([^/?#]+/[^/?#]+)/(?:blob|raw|tree)/(?=[^/?#])", re.IGNORECASE
)
# Usual names of the default branch. A branch with a built site holds another tree.
_DEFAULT = ("main", "master")
_OTHER_TREES = frozenset({"gh-pages", "pages"})


class GitHubRemote(NamedTuple):
    """``owner/name`` in lower case, and the branches whose files count as those on disk."""

    repository: str
    branches: tuple[str, ...]

    def address(self, path: str, line: int = 0) -> str:
        """The address of the file at *path*, a path from the root, or of a line in it, from 1."""
        from urllib.parse import quote

        branch = next(iter(self.branches), "HEAD")
        file = f"{quote(self.repository)}/blob/{quote(branch)}/{quote(os.fsencode(path))}"
        shown = "?plain=1" if path.lower().endswith((".md", ".markdown")) else ""
        return f"https://github.com/{file}" + (f"{shown}#L{line}" if line else "")

    def split(self, url: str) -> tuple[str, str] | None:
        """Split *url* before the path of a file of this repository; None for other addresses.

        The second part is the path from the root with query and fragment, as written.
        """
        match = _ADDRESS.match(url)
        if match is None or match[1].lower() != self.repository:
            return None
        for branch in self.branches:
            end = match.end() + len(branch)
            if url.startswith(branch, match.end()):
                if url.startswith("/", end):
                    return url[: end + 1], url[end + 1 :]
                if end == len(url) or url[end] in "?#":
                    return url[:end], url[end:]
        return None


def may_be_github_file(url: str) -> bool:
    """Whether *url* looks like a file in any repository on GitHub."""
    return "github.com/" in url.lower() and _ADDRESS.match(url) is not None


def remote_of(root: str) -> GitHubRemote | None:
    """The remote ``origin`` of the repository at *root*; None if it is not on GitHub."""
    found = metadata(os.path.realpath(root))
    if found is None:
        return None
    remote = _REMOTE.fullmatch(_origin(text_in(found.common, "config")))
    if remote is None:
        return None
    current = _branch(text_in(found.own, "HEAD"), "refs/heads/")
    default = _branch(text_in(found.common, "refs/remotes/origin/HEAD"), "refs/remotes/origin/")
    others = () if current in _OTHER_TREES else ("HEAD", *((default,) if default else _DEFAULT))
    return GitHubRemote(
        remote[1].lower(), tuple(dict.fromkeys((*filter(None, (current,)), *others)))
    )


def _origin(config: str) -> str:
    """The URL of the remote ``origin`` in the text of a git configuration, else ``""``."""
    section = re.search(
        r'^[ \t]*\[[ \t]*remote[ \t]+"origin"[ \t]*\](.*?)(?=^[ \t]*\[|\Z)',
        config,
        re.MULTILINE | re.DOTALL,
    )
    assigned = r"^[ \t]*url[ \t]*=[ \t]*\"?([^\s\"]+)"
    url = re.search(assigned, section[1], re.MULTILINE) if section else None
    return url[1] if url else ""


def _branch(reference: str, prefix: str) -> str:
    return reference.partition(f"ref: {prefix}")[2].strip()
