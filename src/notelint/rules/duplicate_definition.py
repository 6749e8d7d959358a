from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.definitions import Definition
from notelint.rules.base import Document, Finding, Related, rule
from notelint.rules.shared.references import is_comment


@rule()
def duplicate_definition(doc: Document) -> Iterator[Finding]:
    """A label that is defined twice.

    Why: the first definition counts and all others are ignored, wherever they stand. A link
    meant for the second leads to the wrong place.

    Bad:

    ```markdown
    See [one][spec] and [two][Spec].

    [spec]: https://example.org/one
    [Spec]: https://example.org/two
    ```

    Good:

    ```markdown
    See [one][spec-1] and [two][spec-2].

    [spec-1]: https://example.org/one
    [spec-2]: https://example.org/two

    [//]: # (a remark)
    [//]: # (another remark)
    ```
    """
    firsts: dict[str, Definition] = {}
    for each in doc.definitions:
        first = firsts.setdefault(each.key, each)
        if first is each or is_comment(each):
            continue
        same = "the same again" if first.target == each.target else "ignored, the first one counts"
        yield Finding(
            each.label,
            f"`[{doc.slice(each.label)}]` is defined already; {same}",
            related=(Related(first.span, "first defined here"),),
        )
