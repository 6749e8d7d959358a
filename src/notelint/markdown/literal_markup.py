"""Markup that GitHub shows as text, but some sites render: alerts, LaTeX in brackets, tables.

It is found in the note alone; whether a site renders it depends on the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.broken_tables import broken_tables
from notelint.markdown.document import Document
from notelint.markdown.formulas import ESCAPE
from notelint.text.edits import Edit
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex

MATH, ALERT, TABLE, CUT_CODE = "math", "alert", "table", "cut code"
KINDS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")  # of GitHub's alerts

# Other names of these kinds: of Obsidian, Docusaurus, GitLab and Microsoft, and misspellings.
_CALLED = {
    "NOTE": "NOTES NOTICE NB INFO INFORMATION INFOS",
    "TIP": "TIPS HINT HINTS",
    "IMPORTANT": "IMPORTENT IMPORTANTE",
    "WARNING": "WARNINGS WARN WARNIG WARING ATTENTION",
    "CAUTION": "CAUTIONS DANGER ERROR",
}
_SAME = {name: kind for kind, names in _CALLED.items() for name in names.split()}
_MARKER = lazy_regex(r"\[!(?P<kind>[A-Za-z][\w-]*)\](?P<gap>[ \t]*)(?P<rest>[^\n]*)")
# The key for the title in the front matter of a page of a site.
_TITLE = lazy_regex(r"^[\"']?title[\"']?[ \t]*[:=]", re.MULTILINE)
# Text after the marker that makes it something else: a link, a definition, a callout of Obsidian
# that can be folded.
_OTHER = lazy_regex(r"[(\[:]|[-+](?:\s|$)")
# Wiki links, which only a vault of Obsidian has; and what it often has, for alerts in lower case.
_WIKI = lazy_regex(r"\[\[[^\[\]\n]+\]\]")
_VAULT = lazy_regex(r"\A---\n(?:[^\n]+\n){0,99}?(?:tags|aliases|cssclasses):")
_VAULT_TEXT = lazy_regex(r"%%|==\w[^=\n]*==")
_QUOTE = lazy_regex(r" {0,3}>[ \t]?")

# Text that proves that the brackets around it are not meant as escaped brackets.
_SURE = lazy_regex(
    r"(?<![\w.\\/:])\\[A-Za-z]{2,}|[\d}]\\[A-Za-z]{2,}|[\w)}\]]\^[\w\\{(*]|\w_[\w\\{]"
    r"|\A\s*[A-Z]\([^()]*\)\s*\Z"
)
_RELATION = lazy_regex(r"(?<!\w)[A-Za-z]\s*[=<>]\s*[\w\\(-]")
# The limits of an interval, in escaped brackets: `\[-2^63, 2^63 - 1\]`.
_INTERVAL = lazy_regex(r"[\w^{}+ \-]+(?:,|，|、|~|～|\.\.+|…)[\w^{}+ \-]+")
_DOLLARS = lazy_regex(r"(?<!\\)\$[^\s$][^$]*\$")
_OPERATORS = frozenset("_^=+-*/<>−")


class Unshown(NamedTuple):
    """Markup that is shown as text: its kind, its span, why, and edits that mend it, if any."""

    kind: str
    span: Span
    why: str
    edits: tuple[Edit, ...] = ()


def unshown(doc: Document) -> tuple[Unshown, ...]:
    """The alerts, formulas and tables of *doc* that GitHub does not show, in document order."""
    text = doc.source.text
    found: list[Unshown] = []
    if "[!" in text:
        found += _alerts(doc)
    if "\\(" in text or "\\[" in text:
        found += _formulas(doc)
    if "|" in text:
        for span, why, code in broken_tables(doc):
            found.append(Unshown(CUT_CODE if code else TABLE, span, why))
    return tuple(sorted(found, key=lambda each: each.span))


def has_wiki_links(doc: Document) -> bool:
    """Whether *doc* has a wiki link, as notes in a vault of Obsidian have."""
    return "[[" in doc.source.text and _is_in_text(_WIKI, doc)


# ---------------------------------------------------------------------- alerts


def _alerts(doc: Document) -> Iterator[Unshown]:
    if has_wiki_links(doc):
        return  # a vault of Obsidian, which has more kinds of alerts, with titles
    if (
        doc.front_matter
        and _TITLE.search(doc.slice(doc.lines.line_span(*doc.front_matter)))
        and all(each.level > 1 for each in doc.headings)
    ):
        return  # a page of a site
    vault: bool | None = None  # few notes have such a line
    for prose in doc.prose:
        if not prose.content.startswith("[!") or prose.heading or prose.item >= 0:
            continue
        match = _MARKER.match(prose.content)
        if match is None or _OTHER.match(match["rest"]):
            continue
        if not match["kind"].isupper():
            vault = _looks_like_vault(doc) if vault is None else vault
            if vault:
                continue
        span = prose.span(0, match.end("kind") + 1)
        line = doc.lines.line_around(span.start).start
        prefix = doc.source.text[line : span.start]
        if not _QUOTE.fullmatch(prefix) or _is_in_quote(doc, line):
            continue
        kind = match["kind"].upper()
        known = kind if kind in KINDS else _SAME.get(kind)
        named = prose.span(2, match.end("kind"))
        edits = [Edit(named, known)] if known and known != kind else []
        if match["rest"].strip() not in ("", "\\"):  # a hard line break is not text
            gap = prose.span(match.start("gap"), match.end("gap"))
            edits.append(Edit(gap, doc.line_end(doc.lines.position(line).line) + prefix))
        if kind not in KINDS:
            meant = f"; did you mean `[!{known}]`?" if known else f"; there are {_listed()}"
            yield Unshown(
                ALERT, span, f"`[!{kind}]` is not an alert{meant}", tuple(edits * bool(known))
            )
        elif edits:
            mark = f"[!{match['kind']}]"
            why = f"text after `{mark}` keeps it from being an alert; put it on the next line"
            yield Unshown(ALERT, span, why, tuple(edits))


def _looks_like_vault(doc: Document) -> bool:
    return bool(_VAULT.match(doc.source.text)) or _is_in_text(_VAULT_TEXT, doc)


def _is_in_text(pattern: re.Pattern[str], doc: Document) -> bool:
    """Whether *pattern* is found in *doc* outside of code: a shell has `[[ … ]]`, too."""
    return any(pattern.search(prose.masked) for prose in doc.prose)


def _listed() -> str:
    *most, last = (f"`[!{kind}]`" for kind in KINDS)
    return f"{', '.join(most)} and {last}"


def _is_in_quote(doc: Document, line: int) -> bool:
    """Whether the quote begins above the line that starts at the offset *line*."""
    number = doc.lines.position(line).line
    return number > 1 and _QUOTE.match(doc.lines.line(number - 1)) is not None


# ---------------------------------------------------------------------- formulas


def _formulas(doc: Document) -> Iterator[Unshown]:
    inline = set()
    for prose in doc.prose:
        for node in prose.nodes if "\\" in prose.content else ():
            if node.kind != "formula":
                continue
            inline.add(node.span)
            written = node.written
            start, end = node.at
            alone = start == 0 and end == len(prose.content)
            around = prose.content[max(start - 1, 0) : start], prose.content[end : end + 1]
            if written[:2] == "\\[" and _is_part(*around):
                continue
            if written[0] == "\\" and _is_sure(written, alone=alone):
                edits = () if prose.heading else _in_dollars(written, node.span, around)
                yield _literal(node.span, written, edits)
    for span in doc.formulas:
        written = doc.slice(span)
        start, end = written.find("\\["), written.rfind("\\]")
        if (
            span in inline
            or not 0 <= start < end
            or not _is_sure(written[start : end + 2], alone=True)
        ):
            continue
        if written[:start].strip(" \t>"):
            continue  # a formula between dollars
        whole = Span(span.start + start, span.start + end + 2)
        edits = _display(whole) if "$" not in written else ()
        yield _literal(whole, written[start : end + 2], edits)


def _is_part(before: str, after: str) -> bool:
    """Whether the characters around a bracket show that it is part of a longer formula."""
    return before in _OPERATORS or after in _OPERATORS


def _literal(span: Span, written: str, edits: tuple[Edit, ...]) -> Unshown:
    cure = "`$…$`" if written[1] == "(" else "`$$…$$`"
    why = f"formula is shown as text: `\\{written[1]}` only escapes the bracket; write {cure}"
    return Unshown(MATH, span, why, edits)


def _is_sure(written: str, *, alone: bool) -> bool:
    """Whether *written* is certainly a formula; *alone*: it is all of the text of its block."""
    inside, square = written[2:-2], written[1] == "["
    if square and inside[:1] == "^":
        return False  # a footnote, or a character class of a regular expression
    if square and not alone and _INTERVAL.fullmatch(inside):
        return False
    if _DOLLARS.search(inside):
        return False  # the part between dollars is shown as a formula, in brackets
    if _SURE.search(inside):
        return True
    return (alone or not square) and _RELATION.search(inside) is not None


def _display(span: Span) -> tuple[Edit, ...]:
    start, end = span
    return Edit(Span(start, start + 2), "$$"), Edit(Span(end - 2, end), "$$")


def _in_dollars(written: str, span: Span, around: tuple[str, str]) -> tuple[Edit, ...]:
    """The edits that put the formula at *span* between dollars; none if these had no effect."""
    inside = written[2:-2]
    if "$" in inside or "`" in inside or "$" in around:
        return ()
    if written[1] == "[":
        return _display(span)
    if "\n" in inside or any(each.isascii() and each.isalnum() for each in around):
        return ()
    before, after = (" " if each.isalnum() else "" for each in around)
    tick = "`" if ESCAPE.search(inside) or "*" in inside or "<" in inside else ""
    first = 2 + len(inside) - len(inside.lstrip())
    last = 2 + len(inside) - len(inside.rstrip())
    return (
        Edit(Span(span.start, span.start + first), f"{before}${tick}"),
        Edit(Span(span.end - last, span.end), f"{tick}${after}"),
    )
