from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.html import Tag
from notelint.rules.base import Document, Finding, rule

# Each of them says what the picture shows, or that there is nothing to say.
_SAYS = frozenset({"alt", "aria-label", "aria-labelledby", "aria-hidden", "role"})


@rule()
def image_alt(doc: Document) -> Iterator[Finding]:
    """An image without alternative text.

    Why: readers who listen to the page, or whose images do not load, learn nothing of it. An image
    that only decorates says so with `alt=""` in HTML.

    Bad:

    ```markdown
    ![](loss.png) and <img src="loss.png">
    ```

    Good:

    ```markdown
    ![loss against steps](loss.png) and <img src="line.png" alt="">
    ```
    """
    for link in doc.links:
        written = link.kind in ("inline", "reference")
        if link.image and written and link.destination and not link.text.strip():
            yield Finding(link.span, "image has no alternative text")
    for tag in doc.tags:
        if tag.name == "img" and not tag.closing and _is_mute(tag):
            yield Finding(tag.span, "image has no `alt`")


def _is_mute(tag: Tag) -> bool:
    shown = any(each.name.endswith(("src", "srcset")) and each.value for each in tag.attributes)
    return shown and not any(each.name in _SAYS for each in tag.attributes)
