from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.markdown.literal_links import literal_links
from notelint.rules.base import rule
from notelint.rules.linking import Relinks
from notelint.rules.shared.excluded import Covered
from notelint.text.edits import Edit, Fix
from notelint.text.source import Span
from notelint.text.startup import lazy_regex

_LETTER = (
    r"[\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_BLANKS = "\u00a0\u3000"
_SENTENCE = "，。、；：！？～｜"
_CLOSING = dict(zip("）】》」』”’〉〕］｝", "（【《「『“‘〈〔［｛", strict=True))
_MARK = lazy_regex(f"[{_BLANKS}{_SENTENCE}{''.join(_CLOSING)}{''.join(_CLOSING.values())}]")
_GLUED = lazy_regex(f"[!-~]{_LETTER}")
# In angle brackets, which also need a scheme, it would stand for a character.
_REFERENCE = lazy_regex(r"&(?:#\w+|\w+);", re.ASCII)
_URL = lazy_regex(r"(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?=[:/?#]|$)", re.IGNORECASE | re.ASCII)
# Sites whose addresses, as far as this goes, have no letters but those of ASCII.
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
      | [^\s\u0080-\U0010ffff]+\.(?:html?|pdf|git|php|ipynb)
    )""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)


@rule(effect=Relinks())
def glued_url(doc: Document) -> Iterator[Finding]:
    """A bare URL that swallows the text behind it.

    Why: a bare URL ends at a blank. Full-width punctuation and the words after it become a part
    of the address, which then leads nowhere.

    Letters of any script are honest in an address (`https://zh.wikipedia.org/wiki/大语言模型`), so
    only what is no address is found: punctuation that ends a sentence, a bracket that was opened
    before the URL, words right behind a host name, a repository or a file.

    Fix (safe): `<` and `>` around the address.

    Bad:

    ```markdown
    见 https://example.org/guide，以及 https://github.com/example/notes的说明。
    ```

    Fixed:

    ```markdown
    见 <https://example.org/guide>，以及 <https://github.com/example/notes>的说明。
    ```

    Good:

    ```markdown
    见 https://zh.wikipedia.org/wiki/大语言模型 和 https://example.org/guide ，以及
    <https://example.org/guide>，还有 https://zh.wikipedia.org/wiki/李白_(唐朝)
    ```
    """
    others: Covered | None = None
    for link in doc.links:
        if link.kind != "bare" or link.destination.isascii():
            continue
        written = doc.slice(link.span)
        end = _end(written)
        if end is None:
            continue
        if others is None:
            others = Covered(each.span for each in literal_links(doc))
        if link.span.start in others:
            continue  # the address of a link that is shown as text
        url = written[:end]
        span = Span(link.span.start, link.span.start + end)
        fix = Fix("put the URL in angle brackets", (Edit(span, f"<{url}>"),))
        yield Finding(
            link.span,
            f"the URL swallows what stands behind `{url}`",
            fix if "://" in url and not _REFERENCE.search(written, 0, end + 1) else None,
        )


def _end(written: str) -> int | None:
    """Where the address in *written* ends, None where all of it may be one."""
    ends = [at for at in (_before_mark(written), _before_words(written)) if at is not None]
    if not ends:
        return None
    url = written[: min(ends)]
    while url and (url[-1] in "?!.,:*_~'\"];" or (url[-1] == ")" and "(" not in url)):
        url = url[:-1]
    return len(url) if _URL.match(url) else None


def _before_mark(written: str) -> int | None:
    """Where the punctuation starts that no address holds."""
    opened: list[str] = []
    for match in _MARK.finditer(written):
        at, mark = match.start(), match[0]
        before = written[at - 1]
        if mark in _BLANKS:
            return at
        titled = not before.isascii() or before in "/=_-"
        if mark in _CLOSING:
            if opened and opened[-1] == _CLOSING[mark]:
                opened.pop()
                continue
            return at
        if mark not in _SENTENCE:
            if not titled:
                return at
            opened.append(mark)
        elif before.isascii() or mark in "。；" or at == len(written) - 1:
            return at
    return None


def _before_words(written: str) -> int | None:
    """Where words start that stand right behind an address which is complete."""
    glued = _GLUED.search(written)
    if glued is None:
        return None
    at = glued.start() + 1
    closing = written.rfind(")", 0, at)
    if closing >= 0 and written.count("(", 0, at) < written.count(")", 0, at):
        return closing  # opened before the URL
    host_goes_on = "/" not in written[8:at] and "." in re.split(r"[/?#]", written[at:])[0]
    if not host_goes_on and _ASCII.fullmatch(written, 0, at):
        return at
    return at if re.search(r"https?://", written[at:]) and written[at - 1].isalnum() else None
