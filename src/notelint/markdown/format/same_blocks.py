"""A quick proof that two texts show the same page: they have the same blocks and content.

Most layouts change only what is in no token: a bullet, the gap between blocks, the marks of a
heading. Then the pages need not be rendered, nor equal inline content parsed, which takes four
fifths of the time of that. If a token differs, nothing is proved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from notelint.markdown.document import Document
from notelint.markdown.format.rendered import lost_letters
from notelint.markdown.front_matter import front_matter_length
from notelint.markdown.upstream import MarkdownIt, StateCore
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import Token

    SameInline = Callable[[Token, Token], bool]

_BLANKS = lazy_regex(r"[ \t\n]+")
_SPACE = lazy_regex(r"\s+")  # as mdformat compares
_BRACES = lazy_regex(r"\{[^{}\n]*\}")
_WITH_INFO = frozenset({"fence", "alert_open"})  # whose info is shown in the page
_TEXTS = frozenset({"text", "text_special", "softbreak"})
# Text that notelint may parse differently than mdformat: its dialect has more blocks, a checkbox in
# any block, and any scheme.
_OWN_DIALECT = lazy_regex(r"\$\$|\\\[|\[[!^]|\[[ x]\]|script:|file:|data:", re.IGNORECASE)
_UNDER_HEAD = " \t>*+-|:0123456789.)"  # characters of the second line of a table
_DEEP = 15  # mdformat's parser stops at a level of 20


def same_blocks(before: str, after: str, old: Document, new: Document) -> bool:
    """Whether *before* and *after* certainly show the same page, for notelint and for mdformat.

    *old* and *new* are their documents, with equal front matter. False proves nothing.
    """
    if front_matter_length(before) or front_matter_length(after):
        return False  # text that is front matter only without the real one above it
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

    if not (_mdformat_may_differ(before) or _mdformat_may_differ(after) or _is_deep(old)):

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
    """All definitions, as labels and targets, and the targets and titles that count."""
    labels = [(each.key, each.target) for each in doc.definitions]
    return labels, _targets({"references": doc.references})


def _targets(env: dict[str, Any]) -> dict[str, tuple[str, str]]:
    found = env.get("references", {})
    return {label: (each["href"], each["title"]) for label, each in found.items()}


def _braces(doc: Document) -> list[str]:
    """All texts in braces, which may define anchors."""
    text = doc.source.text
    return _BRACES.findall(text) if "{" in text else []


def _mdformat_may_differ(text: str) -> bool:
    """Whether mdformat's parser may find other blocks in *text* than notelint's."""
    if _OWN_DIALECT.search(text):
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
    """The tokens of blocks, without parsing inline content."""
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
        if _properties(one) != _properties(other):
            return False
    return True


def _properties(token: Token) -> tuple[Any, ...]:
    """The properties of *token* that the page depends on, without its inline content."""
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
        text = [" "] if child.type == "hardbreak" else []  # for the line end after `<br>`
        found.append((child.type, child.attrs, _content(child)))
    return [*found, _BLANKS.sub(" ", "".join(text))]


def _content(child: Token) -> str:
    if child.type == "code_inline":
        return _BLANKS.sub(" ", child.content)
    return child.content
