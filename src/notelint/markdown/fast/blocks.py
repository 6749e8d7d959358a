"""Block rules that are called only where they can match, and a quick rule for paragraphs.

Most lines of a note are plain prose, and the parser tries a dozen rules on each of them. The rule
here comes first. It calls only the rules that may match the first character of a line, and parses
paragraphs whose lines are simple cases. The rest is left to the rules of the parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notelint.markdown import definitions, formulas
from notelint.markdown.fast.states import paragraph
from notelint.markdown.source_map import SOURCE_MAP, SourceMap, map_lines
from notelint.markdown.upstream import MD_TRIM_CHARS
from notelint.text.source import Span
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import BlockRule, MarkdownIt, StateBlock

# The starts of blocks other than paragraphs, and of lines that end a paragraph or turn it into a
# heading or a table. These may match more than the rules do, but never less.
_END = r"(?:[ \t\n]|\Z)"
_STARTS = rf"#{{1,6}}{_END}|`{{3}}|~{{3}}|[+*]{_END}|(?:[*_][ \t]*){{3}}|\d{{1,9}}[.)]{_END}"
_NO_LABEL = r"\[(?!\^)(?:[^\[\]\\\n]|\\[^\n])*(?:\](?!:)|\[)"  # but a footnote can
_FORMULA = r"\$\$|\\\["
_FRONT_MATTER = r"\+\+\+|\{"  # in addition to dashes
_BLOCK = re.compile(
    rf"[><]|(?!{_NO_LABEL})\[|-{_END}|(?:-[ \t]*){{3}}|{_STARTS}|{_FORMULA}|{_FRONT_MATTER}"
)
_AFTER = re.compile(rf"{_FORMULA}|[><|:=-]|\[\^|{_STARTS}")
_FOR_BLOCK = frozenset("`~>*-_+#<[{$\\0123456789")
_FOR_AFTER = _FOR_BLOCK | frozenset("|:=")
# Lines that certainly end a paragraph; in a list item, so does the next item.
_CLEAR = lazy_regex(
    rf">|#{{1,6}}{_END}|`{{3,}}[^`\n]*(?:\n|\Z)|~{{3}}|(?:[-+*]|1[.)])[ \t]+[^ \t\n]"
)
_ITEM = lazy_regex(rf"(?:[-+*]|\d{{1,9}}[.)]){_END}")

# The first characters of lines that a rule may match; most lines begin with none of these.
_FIRST = {
    "front_matter": "-+{",
    formulas.BLOCK: "$\\",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}

# Nearly every definition: one line, no title, nothing to decode.
_DEFINITION = lazy_regex(r"\[([^\[\]\\]+)\]:[ \t]*([^\x00-\x20\x7f<>()\\&]+)[ \t]*")
_TITLE = frozenset("\"'(")


def install(md: MarkdownIt) -> None:
    """Guard the block rules of *md*, and put the quick rule before them."""
    starting: dict[str, list[BlockRule]] = {char: [] for char in _FOR_BLOCK}
    for rule in list(md.block.ruler.__rules__):
        if rule.name in _FIRST:
            fn = rule.fn
            if rule.name == "reference":
                fn = _reference(fn)
            for char in _FIRST[rule.name]:
                starting[char].append(fn)
            guarded = _guarded(fn, frozenset(_FIRST[rule.name]))
            md.block.ruler.at(rule.name, guarded, {"alt": rule.alt})
        elif rule.name == "table":
            for rules in starting.values():
                rules.append(rule.fn)
    md.block.ruler.before(md.block.ruler.__rules__[0].name, "first", _first(starting))


def _guarded(rule: BlockRule, first: frozenset[str]) -> BlockRule:
    """*rule*, called only on lines that begin with one of *first*."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return state.src[at : at + 1] in first and rule(state, start, end, silent)

    return guarded


def _reference(rule: BlockRule) -> BlockRule:
    """*rule*, called only on definitions that are not plain: it reads character by character."""

    def reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        plain = not silent and not state.md.options.get("inline_definitions")
        found = _plain_definition(state, start) if plain else None
        if found is None:
            return rule(state, start, end, silent)
        defined = {"title": "", "href": found.target, "map": [start, start + 1]}
        state.env.setdefault("references", {}).setdefault(found.key, defined)
        state.line = start + 1
        definitions.record(state, found)
        return True

    return reference


def _plain_definition(state: StateBlock, start: int) -> definitions.Definition | None:
    """The definition on line *start*, if it is a plain one."""
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


def _first(starting: dict[str, list[BlockRule]]) -> BlockRule:
    """The quick rule; *starting* are the rules for each first character of a line."""

    def first(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.sCount[start] - state.blkIndent > 3:
            return False
        src, at = state.src, state.bMarks[start] + state.tShift[start]
        if src[at] in _FOR_BLOCK and _BLOCK.match(src, at):
            for rule in starting[src[at]]:
                if rule(state, start, end, silent):
                    return True
        return _simple_paragraph(state, start)

    return first


def _simple_paragraph(state: StateBlock, start: int) -> bool:
    """Parse a paragraph if all its lines are simple cases; the first line begins no other block."""
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    first = begins[start] + shifts[start]
    src = state.src
    line, stop = start + 1, state.lineMax
    # after a tab before the marker of a list, the parser includes the marker in the content
    whole = state.blkIndent == 0 or "\t" not in src[src.rfind("\n", 0, first) + 1 : first]
    while line < stop:
        at = begins[line] + shifts[line]
        if at >= ends[line]:
            break
        indent = state.sCount[line]
        if src[at] in _FOR_AFTER and 0 <= indent <= state.blkIndent + 3 and _AFTER.match(src, at):
            if _ends_paragraph(state, at, indent):
                break
            return False
        whole = whole and state.blkIndent == 0 and begins[line] == ends[line - 1] + 1
        line += 1
    state.line = line
    new = paragraph(state, [start, line])
    inline = new[1]
    if whole:
        content = src[first : ends[line - 1]].lstrip(MD_TRIM_CHARS)
        inline.content = content.rstrip(MD_TRIM_CHARS)
        inline.meta[SOURCE_MAP] = SourceMap([(0, ends[line - 1] - len(content))])
    else:
        inline.content = state.getLines(start, line, state.blkIndent, False).strip(MD_TRIM_CHARS)
        map_lines(state, new)
    return True


def _ends_paragraph(state: StateBlock, at: int, indent: int) -> bool:
    """Whether the line that begins at *at* certainly ends a paragraph."""
    if indent < state.blkIndent:
        if 0 <= state.listIndent <= indent - 4:
            return False
        if _ITEM.match(state.src, at):
            return True
    return _CLEAR.match(state.src, at) is not None
