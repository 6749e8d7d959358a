"""The origin of the running notelint, so that others can install the same one.

Facts: PEP 610 (``direct_url.json`` of an installed distribution).
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import notelint
from notelint.commands.programs import run_program
from notelint.project_urls import distribution, without_credentials
from notelint.text.startup import NamedTuple
from notelint.workspace.git import git, repository_root
from notelint.workspace.own_urls import remotes

PACKAGE = Path(notelint.__file__).resolve().parent
HOOKS = ".pre-commit-hooks.yaml"
_PLAIN_URL = re.compile(r"[A-Za-z0-9:/.@~_%+-]+")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_INSTEAD = "install notelint from its git repository (`pip install git+URL`), then run this again"


class UnknownOrigin(Exception):
    """Others cannot install this notelint; the message says why."""


class GitOrigin(NamedTuple):
    """A git repository, a URL or a folder of this machine, and a commit in it.

    ``notices`` are messages on how it was chosen.
    """

    repository: str
    commit: str
    notices: tuple[str, ...] = ()

    def requirement(self) -> str:
        """The requirement that pip installs."""
        url = self.repository
        if not _is_remote(url) and "://" not in url:
            url = Path(url).as_uri()
        elif "://" not in url:  # host:path, as ssh has it
            host, _, path = url.partition(":")
            url = f"ssh://{host}/{path}"
        return f"git+{url}@{self.commit}"

    def messages(self) -> list[str]:
        """Messages: how the origin was chosen, and who has no access to it."""
        if self.repository.startswith(("https://", "http://")):
            return [*self.notices]
        who = "who has no access to it, such as a runner of GitHub,"
        if not _is_remote(self.repository):
            who = "another machine, such as a runner of GitHub,"
        why = f"{who} cannot install notelint from {self.repository}"
        cure = "if you need that, publish the repository and run this again"
        return [*self.notices, f"{why}; {cure}"]


class IndexOrigin(NamedTuple):
    """The package index that pip uses, which serves this version."""

    version: str

    def requirement(self) -> str:
        """The requirement that pip installs."""
        return f"notelint=={self.version}"

    def messages(self) -> list[str]:
        """No messages."""
        return []


Origin = GitOrigin | IndexOrigin


def origin(tree: str) -> Origin:
    """The origin of the running notelint; nothing in the folder *tree* is executed to find it.

    Raises :class:`UnknownOrigin`.
    """
    found = distribution()
    if found is None:
        root = repository_root(str(PACKAGE))
        return _of_folder(Path(root) if root else PACKAGE.parent)
    text = found.read_text("direct_url.json")
    if text is None:
        return _of_index(found.version, tree)
    try:
        return _of_direct_url(json.loads(text))
    except (ValueError, KeyError, TypeError):
        raise UnknownOrigin(
            f"direct_url.json of the installed notelint is not valid; {_INSTEAD}"
        ) from None


def _of_direct_url(data: dict[str, Any]) -> GitOrigin:
    url = str(data["url"])
    if "vcs_info" in data:
        return _of_git(url, data["vcs_info"], str(data.get("subdirectory") or ""))
    if "dir_info" in data:
        return _of_folder(Path(url2pathname(urlsplit(url).path)))
    raise UnknownOrigin(
        f"notelint was installed from the archive {without_credentials(url)}; {_INSTEAD}"
    )


def _of_git(url: str, info: dict[str, str], subdirectory: str) -> GitOrigin:
    address, commit = without_credentials(url), info["commit_id"]
    notices = () if address == url else ("credentials are left out of the address",)
    if info["vcs"] != "git" or subdirectory or not _COMMIT.fullmatch(commit):
        of = f"{subdirectory} of " if subdirectory else ""
        raise UnknownOrigin(
            f"notelint was installed from {of}the {info['vcs']} repository {address}, which has no "
            f"{HOOKS} at its top; {_INSTEAD}"
        )
    if not _PLAIN_URL.fullmatch(address):
        raise UnknownOrigin(f"{address!r} is not a plain repository address; {_INSTEAD}")
    return GitOrigin(address, commit, notices)


def _of_folder(folder: Path) -> GitOrigin:
    """The remote of the checkout in *folder* if that has the commit, else *folder* itself."""
    head = git(str(folder), "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if repository_root(str(folder)) != str(folder) or not head:
        raise UnknownOrigin(
            f"notelint was installed from the folder {folder}, which is not a git repository with "
            f"a commit; {_INSTEAD}"
        )
    commit = head.decode().strip()
    if git(str(folder), "cat-file", "-e", f"{commit}:{HOOKS}") is None:
        raise UnknownOrigin(f"{folder}: the last commit has no {HOOKS}; {_INSTEAD}")
    notice = f"the commit is the last one of {folder}"
    if git(str(folder), "diff", "--name-only", "HEAD"):
        notice = f"the commit is the last one of {folder}, without what has changed since"
    remote = dict(remotes(str(folder))).get("origin", "")
    pushed = ("rev-list", "-1", commit, "--not", "--remotes=origin")
    address = without_credentials(remote)
    if address and _is_remote(address) and git(str(folder), *pushed) == b"":
        return GitOrigin(address, commit, (f"{notice}; its origin has it",))
    return GitOrigin(str(folder), commit, (notice,))


def _is_remote(remote: str) -> bool:
    """Whether *remote* is an address that can be cloned from anywhere and runs no program."""
    if not _PLAIN_URL.fullmatch(remote):
        return False
    scheme = urlsplit(remote).scheme if "://" in remote else ""
    return scheme in ("https", "http", "ssh") or bool(
        re.fullmatch(r"[\w.-]+@[\w.-]+:(?!:)[^:]+", remote)
    )


def _of_index(version: str, tree: str) -> IndexOrigin:
    """The package index that pip uses, if it serves the installed code.

    Anybody could register a name that the index does not have.
    """
    with tempfile.TemporaryDirectory() as folder:
        call = [sys.executable, "-I", "-m", "pip", "download", "--quiet", "--no-input"]
        call += ["--no-deps", "--only-binary=:all:", "--dest", folder, f"notelint=={version}"]
        status, lines = run_program(call, folder, tree)
        if status:
            why = "the package index does not serve it"
            if any("No module named pip" in line for line in lines):
                why = "there is no pip beside it that could ask the package index"
        elif any(_is_installed(wheel) for wheel in Path(folder).glob("*.whl")):
            return IndexOrigin(version)
        else:
            why = "what the package index serves by this name is not what is installed"
    raise UnknownOrigin(
        f"notelint {version} was not installed from a repository, and {why}; {_INSTEAD}"
    )


def _is_installed(wheel: Path) -> bool:
    """Whether the modules in *wheel* are the running ones."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            served = {
                name: archive.read(name)
                for name in archive.namelist()
                if name.startswith("notelint/") and name.endswith(".py")
            }
        ours = {
            f"notelint/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
            for path in PACKAGE.rglob("*.py")
        }
    except (OSError, zipfile.BadZipFile):
        return False
    return served == ours
