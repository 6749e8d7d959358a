"""All references of a note to other places: the links that rules judge, and all others.

When files move, all of them are updated, also unused definitions and attributes that only a browser
follows, such as `srcset` and `poster`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from notelint.markdown.characters import as_read, characters
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.own_urls import may_be_own_url

if TYPE_CHECKING:
    from notelint.markdown.document import Document
    from notelint.markdown.elements import Link
    from notelint.markdown.html import Attribute, Tag

ReferenceKind = Literal["inline", "definition", "autolink", "bare", "html", "srcset"]

_JUDGED = {"a": "href", "img": "src"}  # attributes that rules see as links
_ADDRESSES = {
    "a": ("href",), "area": ("href",), "audio": ("src",), "embed": ("src",), "iframe": ("src",),
    "img": ("src",), "input": ("src",), "link": ("href",), "object": ("data",), "script": ("src",),
    "source": ("src",), "track": ("src",), "video": ("src", "poster"),
}  # fmt: skip
_LISTS = {"img": "srcset", "source": "srcset", "link": "imagesrcset"}
_BLANK = lazy_regex(r"[a-z]+(?:[-_ ][a-z]+)*")  # `[me](<your-name>)`
_SPACE = " \t\n\f\r"
_WEB = ("https://", "http://", "//", "mailto:", "data:")


class Reference(NamedTuple):
    """A place in a note that leads somewhere.

    In ``destination``, escapes and character references are decoded, percent-encoding is as
    written. ``span`` covers the destination as written, without the marks around it, and is None if
    it is not known. ``at`` is the offset at which the link or tag begins.
    """

    kind: ReferenceKind
    destination: str
    span: Span | None
    at: int


def references(doc: Document) -> list[Reference]:
    """The references of *doc*: those in Markdown, then those in HTML, each in document order."""
    return [*_in_markdown(doc), *in_html(doc.tags, doc.source.text)]


def destination_of(doc: Document, link: Link) -> str:
    """The destination of *link*, with its `<>` if it is a placeholder such as `<your-name>`."""
    start = link.target.start
    if doc.source.text[start - 1 : start] == "<" and _BLANK.fullmatch(link.destination):
        return f"<{link.destination}>"
    return link.destination


def other_destinations(doc: Document) -> tuple[str, ...]:
    """The destinations in *doc* that may be in the tree and that no rule judges."""
    found = [each.target for each in doc.definitions if each.key not in doc.used_labels]
    for tag in doc.tags:
        if tag.attributes and not tag.closing:
            found += [each for name, each, _ in _of_tag(tag, "") if name != _JUDGED.get(tag.name)]
    return tuple(dict.fromkeys(filter(_may_be_local, found)))


def _may_be_local(destination: str) -> bool:
    return bool(destination) and (not destination.startswith(_WEB) or may_be_own_url(destination))


def _in_markdown(doc: Document) -> Iterator[Reference]:
    for link in doc.links:
        if link.kind == "reference" or link.kind == "html":  # see definitions, and `in_html`
            continue
        exact = link.kind == "bare" or link.target != link.span
        span = link.target if exact else None
        yield Reference(link.kind, destination_of(doc, link), span, link.span.start)


def in_html(tags: Iterable[Tag], text: str) -> Iterator[Reference]:
    """The references that are attributes of *tags* in *text*."""
    for tag in tags:
        if not tag.attributes or tag.closing:
            continue
        for name, destination, span in _of_tag(tag, text):
            kind: ReferenceKind = "srcset" if name == _LISTS.get(tag.name) else "html"
            yield Reference(kind, destination, span, tag.span.start)


def _of_tag(tag: Tag, text: str) -> Iterator[tuple[str, str, Span | None]]:
    """Name, destination and span of each reference of *tag* in *text*."""
    for name in _ADDRESSES.get(tag.name, ()):
        attribute = tag.get(name)
        if attribute is not None:
            yield name, attribute.value.strip(), _stripped(attribute, text)
    listed = tag.get(_LISTS.get(tag.name, ""))
    if listed is not None:
        offsets = _offsets(listed, text)
        for start, end in _candidates(listed.value):
            span = Span(offsets[start], offsets[end]) if offsets else None
            yield listed.name, listed.value[start:end], span


def _offsets(attribute: Attribute, text: str) -> list[int]:
    """The offsets in *text* of each character of the value and of its end; none if not known."""
    start, end = attribute.value_span
    found = characters(text[start:end], escapes=False)
    if found is None or as_read(found) != attribute.value:
        return []
    return [*accumulate((len(written) for written, _ in found), initial=start)]


def _stripped(attribute: Attribute, text: str) -> Span:
    """The span of the value without the whitespace around it."""
    start, end = attribute.value_span
    if not text:
        return Span(start, end)
    while start < end and text[start : start + 1] in _SPACE:
        start += 1
    while start < end and text[end - 1 : end] in _SPACE:
        end -= 1
    return Span(start, end)


def _candidates(value: str) -> Iterator[tuple[int, int]]:
    """The offsets of the addresses in the value of a ``srcset`` (HTML, 4.8.4.2.1)."""
    at, size = 0, len(value)
    while True:
        while at < size and value[at] in _SPACE + ",":
            at += 1
        if at == size:
            return
        start = at
        while at < size and value[at] not in _SPACE:
            at += 1
        end = at
        while value[end - 1] == ",":
            end -= 1
        yield start, end
        if end == at:  # a descriptor follows, up to a comma outside of parentheses
            depth = 0
            while at < size and (depth or value[at] != ","):
                depth = max(depth + (value[at] == "(") - (value[at] == ")"), 0)
                at += 1
