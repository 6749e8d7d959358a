"""What a fix may do to a document: declared by its rule, enforced by the gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effect:
    """What may differ after a fix. Whatever is not named here must be as it was; headings always.

    ``destination`` says whether one address may become another. ``empty_images``: images without
    a source may go. ``entries``: list items that hold nothing but a link may go. ``definitions``:
    reference definitions that nothing uses may go. ``contents``: the table of contents may change.
    ``markup``: what stood there as literal markup may take effect, without a word lost.
    ``characters``: characters that cannot be seen may go or become a space. ``links``: text may
    become a link, or a link shorter. With none of them the page must be the same.
    """

    destination: Callable[[str, str], bool] | None = None
    empty_images: bool = False
    entries: bool = False
    definitions: bool = False
    contents: bool = False
    markup: bool = False
    characters: bool = False
    links: bool = False
