"""The end of an address that has other text right after it, which parsers take for part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.text.invisible import WIDE
from notelint.text.startup import NamedTuple, lazy_regex

_CJK = (
    r"\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u30fa\u30fc-\u30ff\u3100-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = lazy_regex(f"[{_CJK}]")
_SENTENCE = "，。、；：！？～｜"
_CLOSING = dict(zip("）】》」』”’〉〕］｝", "（【《「『“‘〈〔［｛", strict=True))
_PAIRS = {")": "(", "]": "[", "}": "{"}
_MARK = lazy_regex(
    rf"[{WIDE}{_SENTENCE}{''.join(_CLOSING)}{''.join(_CLOSING.values())}`\"']|https?://",
    re.IGNORECASE,
)
_URL = lazy_regex(r"(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?=[:/?#]|$)", re.IGNORECASE | re.ASCII)
_SCHEME = lazy_regex(r"https?://", re.IGNORECASE)
# Characters before a second address that show that it is not part of the first.
_APART = lazy_regex(r"[A-Za-z0-9,;|)\]\u0080-\U0010ffff]")
# Sites with addresses in ASCII only.
_ASCII = lazy_regex(
    r"""https?://(?:www\.)?(?:
        github\.com/[\w.-]+(?:/[\w.-]+(?:/(?:issues|pull)/\d+)?)?
      | huggingface\.co/(?:(?:datasets|spaces|papers)/)?[\w.-]+(?:/[\w.-]+)?
      | arxiv\.org/(?:abs|pdf)/[\w.-]+
      | (?:dx\.)?doi\.org/[\w./-]+
      | openreview\.net/(?:forum|pdf)\?id=[\w-]+
      | (?:youtu\.be/|youtube\.com/watch\?v=)[\w-]+
      | pan\.baidu\.com/s/[\w-]+
      | zhuanlan\.zhihu\.com/p/\d+
      | bilibili\.com/video/\w+/?
      | [\w.-]+(?::\d+)?
    )""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
# The end of a file name, and the end of other names that look like one: `Node.js`, `St.Louis`.
_FILE = lazy_regex(
    r"[\w~%)(-]\.(?:html?|pdf|git|php|ipynb|zip|gz|bz2|7z|png|jpe?g|gif|docx?|xlsx?|pptx?|txt|md)\Z",
    re.ASCII | re.IGNORECASE,
)
_OTHER_FILE = lazy_regex(r"[\w~%)(-]\.[a-z][a-z0-9]{0,4}\Z", re.ASCII)
_THING = lazy_regex(r"[A-Z][A-Za-z]{0,30}\.[a-z]{1,4}\Z|/(?:wiki|item|tags?|entry)/[^/]*\Z")
# Particles, which follow another word and rarely begin a sentence.
_PARTICLE = lazy_regex(
    r"[を를을]|[\u3041-\u3096]|(?:는|에서|으로|에는|입니다|라는|이라는)"
    r"|(?:은|이|가|에|의|로|와|과|도|만|까지|부터|보다|처럼)(?:는|도|의|만)?(?![\uac00-\ud7af])"
)
_NEVER_FIRST = frozenset("を를을")


# A word in a query or fragment that is directly followed by letters of another script.
_RUN_ON = lazy_regex(rf"(?<=[?#&=])[^{_CJK}?#&=]*(?<=[A-Za-z0-9])[{_CJK}]")
# The same in any part of an address.
_GLUED = lazy_regex(f"[A-Za-z0-9][{_CJK}]")


class End(NamedTuple):
    """The end of an address; ``sure`` is False if it may also end elsewhere."""

    at: int
    sure: bool


def address_end(written: str, before: str = "") -> End | None:
    """The end of the address at the start of *written*; None if all of it may be the address.

    *before* is the character before *written*.
    """
    found = _first_stop(written, before)
    if found is None:
        return None
    url = written[: found.at]
    while url and (url[-1] in "?!.,:*_~'\"];" or (url[-1] == ")" and "(" not in url)):
        url = url[:-1]
    sure = found.sure and not _RUN_ON.search(url)
    return End(len(url), sure) if _URL.match(url) else None


def link_end(url: str) -> int | None:
    """The end of the address at the start of *url*, the destination of a link that is not closed.

    None if it is not known.
    """
    end = address_end(url) or End(len(url), True)
    return end.at if end.sure and not _GLUED.search(url, 0, end.at) else None


def _first_stop(written: str, before: str) -> End | None:
    stop = min(_stops(written, before), default=None)
    doubt = _doubtful_mark(written)
    words = _words(written)
    if stop is None:
        return None if words is None or not words.sure else words
    second = _SCHEME.match(written, stop) is not None
    if words is not None and words.at < stop:
        return words
    if doubt is not None and doubt < stop:
        return End(doubt, second)  # a title may continue after the mark, but not into an address
    # words between two addresses may belong to either
    return End(stop, not (second and _LETTER.match(written, stop - 1)))


def _stops(written: str, before: str) -> Iterator[int]:
    """The offsets of characters that end an address."""
    opened: list[str] = []
    query = written.find("?")
    for match in _MARK.finditer(written, 1):
        at, mark = match.start(), match[0]
        last = written[at - 1]
        if len(mark) > 1:
            if _APART.match(last) and (not 0 <= query < at or not last.isascii()):
                yield at
                break
        elif mark == "'":
            if before == mark or not written[at + 1 : at + 2].isascii():
                yield at
                break
        elif mark in _CLOSING and opened and opened[-1] == _CLOSING[mark]:
            opened.pop()
        elif mark in _CLOSING.values() and (not last.isascii() or last in "/=_-"):
            opened.append(mark)
        elif mark not in _SENTENCE or last.isascii() or mark in "。；" or at == len(written) - 1:
            yield at
            break
    yield from _closings(written)


def _closings(written: str) -> Iterator[int]:
    """The offset of the bracket that closes one before the address."""
    depth = dict.fromkeys(_PAIRS.values(), 0)
    for at, char in enumerate(written):
        if char in depth:
            depth[char] += 1
        elif char in _PAIRS:
            depth[_PAIRS[char]] -= 1
            if depth[_PAIRS[char]] < 0:
                yield at
                return


def _doubtful_mark(written: str) -> int | None:
    """The offset of the first mark that ends a sentence or belongs to a title."""
    return next(
        (match.start() for match in _MARK.finditer(written, 1) if match[0] in _SENTENCE), None
    )


def _words(written: str) -> End | None:
    """The start of words right after a complete address."""
    first = _LETTER.search(written)
    if first is None or not written[: first.start()].isascii():
        return None
    at = first.start()
    ascii, rest = written[:at], written[at:]
    host_goes_on = "/" not in ascii[8:] and "." in re.split(r"[/?#]", rest)[0]
    if host_goes_on or "?" in ascii or "#" in ascii:
        return End(at, True) if _ASCII.fullmatch(ascii) and not host_goes_on else None
    if _ASCII.fullmatch(ascii) or _FILE.search(ascii):
        return End(at, True)
    if _OTHER_FILE.search(ascii):
        return None if _THING.search(ascii) else End(at, True)
    if _PARTICLE.match(rest):
        root = ascii.count("/") == 3 and ascii.endswith("/")
        if rest[0] in _NEVER_FIRST or root:
            return End(at, True)
        if ascii[-1].isalnum():
            return None if _THING.search(ascii) else End(at, True)
        return End(at, False)
    glued = _SCHEME.search(rest)
    return End(at, True) if glued and ascii[-1].isalnum() else None
