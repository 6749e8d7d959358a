"""The spelling of anchors in a table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.text.startup import lazy_regex

FRAGMENT = lazy_regex(r"\]\(<?#([^\s()<>]+)")  # of an entry
_READABLE = lazy_regex(r"[\w\-\x80-\U0010ffff]+")


def spelled(anchors: Sequence[str], table: str) -> list[str]:
    """The *anchors* as in the links of *table*: percent-encoded, as doctoc does.

    One that *table* has in plain characters stays plain, and so are all where none is encoded.
    """
    written = FRAGMENT.findall(table)
    plain = {each for each in written if not each.isascii()}
    if plain and "%" not in "".join(written):
        plain.update(anchors)
    return [each if each in plain and _is_readable(each) else encoded(each) for each in anchors]


def _is_readable(anchor: str) -> bool:
    return anchor.isprintable() and _READABLE.fullmatch(anchor) is not None


def encoded(anchor: str) -> str:
    """*anchor* with all but ASCII percent-encoded."""
    if anchor.replace("-", "").replace("_", "").isalnum() and anchor.isascii():
        return anchor
    from urllib.parse import quote

    return quote(anchor, safe="-_.!~*';/?:@&=+$,#")
