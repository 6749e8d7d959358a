from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.rules.base import rule
from notelint.rules.effects import Readdresses, is_part
from notelint.text.edits import Edit, Fix
from notelint.text.source import Span
from notelint.text.startup import NamedTuple
from notelint.workspace.urls import (
    SITES,
    Site,
    split_fragment,
    tracking_parameters,
    without_tracking,
)


class Options(NamedTuple):
    """``sites``: whose parameters are known."""

    sites: tuple[Site, ...] = SITES


def _less(before: str, after: str) -> bool:
    """Whether *after* is *before* less some of its parameters."""
    (old, anchor), (new, same) = split_fragment(before), split_fragment(after)
    page, _, parameters = old.partition("?")
    path, _, kept = new.partition("?")
    return (path, same) == (page, anchor) and is_part(kept.split("&"), ["", *parameters.split("&")])


@rule(options=Options, effect=Readdresses(_less))
def tracking_parameter(doc: Document, options: Options) -> Iterator[Finding]:
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
        found = tracking_parameters(written, options.sites)
        if not found:
            continue
        names = ", ".join(f"`{name}`" for name, _ in found)
        at = Span(
            link.target.start + found[0][1].start,
            link.target.start + found[-1][1].end,
        )
        bare = without_tracking(written, options.sites)
        fix = Fix("remove the tracking parameters", (Edit(link.target, bare),))
        yield Finding(at, f"tracking parameter {names}", fix)
