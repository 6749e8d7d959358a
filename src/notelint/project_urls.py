"""The distribution of the running notelint, and the addresses of the project on the web.

The latter are from ``[project.urls]``. ``Documentation`` is the address of the pages in ``docs/``:
a site, or the folder on a forge. Without it, they are in the ``Repository``. Without either,
nothing is linked.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from notelint.rules import CATALOG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.metadata import Distribution

_ADDRESS = re.compile(r"https?://[!-~]+")
_IN_FORGE = re.compile(r"/(?:blob|tree|src)/")  # where a forge shows the files of a revision


def rule_page(rule: str) -> str | None:
    """The address of the page of *rule*; None for no rule, or if no address is known."""
    folder = documentation() if rule in CATALOG else None
    if folder is None:
        return None
    return f"{folder}/rules/{rule}" + (".md" if _IN_FORGE.search(folder) else "/")


def documentation() -> str | None:
    """The address of the documentation, without a slash at its end."""
    known = _urls()
    if site := known.get("documentation"):
        return site
    repository = known.get("repository")
    return f"{repository.removesuffix('.git')}/blob/HEAD/docs" if repository else None


@cache
def _urls() -> dict[str, str]:
    """The addresses of the project by their labels in lower case."""
    found = distribution(sys.path)
    entries = (found.metadata.get_all("Project-URL") or []) if found else []
    labels = (each.partition(",")[::2] for each in entries)
    return {
        label.strip().lower(): address.strip().rstrip("/")
        for label, address in labels
        if _ADDRESS.fullmatch(address.strip())
    }


def distribution(elsewhere: Iterable[str] = ()) -> Distribution | None:
    """The distribution of notelint beside the running package, else in a folder of *elsewhere*.

    The order matters: another folder may have another notelint, or a stranger's.
    """
    from importlib.metadata import Distribution, DistributionFinder

    folders = [str(Path(__file__).resolve().parents[1]), *elsewhere]
    where = DistributionFinder.Context(name="notelint", path=folders)
    return next(iter(Distribution.discover(context=where)), None)


def without_credentials(url: str) -> str:
    """*url* without user and password; without the password only, if it is not a web address.

    The user of an ``ssh`` address is part of the place.
    """
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    user, at, name = host.rpartition("@")
    kept = "" if scheme.lower() in ("https", "http") else user.partition(":")[0] + at
    return f"{scheme}{mark}{kept}{name}{slash}{path}"
