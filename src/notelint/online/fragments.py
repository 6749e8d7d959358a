"""Anchors in HTML pages, searched for while the page streams by.

The search leans towards the link: an `id` anywhere in the page counts, and an anchor is called
absent only where nothing hints that a script would add it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

from notelint.online.address import fragment_of, host_of
from notelint.online.answer import Anchor

# Hosts whose pages a script completes, the headings of a README among them.
_SCRIPTED_HOSTS = re.compile(r"(?:.+\.)?(?:github|gitlab|bitbucket|gitee|codeberg)\.(?:com|org)")
# Lines of a file as forges address them: `L10`, `L10-L20`, `L10C3-L12C1`, `lines-10:20`.
_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines-\d+(?::\d+)?")
# What scripts, viewers and players read: `#/route`, `#!route`, `#page=3`, `#t=30`.
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
# What a page has that is only a frame for a script to fill: marks in the text, and ids.
_APPLICATION = ("data-reactroot", "ng-app", "ng-version", "__NEXT_DATA__", "__NUXT__", "$docsify")
_FRAMES = frozenset({"root", "app", "__next", "__nuxt", "___gatsby"})
# A page whose headings have ids, or that sets anchors, does so when it is made.
_SERVED_ANCHOR = re.compile(r"<(?:h[1-6]|a|section|dt)\s[^<>]{0,300}?\b(?:id|name)\s{0,9}=", re.I)
_OVERLAP = 1200  # characters seen twice, so that nothing is missed where two pieces meet

_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{1,40})""", re.I)
# By name: Python's codecs include some that are no character sets, and costly.
_SAFE_CHARSET = re.compile(
    r"utf-?(?:8|16(?:[lb]e)?)|us-ascii|ascii|gbk|gb2312|gb18030|big5(?:-?hkscs)?|shift[-_]?jis|sjis"
    r"|euc-(?:jp|kr)|iso-?8859-\d{1,2}|latin-?1|windows-125\d|koi8-[ru]"
)


def wanted_anchor(url: str) -> str | None:
    """The anchor that the page at *url* ought to have, None when there is none to look for."""
    anchor = fragment_of(url).partition(_TEXT_DIRECTIVE)[0]
    if not anchor or anchor.lower() == "top" or _STATE.match(anchor) or is_line(anchor):
        return None
    return anchor


def is_line(fragment: str) -> bool:
    """Whether *fragment* names lines of a file, which only the forge's scripts understand."""
    return _LINES.fullmatch(fragment) is not None


def is_scripted_host(url: str) -> bool:
    """Whether the pages of this host get their anchors from scripts."""
    return _SCRIPTED_HOSTS.fullmatch(host_of(url)) is not None


class AnchorSearch:
    """Looks for anchors in one HTML page that comes in pieces; keeps no page."""

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
        """Search the next bytes; true when all anchors have been found."""
        if self._decoder is None:
            self._decoder = _decoder(self._charset, piece)
        text = self._tail + self._decoder.decode(piece)
        self._tail = text[-_OVERLAP:]
        for match in (*_ID.finditer(text), *_NAME.finditer(text)):
            self._see(unescape(match[match.lastindex or 0]))
        for match in _MENTION.finditer(text):
            self._doubtful.update(_known(self._names, unescape(match[1])))
        self._script = self._script or _SCRIPT.search(text) is not None
        self._application = self._application or any(mark in text for mark in _APPLICATION)
        self._served = self._served or _SERVED_ANCHOR.search(text) is not None
        return not self.left

    def _see(self, name: str) -> None:
        self._application = self._application or name in _FRAMES
        self.left.difference_update(_known(self._names, name))
        self._doubtful.update(_known(self._folded, name.casefold()))

    def verdicts(self, short: Anchor | None = None) -> dict[str, Anchor]:
        """What became of each anchor; *short* says why the page was not read to its end."""
        scripted = self._script and (self._application or not self._served)
        verdicts = {}
        for anchor in self._wanted:
            if anchor not in self.left:
                verdicts[anchor] = Anchor.FOUND
            elif short is not None:
                verdicts[anchor] = short
            else:
                doubt = scripted or anchor in self._doubtful
                verdicts[anchor] = Anchor.SCRIPTED if doubt else Anchor.ABSENT
        return verdicts


def _names(anchor: str) -> set[str]:
    plain = {anchor, unquote(anchor)}
    # GitHub, and what imitates it, puts the prefix in front of ids that an author wrote.
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
