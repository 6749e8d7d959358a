"""Lazy parsing of inline content: right away only if it may have elements, otherwise on demand.

Of a paragraph without links, images and tags, rules need only the text and the code spans. The
tokens of the text are needed only to compare documents.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.rules_core import text_join

from notelint.markdown.fast import AT_ONCE
from notelint.markdown.fast.states import MARKUP, code_span, skim, text_token
from notelint.markdown.inline_spans import code_spans
from notelint.markdown.upstream import StateCore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notelint.markdown.upstream import MarkdownIt, Token

# A key of the meta data of a token: True if the tokens of its text are missing, False if they only
# need to be joined. Also a key of the environment.
UNFINISHED = "notelint.unfinished"

# Without one of these, a block has no link (except by reference), image, tag or footnote, and each
# code span is between a run of backticks and the next one of the same length.
_ELEMENT = re.compile(
    r"@|\$|\\[(\[]|<[A-Za-z/!?]|:(?://|(?<=mailto:)|(?<=xmpp:))|www\.|\]\(|\[\^|\\`"
)


def install(md: MarkdownIt) -> None:
    """Make *md* parse inline content lazily."""
    md.core.ruler.at("inline", inline)
    md.core.ruler.disable("text_join")  # the rule here does it


def inline(state: StateCore) -> None:
    """The core rule ``inline``, for headings and blocks that may have elements."""
    parse, env = state.md.inline.parse, state.env
    env[UNFINISHED] = True
    references = bool(env.get("references"))
    heading, whole, at_once = False, [], AT_ONCE in env
    for token in state.tokens:
        if token.type != "inline":
            heading = token.type == "heading_open"
            continue
        content = token.content
        token.children = []
        if at_once or "[^" in content or (heading and ("\n" in content or MARKUP.search(content))):
            parse(content, state.md, env, token.children)  # only once: this numbers footnotes
            whole.append(token)
            continue
        if heading:
            if content:
                token.children.append(text_token(content, 0))
            continue
        token.meta[UNFINISHED] = True
        if _ELEMENT.search(content) or (references and "[" in content):
            token.meta[UNFINISHED] = not skim(content, state.md, env, token.children)
        elif "`" in content:
            token.children.extend(_codes(content))
    text_join(StateCore("", state.md, env, whole))


def finish_inline(tokens: Iterable[Token], md: MarkdownIt, env: dict[str, Any]) -> None:
    """Parse the rest of the inline content of *tokens*."""
    left = [token for token in tokens if UNFINISHED in token.meta]
    for token in left:
        if token.meta.pop(UNFINISHED):
            token.children = []
            md.inline.parse(token.content, md, env, token.children)
    if left:
        text_join(StateCore("", md, env, left))


def _codes(content: str) -> Iterator[Token]:
    """The code spans in *content*, which has no escaped backticks."""
    if "``" not in content:
        parts = content.split("`")
        at = 0
        for text, code in zip(parts[::2], parts[1:-1:2], strict=False):
            at += len(text)
            yield code_span(code, 1, at)
            at += len(code) + 2
        return
    for start, inside, stop in code_spans(content):
        yield code_span(content[inside:stop], inside - start, start)
