from __future__ import annotations

from collections.abc import Iterator

from notelint.finding import Finding
from notelint.markdown.document import Document
from notelint.rules.base import NoOptions, rule
from notelint.rules.effects import Readdresses
from notelint.text.edits import Edit, Fix
from notelint.text.span import Span
from notelint.workspace.urls import canonical, tracking_parameters, without_tracking


@rule(
    severity="warning",
    effect=Readdresses(lambda before, after: canonical(before) == canonical(after)),
)
def tracking_parameter(doc: Document, options: NoOptions) -> Iterator[Finding]:
    """A parameter that only tells a site where its reader came from.

    Why: it tracks everyone who follows the link, and makes two links to one page look different.

    Fix (safe): remove it; all other parameters stay as they are.

    Bad:

    ```markdown
    [notes](https://example.org/post?id=7&utm_source=feed&utm_medium=rss#end)
    ```

    Fixed:

    ```markdown
    [notes](https://example.org/post?id=7#end)
    ```

    Good:

    ```markdown
    [search](https://example.org/search?q=utm_source)
    ```
    """
    for link in doc.links:
        if "?" not in link.destination or link.kind == "reference":
            continue
        written = doc.slice(link.target)
        found = tracking_parameters(written)
        if not found:
            continue
        names = ", ".join(f"`{name}`" for name, _ in found)
        at = Span(
            link.target.start + found[0][1].start,
            link.target.start + found[-1][1].end,
        )
        fix = Fix("remove the tracking parameters", (Edit(link.target, without_tracking(written)),))
        yield Finding(at, f"tracking parameter {names}", fix)
