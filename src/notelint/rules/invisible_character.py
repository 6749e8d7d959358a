from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from unicodedata import category

from notelint.markdown.prose import CONTAINERS, Prose
from notelint.rules.base import Document, Edit, Finding, Fix, Span, rule
from notelint.rules.rewrites import RestoresMarkup
from notelint.rules.shared.unjudged_spans import unjudged
from notelint.text.covered import Covered
from notelint.text.invisible import NAMES, RUN, WIDE, has_run, is_needed, runs_right_to_left
from notelint.text.startup import lazy_regex

_GAP = rf"(?P<gap>[{WIDE}][{WIDE} \t]*)(?=[^{WIDE} \t\n])"
_HEADING = lazy_regex(rf"^ {{0,3}}(?P<mark>#{{1,6}}){_GAP}(?P<text>.)", re.MULTILINE)
_ENTRY = lazy_regex(rf"^ {{0,3}}(?P<mark>[-+*]|\d{{1,9}}[.)]){_GAP}", re.MULTILINE)
_INDENT = lazy_regex(
    rf"\n[ \t]*(?P<gap>[{WIDE}][{WIDE} \t]*)(?=(?:[-+*]|\d{{1,9}}[.)])[ \t]+[^\s])"
)
# What begins a block, if nothing but spaces is before it.
_MARK = lazy_regex(r"(?:#{1,6}|[-+*]|\d{1,9}[.)])[ \t]|>|`{3}|~{3}|\|")
_HASHES = lazy_regex(r"#{1,6}")
# A byte order mark is never meant; tag characters that belong to no flag spell hidden words.
_WORSE = lazy_regex("[\ufeff\U000e0000-\U000e007f]")
_JAPANESE = lazy_regex("[\u3041-\u30ff][\u3041-\u30ff\u3400-\u9fff]|[\u3400-\u9fff][\u3041-\u30ff]")
# A line between two others, neither of which asks for a line break.
_BLANK = lazy_regex(rf"[^\s\\][ \t]?\n[ \t]*(?P<gap>[{WIDE}]+)[ \t]?(?=\n)")


@rule(effect=RestoresMarkup())
def invisible_character(doc: Document) -> Iterator[Finding]:
    """An invisible character that does harm.

    Why: a zero width space inside a word hides it from a search, breaks an address, and changes
    the anchor of a heading; a byte order mark or an ideographic space (`#　标题`) before the text
    of a heading makes it plain text. They come with text pasted from web pages and translators.

    Not reported are zero width spaces at the edge of a word or between the phrases of Japanese,
    joiners in emoji and in Persian or Indic words, and marks of direction beside Hebrew or Arabic.

    Fix (safe): remove it, or put a space in its place.

    Bad:

    ```markdown
    #　标题

    Tune\u200br
    ```

    Fixed:

    ```markdown
    # 标题

    Tuner
    ```

    Good:

    ```markdown
    # 标题

    首行缩进, 100 km, 👩‍💻, می‌خواهم, `a\u200bb`
    ```
    """
    if doc.source.text.isascii():
        return
    yield from _zero_width(doc)
    wide = any(char in doc.source.text for char in WIDE)
    for prose in doc.prose if wide else ():
        if not prose.heading and any(char in prose.content for char in WIDE):
            yield from _spaces(doc, prose)


# ---------------------------------------------------------------------- without width


def _zero_width(doc: Document) -> Iterator[Finding]:
    text = doc.source.text
    if not has_run(text):
        return
    silent, directed = unjudged(doc), runs_right_to_left(text)
    addresses = Covered(link.target for link in doc.links if link.kind != "reference")
    headings = Covered(heading.span for heading in doc.headings)
    for run in RUN.finditer(text):
        at, end = run.span()
        if at in silent:
            continue
        around = text[max(at - 1, 0) : at], text[end : end + 1]
        broken, mark = at in addresses, _hidden_mark(text, run)
        inside = at in headings or all(map(_is_part_of_word, around))
        everywhere = broken or (inside and not _is_harmless(run[0], around))
        for span in _needless(run, around, directed, everything=broken or len(mark) > 1):
            chars = doc.slice(span)
            if everywhere or mark or _WORSE.search(chars):
                instead = " " if mark[:1] == "#" and around[1] not in (" ", "\t") else ""
                yield Finding(span, _named(chars), _fix(span, instead))


