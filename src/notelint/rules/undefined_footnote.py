from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.footnotes import FootnoteReference
from notelint.rules.base import Document, Finding, Related, rule
from notelint.rules.shared.references import may_be_incomplete
from notelint.rules.shared.unjudged_spans import unjudged
from notelint.text.covered import Covered
from notelint.text.startup import lazy_regex
from notelint.text.suggest import Suggester, did_you_mean

_NUMBER = lazy_regex(r"[1-9]\d{0,2}|(?:fn|foot-?note|note|ref)[-_:]?\w{1,20}")
_WORDS = lazy_regex(r"[a-z]{3,}(?:[-_][a-z]{3,}){0,4}")  # of them, a class is no longer than five
_LABEL = lazy_regex(r"[^\W_](?:[\w.:+*-]*\w)?[*]*")
_CLASS = lazy_regex(r"[A-Za-z0-9]-[A-Za-z0-9](?![A-Za-z]{2})")
# What is before or after a character class in a regular expression.
_BEFORE = frozenset("/\\([{|^$+*?=`'\"")
_BEHIND = frozenset("/\\{|$+*?=(")


@rule()
def undefined_footnote(doc: Document) -> Iterator[Finding]:
    """A reference to a footnote that is not there.

    Why: the reader sees `[^1]` in the text, and no note. Labels are compared without case.

    In a note without any definition, `[^abc]` may be a character class. There only numbers, long
    words and labels such as `[^fn1]` are reported, right after a word or punctuation and not in a
    heading; after a space, only if all such labels of the note are numbers. A note that includes
    another file is not judged, as the definition may be in there.

    Bad:

    ```markdown
    The model[^size] is small[^yaer].

    [^size]: 130 billion parameters.
    [^year]: As of 2022.
    ```

    Good:

    ```markdown
    The model[^Size] is small. It matches [^0-9]+ and `[^abc]`.

    [^size]: 130 billion parameters.
    ```
    """
    found = doc.footnotes
    lost = [each for each in found.references if not each.defined]
    defines = bool(found.definitions)
    numbers = all(doc.slice(each.label).isdigit() for each in lost)
    headings = Covered(each.span for each in doc.headings)
    lost = [
        each
        for each in lost
        if (defines or each.span.start not in headings)
        and _is_meant(doc, each, defines=defines, numbers=numbers)
    ]
    if not lost or may_be_incomplete(doc):
        return
    silent, suggester = unjudged(doc), Suggester()
    notes = {each.key: each for each in found.definitions}
    for each in lost:
        if each.span.start in silent:
            continue
        close = suggester.closest(each.key, notes, 1, 0.75) if not each.key.isdigit() else []
        hint = did_you_mean(*(f"[^{doc.slice(notes[key].label)}]" for key in close))
        related = tuple(Related(notes[key].span, "defined here") for key in close)
        message = f"`{doc.slice(each.span)}` is shown as text: it is not defined{hint}"
        yield Finding(each.span, message, related=related)


def _is_meant(doc: Document, reference: FootnoteReference, *, defines: bool, numbers: bool) -> bool:
    """Whether it can be nothing but a reference: no part of a regular expression.

    The note *defines* footnotes, or all such labels in it are *numbers*.
    """
    text, (start, end) = doc.source.text, reference.span
    before, behind = text[max(start - 1, 0) : start], text[end : end + 1]
    label = doc.slice(reference.label)
    if before in _BEFORE or behind in _BEHIND or _CLASS.match(label):
        return False
    if defines:
        return _LABEL.fullmatch(label) is not None
    if not before.strip():
        return numbers and _NUMBER.fullmatch(label) is not None
    named = len(label) > 5 and _WORDS.fullmatch(label) and sorted(label) != list(label)
    return bool(named or _NUMBER.fullmatch(label))
