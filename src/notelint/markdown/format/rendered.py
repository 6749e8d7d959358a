"""The rendered page of a note, compared before and after the layout."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from notelint.markdown import formulas
from notelint.markdown.parser import make_parser
from notelint.markdown.upstream import MarkdownIt, link_labels
from notelint.markdown.upstream.footnote_labels import Labels
from notelint.markdown.upstream.outer_space import SPACES
from notelint.text.startup import NamedTuple, lazy_regex

_VERBATIM = frozenset({"fence", "code_block", formulas.BLOCK, formulas.INLINE})
_SPACE = lazy_regex(r"[ \t\n]+")
_TAG = r"</?(?:p|li|ul|ol|blockquote|t[dhr]|h\d|div|pre)\b[^>]*"
_AT_TAG = lazy_regex(rf" ?({_TAG}>) ?|({_TAG}\Z)")


class Page(NamedTuple):
    """HTML without invisible whitespace, and the unchanged code and formulas."""

    html: str
    code: tuple[str, ...]


@cache
def _parser() -> MarkdownIt:
    md = make_parser(record=False)
    link_labels.install(md)
    return md


class Context(NamedTuple):
    """The definitions and footnotes of a note, for rendering a part of it."""

    references: dict[str, Any]
    footnotes: dict[str, int]

    @classmethod
    def of(cls, env: Mapping[str, Any]) -> Context:
        """The definitions and footnotes in the environment of a parse."""
        notes = env.get("footnotes", {}).get("refs", {})
        return cls(env.get("references", {}), dict.fromkeys(notes, -1))


_NO_CONTEXT = Context({}, {})


def page(text: str, context: Context = _NO_CONTEXT) -> Page:
    """The page of *text*, a part of a note with *context*."""
    env: dict[str, Any] = {
        "references": ChainMap({}, context.references),
        "footnotes": {"refs": Labels(context.footnotes), "list": {}},
    }
    tokens = _parser().parse(text, env)
    code = tuple(
        each.content
        for token in tokens
        for each in (token, *(token.children or ()))
        if each.type in _VERBATIM
    )
    html: str = _parser().renderer.render(tokens, _parser().options, env)
    return Page(_AT_TAG.sub(r"\1\2", _SPACE.sub(" ", html)).strip(), code)


def same_page(before: str, after: str, context: Context = _NO_CONTEXT) -> bool:
    """Whether both texts render to the same page, and no letter or indent of *before* is lost.

    Not everything is in the page: a row with too many cells loses letters, a Chinese paragraph its
    indent.
    """
    if before == after:
        return True
    return not lost_letters(before, after) and page(before, context) == page(after, context)


def same_for_mdformat(before: str, after: str) -> bool:
    """Whether mdformat's own comparison, with GitHub's extensions, finds both pages equal."""
    from mdformat._util import is_md_equal  # few layouts need it

    return is_md_equal(before, after, extensions=("gfm",))


def lost_letters(before: str, after: str) -> Counter[str]:
    """The letters and Unicode whitespace that *after* has fewer of than *before*.

    Lines that are in both are not counted.
    """
    old, new = Counter(before.split("\n")), Counter(after.split("\n"))
    return _letters(old - new) - _letters(new - old)


def _letters(lines: Counter[str]) -> Counter[str]:
    every = Counter("".join(lines.elements()))
    return Counter({c: number for c, number in every.items() if c.isalpha() or c in SPACES})
