"""Images that hold a place open and are not to be seen."""

from __future__ import annotations

from notelint.markdown.html import Tag

_SIZES = ("width", "height")
_THIN = ("0", "1")  # pixels


def is_spacer(tag: Tag) -> bool:
    """Whether *tag* is an image without a source, of one pixel at most: `<img width=900 height=1>`.

    Such an image keeps the columns of a table, or lines, apart.
    """
    if tag.name != "img" or tag.closing or any(_is_shown(*each[:2]) for each in tag.attributes):
        return False
    sizes = [each.value.strip() if (each := tag.get(name)) else "" for name in _SIZES]
    return all(sizes) and any(each.removesuffix("px") in _THIN for each in sizes)


def _is_shown(name: str, value: str) -> bool:
    return name.endswith(("src", "srcset")) or (name == "alt" and bool(value.strip()))
