"""Shortcuts among the block rules: the same tokens, sooner.

Most lines of a note are plain prose, and the parser tries a dozen rules on each before it takes it
for that. The rule here goes first, asks only those that the first character calls for, and takes
a paragraph whose lines are clear cases; all the rest is left to the parser's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from markdown_it.common.utils import MD_TRIM_CHARS

from notelint.markdown import definitions
from notelint.markdown.fast.lazy_inline import UNWRAPPED
from notelint.markdown.fast.states import leaf, token
from notelint.markdown.stitch import KEY, Stitch, of_lines
from notelint.text.late import late
from notelint.text.span import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from notelint.markdown.stitch import BlockRule

# What a block other than a paragraph may start with, and what a line may start with that ends a
# paragraph or, below one, makes a heading or a table of it: at least these, and cheap to tell.
_END = r"(?:[ \t\n]|\Z)"
_STARTS = rf"#{{1,6}}{_END}|`{{3}}|~{{3}}|[+*]{_END}|(?:[*_][ \t]*){{3}}|\d{{1,9}}[.)]{_END}"
_NO_LABEL = r"\[(?!\^)(?:[^\[\]\\\n]|\\[^\n])*(?:\](?!:)|\[)"  # a footnote may have any
_BLOCK = re.compile(rf"[><]|(?!{_NO_LABEL})\[|-{_END}|(?:-[ \t]*){{3}}|{_STARTS}")
_AFTER = re.compile(rf"[><|:=-]|\[\^|{_STARTS}")
_FOR_BLOCK = frozenset("`~>*-_+#<[0123456789")
_FOR_AFTER = _FOR_BLOCK | frozenset("|:=")
# What ends a paragraph for sure; below the text of a list item, so does the next item.
_CLEAR = late(rf">|#{{1,6}}{_END}|`{{3,}}[^`\n]*(?:\n|\Z)|~{{3}}|(?:[-+*]|1[.)])[ \t]+[^ \t\n]")
# A line end that may be that of a paragraph, with the indent behind it.
_MAY_END = re.compile(r"\n[ \t]*(?=[\n`~>*\-_+#<\[0-9|:=]|\Z)")
_ITEM = late(rf"(?:[-+*]|\d{{1,9}}[.)]){_END}")

# What a line must begin with for a rule to match it; most lines begin with none of these.
_FIRST = {
    "front_matter": "-",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}

_RULER = late(r"([*_-])[ \t]*\1[ \t]*\1")
# Nearly every definition: one line, no title, nothing to decode.
_DEFINITION = late(r"\[([^\[\]\\]+)\]:[ \t]*([^\x00-\x20\x7f<>()\\&]+)[ \t]*")
_TITLE = frozenset("\"'(")
_UNDER_HEAD = frozenset("|-:")


def install(md: MarkdownIt) -> None:
    """Put the shortcuts before the block rules of *md*."""
    starting: dict[str, list[BlockRule]] = {char: [] for char in _FOR_BLOCK}
    for rule in list(md.block.ruler.__rules__):
        if rule.name in _FIRST:
            fn = rule.fn
            if rule.name == "reference":
                fn = _reference(fn)
            elif rule.name == "hr":
                fn = _guarded_hr(fn)
            for char in _FIRST[rule.name]:
                starting[char].append(fn)
            guarded = _guarded(fn, frozenset(_FIRST[rule.name]))
            md.block.ruler.at(rule.name, guarded, {"alt": rule.alt})
        elif rule.name == "table":
            table = _guarded_table(rule.fn)
            md.block.ruler.at(rule.name, table, {"alt": rule.alt})
            for rules in starting.values():
                rules.append(table)
    md.block.ruler.before(md.block.ruler.__rules__[0].name, "first", _first(starting))


def _guarded(rule: BlockRule, first: frozenset[str]) -> BlockRule:
    """*rule*, called only on lines that begin with one of *first*."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return state.src[at : at + 1] in first and rule(state, start, end, silent)

    return guarded


def _reference(rule: BlockRule) -> BlockRule:
    """*rule*, called only on definitions that are not plain: it looks at every character."""

    def reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        found = None if silent else _plain_definition(state, start)
        if found is None:
            return rule(state, start, end, silent)
        about = {"title": "", "href": found.target, "map": [start, start + 1]}
        state.env.setdefault("references", {}).setdefault(found.key, about)
        state.line = start + 1
        definitions.record(state, found)
        return True

    return reference


def _plain_definition(state: StateBlock, start: int) -> definitions.Definition | None:
    """The definition in line *start*, if it is a plain one."""
    first = state.bMarks[start] + state.tShift[start]
    plain = _DEFINITION.fullmatch(state.src, first, state.eMarks[start])
    if plain is None or state.is_code_block(start):
        return None
    if start + 1 < state.lineMax:
        below = state.bMarks[start + 1] + state.tShift[start + 1]
        if state.src[below : below + 1] in _TITLE:
            return None
    key, label, target = definitions.label_key(plain[1]), Span(*plain.span(1)), Span(*plain.span(2))
    if not key:
        return None
    return definitions.Definition(key, plain[2], Span(first, target.end), label, target)


