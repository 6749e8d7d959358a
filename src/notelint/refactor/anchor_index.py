"""The parts of a document that fragments lead to, so that two texts of it can be compared."""

from __future__ import annotations

from bisect import bisect_left

from notelint.markdown.document import Document
from notelint.text.startup import lazy_regex

Part = tuple[str, "int | str"]
"""``("heading", number)`` for a heading by its number in the document, ``("anchor", name)`` for an
id, and ``("text", fragment)`` for a fragment that leads to neither."""

PREFIX = "user-content-"  # of ids on GitHub; links may have it, too

_HYPHENS = lazy_regex("-{2,}")


class AnchorIndex:
    """The anchors of *doc*, each with the first part that has it.

    *loose*: the anchors are those of a site that merges hyphens.
    """

    def __init__(self, doc: Document, *, loose: bool = False) -> None:
        above = [-1, *(each.span.end for each in doc.headings)]
        own = {each.span.start for each in doc.headings if each.html}
        # a heading counts from the end of the one before, so that an equal id above it is no rival
        found: list[tuple[int, int, str, Part]] = [
            (above[number], 1, heading.slug, ("heading", number))
            for number, heading in enumerate(doc.headings)
        ]
        for tag in doc.tags:
            for each in tag.attributes:
                if each.name not in ("id", "name") or not each.value:
                    continue
                at = tag.span.start
                if tag.span.end in own:  # the id of an HTML heading stays as it is
                    at = above[bisect_left(above, at) - 1]
                found.append((at, tag.span.end not in own, each.value, ("anchor", each.value)))
        self._parts: dict[str, Part] = {}
        for _, _, name, part in sorted(found, key=lambda each: each[:2]):
            if name:
                self._parts.setdefault(name, part)
        for name in sorted(doc.anchors):
            self._parts.setdefault(name, ("anchor", name))
        self._folded: dict[str, Part] = {}
        for name, part in self._parts.items():
            self._folded.setdefault(name.casefold(), part)
        self._loose: dict[str, Part] = {}
        for name, part in self._parts.items() if loose else ():
            self._loose.setdefault(_merged(name.casefold()), part)

    def part(self, fragment: str) -> Part:
        """The part that the decoded *fragment* leads to."""
        name = fragment.removeprefix(PREFIX)
        found = self._parts.get(name) or self._folded.get(name.casefold())
        return found or self._loose.get(_merged(name.casefold())) or ("text", fragment)


def _merged(name: str) -> str:
    return _HYPHENS.sub("-", name).strip("-")
