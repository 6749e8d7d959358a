"""The page that a renderer makes of Markdown, to be compared before and after a new layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from notelint.markdown.ends import SPACES
from notelint.markdown.parser import make_parser
from notelint.text.late import late

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SPACE = late(r"[ \t\n]+")
_AT_TAG = late(r" ?(</?(?:p|li|ul|ol|blockquote|t[dhr]|h\d|div|pre)\b[^>]*>) ?")


class Page(NamedTuple):
    """HTML with white space where it shows only, and code as it is."""

    html: str
    code: tuple[str, ...]


@cache
def _parser() -> MarkdownIt:
    return make_parser(record=False)


def page(text: str, env: Mapping[str, Any] | None = None) -> Page:
    """The page that *text* is; with *env*, among its definitions and footnotes."""
    own = _environment(env or {})
    tokens = _parser().parse(text, own)
    code = tuple(token.content for token in tokens if token.type in ("fence", "code_block"))
    html: str = _parser().renderer.render(tokens, _parser().options, own)
    return Page(_AT_TAG.sub(r"\1", _SPACE.sub(" ", html)).strip(), code)


def _environment(env: Mapping[str, Any]) -> dict[str, Any]:
    notes = env.get("footnotes", {}).get("refs", {})
    return {
        "references": dict(env.get("references", {})),
        "footnotes": {"refs": dict.fromkeys(notes, -1), "list": {}},
    }


def same_page(before: str, after: str, env: Mapping[str, Any] | None = None) -> bool:
    """Whether the two look the same, and nothing of *before* is lost that the page does not show.

    A table row with too many cells has such letters, a Chinese paragraph such an indent.
    """
    if before == after:
        return True
    return not _traces(before) - _traces(after) and page(before, env) == page(after, env)


def _traces(text: str) -> Counter[str]:
    """How often each letter is in *text*, and each white space that is no layout."""
    return Counter(char for char in text if char.isalpha() or char in SPACES)
