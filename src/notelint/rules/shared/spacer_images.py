"""Images that hold a place open and are not to be seen."""

from __future__ import annotations

from notelint.markdown.html import Tag

_SIZES = ("width", "height")
_THIN = ("0", "1")  # pixels


def is_spacer(tag: Tag) -> bool:
    """Whether *tag* is an image without a source, of one pixel at most: `<img width=900 height=1>`.

    Such an image keeps the columns of a table, or lines, apart. A source that is empty is one that
    was to be filled in.
    """
    if tag.name != "img" or tag.closing or sources(tag):
        return False
    if (alt := tag.get("alt")) and alt.value.strip():
        return False
    sizes = [each.value.strip() if (each := tag.get(name)) else "" for name in _SIZES]
    return all(sizes) and any(each.removesuffix("px") in _THIN for each in sizes)


def sources(tag: Tag) -> list[str]:
    """The sources that *tag* names, without blanks around them; one may be empty."""
    # a script or a template reads data-src and :src, the browser srcset
    named = [each for each in tag.attributes if each.name.endswith(("src", "srcset"))]
    return [each.value.strip() for each in named]
