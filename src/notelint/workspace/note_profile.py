"""The profile of a note: its title, order among other notes, sections, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.text.source import LINE_END, Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.index_block import IndexBlock, index_block
from notelint.workspace.languages import is_language

Section = tuple[int, str, int, int, int]
"""A heading: its level, text, first line (from 1), and the offsets of its span. Plain values."""

LanguageLink = tuple[str, str]
"""The destination of a link to another language, and its text. Plain values."""

_KEY = lazy_regex(r"^[\"']?([A-Za-z_][\w-]*)[\"']?[ \t]*[:=](.*)$")
_QUOTED = lazy_regex(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'")
_ORDER = ("order", "weight", "nav_order", "sidebar_position", "position")
_NUMBER = lazy_regex(r"-?\d{1,9}(?:\.\d{1,9})?")
_DATE = lazy_regex(r"\d{4}-\d\d-\d\d")
# Front matter of a page that should not be listed, and words by which a generator marks its output.
_HIDDEN = frozenset(
    {
        ("published", "false"),
        *((each, "true") for each in ("draft", "orphan", "nav_exclude", "unlisted", "hidden")),
    }
)
_GENERATED = lazy_regex(
    r"auto-?(?:matically)?[- ]?generated|generated (?:by|from|with|using|file)|@generated"
    r"|do(?: not|n't) (?:edit|modify)|自动生成",
    re.IGNORECASE,
)
_HEAD = 600  # characters at the top in which a program marks its output
_NAME = lazy_regex(r"\.(?:md|markdown)\b", re.IGNORECASE)
_WIKI = lazy_regex(r"\[\[([^\[\]\n|#^]{1,200})")
_DELIMITER = lazy_regex(r"[\s\"'`()<>\[\]{}|,;=*#:]")
_MAX_PATH = 120  # characters of a path in the text
_TOP_LINES = 60  # in which a note links its translations
_TOP_SECTIONS = 2


class NoteProfile(NamedTuple):
    """What other notes need to know of a note beside its links and anchors.

    ``title`` is from the front matter, else the first heading; ``span`` covers that heading, and is
    empty without one. ``number`` and ``date`` are the keys of the front matter that order notes.
    ``hidden``: the note is a draft, or should not be listed. ``generated``: a program writes it.
    ``named`` are the paths of notes and the wiki links in its text, links included, sorted.
    ``sections`` are the headings, ``codes`` the first lines of fenced code blocks. ``languages``
    are links near the top whose text is a language. ``listing`` is the index block.
    """

    title: str = ""
    span: Span = Span(0, 0)
    number: float | None = None
    date: str = ""
    hidden: bool = False
    generated: bool = False
    named: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    codes: tuple[int, ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    listing: IndexBlock | None = None


def profile_of(doc: Document) -> NoteProfile:
    """The profile of the note *doc*."""
    keys = dict(_keys(doc)) if doc.front_matter else {}
    heading = next((each for each in doc.headings if not each.nested and each.text.strip()), None)
    number = next((keys[each] for each in _ORDER if _NUMBER.fullmatch(keys.get(each, ""))), None)
    dated = _DATE.match(keys.get("date", ""))
    return NoteProfile(
        title=keys.get("title") or (" ".join(heading.text.split()) if heading else ""),
        span=heading.span if heading else Span(0, 0),
        number=float(number) if number is not None else None,
        date=dated[0] if dated else "",
        hidden=any(pair in _HIDDEN for pair in keys.items()),
        generated=_GENERATED.search(doc.source.text, 0, _HEAD) is not None,
        named=tuple(sorted(names_in(doc.source.text))),
        sections=tuple(
            (each.level, " ".join(each.text.split()), each.lines[0], *each.span)
            for each in doc.headings
            if not each.nested
        ),
        codes=tuple(each.lines[0] for each in doc.codes if each.fenced),
        languages=tuple(_languages(doc)),
        listing=index_block(doc),
    )


def _keys(doc: Document) -> Iterator[tuple[str, str]]:
    """The keys of the front matter, in lower case, that have a value on their line; with it."""
    assert doc.front_matter
    written = doc.slice(doc.lines.line_span(*doc.front_matter))
    for line in LINE_END.split(written)[1:-1]:
        if match := _KEY.match(line.rstrip()):
            value = match[2].strip().rstrip(",")
            if quoted := _QUOTED.match(value):
                value = quoted[1] or (quoted[2] or "").replace("''", "'")
            else:
                value = value.partition(" #")[0].strip()
            yield match[1].lower(), value


def names_in(text: str) -> set[str]:
    """The notes that *text*, in any format, names.

    These are paths of notes, also in code and comments, and the targets of wiki links.
    """
    found = set()
    for match in _NAME.finditer(text) if ".m" in text or ".M" in text else ():
        before = text[max(match.start() - _MAX_PATH, 0) : match.start()]
        if name := _DELIMITER.split(before)[-1]:
            found.add(name + match[0])
    if "[[" in text:
        found.update(each.strip() for each in _WIKI.findall(text))
    return found


def _languages(doc: Document) -> Iterator[LanguageLink]:
    """The links near the top whose text is the name or code of a language."""
    below = [each.lines[0] for each in doc.headings if each.level == 2 and not each.nested]
    last = min(_TOP_LINES, below[_TOP_SECTIONS - 1] if len(below) >= _TOP_SECTIONS else _TOP_LINES)
    end = doc.lines.line_span(min(last, len(doc.lines))).end
    for link in doc.links:
        if (
            link.kind != "definition"
            and not link.image
            and link.span.start < end
            and "://" not in link.destination
            and link.destination[:1] != "#"
            and is_language(text := _clicked(doc, link))
        ):
            yield link.destination, text.strip()


def _clicked(doc: Document, link: Link) -> str:
    """The text of *link*; of an HTML link, the text up to the next tag."""
    if link.kind != "html":
        return link.text
    end = link.span.end
    return doc.source.text[end : end + _MAX_PATH].partition("<")[0]
