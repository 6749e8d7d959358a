"""Front matter as GitHub has it: a YAML mapping between two lines of three dashes, on top."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from notelint.text.source import LINE_END
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import MarkdownIt, StateBlock

MARK = "---"
# What YAML has before a value; a template may stand for a key.
KEY = lazy_regex(r"(?:\w[\w ./-]{0,60}|\"[^\"]+\"|'[^']+'|\{\{.{0,60}?\}\}):(?:[ \t]|$)")

_FIRST = lazy_regex(r"---[ \t]*\n")
_LAST = lazy_regex(r"\n---[ \t]*(?:\n|\Z)")
# Lines that go on with a value, or that a template fills in.
_TEMPLATE = ("{{", "{%", "<%", "${")
_NEITHER = ("- ", "]", "}", *_TEMPLATE)
_MAX_CHARACTERS = 5_000  # of YAML whose keys are in no form that people write
_MAX_BRACKETS = 100  # the time to read them grows with the square of their depth


def length(text: str) -> int:
    """How many characters of *text*, whatever its line ends, are front matter with its marks.

    The line end behind it is not counted.
    """
    lines = _lines(LINE_END.sub("\n", text)) if text.startswith(MARK) else 0
    if not lines:
        return 0
    ends = [match.start() for match in islice(LINE_END.finditer(text), lines)]
    return ends[lines - 1] if lines <= len(ends) else len(text)


def _lines(text: str) -> int:
    """The number of lines at the top of *text*, which end in line feeds, that are front matter."""
    first = _FIRST.match(text)
    last = _LAST.search(text, first.end() - 1) if first else None
    if first is None or last is None:
        return 0
    inside = text[first.end() : last.start()]
    lines = inside.split("\n") if last.start() >= first.end() else []
    return len(lines) + 2 if _is_mapping(lines) else 0


def _is_mapping(lines: list[str]) -> bool:
    """Whether YAML of *lines* is a mapping, also a broken one, or nothing at all."""
    keys = others = 0
    first = ""
    for line in lines:
        if not line.strip() or line[0] in " \t" or line.startswith("#"):
            continue
        first = first or line
        if KEY.match(line):
            keys += 1
        elif not line.startswith(_NEITHER):
            others += 1
    if not first:
        return not any(map(str.strip, lines)) or _reads_as_mapping("\n".join(lines))
    if keys and keys >= others and (KEY.match(first) or first.startswith(_TEMPLATE)):
        return True
    return _reads_as_mapping("\n".join(lines))


def _reads_as_mapping(text: str) -> bool:
    if len(text) > _MAX_CHARACTERS or text.count("[") + text.count("{") > _MAX_BRACKETS:
        return False
    if ":" not in text and "?" not in text:
        return False
    import yaml  # seldom needed: nearly all front matter starts with a plain key

    try:
        events = list(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return False
    return len(events) > 2 and isinstance(events[2], yaml.MappingStartEvent)


def front_matter_plugin(md: MarkdownIt) -> None:
    """Have *md* read front matter."""
    alt = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("table", "front_matter", _rule, {"alt": alt})


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start or state.level or state.blkIndent or not state.src.startswith(MARK):
        return False
    lines = _lines(state.src)
    if not lines or silent:
        return lines > 0
    token = state.push("front_matter", "", 0)
    token.hidden = True
    token.markup = MARK
    token.content = "\n".join(state.src.split("\n", lines)[1 : lines - 1])
    token.map = [0, lines]
    token.block = True
    state.line = lines
    return True