def _is_harmless(run: str, around: tuple[str, str]) -> bool:
    """Whether *run* is zero width spaces beside a blank, or where a line of Japanese may break."""
    free = not {" ", "\t"}.isdisjoint(around) or _JAPANESE.match("".join(around)) is not None
    return free and set(run) == {"\u200b"}


def _is_part_of_word(char: str) -> bool:
    return char.isalnum() or category(char or " ")[0] == "M"


def _hidden_mark(text: str, run: re.Match[str]) -> str:
    """The mark of a block that *run*, before or behind it, keeps from being one."""
    line = text.rfind("\n", 0, run.start()) + 1
    before = CONTAINERS.match(text, line, run.start())
    start = before.end() if before else line
    if start == run.start() and (mark := _MARK.match(text, run.end())):
        return " " + mark[0]
    hashes = text[start : run.start()]
    return hashes if _HASHES.fullmatch(hashes) else ""


def _needless(
    run: re.Match[str], around: tuple[str, str], directed: bool, *, everything: bool
) -> Iterator[Span]:
    """The parts of *run* for which there is no reason."""

    def is_wanted(at: int) -> bool:
        return not everything and is_needed(run.string[at], *around, directed=directed)

    for wanted, part in groupby(range(*run.span()), is_wanted):
        first, *others = part
        if not wanted:
            yield Span(first, first + len(others) + 1)


def _named(chars: str) -> str:
    first = chars[0]
    name = NAMES.get(first, "tag character")
    more = f" and {len(chars) - 1} more" if len(chars) > 1 else ""
    return f"invisible U+{ord(first):04X}, {name}{more}"


def _fix(span: Span, text: str) -> Fix:
    return Fix("replace it with a space" if text else "remove it", (Edit(span, text),))


# ---------------------------------------------------------------------- not the space it looks


def _spaces(doc: Document, prose: Prose) -> Iterator[Finding]:
    for match, text in _gaps(prose):
        span = prose.span(*match.span("gap"))
        line = doc.lines.line_around(span.start)
        mark = match.groupdict().get("mark") or ""
        marked = doc.source.text.endswith(mark, line.start, span.start)
        stop = span.start - len(mark) if marked else span.start
        if CONTAINERS.fullmatch(doc.source.text, line.start, stop):
            char = next(char for char in match["gap"] if char in WIDE)
            needs = "space" if text else "blank line"
            message = f"U+{ord(char):04X}, {NAMES[char]}, where Markdown needs a {needs}"
            yield Finding(span, message, _fix(span, text))


def _gaps(prose: Prose) -> Iterator[tuple[re.Match[str], str]]:
    """The places that need a space, each with what it takes."""
    masked = prose.masked
    for match in _HEADING.finditer(masked):
        # a number may be kept from the `#` before it
        if len(match["mark"]) > 1 or match.start() == 0 or not match["text"].isdigit():
            yield match, " "
    entries = list(_ENTRY.finditer(masked))
    for match in entries:
        # a lone `1.` or `*` may be a date or the mark of a note
        if match["mark"] in "-+" or len(entries) > 1:
            yield match, " "
    if prose.item >= 0:
        for match in _INDENT.finditer(masked):
            yield match, match["gap"].replace("\u00a0", " ").replace("\u3000", "  ")
    for match in _BLANK.finditer(masked):
        if prose.content[match.start()] != ">":  # as `<br>` ends
            yield match, ""
