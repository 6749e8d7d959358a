"""The places of a document that fragments name, so that two texts of it can be compared."""

from __future__ import annotations

from bisect import bisect_left

from notelint.markdown.document import Document
from notelint.text.startup import lazy_regex

Place = tuple[str, "int | str"]
"""``("heading", number)`` for a heading by its number in the document, ``("anchor", name)`` for an
id, and ``("text", fragment)`` for a fragment that names neither."""

PREFIX = "user-content-"  # of ids on GitHub, where links may have it, too


_HYPHENS = lazy_regex("-{2,}")


class AnchorIndex:
    """The anchors of *doc*, each with the first place that has it.

    *loose*: anchors are those of a site that merges hyphens.
    """

    def __init__(self, doc: Document, *, loose: bool = False) -> None:
        above = [-1, *(each.span.end for each in doc.headings)]
        own = {each.span.start for each in doc.headings if each.html}
        # of an id that is above a heading, to name it, both are the same place
        found: list[tuple[int, int, str, Place]] = [
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
        self._places: dict[str, Place] = {}
        for _, _, name, place in sorted(found, key=lambda each: each[:2]):
            if name:
                self._places.setdefault(name, place)
        for name in sorted(doc.anchors):
            self._places.setdefault(name, ("anchor", name))
        self._folded: dict[str, Place] = {}
        for name, place in self._places.items():
            self._folded.setdefault(name.casefold(), place)
        self._loose: dict[str, Place] = {}
        for name, place in self._places.items() if loose else ():
            self._loose.setdefault(_merged(name.casefold()), place)

    def place(self, fragment: str) -> Place:
        """The place that the decoded *fragment* names."""
        name = fragment.removeprefix(PREFIX)
        found = self._places.get(name) or self._folded.get(name.casefold())
        return found or self._loose.get(_merged(name.casefold())) or ("text", fragment)


def _merged(name: str) -> str:
    return _HYPHENS.sub("-", name).strip("-")
