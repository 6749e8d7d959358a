from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import compress

from notelint.markdown.definitions import label_key
from notelint.markdown.prose import MASK, WORD, YEAR_OR_KEY, Prose
from notelint.markdown.reuse import of_each
from notelint.rules.base import Document, Edit, Finding, Fix, Related, Span, rule
from notelint.rules.linking import Defines
from notelint.rules.shared.references import may_be_incomplete
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suggest import Suggester, did_you_mean

_PAIR = lazy_regex(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
# A character class of a regular expression; the path of an item in code, which its tools link.
_CODE = lazy_regex(r"[a-z]-[a-z]|0-9|[\\^|=]|\w+(?:(?:\.|::)\w+)+(?:\(\))?$|.*::", re.IGNORECASE)
# The path of a class or a function in code, for which mkdocstrings and its like look.
_OBJECT = lazy_regex(r"`[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}`$")
_KEYS = lazy_regex(
    r"(?:ctrl|control|alt|shift|cmd|command|option|win|meta|fn|esc|enter|tab)$", re.I
)
_SENTENCE = lazy_regex(r"[^\W\d_a-z][^\W\d_]*,? [a-z]|.*[,;:.!?] ", re.DOTALL)
_TAG = lazy_regex(r"[A-Z][\w/&.+-]*$")
_CITED = lazy_regex(rf"@|{YEAR_OR_KEY}")
_DEFINITION = lazy_regex(
    r"(?<=\n)[ \t]*\[(?P<label>[^\[\]\n]{1,999})\]:[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*(?=\n|\Z)"
)
_WIDE = "\u2e80"  # from here on, letters are written without spaces between words
_NAME = 3  # letters; a shorter text may be an index
_PREFIX = lazy_regex(r"[ \t>]*")


@rule(effect=Defines())
def undefined_reference(doc: Document) -> Iterator[Finding]:
    """A reference link whose label is defined nowhere in the file.

    Why: the reader sees the brackets, and nothing to click.

    Not reported are:

    - `[label]` alone: that is how people write an aside, a citation or a task
    - a label of six words or more that begins like a sentence: the two pairs are two remarks
    - two pairs at the beginning of a list item, in a note that defines nothing

    A definition cannot interrupt a paragraph or a footnote: right below a line of text it is part
    of that text. The message names its line.

    Fix (unsafe): put a blank line above such a definition, so that it is no longer shown as text.

    Bad:

    ```markdown
    See the [reference][the-book].
    [the-book]: https://example.org/book
    ```

    Fixed:

    ```markdown
    See the [reference][the-book].

    [the-book]: https://example.org/book
    ```

    Good:

    ```markdown
    See the [reference][the-book], `a[i][j]`, a[i][j], [[wiki]], [1] and [sic].

    [the-book]: https://example.org/book
    ```
    """
    spans = [*undefined_references(doc)]
    if not spans:
        return
    defined = {each.key: each for each in doc.definitions}
    hidden, suggester = _swallowed(doc), Suggester()
    for span in spans:
        label = doc.slice(span)
        message = f"`[{_short(label)}]` is not defined"
        if there := hidden.get(label_key(label)):
            message += f": line {there.line}, which should define it, is part of the text above"
            yield Finding(span, message, there.fix, (Related(there.span, "no definition"),))
            continue
        close = misspelt(label_key(label), defined, suggester)
        related = [Related(defined[each].span, "defined here") for each in close]
        hint = did_you_mean(*(f"[{doc.slice(defined[each].label)}]" for each in close))
        yield Finding(span, message + hint, related=tuple(related))


def misspelt(key: str, keys: Collection[str], suggester: Suggester) -> list[str]:
    """The only one of *keys* that *key* may be meant to be: the same but for marks, or close."""
    found = near(key, keys, suggester)
    return found if len(found) < 2 else suggester.closest(key, keys, 2, 0.8)[:1]


def _short(label: str) -> str:
    label = " ".join(label.split())
    return label if len(label) <= 60 else f"{label[:59]}…"


class _Swallowed(NamedTuple):
    """A text that would define a label on *line*, from 1, and the *fix* that makes it."""

    span: Span
    line: int
    fix: Fix | None


def _swallowed(doc: Document) -> dict[str, _Swallowed]:
    """By normalized label, the lines of *doc* that the text above keeps from being definitions."""
    found: dict[str, _Swallowed] = {}
    for prose in doc.prose:
        if "]:" not in prose.content or prose.heading:
            continue
        matches = [each for each in _DEFINITION.finditer(prose.content) if _is_text(each, prose)]
        last, fix = -1, None
        for match in matches:
            span = prose.span(match.start("label") - 1, match.end())
            line = doc.lines.position(span.start).line
            if match.start() != last + 1:
                fix = _fix(doc, line)
            last = match.end()
            found.setdefault(label_key(match["label"]), _Swallowed(span, line, fix))
    return found


def _is_text(match: re.Match[str], prose: Prose) -> bool:
    return all(node.kind in ("bare", "autolink") for node in prose.over(*match.span()))


def _fix(doc: Document, line: int) -> Fix | None:
    """A blank line above *line*: unsafe, for the text that shows the definition goes with it."""
    whole = doc.lines.line_span(line)
    written = doc.slice(whole)
    prefix = _PREFIX.match(written)
    assert prefix
    if not written.startswith("[", prefix.end()):
        return None
    blank = prefix[0].rstrip(" \t") + doc.line_end(line - 1)
    return Fix("put a blank line above it", (Edit(Span(whole.start, whole.start), blank),), False)


def undefined_references(doc: Document) -> list[Span]:
    """The labels, as spans, that reference links of *doc* use and that nothing defines."""
    found = list(_undefined(doc)) if "][" in doc.source.text else []
    return found if found and not may_be_incomplete(doc) else []


def _undefined(doc: Document) -> Iterator[Span]:
    defined = {each.key for each in doc.definitions}
    code = any("`" in each for each in defined)
    hold = of_each(doc, "pairs of brackets", _may_hold, doc.prose)
    for prose in compress(doc.prose, hold):
        for match in _PAIR.finditer(prose.masked):
            part = 2 if match[2].strip() else 1
            label = prose.content[slice(*match.span(part))]
            if not code and _OBJECT.match(label):
                continue
            if label_key(label) not in defined and _is_meant(match, prose, bool(defined)):
                yield prose.span(*match.span(part))


def _may_hold(prose: Prose) -> bool:
    """Whether ``][`` is somewhere in *prose* but in a link, as it is in most."""
    at = prose.content.find("][")
    while at >= 0 and prose.over(at, at + 2):
        at = prose.content.find("][", at + 2)
    return at >= 0


def _is_meant(match: re.Match[str], prose: Prose, has_definitions: bool) -> bool:
    """Whether the two pairs of brackets can be nothing but a reference link."""
    text, label = match[1], match[2] or match[1]
    start, end = match.span()
    before, after = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
    indexed = before.isalnum() and (before < _WIDE or bool(match[2]) or len(text) < _NAME)
    if indexed or (before and before in "])[_}" + MASK):
        return False  # indexing, a longer chain, a wiki link
    if after and after in "[(*+?{=:":
        return False
    if not WORD.search(text) or not re.search(r"\w|\0", label) or text[0] in "!^@":
        return False
    if MASK in match[2] and "`" not in prose.content[slice(*match.span(2))]:
        return False  # a placeholder or a tag
    if _CODE.match(label) or _CODE.match(text) or _KEYS.match(text) or label[0] in "^@!:*":
        return False
    if _CITED.match(text) and _CITED.match(label):
        return False
    if match[2] and _SENTENCE.match(label) and len(label.split()) >= 6:
        return False  # two remarks
    tags = _TAG.match(text) and match[2] and _TAG.match(label) and text != label
    return has_definitions or not (tags or _are_in_front(match, prose))


def _are_in_front(match: re.Match[str], prose: Prose) -> bool:
    """Whether the two are plain words at the beginning of a line, with the entry after them."""
    line = prose.content.rfind("\n", 0, match.start()) + 1
    behind = prose.content[match.end() : match.end() + 2]
    return (
        bool(match[2])
        and not prose.content[line : match.start()].strip()
        and behind[:1] == " "
        and behind[1:].isalnum()
        and not any(mark in match[0] for mark in "*_`\0")
    )


def near(key: str, keys: Collection[str], suggester: Suggester) -> list[str]:
    """The *keys* that *key* may be meant to be: the same but for marks, else close ones."""
    plain = letters(key)
    same = [each for each in keys if letters(each) == plain] if plain else []
    return same or suggester.closest(key, keys, 2, 0.8)


def letters(key: str) -> str:
    """A label without its marks, such as hyphens and spaces."""
    return "".join(filter(str.isalnum, key))
