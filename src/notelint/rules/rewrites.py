"""Effects of fixes by which text becomes markup: blocks, alerts, formulas; see ``effects``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from notelint.markdown.elements import LIST_TOKENS
from notelint.markdown.formulas import ESCAPE
from notelint.markdown.outline import Outline
from notelint.rules.effects import (
    Blocks,
    Definitions,
    Effect,
    Elements,
    OutlineBlock,
    Text,
    gone_from,
    is_part,
    may_gain,
    may_lose,
    not_compared,
)
from notelint.text.invisible import without_invisible
from notelint.text.startup import lazy_regex


class TakesEffect(Effect):
    """Literal markup takes effect: nothing but markup goes from the text."""

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and every letter must still be there, if only in an address."""
        was, now = _counted(before), _counted(after)
        if _only(str.isalpha, was) - _only(str.isalpha, now):
            return "it would lose words"
        fewer = _only(str.isdigit, was) != _only(str.isdigit, now)
        if fewer and not _numbers(after) - _numbers(before):
            return "it would lose words"
        if before.code == after.code and not self._stay_deep(before, after):
            return "it would change the texts"
        return super().objection(before, after, fixes)

    def _stay_deep(self, before: Outline, after: Outline) -> bool:
        """Whether the letters are as deep as they were, but for those that became addresses."""
        linked = sum(
            sum(map(str.isalpha, "".join((*each.links, *each.images, *each.titles)))) * sign
            for each, sign in ((after, 1), (before, -1))
        )
        reach = max((depth for kind, depth in before.blocks if kind == "html_block"), default=-1)
        return _no_less_deep(before.texts, after.texts, linked, reach)

    words = may_lose
    links = images = code = may_gain

    texts = not_compared  # where nothing becomes code, they are looked at above
    marks = titles = may_gain

    def blocks(self, before: Blocks, after: Blocks, fixes: int) -> bool:
        return is_part([each for each in before if each[0] != "html_block"], after)


def _numbers(outline: Outline) -> Counter[str]:
    """The ordered lists, whose items have their numbers no longer in their text."""
    return Counter(kind for kind, _ in outline.blocks if kind == "ordered_list_open")


class RestoresMarkup(Effect):
    """Lines of text become the headings, entries and quotes that they were meant to be.

    The headings that were there stay, in their order; of the text, only markup and what is
    invisible may go. A new heading ends the list or the quote above it.
    """

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and markup goes from the text only where it takes effect."""
        lost = Counter(without_invisible(before.words)) - Counter(without_invisible(after.words))
        if not set(lost) <= _markup_of(before, after):
            return "it would change the words"
        headings = len(after.headings) - len(before.headings)
        if not headings and not _no_less_deep(before.texts, after.texts):
            return "it would change the texts"
        return super().objection(before, after, fixes)

    def headings(self, before: Elements, after: Elements, fixes: int) -> bool:
        kept = [(level, *map(without_invisible, rest)) for level, *rest in before]
        now = [(level, *map(without_invisible, rest)) for level, *rest in after]
        return is_part(kept, now) and len(now) - len(kept) <= fixes

    def words(self, before: str, after: str, fixes: int) -> bool:
        was, now = without_invisible(before), without_invisible(after)
        return is_part(now, was)

    def links(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        return list(map(without_invisible, before)) == list(map(without_invisible, after))

    images = links

    def definitions(self, before: Definitions, after: Definitions, fixes: int) -> bool:
        return [tuple(map(without_invisible, each)) for each in before] == [
            tuple(map(without_invisible, each)) for each in after
        ]

    def blocks(self, before: Blocks, after: Blocks, fixes: int) -> bool:
        # lists may join, paragraphs come apart; what else was there stays, and where it was
        return is_part(
            [each for each in before if each[0] not in ("paragraph_open", *LIST_TOKENS)], after
        )

    texts = not_compared

    def marks(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        kept = [each for each in before if each != "hardbreak"]
        return is_part(kept, after)


def _markup_of(before: Outline, after: Outline) -> set[str]:
    """The characters of the markup that is in *after* and was not in *before*."""
    new = gone_from(after.blocks, before.blocks)
    found = "".join(chars for kind, chars in _MARKUP.items() if new[kind])
    return set(found + "*_~" * (len(after.marks) > len(before.marks)))


_MARKUP = {
    "heading_open": "#",
    "blockquote_open": ">",
    "bullet_list_open": "-*+",
    "ordered_list_open": "0123456789.)",
    "list_item_open": "-*+0123456789.)[]",
}


def _no_less_deep(
    before: Sequence[Text], after: Sequence[Text], linked: int = 0, reach: int = -1
) -> bool:
    """Whether no letter has left the lists and quotes that it was in.

    At depths up to *reach*, as many letters as are *linked* may be gone: they are in addresses now.
    """
    was, now = letters_by_depth(before), letters_by_depth(after)
    return all(
        _deeper(now, depth) + (linked if depth <= reach else 0) >= _deeper(was, depth)
        for depth in was
    )


def letters_by_depth(texts: Sequence[Text]) -> Counter[int]:
    """How many letters of *texts* there are at each depth."""
    found: Counter[int] = Counter()
    for depth, text in texts:
        found[depth] += sum(map(str.isalpha, text))
    return found


def _deeper(letters: Counter[int], depth: int) -> int:
    return sum(number for deep, number in letters.items() if deep >= depth)


def _counted(outline: Outline) -> Counter[str]:
    parts = (outline.words, *outline.code, *outline.links, *outline.images, *outline.titles)
    return Counter("".join(parts))


def _only(test: Callable[[str], bool], counted: Counter[str]) -> Counter[str]:
    return Counter({char: number for char, number in counted.items() if test(char)})


class MakesAlerts(Effect):
    """A quote becomes an alert: its marker is shown as the name of the kind, in a block above."""

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and no word but those of the markers may change."""
        if not _are_titled(before.words, after.words, fixes):
            return "it would change the words"
        return super().objection(before, after, fixes)

    words = texts = not_compared

    def blocks(self, before: Blocks, after: Blocks, fixes: int) -> bool:
        new = gone_from(after, before)
        gone = gone_from(before, after)
        return (
            new.keys() <= {"alert_open"}
            and gone.keys() <= {"blockquote_open", "paragraph_open"}
            and new.total() == gone["blockquote_open"] <= fixes
            and gone["paragraph_open"] <= fixes
            and is_part(_quotes(after), _quotes(before))
        )


