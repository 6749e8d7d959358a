"""Effects of fixes by which alerts, formulas and nested lists take effect; see ``effects``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.markdown.elements import LIST_TOKENS
from notelint.markdown.formulas import ESCAPE
from notelint.markdown.outline import Outline
from notelint.rules.effects import Blocks, Effect, OutlineBlock, Text, explained, gone_from, is_part
from notelint.text.startup import lazy_regex


class MakesAlerts(Effect):
    """A quote becomes an alert: its marker is shown as the name of the kind, in a block above."""

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and no word but those of the markers may change."""
        if not _are_titled(before.words, after.words, fixes):
            return "it would change the words"
        return super().objection(before, after, fixes)

    words = texts = explained

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
