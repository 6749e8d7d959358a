"""Anchors in HTML pages, searched for in a stream of bytes.

In doubt the link is fine: an `id` anywhere in the page counts, and an anchor is absent only if
nothing suggests that a script adds it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

from notelint.online.address import fragment_of, host_of
from notelint.online.results import Anchor

# Hosts whose pages are completed by a script, for example the headings of a README.
_SCRIPTED_HOSTS = re.compile(r"(?:.+\.)?(?:github|gitlab|bitbucket|gitee|codeberg)\.(?:com|org)")
# Lines of a file as forges address them: `L10`, `L10-L20`, `L10C3-L12C1`, `lines-10:20`.
_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines-\d+(?::\d+)?")
# Fragments for scripts, viewers and players: `#/route`, `#!route`, `#page=3`, `#t=30`.
_STATE = re.compile(r"[/!?]|[^#]*=")
_TEXT_DIRECTIVE = ":~:"  # `#:~:text=…` asks the browser to look for words

_ID = re.compile(
    r"""(?<![\w-])id\s{0,9}=\s{0,9}(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"'<>]{1,500}))""", re.I
)
_NAME = re.compile(
    r"""<(?:a|map)\s[^<>]{0,500}?(?<![\w-])name\s{0,9}=\s{0,9}"""
    r"""(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"'<>]{1,500}))""",
    re.I,
)
_MENTION = re.compile(r"""["'=]#([^\s"'<>]{1,500})""")
_SCRIPT = re.compile(r"<script\b", re.I)
# Signs of a page that a script fills: marks in the text, and ids.
_APPLICATION = ("data-reactroot", "ng-app", "ng-version", "__NEXT_DATA__", "__NUXT__", "$docsify")
_APPLICATION_IDS = frozenset({"root", "app", "__next", "__nuxt", "___gatsby"})
# A page with ids on headings or with anchors gets them on the server.
_SERVED_ANCHOR = re.compile(r"<(?:h[1-6]|a|section|dt)\s[^<>]{0,300}?\b(?:id|name)\s{0,9}=", re.I)
_OVERLAP = 1200  # characters searched again with the next piece, for matches across both

_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{1,40})""", re.I)
# An allow list: some of Python's codecs are not character sets, and are costly.
_SAFE_CHARSET = re.compile(
    r"utf-?(?:8|16(?:[lb]e)?)|us-ascii|ascii|gbk|gb2312|gb18030|big5(?:-?hkscs)?|shift[-_]?jis|sjis"
    r"|euc-(?:jp|kr)|iso-?8859-\d{1,2}|latin-?1|windows-125\d|koi8-[ru]"
)


def wanted_anchor(url: str) -> str | None:
    """The anchor to look for in the page at *url*, None if there is none."""
    anchor = fragment_of(url).partition(_TEXT_DIRECTIVE)[0]
    if not anchor or anchor.lower() == "top" or _STATE.match(anchor) or is_line(anchor):
        return None
    return anchor


def is_line(fragment: str) -> bool:
    """Whether *fragment* names lines of a file, which only scripts of the forge understand."""
    return _LINES.fullmatch(fragment) is not None


def is_scripted_host(url: str) -> bool:
    """Whether scripts add the anchors of the pages of the host of *url*."""
    return _SCRIPTED_HOSTS.fullmatch(host_of(url)) is not None


class AnchorSearch:
    """A search for anchors in one HTML page that arrives in pieces; does not keep the page."""

    def __init__(self, wanted: Iterable[str], charset: str | None) -> None:
        self.left: set[str] = set(wanted)
        self._wanted = frozenset(self.left)
        self._names = {name: anchor for anchor in self.left for name in _names(anchor)}
        self._folded = {name.casefold(): anchor for name, anchor in self._names.items()}
        self._charset = charset
        self._decoder: codecs.IncrementalDecoder | None = None
        self._tail = ""
        self._doubtful: set[str] = set()
        self._script = self._application = self._served = False

    def feed(self, piece: bytes) -> bool:
        """Search the next bytes; true if all anchors have been found."""
        if self._decoder is None:
            self._decoder = _decoder(self._charset, piece)
        text = self._tail + self._decoder.decode(piece)
        self._tail = text[-_OVERLAP:]
        for match in (*_ID.finditer(text), *_NAME.finditer(text)):
            self._found_id(unescape(match[match.lastindex or 0]))
        for match in _MENTION.finditer(text):
            self._doubtful.update(_known(self._names, unescape(match[1])))
        self._script = self._script or _SCRIPT.search(text) is not None
        self._application = self._application or any(mark in text for mark in _APPLICATION)
        self._served = self._served or _SERVED_ANCHOR.search(text) is not None
        return not self.left

    def _found_id(self, name: str) -> None:
        self._application = self._application or name in _APPLICATION_IDS
        self.left.difference_update(_known(self._names, name))
        self._doubtful.update(_known(self._folded, name.casefold()))

    def results(self, short: Anchor | None = None) -> dict[str, Anchor]:
        """The result for each anchor; *short* says why the page was not read to its end."""
        scripted = self._script and (self._application or not self._served)
        results = {}
        for anchor in self._wanted:
            if anchor not in self.left:
                results[anchor] = Anchor.FOUND
            elif short is not None:
                results[anchor] = short
            else:
                doubt = scripted or anchor in self._doubtful
                results[anchor] = Anchor.SCRIPTED if doubt else Anchor.ABSENT
        return results


def _names(anchor: str) -> set[str]:
    plain = {anchor, unquote(anchor)}
    # GitHub and its imitators put this prefix in front of ids that an author wrote.
    return plain | {f"user-content-{name}" for name in plain}


def _known(names: dict[str, str], name: str) -> set[str]:
    return {names[form] for form in (name, unquote(name)) if form in names}


def _decoder(charset: str | None, first: bytes) -> codecs.IncrementalDecoder:
    declared = _CHARSET.search(first[:2048])
    name = (charset or (declared[1].decode("ascii") if declared else "utf-8")).lower()
    if _SAFE_CHARSET.fullmatch(name):
        try:
            return codecs.getincrementaldecoder(name)("replace")
        except LookupError:
            pass
    return codecs.getincrementaldecoder("utf-8")("replace")
