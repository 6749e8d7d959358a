"""The page that a renderer makes of Markdown, to be compared before and after a new layout."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from notelint.markdown import labels
from notelint.markdown.ends import SPACES
from notelint.markdown.parser import make_parser
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SPACE = lazy_regex(r"[ \t\n]+")
_AT_TAG = lazy_regex(r" ?(</?(?:p|li|ul|ol|blockquote|t[dhr]|h\d|div|pre)\b[^>]*>) ?")


class Page(NamedTuple):
    """HTML with white space where it shows only, and code as it is."""

    html: str
    code: tuple[str, ...]


@cache
def _parser() -> MarkdownIt:
    md = make_parser(record=False)
    labels.take(md)
    return md


class Around(NamedTuple):
    """The definitions and the footnotes of a note, for a part of it that is looked at alone."""

    references: dict[str, Any]
    footnotes: dict[str, int]

    @classmethod
    def of(cls, env: Mapping[str, Any]) -> Around:
        """Those in the environment of a parse."""
        notes = env.get("footnotes", {}).get("refs", {})
        return cls(env.get("references", {}), dict.fromkeys(notes, -1))


_NOTHING = Around({}, {})


def page(text: str, around: Around = _NOTHING) -> Page:
    """The page that *text* is, with what is *around* it."""
    env: dict[str, Any] = {
        "references": ChainMap({}, around.references),
        "footnotes": {"refs": ChainMap({}, around.footnotes), "list": {}},
    }
    tokens = _parser().parse(text, env)
    code = tuple(token.content for token in tokens if token.type in ("fence", "code_block"))
    html: str = _parser().renderer.render(tokens, _parser().options, env)
    return Page(_AT_TAG.sub(r"\1", _SPACE.sub(" ", html)).strip(), code)


def same_page(before: str, after: str, around: Around = _NOTHING) -> bool:
    """Whether the two look the same, and nothing of *before* is lost that the page does not show.

    A table row with too many cells has such letters, a Chinese paragraph such an indent.
    """
    if before == after:
        return True
    lost = _traces(before) - _traces(after)
    return not lost and page(before, around) == page(after, around)


def _traces(text: str) -> Counter[str]:
    """How often each letter is in *text*, and each white space that is no layout."""
    return Counter(char for char in text if char.isalpha() or char in SPACES)
