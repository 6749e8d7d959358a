"""What is inside blocks: parsed at once where there may be a construct, else when it is asked for.

Of a paragraph without links, images and tags no rule wants more than its text and its code spans;
the parser's tokens of it are needed only where two documents are compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.rules_core import StateCore, text_join

from notelint.markdown.inline import KEY as SPAN
from notelint.markdown.states import MARKUP, skim, text_token
from notelint.markdown.states import token as new_token
from notelint.text.late import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LATER = "notelint.later"  # on a token whose children are its constructs, and not yet the words
BARE = "notelint.bare"  # on the content of a paragraph that stands without the tokens around it
WHOLE = "notelint.whole"  # in the environment of a parse all of whose tokens are wanted
BRIEF = "notelint.brief"  # in the environment of a parse that is only after headings and HTML

# Without one of these no block holds a link, an image, a tag or a footnote, nor a code span that
# is not the first run of backticks with the next as long; links by reference set aside.
_CONSTRUCT = re.compile(r"@|<[A-Za-z/!?]|:(?://|(?<=mailto:)|(?<=xmpp:))|www\.|\]\(|\[\^|\\`")
_TAG = late("<")
_BACKTICKS = late("`+")


def inline(state: StateCore) -> None:
    """The core rule ``inline``: headings, and other blocks where there may be a construct."""
    parse, env = state.md.inline.parse, state.env
    construct = (_TAG if BRIEF in env else _CONSTRUCT).search
    references = BRIEF not in env and bool(env.get("references"))
    heading, whole, at_once = False, [], WHOLE in env
    for token in state.tokens:
        if token.type != "inline":
            heading = token.type == "heading_open"
            continue
        content = token.content
        token.children = []
        if at_once or "[^" in content or (heading and ("\n" in content or MARKUP.search(content))):
            parse(content, state.md, env, token.children)  # only once: footnotes are counted
            whole.append(token)
            continue
        if heading:
            if content:
                token.children.append(text_token(content, 0))
            continue
        token.meta[LATER] = True
        if construct(content) or (references and "[" in content):
            skim(content, state.md, env, token.children)
        elif "`" in content:
            token.children.extend(_codes(content))
    text_join(StateCore("", state.md, env, whole))


def complete(tokens: list[Token], md: MarkdownIt, env: dict[str, Any]) -> None:
    """Parse what was left for later, now that somebody wants all the tokens of a document."""
    complete_words(tokens, md, env)
    tokens[:] = _with_paragraphs(tokens)


def complete_words(tokens: Iterable[Token], md: MarkdownIt, env: dict[str, Any]) -> None:
    """Parse what was left for later of *tokens*, and leave paragraphs as they are."""
    left = [token for token in tokens if token.meta.pop(LATER, False)]
    for token in left:
        token.children = []
        md.inline.parse(token.content, md, env, token.children)
    if left:
        text_join(StateCore("", md, env, left))


def _with_paragraphs(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if not token.meta.pop(BARE, False):
            yield token
            continue
        opening = new_token("paragraph_open", "p", 1, 0, block=True)
        opening.map = token.map and [*token.map]
        yield from (opening, token, new_token("paragraph_close", "p", -1, 0, block=True))


def _codes(content: str) -> Iterator[Token]:
    """Code spans (CommonMark, 6.1): a run of backticks is closed by the next as long."""
    if "``" not in content:
        parts = content.split("`")
        at = 0
        for text, code in zip(parts[::2], parts[1:-1:2], strict=False):
            at += len(text)
            yield _code(code, 1, at)
            at += len(code) + 2
        return
    runs = [match.span() for match in _BACKTICKS.finditer(content)]
    last = {_long(run): number for number, run in enumerate(runs)}
    number = 0
    while number < len(runs):
        start, stop = runs[number]
        length = stop - start
        number += 1
        if last[length] < number:
            continue  # closed by none
        number = next(n for n in range(number, len(runs)) if _long(runs[n]) == length) + 1
        yield _code(content[stop : runs[number - 1][0]], length, start)


def _code(written: str, ticks: int, start: int) -> Token:
    """The token of a code span that begins at *start*, between runs of *ticks* backticks."""
    code = written.replace("\n", " ")
    if code[0] == " " == code[-1] and code.strip(" "):
        code = code[1:-1]
    token = new_token("code_inline", "code", 0, 0)
    token.content, token.markup = code, "`" * ticks
    token.meta[SPAN] = (start, start + len(written) + 2 * ticks)
    return token


def _long(run: tuple[int, int]) -> int:
    return run[1] - run[0]
