from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Document, Finding, rule


@rule()
def unused_suppression(doc: Document) -> Iterator[Finding]:
    """A comment that suppresses nothing.

    Why: what it hid has been fixed, or its name is misspelt. It will hide the next mistake, or does
    not hide what it should.

    The comments are `notelint-disable`, `notelint-enable`, `notelint-disable-line`,
    `notelint-disable-next-line` and `notelint-disable-file`. Any other comment that begins with
    `notelint-` is reported, and so is a `notelint-enable` for a rule that is not disabled.

    Only the names of rules that ran are judged. A comment for `unused-suppression` itself
    suppresses this rule.

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
