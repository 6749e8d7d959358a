from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.rules.base import rule
from notelint.rules.effects import Readdresses
from notelint.text.edits import Edit, Fix
from notelint.text.startup import lazy_regex

_LATEX = lazy_regex(r"\\[a-zA-Z]+\{")


@rule(effect=Readdresses(lambda before, after: before.replace("\\", "/") == after))
def backslash_path(doc: Document) -> Iterator[Finding]:
    """A backslash in the path of a link or an image.

    Why: only Windows takes `\\` for a separator. In an address it is a letter like any other, so
    on GitHub the file is not found.

    Fix (safe): `/`.

    Bad:

    ```markdown
    ![loss](assets\\loss.png) and <img src="assets\\lr.png">
    ```

    Fixed:

    ```markdown
    ![loss](assets/loss.png) and <img src="assets/lr.png">
    ```

    Good:

    ```markdown
    [escaped](a\\_b.md), and `assets\\x.png` in code
    ```
    """
    for link in doc.links:
        if "\\" not in link.destination or link.kind == "reference":
            continue
        if _LATEX.search(link.destination) or "://" in link.destination:
            continue
        written = doc.slice(link.target)
        path = written.replace("\\\\", "/").replace("\\", "/")
        what = "image" if link.image else "link"
        yield Finding(
            link.target,
            f"{what} has a backslash in its path",
            Fix("use `/`", (Edit(link.target, path),)),
        )
