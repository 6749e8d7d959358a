from __future__ import annotations

from collections.abc import Callable, Iterator

from notelint.markdown.delimiters import Level, Pair, levels, pairs
from notelint.markdown.prose import Prose
from notelint.rules.base import Document, Edit, Finding, Fix, rule
from notelint.rules.inline_effects import Unstrikes
from notelint.text.startup import lazy_regex

_RANGE = lazy_regex(r"~(?:(?<=[^\W_]~)|(?<=[^\W_]~~))[^\W_]")
_BESIDE = frozenset("%‰°℃℉$€£¥￥+-")  # what is beside the number of a range
# Water is H~2~O for Pandoc, which reads a short text between tildes as an index.
_INDEX = lazy_regex(r"(?<=[A-Za-z)\]])~[A-Za-z0-9+-]{1,6}~")


@rule(effect=Unstrikes())
def accidental_strikethrough(doc: Document) -> Iterator[Finding]:
    r"""Text that two tildes cross out by accident.

    Why: GitHub strikes through the text between two single tildes as well as between two double
    ones. In `3~4 days, or 1~2 weeks` the middle is crossed out, and the tildes are gone.

    Single tildes are reported if both have a letter or a digit on both sides, or if one of them is
    between two digits; double ones only if both are between digits. A space or punctuation outside
    (`~old~ new`) shows that the text is meant to be struck through. `H~2~O` is a subscript.

    Fix (safe): put a backslash before each tilde. There is no fix in a heading.

    Bad:

    ```markdown
    It takes 3~4 days, or 1~2 weeks.
    ```

    Fixed:

    ```markdown
    It takes 3\~4 days, or 1\~2 weeks.
    ```

    Good:

    ```markdown
    It takes 3～4 days, or 1～2 weeks. ~Old~ and ~~older~~, H~2~O, `a~b~c`, ~/x and ~/y.
    ```
    """
    if not _RANGE.search(doc.source.text):
        return
    for prose in doc.prose:
        if prose.content.count("~") < 2 or not _RANGE.search(prose.content):
            continue
        for level in levels(prose):
            for pair in pairs(level.runs()):
                if pair.char == "~" and _is_accident(level, pair):
                    yield _finding(prose, pair)


def _finding(prose: Prose, pair: Pair) -> Finding:
    mark, escaped = "~" * pair.length, r"\~" * pair.length
    message = f"two `{mark}` cross out the text between them: write `{escaped}`"
    ends = (prose.span(at, at + pair.length) for at in (pair.open, pair.close))
    fix = Fix("escape the tildes", tuple(Edit(span, escaped) for span in ends))
    span = prose.span(pair.open, pair.close + pair.length)
    return Finding(span, message, None if prose.heading else fix)


def _is_accident(level: Level, pair: Pair) -> bool:
    text, end = level.text, pair.close + pair.length
    sides = (pair.open, pair.open + pair.length), (pair.close, end)
    numbers = [_is_between(text, *each, str.isdigit) for each in sides]
    if pair.length == 2:
        return all(numbers) and not text[pair.open + 2 : pair.close].isdigit()
    if _INDEX.match(text, pair.open, end):
        return False
    words = [_is_between(text, *each, str.isalnum) for each in sides]
    return any(numbers) or (any(words) and all(_is_range(text, *each) for each in sides))


def _is_between(text: str, start: int, end: int, kind: Callable[[str], bool]) -> bool:
    return kind(text[start - 1 : start]) and kind(text[end : end + 1])


def _is_range(text: str, start: int, end: int) -> bool:
    """Whether on both sides there is a number with its unit, or a letter."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return _is_number(before[::-1]) and _is_number(after)


def _is_number(near: str) -> bool:
    return near[:1].isalnum() or (near[:1] in _BESIDE and near[1:2].isdigit())
