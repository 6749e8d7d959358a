from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle

from notelint.markdown.delimiters import Level, Run, is_space, levels
from notelint.markdown.prose import WORD, Prose
from notelint.markdown.reuse import of_each
from notelint.rules.base import Document, Edit, Finding, Fix, rule
from notelint.rules.inline_effects import Emphasizes
from notelint.rules.shared.emphasis import (
    WIDE,
    WIDE_LETTERS,
    Change,
    Meant,
    Side,
    Tries,
    Two,
    are_shown,
    emphasis_runs,
    left_of,
    matched,
    uses_of,
)
from notelint.text.startup import lazy_regex

_TWO_WIDE = lazy_regex(f"[{WIDE_LETTERS}][^{WIDE_LETTERS}]*[{WIDE_LETTERS}]")
_LETTER = lazy_regex(r"[^\W_]|\0")
_PLACEHOLDER = lazy_regex(r"\{\{|\{%|\$\{")
_CODE = frozenset("/\\=|")  # what is beside the asterisks of a path or an operator
_ENDS = frozenset(":.!?")  # in languages that have spaces, one follows these


@rule(effect=Emphasizes())
def literal_emphasis(doc: Document) -> Iterator[Finding]:
    """Emphasis whose markers are shown as text.

    Why: the reader sees the asterisks and no bold text. A closing `**` between punctuation and a
    letter does not close, an opening one between a letter and punctuation does not open
    (CommonMark, 6.2), nor does one with a space inside. In English a space follows; in Chinese,
    Japanese and Korean the next letter often comes right after the marker.

    Only what can be nothing but emphasis is reported: pairs of `**`, `***` or `__` around words,
    and of `*` beside Chinese, Japanese or Korean. `**kwargs`, `2 ** 3`, `**/*.md` and `f***` are
    text.

    Fix (safe): put a space outside the marker, or move the space inside to there. There is no
    fix in a heading, whose text is its anchor.

    Bad:

    ```markdown
    **要求：**请在周五前完成，一份**“开源实战”**的清单。

    **Note: **read this first.
    ```

    Fixed:

    ```markdown
    **要求：** 请在周五前完成，一份 **“开源实战”** 的清单。

    **Note:** read this first.
    ```

    Good:

    ```markdown
    **要求**：请在周五前完成，一份“**开源实战**”的清单。

    Call it with *args and **kwargs, 2 ** 3 is 8, and `**/*.md` matches all notes.
    ```
    """
    if not _may_hold(doc.source.text):
        return
    tries = Tries()
    of_prose = of_each(doc, "meant emphasis", _meant_emphasis, doc.prose)
    for prose, groups in zip(doc.prose, of_prose, strict=True):
        apart = prose.heading or tries.may(sum(map(len, groups)), prose.content)
        for group in groups if apart else _by_level(groups):
            fixes: list[Fix | None] = [None] * len(group)
            if not prose.heading:
                fixes = _fixes(group, prose) if apart else _untried(group, prose)
            for each, fix in zip(group, fixes, strict=True):
                yield Finding(prose.span(*each.at), _message(each), fix)


def _may_hold(text: str) -> bool:
    """Whether *text* may hold such emphasis: a quick test, never wrongly False."""
    return "**" in text or (not text.isascii() and ("*" in text or "__" in text))


def _fixes(group: list[Meant], prose: Prose) -> list[Fix | None]:
    """A fix for each of *group*, or one for all: they may hide each other."""
    changes = [each.changes() for each in group]
    shown = [are_shown([each], change) for each, change in zip(group, changes, strict=True)]
    together = [change for each in changes for change in each]
    if not all(shown) and are_shown(group, together):
        return [_fix(together, prose)] * len(group)
    return [_fix(each, prose) if good else None for each, good in zip(changes, shown, strict=True)]


def _by_level(groups: list[list[Meant]]) -> list[list[Meant]]:
    """One group for each level of the text, so that a level is looked at once."""
    found: dict[int, list[Meant]] = {}
    for group in groups:
        found.setdefault(id(group[0].level), []).extend(group)
    return list(found.values())


def _untried(group: list[Meant], prose: Prose) -> list[Fix | None]:
    """A fix for each of *group*, which is too large to try each: all of them or none."""
    changes = [each.changes() for each in group]
    good = are_shown(group, [change for each in changes for change in each])
    return [_fix(each, prose) if good else None for each in changes]


def _fix(changes: list[Change], prose: Prose) -> Fix:
    edits = tuple(Edit(prose.span(start, end), text) for start, end, text in sorted(changes))
    return Fix("put a space outside the marker", edits)


def _message(meant: Meant) -> str:
    sides = (("opening", "before", meant.open), ("closing", "after", meant.close))
    faults = [_fault(name, where, side) for name, where, side in sides if not side.fits]
    return f"`{meant.mark}` is shown as text: {' and '.join(faults)}"


def _fault(name: str, where: str, side: Side) -> str:
    if side.is_blank:
        return f"a space {'follows' if name == 'opening' else 'precedes'} the {name} marker"
    around = (side.outer, side.inner) if name == "opening" else (side.inner, side.outer)
    return f"the {name} marker, between `{around[0]}` and `{around[1]}`, needs a space {where} it"


