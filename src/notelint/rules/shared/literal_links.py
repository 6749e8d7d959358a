"""Links that a slip of the pen leaves standing as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.anchors import slug
from notelint.markdown.document import Document
from notelint.markdown.prose import MASK, Prose
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex

_TEXT = r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
# `[text] (url)`, `[text]（url）`, also with only one of the two parentheses full-width
_APART = lazy_regex(
    _TEXT + r"(?P<gap>[ \t]*)(?P<open>[(（])[ \t]*(?P<url>(?:[^()（）\s]|\([^()（）\s]*\))+)"
    r"[ \t]*(?P<close>[)）])"
)
# `(text)[url]`
_SWAPPED = lazy_regex(r"(?P<open>\()(?P<text>[^()\n]+)\)\[(?P<url>[^\[\]\s]+)(?P<close>\])")
# `[text](a b.pdf)`
_BLANK = lazy_regex(
    _TEXT + r"(?P<open>\()[ \t]*(?![ \t])(?P<url>(?:[^()\n\"]|\([^()\n]*\))*[^()\s\"]|)"
    r"(?:(?:[ \t]+|(?<=[ \t]))\"[^\"\n]*\")?[ \t]*(?P<close>\))"
)
_PATH = lazy_regex(r"\.{1,2}/\w|/\w[^/]*/\w")
# what each of the three must hold
_TRACE = lazy_regex(r"\](?:[ \t]*（|[ \t]+\(|\([^()\n]*[ \t）])|\)\[")
_WORD = lazy_regex(r"[^\W\d_]{2}|[\u2e80-\uffdc]|\0")
_CITED = lazy_regex(r"[@^!]|[xX ]$|.*\b(?:1[89]|20)\d\d[a-z]?$|[A-Z][A-Za-z+]*\d\d[a-z]?$")
_SCHEME = lazy_regex(r"(?:https?|ftp)://[^\s/]*\w\.\w|mailto:[^\s@]{1,254}@", re.IGNORECASE)
_EXTENSION = lazy_regex(
    r"\.(?:md|markdown|txt|rst|pdf|docx?|pptx?|xlsx?|csv|tsv|jsonl?|ya?ml|toml|xml|html?|ipynb|py"
    r"|[jt]sx?|java|go|rs|sh|c|h|cc|cpp|hpp|sql|tex|bib|png|jpe?g|gif|svg|webp|bmp|ico|mp[34]|mov"
    r"|webm|wav|zip|gz|tgz|tar|7z|epub)(?:[?#].*)?$",
    re.IGNORECASE | re.DOTALL,
)


class Shown(NamedTuple):
    """A link that is shown as text: what it covers, and how it reads when it is mended.

    ``mended`` replaces ``part``, and is None where that would be a guess; ``certain`` tells that
    there is no other reading.
    """

    span: Span
    part: Span
    mended: str | None
    certain: bool
    image: bool


def shown(doc: Document) -> Iterator[Shown]:
    """The links of *doc* that are shown as text."""
    for prose in doc.prose:
        if "[" in prose.content and _TRACE.search(prose.content) and "[" in prose.masked:
            yield from _in_prose(prose, doc)


def _in_prose(prose: Prose, doc: Document) -> Iterator[Shown]:
    for match in _APART.finditer(prose.content):
        # without a gap and between two plain parentheses it would be a link
        apart = match["gap"] or match["open"] + match["close"] != "()"
        wiki = match["text"][:1] == "[" and match["text"][-1:] == "]"
        if wiki and not _SCHEME.match(match["url"]):
            continue  # `[[note]]（a.md）` may be a wiki link, and what is said of it
        if apart and _stands_apart(match, prose) and _is_address(match["url"], doc):
            part = prose.span(match.start("gap"), match.end())
            certain = not match["gap"] and not wiki
            yield _shown(prose, match, part, f"({match['url']})", certain=certain)
    for match in _SWAPPED.finditer(prose.content):
        called = match.start() > 0 and re.match(r"\w", prose.content[match.start() - 1])
        if not called and _is_plain(match, prose) and _is_address(match["url"], doc):
            mended = f"[{match['text']}]({match['url']})"
            yield _shown(prose, match, prose.span(*match.span()), mended)
    for match in _BLANK.finditer(prose.content):
        if " " not in match["url"] and "\t" not in match["url"]:
            continue
        if _is_plain(match, prose) and _is_address_with_blanks(match["url"]):
            part = prose.span(*match.span("url"))
            yield _shown(prose, match, part, _without_blanks(match["url"], doc))


def _shown(
    prose: Prose, match: re.Match[str], part: Span, mended: str | None, *, certain: bool = True
) -> Shown:
    image = match.start() > 0 and prose.masked[match.start() - 1] == "!"
    span = prose.span(match.start() - image, match.end())
    # the text of a heading is its anchor, which others may link
    return Shown(span, part, None if prose.heading else mended, certain, image)


def _stands_apart(match: re.Match[str], prose: Prose) -> bool:
    """Whether the brackets hold the words of a link, and no number, citation or box."""
    text = match["text"]
    words = prose.masked[slice(*match.span("text"))]
    return bool(_WORD.search(words)) and not _CITED.match(text) and _is_plain(match, prose)


def _is_plain(match: re.Match[str], prose: Prose) -> bool:
    """Whether brackets and destination are text, or what a bare URL has swallowed of it."""
    start, end = match.start("open"), match.end()
    marks = (match.start(), match.end("text"), start)
    if not all(prose.masked[at] != MASK or _is_swallowed(at, prose) for at in marks):
        return False
    inside = prose.over(start, end)
    firsts = [*(node.at[0] for node in inside), end]
    stops = [start, *(node.at[1] for node in inside)]
    return all(node.kind == "bare" for node in inside) and not any(
        MASK in prose.masked[stop:first] for stop, first in zip(stops, firsts, strict=True)
    )


def _is_swallowed(at: int, prose: Prose) -> bool:
    """Whether a bare URL reaches up to *at* that has run on into text of another script."""
    return any(
        node.kind == "bare" and not prose.content[node.at[0] : at].isascii()
        for node in prose.over(at, at + 1)
    )


def _is_address(text: str, doc: Document) -> bool:
    """Whether *text* can be nothing but an address: a URL, an anchor, or the path of a file."""
    if _SCHEME.match(text):
        return True
    if text.startswith("#"):
        return text[1:] in doc.anchors
    if text[0] in "![" or any(mark in text for mark in "，。；：！？、《》"):
        return False
    return bool(_EXTENSION.search(text) or _PATH.match(text))


def _is_address_with_blanks(text: str) -> bool:
    if text.startswith("<") or (_SCHEME.search(text[1:]) and not _SCHEME.match(text)):
        return False
    if text.startswith("#"):
        return bool(re.match(r"#[^\W\d]", text))
    return bool(_SCHEME.match(text) or _EXTENSION.search(text) or text.startswith(("./", "../")))


def _without_blanks(url: str, doc: Document) -> str | None:
    """*url* as it may stand in a link, None where it may end at one of its blanks."""
    if url.startswith("#"):
        anchor = slug(url[1:].strip())
        return f"#{anchor}" if anchor in doc.anchors else None
    *pieces, last = re.split(r"[ \t]+", url)
    if _SCHEME.match(url) and "/" not in pieces[0].partition("//")[2]:
        return None  # nobody knows the host
    if any(map(_EXTENSION.search, pieces)) or not (_EXTENSION.search(last) or last[-1:] == "/"):
        return None
    return re.sub(r"\\?[ \t]", "%20", url)
