from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Document, Finding, rule


@rule()
def unused_suppression(doc: Document) -> Iterator[Finding]:
    """A comment that suppresses nothing.

    Why: what it hid has been fixed, or it is misspelt; it will hide the next mistake, or hides
    nothing of what it was meant for. The comments are `notelint-disable` and `notelint-enable`,
    `notelint-disable-line`, `notelint-disable-next-line` and `notelint-disable-file`; any other
    that begins with `notelint-` is reported, and so is a `notelint-enable` of what is not disabled.

    Only names whose rules ran are judged, and only comments for notelint. It can be suppressed by
    its own name.

    Bad:

    ```markdown
    <!-- notelint-disable-next-line broken-anchor -- the page is generated -->
    See [usage](#usage).

    ## Usage

    Run it.
    ```

    Good:

    ```markdown
    <!-- notelint-disable-next-line broken-anchor -- the page is generated -->
    See [usage](#usage).

    ## Options

    None.
    ```
    """
    # Told by the engine: it alone knows what was suppressed.
    yield from ()
