from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.kept import of_each
from notelint.markdown.prose import Prose
from notelint.rules.base import Document, Edit, Finding, Fix, rule
from notelint.rules.inline_effects import Emphasizes
from notelint.rules.shared.emphasis import Change, Meant, Side, Tries, are_shown
from notelint.rules.shared.meant_emphasis import meant_emphasis


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
    of_prose = of_each(doc, "meant emphasis", _groups, doc.prose)
    for prose, groups in zip(doc.prose, of_prose, strict=True):
        fixable = not prose.heading and tries.may(sum(map(len, groups)), prose.content)
        for group in groups:
            fixes = _fixes(group, prose) if fixable else [None] * len(group)
            for each, fix in zip(group, fixes, strict=True):
                yield Finding(prose.span(*each.at), _message(each), fix)


def _may_hold(text: str) -> bool:
    """Whether *text* may hold such emphasis: a quick test, never wrongly False."""
    return "**" in text or (not text.isascii() and ("*" in text or "__" in text))


def _groups(prose: Prose) -> list[list[Meant]]:
    content = prose.content
    if ("*" not in content and "__" not in content) or not _may_hold(content):
        return []
    return list(meant_emphasis(prose))


def _fixes(group: list[Meant], prose: Prose) -> list[Fix | None]:
    """A fix for each of *group*, where need be one for all: they may hide each other."""
    changes = [each.changes() for each in group]
    if not all(changes):
        together = [change for each in group for change in next(each.candidates())]
        if are_shown(group, together):
            return [_fix(together, prose)] * len(group)
    return [_fix(each, prose) if each else None for each in changes]


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