def _guarded_hr(rule: BlockRule) -> BlockRule:
    """*rule*, called only on lines that begin with three marks, as few list items do."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return _RULER.match(state.src, at) is not None and rule(state, start, end, silent)

    return guarded


def _guarded_table(rule: BlockRule) -> BlockRule:
    """*rule*, called only above a line that may be the one under a table's head."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start + 1 >= end:
            return False
        at = state.bMarks[start + 1] + state.tShift[start + 1]
        return state.src[at : at + 1] in _UNDER_HEAD and rule(state, start, end, silent)

    return guarded


def _fill(inline: Token, src: str, first: int, stop: int) -> None:
    """Let *inline* hold what stands from *first* to *stop*, less the white space around it."""
    content = src[first:stop].lstrip(MD_TRIM_CHARS)
    inline.content = content.rstrip(MD_TRIM_CHARS)
    inline.meta[KEY] = Stitch([(0, stop - len(content))])


def _first(starting: dict[str, list[BlockRule]]) -> BlockRule:
    """A rule that asks those of *starting* which the first character of a line calls for."""

    def first(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.sCount[start] - state.blkIndent > 3:
            return False
        src, at = state.src, state.bMarks[start] + state.tShift[start]
        if src[at] in _FOR_BLOCK and _BLOCK.match(src, at):
            for rule in starting[src[at]]:
                if rule(state, start, end, silent):
                    return True
        return _prose(state, start) if state.level else _top_prose(state, start)

    return first


def _top_prose(state: StateBlock, start: int) -> bool:
    """:func:`_prose` outside of containers, where no line has a prefix: by one search.

    Only the content is pushed, as tokens around it say nothing more; ``later`` adds them.
    """
    src, first = state.src, state.bMarks[start] + state.tShift[start]
    stop = len(src)
    for blank in _MAY_END.finditer(src, first):
        at = blank.end()
        if at < len(src) and src[at] != "\n":
            if "\t" in blank[0] or len(blank[0]) > 4 or not _AFTER.match(src, at):
                continue
            if not _CLEAR.match(src, at):
                return False
        stop = blank.start()
        break
    state.line = bisect_left(state.eMarks, stop, start) + 1
    inline = token("inline", "", 0, 1, block=True)
    inline.map, inline.children = [start, state.line], []
    inline.meta[UNWRAPPED] = True
    _fill(inline, src, first, stop)
    state.tokens.append(inline)
    return True


def _prose(state: StateBlock, start: int) -> bool:
    """A paragraph, whose first line begins nothing else, as far as its lines are clear cases."""
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    first = begins[start] + shifts[start]
    src = state.src
    line, stop = start + 1, state.lineMax
    # behind a tab in front of a list's marker, the parser takes the marker for content
    whole = state.blkIndent == 0 or "\t" not in src[src.rfind("\n", 0, first) + 1 : first]
    while line < stop:
        at = begins[line] + shifts[line]
        if at >= ends[line]:
            break
        indent = state.sCount[line]
        if src[at] in _FOR_AFTER and 0 <= indent <= state.blkIndent + 3 and _AFTER.match(src, at):
            if _ends(state, at, indent):
                break
            return False
        whole = whole and state.blkIndent == 0 and begins[line] == ends[line - 1] + 1
        line += 1
    state.line = line
    new = leaf(state, "paragraph", "p", [start, line])
    inline = new[1]
    if whole:
        _fill(inline, src, first, ends[line - 1])
    else:
        inline.content = state.getLines(start, line, state.blkIndent, False).strip(MD_TRIM_CHARS)
        if not _is_verbatim(state, inline, first, ends[start]):
            of_lines(state, new)
    return True


def _is_verbatim(state: StateBlock, inline: Token, first: int, stop: int) -> bool:
    """Whether the source has the content of *inline* as it is, as most often; if so, note where.

    Its first line begins at *first* and ends at *stop*.
    """
    while first < stop and state.src[first] in MD_TRIM_CHARS:
        first += 1
    if not state.src.startswith(inline.content, first):
        return False
    inline.meta[KEY] = Stitch([(0, first)])
    return True


def _ends(state: StateBlock, at: int, indent: int) -> bool:
    """Whether the line that begins at *at* ends a paragraph for sure."""
    if indent < state.blkIndent:
        if 0 <= state.listIndent <= indent - 4:
            return False
        if _ITEM.match(state.src, at):
            return True
    return _CLEAR.match(state.src, at) is not None
