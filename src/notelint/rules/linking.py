"""Effects of fixes by which text becomes links or definitions; see ``effects``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from notelint.markdown.outline import Outline
from notelint.rules.effects import (
    Blocks,
    Definitions,
    Effect,
    RemovesDefinitions,
    Text,
    gone_from,
    is_part,
    may_gain,
    may_gain_one_each,
    may_lose,
    not_compared,
)
from notelint.rules.rewrites import letters_by_depth
from notelint.rules.shared.misspelt_urls import repaired
from notelint.text.substrings import Substrings
from notelint.workspace.urls import unquote


class Defines(RemovesDefinitions):
    """Definitions that no link uses go or get another label; text becomes a definition.

    References that were text become links or images. Of the letters, only those of labels that
    name something now, and of definitions, may go from the text.
    """

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and every letter must be accounted for."""
        gone, new = (
            list((Counter(each.definitions) - Counter(other.definitions)).elements())
            for each, other in ((before, after), (after, before))
        )
        if not gone and not new:
            return "it would define nothing"
        uses = Counter((*after.links, *after.images))
        named = _joined(gone)
        for key, target in new:
            named[":"] += 1
            for char, number in Counter(key).items():
                named[char.casefold()] += number * uses[target]
        old, now = (_characters(each) + _joined(each.definitions) for each in (before, after))
        if old - now - named or not is_part(after.words, before.words):
            return "it would change words"
        were = Counter((*before.links, *before.images))
        if ((were - uses) + (uses - were)).keys() - {target for _, target in new}:
            return "it would change the links"
        return super().objection(before, after, fixes)

    def definitions(self, before: Definitions, after: Definitions, fixes: int) -> bool:
        return (Counter(before) - Counter(after)).total() <= fixes

    def blocks(self, before: Blocks, after: Blocks, fixes: int) -> bool:
        come = gone_from(after, before)
        return (
            is_part(before, after) and come.keys() <= {"paragraph_open"} and come.total() <= fixes
        )

    def texts(self, before: Sequence[Text], after: Sequence[Text], fixes: int) -> bool:
        was, now = (letters_by_depth(each) for each in (before, after))
        return all(number <= was[depth] for depth, number in now.items())

    words = links = images = not_compared
    marks = may_lose  # underscores of an address may have been taken for emphasis
    titles = may_gain


def _joined(definitions: Iterable[tuple[str, str]]) -> Counter[str]:
    text = "".join(key + unquote(target) for key, target in definitions)
    return _without_markup(text)


class Relinks(Effect):
    """Text becomes a link or an image, or a bare URL gives back the text that it had swallowed.

    Every letter stays, in the text, in an address or in a title, but for a slip at the beginning of
    an address.
    """

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and no letter may go or come."""
        before, after = _with_repaired(before), _with_repaired(after)
        old, new = (_characters(each) for each in (before, after))
        if new - old or (old - new and len(before.images) == len(after.images)):
            return "it would change words"
        images = Counter(after.images) - Counter(before.images)
        linked = after._replace(links=(*after.links, *images.elements()))
        return super().objection(before, linked, fixes)

    words = not_compared

    def links(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        lost, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
        related = _holding(lost, come) | _holding(come, lost)
        new = sum(number for each, number in come.items() if each not in related)
        return new <= fixes and lost.keys() <= related

    code = may_gain  # code that a URL had swallowed
    texts = not_compared
    marks = not_compared  # underscores of an address may have been taken for emphasis
    images = titles = may_gain_one_each


def _with_repaired(outline: Outline) -> Outline:
    return outline._replace(
        links=tuple(map(repaired, outline.links)),
        images=tuple(map(repaired, outline.images)),
        definitions=tuple((key, repaired(target)) for key, target in outline.definitions),
    )


def _characters(outline: Outline) -> Counter[str]:
    """The characters shown or linked."""
    pieces = (outline.words, *outline.links, *outline.images, *outline.titles)
    text = "".join((*map(unquote, pieces), *outline.code))
    return _without_markup(text)


def _without_markup(text: str) -> Counter[str]:
    """The characters of *text*, without case and without those that may be markup."""
    found: Counter[str] = Counter()
    for char, number in Counter(text).items():
        if char not in _MAY_BE_MARKUP and not char.isspace():
            found[char.casefold()] += number
    return found


# A `-` replaces a space in the anchor of a heading.
_MAY_BE_MARKUP = frozenset("[]()<>（）［］【】「」『』“”‘’„«»＂\"'`*_~!\\-")


def _holding(some: Iterable[str], others: Iterable[str]) -> set[str]:
    """The texts in *some* that are part of one of *others*, and those of *others*."""
    pieces = Substrings(some)
    wholes = {each for each in others if pieces.search(each)}
    return pieces.found | wholes