def _quotes(blocks: Blocks) -> list[OutlineBlock]:
    return [("quote" if kind in _QUOTES else kind, depth) for kind, depth in blocks]


_QUOTES = ("alert_open", "blockquote_open")
_MARKER = lazy_regex(r"(\[![\w-]+\])")
_TITLES = ("Note", "Tip", "Important", "Warning", "Caution")


def _are_titled(before: str, after: str, fixes: int) -> bool:
    """Whether *after* is *before* with titles in place of as many markers as there are *fixes*."""
    at = made = 0
    for number, piece in enumerate(_MARKER.split(before)):
        new = piece
        if number % 2 and not after.startswith(piece, at):
            made += 1
            new = next((each for each in _TITLES if after.startswith(each, at)), piece)
        if not after.startswith(new, at):
            return False
        at += len(new)
    return at == len(after) and made <= fixes


class Typesets(Effect):
    """Formulas get other marks around them: dollars in place of brackets."""

    def code(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        changed = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
        return (
            len(before) == len(after)
            and len(changed) <= fixes
            and all(_formula(old) == _formula(new) for old, new in changed)
        )

    def texts(self, before: Sequence[Text], after: Sequence[Text], fixes: int) -> bool:
        # a space may be put beside a formula
        return [(depth, text.replace(" ", "")) for depth, text in before] == [
            (depth, text.replace(" ", "")) for depth, text in after
        ]


def _formula(code: str) -> str:
    """The content of a formula, without the marks around it, escapes and blanks."""
    inside = _MARKS.fullmatch(code.strip())
    return "".join(ESCAPE.sub(r"\1", inside[1]).split()) if inside else code


_MARKS = lazy_regex(r"(?:\\[(\[]|[(\[]|\$\$|\$`|\$)(.*?)(?:\\[)\]]|[)\]]|\$\$|`\$|\$)", re.DOTALL)


class Nests(Effect):
    """List items get into the item above: each text is as deep as it was, or deeper."""

    def texts(self, before: Sequence[Text], after: Sequence[Text], fixes: int) -> bool:
        return self._deeper(
            [(text, depth) for depth, text in before], [(text, depth) for depth, text in after]
        )

    def blocks(self, before: Blocks, after: Blocks, fixes: int) -> bool:
        return self._deeper(
            [each for each in before if each[0] not in LIST_TOKENS],
            [each for each in after if each[0] not in LIST_TOKENS],
        )

    def _deeper(self, before: Blocks, after: Blocks) -> bool:
        return len(before) == len(after) and all(
            old[0] == new[0] and old[1] <= new[1] for old, new in zip(before, after, strict=True)
        )
