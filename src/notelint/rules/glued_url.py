from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.address_end import address_end
from notelint.markdown.literal_links import literal_links
from notelint.rules.base import Document, Edit, Finding, Fix, Span, rule
from notelint.rules.linking import Relinks
from notelint.text.covered import Covered
from notelint.text.startup import lazy_regex

# In angle brackets, which also need a scheme, it would be a character reference.
_REFERENCE = lazy_regex(r"&(?:#\w+|\w+);", re.ASCII)


@rule(effect=Relinks())
def glued_url(doc: Document) -> Iterator[Finding]:
    """A bare URL that includes the text after it.

    Why: a bare URL ends at a space. Full-width punctuation and the words after it become part of
    the address, which then leads nowhere. A URL in angle brackets may be too long as well.

    Letters of any script are valid in an address (`https://zh.wikipedia.org/wiki/大语言模型`), so
    only what cannot be part of one is reported. The address ends at the first of these:

    - punctuation that ends a sentence, a quote or a backtick
    - a bracket that was opened before the URL
    - a second URL
    - words right after a host name, a repository or a file
    - kana or hangul after other words

    Fix (safe): put `<` and `>` around the address. There is no fix if the punctuation may be part
    of a title in the address, or if a word in a query may end before the letters after it.

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
    lost = 0  # where the line ends in which a link lacks its `)`
    for link in doc.links:
        if (
            link.span.start < lost
            or link.kind not in ("bare", "autolink")
            or not _may_be_glued(link.destination)
        ):
            continue
        start, stop = link.target
        written = doc.slice(link.target)
        end = address_end(written, doc.source.text[max(start - 1, 0) : start])
        if end is None:
            continue
        if others is None:
            others = Covered(each.span for each in literal_links(doc))
        if link.span.start in others:  # the address of a link that is shown as text
            if "](" in written:
                lost = doc.lines.line_around(start).end
            continue
        url, rest = written[: end.at], written[end.at :]
        fix = None
        if end.sure and "://" in url and not _REFERENCE.search(written, 0, end.at + 1):
            if link.kind == "bare":
                edit = Edit(Span(start, start + end.at), f"<{url}>")
                fix = Fix("put the URL in angle brackets", (edit,))
            else:
                edit = Edit(Span(start + end.at, stop + 1), f">{rest}")
                fix = Fix("end the URL before that text", (edit,))
        yield Finding(link.span, f"the URL includes the text after `{url}`", fix)


def _may_be_glued(destination: str) -> bool:
    return not destination.isascii() or destination.find("://", 8) >= 0
