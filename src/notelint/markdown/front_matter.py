"""Front matter: metadata for a site generator at the top of a note.

YAML is a mapping between two lines of three dashes, as on GitHub. TOML is between two lines of
three pluses, JSON between a `{` and its `}`, as for Hugo and Zola. The delimiters are not indented.
"""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from notelint.text.source import LINE_END
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import MarkdownIt, StateBlock

MARKS = ("---", "+++", "{")
# The text before a value in YAML; the key may be a placeholder.
KEY = lazy_regex(r"(?:\w[\w ./-]{0,60}|\"[^\"]+\"|'[^']+'|\{\{.{0,60}?\}\}):(?:[ \t]|$)")

_FIRST = lazy_regex(r"(---|\+\+\+)[ \t]*\n")
_LAST = {"---": lazy_regex(r"\n---[ \t]*(?:\n|\Z)"), "+++": lazy_regex(r"\n\+\+\+[ \t]*(?:\n|\Z)")}
# Starts of lines that continue a value, or that a template fills in.
_TEMPLATE = ("{{", "{%", "<%", "${")
_NEITHER = ("- ", "]", "}", *_TEMPLATE)
_MAX_CHARACTERS = 5_000  # of YAML that is parsed, as its keys have an unusual form
_MAX_BRACKETS = 100  # in such YAML
_MAX_JSON = 100_000
_PLAIN_KEY = lazy_regex(r"[a-z_][\w-]*:(?:[ \t]|$)")
_TOML = lazy_regex(r"(?:\[\[?)?[\w\"'][\w.\"' -]*(?:=|\]\]?[ \t]*(?:#.*)?$)|\{[{%]")
_JSON = lazy_regex(r"\{(?:[ \t]*\n)?\s*(?:\"(?:[^\"\\\n]|\\.)*\"[ \t]*:|\}[ \t]*(?:\n|\Z))")
_JSON_END = lazy_regex(r"\n\}[ \t]*(?:\n|\Z)")


def front_matter_length(text: str) -> int:
    """The number of characters of the front matter of *text*, delimiters included.

    *text* may have any line ends. The line end after the front matter is not counted.
    """
    lines = _lines(LINE_END.sub("\n", text)) if text.startswith(MARKS) else 0
    if not lines:
        return 0
    ends = [match.start() for match in islice(LINE_END.finditer(text), lines)]
    return ends[lines - 1] if lines <= len(ends) else len(text)


def is_open(text: str) -> bool:
    """Whether *text* begins with front matter that never ends: a delimiter, and keys below it."""
    if not text.startswith(MARKS):
        return False
    text = LINE_END.sub("\n", text)
    if _lines(text):
        return False
    first = _FIRST.match(text)
    if first is None:
        alone = text.partition("\n")[0].rstrip(" \t") == "{"
        return alone and _JSON.match(text) is not None
    lines = text[first.end() :].lstrip("\n").partition("\n\n")[0].split("\n")
    return _has_key_of_toml(lines) if first[1] == "+++" else _has_only_keys(lines)


def _has_only_keys(lines: list[str]) -> bool:
    """Whether *lines*, up to one that was meant as the end, are YAML and not text."""
    meant = takewhile(lambda line: not line.startswith(("---", "...")), lines)
    own = [line for line in meant if line.strip() and line[0] not in " \t#"]
    own = [line for line in own if not line.startswith(_NEITHER)]
    plain = bool(own) and _PLAIN_KEY.match(own[0]) is not None
    return (plain or len(own) > 1) and all(map(KEY.match, own))


def _has_key_of_toml(lines: list[str]) -> bool:
    first = next((line for line in lines if line.strip() and line.lstrip()[0] != "#"), "")
    return _TOML.match(first) is not None


def _lines(text: str) -> int:
    """The number of lines of the front matter of *text*, whose lines end in line feeds."""
    if text.startswith("{"):
        return _lines_of_json(text)
    first = _FIRST.match(text)
    last = _LAST[first[1]].search(text, first.end() - 1) if first else None
    if first is None or last is None:
        return 0
    inside = text[first.end() : last.start()]
    lines = inside.split("\n") if last.start() >= first.end() else []
    if first[1] == "+++":
        is_own = not any(map(str.strip, lines)) or _has_key_of_toml(lines)
    else:
        is_own = _is_mapping(lines)
    return len(lines) + 2 if is_own else 0


def _lines_of_json(text: str) -> int:
    """The number of lines of a JSON object at the top; of an invalid one, up to a `}` alone."""
    if _JSON.match(text) is None:
        return 0
    import json  # few notes need it

    end = 0
    try:
        _, end = json.JSONDecoder().raw_decode(text[:_MAX_JSON])
    except (ValueError, RecursionError):
        last = _JSON_END.search(text)
        end = last.start() + 2 if last else 0
    after = text[end:].partition("\n")[0]
    return text.count("\n", 0, end) + 1 if end and not after.strip() else 0


def _is_mapping(lines: list[str]) -> bool:
    """Whether the YAML in *lines* is a mapping, even an invalid one, or empty."""
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
    if keys and keys >= others and (KEY.match(first) or first.startswith(_TEMPLATE)):
        return True
    return not any(map(str.strip, lines)) or _reads_as_mapping("\n".join(lines))


def _reads_as_mapping(text: str) -> bool:
    from notelint.text.limits import is_small_yaml  # needed as rarely as the YAML parser

    if not is_small_yaml(text, _MAX_CHARACTERS, _MAX_BRACKETS):
        return False
    if ":" not in text and "?" not in text:
        return False
    # rarely needed: nearly all front matter starts with a plain key
    from notelint.text.yaml_loader import Loader, yaml

    try:
        events = list(yaml.parse(text, Loader=Loader))
    except (yaml.YAMLError, ValueError, OverflowError):  # OverflowError: `"\\UFFFFFFFF"`
        return False
    return len(events) > 2 and isinstance(events[2], yaml.MappingStartEvent)


def front_matter_plugin(md: MarkdownIt) -> None:
    """Make *md* parse front matter."""
    alt = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("table", "front_matter", _rule, {"alt": alt})


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start or state.level or state.blkIndent or not state.src.startswith(MARKS):
        return False
    lines = _lines(state.src)
    if not lines or silent:
        return lines > 0
    token = state.push("front_matter", "", 0)
    token.hidden = True
    token.markup = next(mark for mark in MARKS if state.src.startswith(mark))
    token.content = "\n".join(state.src.split("\n", lines)[1 : lines - 1])
    token.map = [0, lines]
    token.block = True
    state.line = lines
    return True
