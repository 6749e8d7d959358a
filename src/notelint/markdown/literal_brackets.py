"""Places where ``](`` is shown as text, and the mistake that keeps it from being a link."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from notelint.markdown.addresses import URL, is_address
from notelint.markdown.prose import MASK, Prose
from notelint.text.startup import NamedTuple, lazy_regex

_BRACKET = lazy_regex(r"[\[\]]")
# A destination without spaces, and one with spaces inside its scheme.
_PIECE = lazy_regex(r"[ \t]*(?P<url><[^<>\n]*>|(?:[^\s()<]|\([^\s()<]*\))+)")
_CUT = lazy_regex(
    r"[ \t]*(?P<head>(?P<scheme>https?)(?:[ \t]+:[ \t]*//[ \t]*|:[ \t]+//[ \t]*|://[ \t]+))"
    r"(?P<rest>(?:[^\s()]|\([^\s()]*\))+)",
    re.IGNORECASE,
)
_CLOSED = lazy_regex(r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*\)")
_QUOTE = "\"'“”‘’„«»「」『』＂"
_TITLE = lazy_regex(rf"[ \t]*(?P<open>[{_QUOTE}])(?P<title>[^\n]*?)(?P<close>[{_QUOTE}])[ \t]*\)")
_SPACED = lazy_regex(
    r"[ \t]*(?![ \t])(?P<url>(?:[^()\n\"]|\([^()\n]*\))*[^()\s\"]|)"
    r"(?:(?:[ \t]+|(?<=[ \t]))\"[^\"\n]*\")?[ \t]*\)"
)
_PARENTHESIS = lazy_regex(r"[ \t]*\((?P<url>(?:[^\s()]|\([^\s()]*\))+)\)")
_UNCLOSED = "its `)` is missing"
_SPACE = "there is a space in its address"
_PLAIN_QUOTES = ('""', "''")
_QUOTES = frozenset((*_PLAIN_QUOTES, "“”", "‘’", "„“", "”“", "””", "«»", "「」", "『』", "＂＂"))
_TWO = lazy_regex(r"\\|[\"']\s+[\"']")  # titles, or escapes
_LINKS = ("inline", "reference", "image", "image-reference", "footnote", "bare", "autolink")
_INDEXED = lazy_regex(r"[\w\])]", re.ASCII)
_WIDE = lazy_regex(r"[^\x00-\x7f]")
_BREAK = lazy_regex(r"\s|\Z|<br\b", re.IGNORECASE)
_ENDS = frozenset(".,;:!?。，；：！？、")


class Slip(NamedTuple):
    """A text meant as a link: its span, why it is not a link, and the replacement of ``part``.

    All offsets are in the content of the prose. ``spaces``: ``part`` is an address that contains
    spaces, and the caller decides on the replacement.
    """

    at: tuple[int, int]
    why: str
    part: tuple[int, int]
    mended: str | None = None
    safe: bool = True
    spaces: bool = False


class Brackets:
    """The brackets of *prose* that are plain text, in a note with these *anchors*."""

    def __init__(self, prose: Prose, anchors: Container[str]) -> None:
        self._prose = prose
        self._anchors = anchors
        self._text = prose.content
        self._last_closing = prose.content.rfind(")")
        self._hidden = len(prose.content)  # the first `[` that is escaped, or in code or the like
        self._openings: dict[int, int] = {}  # by the offset of a `]`, its `[`, or -1
        opened: list[int] = []
        for match in _BRACKET.finditer(self._text):
            at = match.start()
            if not is_plain(prose, at):
                node = prose.element_at(at)
                if match[0] == "[" and (node is None or node.kind not in _LINKS):
                    self._hidden = min(self._hidden, at)
            elif match[0] == "[":
                opened.append(at)
            else:
                self._openings[at] = opened.pop() if opened else -1
        self._unclosed = len(opened)

    def slips(self) -> Iterator[Slip]:
        """The slips in text order."""
        closings = [at for at in self._openings if self._text.startswith("](", at)]
        ends = [*closings[1:], len(self._text)]
        for close, following in zip(closings, ends, strict=False):
            line_end = self._text.find("\n", close, following)
            slip = self._slip(close, self._openings[close], following if line_end < 0 else line_end)
            if slip is None or not is_plain(self._prose, close + 1):
                continue
            if is_text(self._prose, close + 2, slip.at[1]):
                yield slip

    def _slip(self, close: int, start: int, end: int) -> Slip | None:
        text, at = self._text, close + 2
        whole = start if start >= 0 else close
        if cut := _CUT.match(text, at, end):
            return self._with_cut_scheme(cut, whole, end)
        if more := _PARENTHESIS.match(text, at, end):
            return None if _CLOSED.match(text, more.end(), end) else self._opened_twice(more, whole)
        if start >= 0 and (stop := swallowed_at(self._prose, at)):
            return Slip((start, stop), _UNCLOSED, (stop, stop))
        piece = _PIECE.match(text, at, end)
        if piece is None:
            return None
        url = piece["url"].removeprefix("<").removesuffix(">")
        stop = piece.end()
        if closed := _CLOSED.match(text, stop, end):
            if is_address(url, self._anchors):
                return self._with_odd_brackets(close, start, closed.end(), bool(URL.match(url)))
            return None
        after = text[stop:end].lstrip(" \t")[:1]
        if after and after in _QUOTE and is_address(url, self._anchors):
            return self._with_odd_title(stop, whole, end)
        if spaced := _SPACED.match(text, at, end):
            part = spaced.span("url")
            if start >= 0 and re.search(r"[ \t]", spaced["url"]):
                return Slip((start, spaced.end()), _SPACE, part, spaces=True)
            return None
        if ")" in text[stop:end] and not URL.match(url):
            return None
        if is_address(url, self._anchors) and _BREAK.match(text, stop):
            return self._unclosed_at(stop, url, whole, end)
        return None

    def _with_cut_scheme(self, cut: re.Match[str], start: int, end: int) -> Slip | None:
        if not re.match(r"[\w-]+\.", cut["rest"]):
            return None
        closed = _CLOSED.match(self._text, cut.end(), end)
        stop = closed.end() if closed else self._text.find(")", cut.end(), end) + 1 or cut.end()
        mended = f"{cut['scheme']}://" if closed and URL.match(f"https://{cut['rest']}") else None
        return Slip((start, stop), _SPACE, cut.span("head"), mended)

    def _opened_twice(self, more: re.Match[str], start: int) -> Slip | None:
        if not is_address(more["url"], self._anchors):
            return None
        part = more.start("url") - 1, more.start("url")
        return Slip((start, more.end()), "it has one `(` too many", part, "", safe=False)

    def _with_odd_brackets(self, close: int, start: int, end: int, url: bool) -> Slip | None:
        if start >= 0:
            inside = any(node.at[0] > start for node in self._prose.over(start, close))
            here = (close, close)
            return Slip((start, end), "there is a link in its text", here) if inside else None
        before = self._openings.get(close - 1, -1)
        if before >= 0:
            if not url and _INDEXED.match(self._text, before - 1):
                return None
            mended = "" if not self._unclosed else None
            return Slip((before, end), "it has one `]` too many", (close, close + 1), mended)
        if not self._text[close - 1 : close].strip() or close > self._hidden:
            return None  # the start of its text is not known
        return Slip((close, end), "its `[` is missing", (close, close))

    def _with_odd_title(self, stop: int, start: int, end: int) -> Slip:
        title = _TITLE.match(self._text, stop, end)
        if title is None:
            close = self._text.find(")", stop, end)
            whole = start, close + 1 if close >= 0 else end
            return Slip(whole, "the quotes of its title are not closed", (stop, stop))
        quotes, words = title["open"] + title["close"], title["title"]
        why, mark = "its title is not in plain quotes", '"'
        if quotes in _PLAIN_QUOTES:
            why, mark = "its title has quotes inside quotes", quotes[0]
        mended = mark + words.replace(mark, f"\\{mark}") + mark
        sure = quotes in _QUOTES and self._text[stop].isspace() and not _TWO.search(words)
        part = title.start("open"), title.end("close")
        return Slip((start, title.end()), why, part, mended if sure else None)

    def _unclosed_at(self, stop: int, url: str, start: int, end: int) -> Slip:
        why, text = _UNCLOSED, self._text
        at: int | None = stop
        if not url.isascii() and text[stop - 1] != ">":
            from notelint.markdown.address_end import link_end

            length = link_end(url)
            at = None if length is None else stop - len(url) + length
        last = not text[stop:end].strip() and self._last_closing < stop
        if at is None or not last or text[at - 1] in _ENDS:
            return Slip((start, stop), why, (stop, stop), safe=False)
        return Slip((start, at), why, (at, at), ")", safe=False)


def is_plain(prose: Prose, at: int) -> bool:
    """Whether the character at *at* is text, or text of another script that a bare URL includes."""
    if prose.masked[at] != MASK:
        return True
    node = prose.element_at(at)
    return node is not None and node.kind == "bare" and at > _ascii_end(prose.content, *node.at)


def swallowed_at(prose: Prose, at: int) -> int:
    """The end of the address in a bare URL at *at* that includes the `[` of a link; else 0."""
    node = prose.element_at(at)
    if node is None or node.kind != "bare" or node.at[0] != at:
        return 0
    bracket = prose.content.find("[", *node.at)
    if bracket < 0:
        return 0
    end = _ascii_end(prose.content, *node.at)
    if bracket < end and "](" not in prose.content[bracket : node.at[1]]:
        return 0  # it may be part of the address
    return min(bracket, end)


@lru_cache(4)  # a URL may include many brackets
def _ascii_end(content: str, start: int, end: int) -> int:
    wide = _WIDE.search(content, start, end)
    return wide.start() if wide else end


def is_text(prose: Prose, start: int, end: int) -> bool:
    """Whether ``content[start:end]`` has no markup other than URLs and escapes."""
    at = start
    for node in prose.over(start, end):
        # the output of a Go template for a missing value
        unfilled = node.kind == "html" and node.written.split() == ["<no", "value>"]
        if not (node.kind in ("bare", "autolink") or unfilled) or not _is_unmasked(
            prose, at, node.at[0]
        ):
            return False
        at = node.at[1]
    return _is_unmasked(prose, at, end)


def _is_unmasked(prose: Prose, start: int, end: int) -> bool:
    at = prose.masked.find(MASK, start, end)
    while at >= 0:
        if prose.content[at] != "\\":
            return False
        at = prose.masked.find(MASK, at + 2, end)
    return True
