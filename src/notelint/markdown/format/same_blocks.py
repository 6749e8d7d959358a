"""Whether two texts have the same blocks with the same content, so that they show one page.

Most layouts change only what no token tells: a bullet, the gap between blocks, the marks of a
heading. Then both pages need not be rendered, nor inline content parsed that is the same in both,
which takes four fifths of the time of that. Where a token differs, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from notelint.markdown.document import Document
from notelint.markdown.format.rendered import lost_letters
from notelint.markdown.front_matter import length
from notelint.markdown.upstream import MarkdownIt, StateCore
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import Token

    SameInline = Callable[[Token, Token], bool]

_BLANKS = lazy_regex(r"[ \t\n]+")
_SPACE = lazy_regex(r"\s+")  # for mdformat
_BRACES = lazy_regex(r"\{[^{}\n]*\}")
_WITH_INFO = frozenset({"fence", "alert_open"})  # of other blocks it is how they are written
_TEXTS = frozenset({"text", "text_special", "softbreak"})
# What notelint reads in another way than mdformat: its dialect has more blocks, the box of a task
# before any of them, and any scheme.
_OTHERWISE = lazy_regex(r"\$\$|\\\[|\[[!^]|\[[ x]\]|script:|file:|data:", re.IGNORECASE)
_UNDER_HEAD = " \t>*+-|:0123456789.)"  # what may be in the second line of a table
_DEEP = 15  # mdformat's parser stops at a level of 20


def same_blocks(before: str, after: str, old: Document, new: Document) -> bool:
    """Whether *before* and *after* certainly show one page, for notelint and for mdformat.

    *old* and *new* are their documents, with equal front matter. False says nothing.
    """
    if length(before) or length(after):
        return False  # another front matter, which only the page has
    if lost_letters(before, after) or _braces(old) != _braces(new):
        return False
    if _defined(old) != _defined(new):
        return False
    mdformat, env = _mdformat_parser(), {"references": old.references}

    def same_for_us(one: Token, other: Token) -> bool:
        return _shown(old.completed(one)) == _shown(new.completed(other))

    def same_for_mdformat(one: Token, other: Token) -> bool:
        pages = (mdformat.renderInline(each.content, {**env}) for each in (one, other))
        first, second = (_SPACE.sub(" ", each) for each in pages)
        return first == second

    if not (_is_read_otherwise(before) or _is_read_otherwise(after) or _is_deep(old)):

        def same_for_both(one: Token, other: Token) -> bool:
            return same_for_us(one, other) and same_for_mdformat(one, other)

        return _same(old.shallow_tokens, new.shallow_tokens, same_for_both)
    if not _same(old.shallow_tokens, new.shallow_tokens, same_for_us):
        return False
    new_env: dict[str, Any] = {}
    env.clear()
    blocks = _blocks(mdformat, before, env), _blocks(mdformat, after, new_env)
    return _targets(env) == _targets(new_env) and _same(*blocks, same_for_mdformat)


def _defined(doc: Document) -> tuple[Any, ...]:
    """Labels with targets, as often as they are defined, and the titles."""
    labels = [(each.key, each.target) for each in doc.definitions]
    return labels, _targets({"references": doc.references})


def _targets(env: dict[str, Any]) -> dict[str, tuple[str, str]]:
    found = env.get("references", {})
    return {label: (each["href"], each["title"]) for label, each in found.items()}


def _braces(doc: Document) -> list[str]:
    """All in braces, which may be anchors."""
    text = doc.source.text
    return _BRACES.findall(text) if "{" in text else []


def _is_read_otherwise(text: str) -> bool:
    """Whether mdformat's parser may see other blocks in *text* than notelint's."""
    if _OTHERWISE.search(text):
        return True
    above = ""
    for line in text.split("\n"):
        marks = line.strip() and not line.strip(_UNDER_HEAD)
        if marks and ("|" in line or ":" in line or "|" in above):
            return True
        above = line
    return False


def _is_deep(doc: Document) -> bool:
    return any(token.level > _DEEP for token in doc.shallow_tokens)


@cache
def _mdformat_parser() -> MarkdownIt:
    """The parser with which mdformat compares pages, as `is_md_equal` makes it."""
    from markdown_it.renderer import RendererHTML
    from mdformat._util import build_mdit

    return build_mdit(RendererHTML, extensions=("gfm",))


def _blocks(md: MarkdownIt, text: str, env: dict[str, Any]) -> list[Token]:
    """The tokens of blocks, with their content not parsed."""
    state = StateCore(text, md, env)
    for name, rule in zip(
        md.core.ruler.get_active_rules(), md.core.ruler.getRules(""), strict=True
    ):
        if name not in ("normalize", "block"):
            break
        rule(state)
    return state.tokens


def _same(old: Sequence[Token], new: Sequence[Token], same_inline: SameInline) -> bool:
    if len(old) != len(new):
        return False
    heading = False
    for one, other in zip(old, new, strict=True):
        if one.type == other.type == "inline":
            if one.content != other.content and (heading or not same_inline(one, other)):
                return False
            continue
        heading = one.type == "heading_open"
        if _told(one) != _told(other):
            return False
    return True


def _told(token: Token) -> tuple[Any, ...]:
    """The properties of *token* that the page depends on, less its inline content."""
    meta = {key: each for key, each in token.meta.items() if not key.startswith("notelint.")}
    info = token.info if token.type in _WITH_INFO else ""
    kind = "fence" if token.type == "code_block" else token.type
    return kind, token.tag, token.nesting, token.hidden, token.attrs, token.content, info, meta


def _shown(token: Token) -> list[Any]:
    """The inline content of *token*, with whitespace as a page shows it."""
    found: list[Any] = []
    text: list[str] = []
    for child in token.children or ():
        if child.type in _TEXTS:
            text.append(child.content or " ")
            continue
        found.append(_BLANKS.sub(" ", "".join(text)))
        text = [" "] if child.type == "hardbreak" else []  # a line end is after its tag
        found.append((child.type, child.attrs, _content(child)))
    return [*found, _BLANKS.sub(" ", "".join(text))]


def _content(child: Token) -> str:
    if child.type == "code_inline":
        return _BLANKS.sub(" ", child.content)
    return child.content
