"""Rule fixtures: Markdown files that read as documentation and run as tests.

A fixture is named after its rule and opens with what must stay silent::

    # empty-link

    ## Silent

    ### A link to the top

    ```markdown
    [Back to top](#)
    ```

    ## Fires

    ### No destination

    ```markdown
    ⟦[a]()⟧
    ```

    > link has no destination

Under *Fires* the brackets ⟦ ⟧ mark exactly what each finding covers, and a quote, where there is
one, holds the messages, a line each. A paragraph before a block of code changes what it means:

- ``Fixed:`` or ``Fixed (unsafe):`` before the text that the fixes leave; ``Not fixed.`` alone says
  that even ``--unsafe`` leaves the text as it is;
- ``File `guide/intro.md`:`` before another file of the tree, and ``File `docs/note.md` (judged):``
  before a note that is not called ``note.md``;
- ``Options `{"strict": true}`.`` sets options of the rule.

The word ``escaped`` behind the language of a block says that it is written with the escapes of a
JSON string, for characters that nobody sees; ``bare`` says that the text ends without a line end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

NOTE = "note.md"
OPEN, CLOSE = "⟦", "⟧"
_FILE = re.compile(r"File `(?P<path>[^`]+)`(?P<judged> \(judged\))?:")
_OPTIONS = re.compile(r"Options `(?P<json>.+)`\.")
_FIXED = re.compile(r"Fixed(?P<unsafe> \(unsafe\))?:")
_MARK = re.compile(f"[{OPEN}{CLOSE}]")


@dataclass
class Case:
    """One case of a fixture. *covered* holds what the findings cover, in order of the text."""

    rule: str
    title: str
    fires: bool
    note: str = NOTE
    files: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    covered: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    safe: str | None = None
    unsafe: str | None = None

    @property
    def text(self) -> str:
        """The text of the note that the rule judges."""
        return self.files[self.note]


def cases(file: Path) -> Iterator[Case]:
    """The cases of the fixture *file*. Raises ValueError for what the format does not know."""
    rule, fires, case, label = file.stem, False, None, ""
    tokens = MarkdownIt("commonmark").parse(file.read_text(encoding="utf-8"))
    for at, token in enumerate(tokens):
        content = tokens[at + 1].content if token.nesting == 1 and at + 1 < len(tokens) else ""
        if token.type == "heading_open" and token.tag == "h2":
            if content not in ("Silent", "Fires"):
                raise ValueError(f"{file.name}: a section is Silent or Fires, not {content!r}")
            fires = content == "Fires"
        elif token.type == "heading_open" and token.tag == "h3":
            if case:
                yield case
            case, label = Case(rule, content, fires), ""
        elif case and token.type == "paragraph_open" and tokens[at - 1].type == "blockquote_open":
            case.messages += content.split("\n")
        elif case and token.type == "paragraph_open" and not token.level:
            label = content
            if found := _OPTIONS.fullmatch(content):
                case.options = json.loads(found["json"])
            elif content == "Not fixed.":
                case.unsafe = case.text
        elif case and token.type == "fence":
            _take(case, label, _written(token.content, token.info.split()))
            label = ""
    if case:
        yield case


def _take(case: Case, label: str, text: str) -> None:
    """Add a block of code to *case*; the paragraph before it says what it is."""
    if found := _FIXED.fullmatch(label):
        if found["unsafe"]:
            case.unsafe = text
        else:
            case.safe = text
        return
    found = _FILE.fullmatch(label)
    path = found["path"] if found else NOTE
    if found and found["judged"]:
        case.note = path
    if case.fires and path == case.note:
        case.covered = _marked(text)
        text = _MARK.sub("", text)
    case.files[path] = text


def _written(text: str, words: list[str]) -> str:
    if "escaped" in words:
        # a line end of the fixture is one of the text, beside those that are escaped
        text = "\n".join(json.loads(f'"{line}"') for line in text.split("\n"))
    return text.removesuffix("\n") if "bare" in words else text


def _marked(text: str) -> list[str]:
    """What the brackets of *text* enclose, in order of where it starts; they may be nested."""
    found: list[tuple[int, str]] = []
    starts: list[int] = []
    plain = ""
    for part in re.split(f"({OPEN}|{CLOSE})", text):
        if part == OPEN:
            starts.append(len(plain))
        elif part == CLOSE:
            start = starts.pop()
            found.append((start, plain[start:]))
        else:
            plain += part
    if starts:
        raise ValueError(f"a bracket is not closed: {text!r}")
    return [piece for _, piece in sorted(found, key=lambda each: (each[0], len(each[1])))]
