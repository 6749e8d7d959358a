"""Reference links whose label nothing defines, and the labels that they may mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import compress

from notelint.markdown.definitions import label_key
from notelint.markdown.document import Document
from notelint.markdown.kept import of_each
from notelint.markdown.prose import MASK, WORD, YEAR_OR_KEY, Prose
from notelint.rules.shared.references import is_put_together
from notelint.text.source import Span
from notelint.text.startup import lazy_regex
from notelint.text.suggest import Suggester

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


def undefined_references(doc: Document) -> list[Span]:
    """The labels, as spans, that reference links of *doc* use and that nothing defines."""
    found = list(_undefined(doc)) if "][" in doc.source.text else []
    return found if found and not is_put_together(doc) else []


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
    if before.isalnum() or (before and before in "])[_}" + MASK):
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
