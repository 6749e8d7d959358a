"""The anchors of headings on GitHub, GitLab and Bitbucket."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal

Flavor = Literal["github", "gitlab", "bitbucket"]

_ZWJ = "\u200d"
_NO_LETTERS = re.compile(r"[\d_-]+")
# The circled and squared letters are the only ones that Unicode calls alphabetic although they
# are neither letters, marks nor letter-like numbers (PropList.txt, Other_Alphabetic).
_SYMBOL_LETTERS = ((0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))


class _Table(dict[int, str]):
    """A table for ``str.translate``, filled on demand: a character is kept or removed."""

    def __init__(self, categories: tuple[str, ...], *, symbols: bool) -> None:
        super().__init__({ord(" "): "-", ord("-"): "-"})
        self._categories = categories
        self._symbols = symbols

    def __missing__(self, code: int) -> str:
        char = chr(code)
        is_kept = unicodedata.category(char).startswith(self._categories) or (
            self._symbols and any(first <= code <= last for first, last in _SYMBOL_LETTERS)
        )
        self[code] = char if is_kept else ""
        return self[code]


# github.com, according to the fixtures of github-slugger of October 2022: letters, marks, digits,
# letter-like numbers and connectors are kept, a space becomes a hyphen, the rest is removed.
_GITHUB = _Table(("L", "M", "Nd", "Nl", "Pc"), symbols=True)
# gitlab.com since 17.0: all numbers are kept, no symbols.
_GITLAB = _Table(("L", "M", "N", "Pc"), symbols=False)


def _github(text: str) -> str:
    return text.lower().translate(_GITHUB)


def _gitlab(text: str) -> str:
    return text.lower().translate(_GITLAB)


def _bitbucket(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^\w\s-]", "", plain).strip().lower()
    return "markdown-header-" + re.sub(r"[-\s]+", "-", words)


_SLUGS: dict[Flavor, Callable[[str], str]] = {
    "github": _github,
    "gitlab": _gitlab,
    "bitbucket": _bitbucket,
}


def slug(text: str, flavor: Flavor = "github") -> str:
    """The anchor of a heading with the rendered *text*, if no other has it; it may be empty.

    Only Bitbucket trims and merges hyphens. It renders with Python-Markdown, which removes all
    that is not ASCII, and adds a prefix. GitLab stopped merging hyphens with 17.0; its
    documentation still lists that rule above an example without it.
    """
    return _SLUGS[flavor](text)


class Slugger:
    """The anchors of the headings of one document; pass them in document order."""

    def __init__(self, flavor: Flavor = "github") -> None:
        self._slug = _SLUGS[flavor]
        self._separator = "_" if flavor == "bitbucket" else "-"
        self._counts: dict[str, int] = {}

    def next(self, text: str) -> str:
        """The anchor of the next heading, with the rendered *text*."""
        return self.unique(self._slug(text))

    def unique(self, base: str) -> str:
        """*base*, or if that is taken, the first free one of ``base-1``, ``base-2`` …"""
        anchor, counts = base, self._counts
        while anchor in counts:
            counts[base] += 1
            anchor = f"{base}{self._separator}{counts[base]}"
        counts[anchor] = 0
        return anchor


def accepted_anchors(texts: Iterable[str]) -> frozenset[str]:
    """The anchors that a link to one of the headings *texts* may use on GitHub.

    Anchors that keep the zero-width joiners of emoji sequences are accepted as well, since reports
    differ on whether github.com removes them. GitHub's older numbering, which did not check
    whether a number was free, gives no anchor that today's does not give to some heading.
    """
    texts = list(texts)
    slugger = Slugger()
    anchors = [slugger.next(text) for text in texts]
    if any(_ZWJ in text for text in texts):
        slugger = Slugger()
        anchors += [
            slugger.unique(_ZWJ.join(_github(part) for part in text.split(_ZWJ))) for text in texts
        ]
    return frozenset(anchors)


def is_anchor_of(flavor: Flavor, anchor: str, others: frozenset[str]) -> bool:
    """Whether *flavor* may give *anchor* to a heading with one of the anchors *others* on GitHub.

    The texts of the headings are not known any more, so that what *others* lack, such as `①`, is
    not compared.
    """
    if flavor != "bitbucket":
        return _github(anchor) in others
    return _NO_LETTERS.sub("", anchor.lower()) in _letters_of(others)


@lru_cache(maxsize=64)
def _letters_of(anchors: frozenset[str]) -> frozenset[str]:
    """What :func:`is_anchor_of` compares of the *anchors* on Bitbucket."""
    return frozenset(_NO_LETTERS.sub("", _bitbucket(each)) for each in anchors)
