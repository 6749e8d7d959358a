from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from notelint.markdown.definitions import label_key
from notelint.markdown.prose import Prose
from notelint.rules.base import Document, Edit, Finding, Fix, Related, Span, rule
from notelint.rules.linking import Defines
from notelint.rules.shared.unresolved import near, undefined_references
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suggest import Suggester, did_you_mean

_DEFINITION = lazy_regex(
    r"(?<=\n)[ \t]*\[(?P<label>[^\[\]\n]{1,999})\]:[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*(?=\n|\Z)"
)
_PREFIX = lazy_regex(r"[ \t>]*")


@rule(effect=Defines())
def undefined_reference(doc: Document) -> Iterator[Finding]:
    """A reference link whose label is defined nowhere in the file.

    Why: the reader sees the brackets, and nothing to click. `[label]` alone is not judged: that
    is how people write an aside, a citation or a task. Two remarks in brackets, one after the
    other, are not one, either: a label of six words or more that begins like a sentence, and a pair
    at the beginning of an entry in a note that defines nothing.

    A definition cannot interrupt a paragraph or a footnote: right below a line of text it is part
    of that text. The message names its line.

    Fix (unsafe): put a blank line above such a definition. The page then no longer shows it.

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