def _meant_emphasis(prose: Prose) -> list[list[Meant]]:
    """The emphasis in *prose* that is meant and not shown, line by line as a rule."""
    if not _may_hold(prose.content):
        return []
    groups: list[list[Meant]] = []
    for level in levels(prose):
        runs = emphasis_runs(level)
        turns = zip(runs, cycle((True, False)), strict=False)
        if len(runs) < 2 or all(run.opens if opening else run.closes for run, opening in turns):
            continue
        uses = uses_of(runs)
        shown, left = matched(runs, uses), left_of(runs, uses)
        if not left:
            continue
        openers, closers = ({pair[side] for pair in uses} for side in (0, 1))
        for group in _groups(level, runs):
            broken = [_meant(level, runs, uses, pair) for pair in group if pair not in shown]
            if all(_is_plausible(each, prose) for each in broken):
                found = [each for each in broken if _is_at_fault(each, left, openers, closers)]
                if found:
                    groups.append(found)
    return groups


def _is_at_fault(meant: Meant, left: set[int], openers: set[int], closers: set[int]) -> bool:
    """Whether markers of it are left, or enclose the text before and after it."""
    if meant.open.fits and meant.close.fits:
        return False
    opener, closer = meant.pair
    inverted = opener in closers and closer in openers
    return inverted or not left.isdisjoint(meant.pair)


def _groups(level: Level, runs: Sequence[Run]) -> Iterator[list[Two]]:
    """The pairs that runs of one marker make in turn, by the lines that hold an even number."""
    kinds: dict[tuple[str, int], list[int]] = {}
    for at, run in enumerate(runs):
        if run.char != "~" and run.length <= 3:
            kinds.setdefault((run.char, run.length), []).append(at)
    for kind, found in kinds.items():
        if kind == ("_", 1) or (kind == ("*", 1) and len(found) > 2):
            continue
        group: list[int] = []
        line = -1
        for at in found:
            begins = level.text.rfind("\n", 0, runs[at].start)
            if begins != line and len(group) % 2 == 0:
                yield list(zip(group[::2], group[1::2], strict=True))
                group = []
            line = begins
            group.append(at)
        if len(group) % 2 == 0:
            yield list(zip(group[::2], group[1::2], strict=True))


def _meant(level: Level, runs: Sequence[Run], uses: Counter[Two], pair: Two) -> Meant:
    text, (opener, closer) = level.text, (runs[each] for each in pair)
    before = text[max(opener.start - 1, level.start) : opener.start] or "\n"
    after = text[closer.end : min(closer.end + 1, level.end)] or "\n"
    open_side = Side(opener, before, text[opener.end], opener.opens)
    close_side = Side(closer, after, text[closer.start - 1], closer.closes)
    return Meant(level, runs, uses, pair, open_side, close_side)


def _is_plausible(meant: Meant, prose: Prose) -> bool:
    """Whether it can be nothing but emphasis."""
    opening, closing = meant.open, meant.close
    inside = meant.level.text[opening.run.end : closing.run.start]
    word = _LETTER if opening.is_wide or closing.is_wide else WORD
    beside = {opening.outer, opening.inner, closing.inner, closing.outer}
    if (
        not _CODE.isdisjoint(beside)
        or not word.search(prose.masked, opening.run.end, closing.run.start)
        or _PLACEHOLDER.search(inside)
    ):
        return False
    if meant.mark == "*" or meant.mark[0] == "_":
        return (
            not (opening.is_blank or closing.is_blank)
            and _TWO_WIDE.search(inside) is not None
            and _is_no_operand(opening.outer)
            and _is_no_operand(closing.outer)
        )
    return _opens(opening, closing) and _closes(closing, opening, inside) and _is_alone(meant)


def _is_no_operand(char: str) -> bool:
    return not char.isalnum() or WIDE.match(char) is not None


def _is_alone(meant: Meant) -> bool:
    """Whether its end is no operator, with spaces and operands around it."""
    text, closing = meant.level.text, meant.close
    start, end = meant.at
    inside = text[meant.open.run.end : closing.run.start].strip()
    behind = text[end:].partition("\n")[0].strip()
    if not closing.is_blank or not is_space(closing.outer) or not behind[:1].isalnum():
        return True
    if WIDE.match(inside[-1]) or WIDE.match(behind):
        return True
    line = text.rfind("\n", 0, start) + 1
    return not text[line:start].strip() and inside.rstrip(":")[-2:].isalpha()


def _opens(opening: Side, closing: Side) -> bool:
    if opening.fits:
        return True
    if not opening.is_blank:
        return opening.is_wide
    if WIDE.match(opening.outer) and not opening.is_edge:
        return closing.is_blank and not is_space(closing.outer)  # `这是** 强 **。`
    return opening.is_edge and (opening.is_wide or closing.is_edge)


def _closes(closing: Side, opening: Side, inside: str) -> bool:
    if closing.fits:
        return True
    starts = is_space(opening.outer)
    if not closing.is_blank:
        english = closing.inner in _ENDS and closing.outer.isalpha() and starts
        return closing.is_wide or english
    if not opening.is_edge and not opening.is_wide:
        return False
    last = inside.rstrip()[-1]
    if last in ":：":
        return True
    wide = closing.is_wide or WIDE.match(last) is not None
    if opening.fits and opening.is_wide and not last.isalnum():
        wide = wide or closing.outer != " "
    return (wide or starts) and (closing.is_edge or wide)
