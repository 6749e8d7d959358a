r"""Rule fixtures: Markdown files that read as documentation and run as tests.

A fixture has the name of its rule, and up to three sections::

    # empty-image

    ## Silent

    ### In code

    ```markdown
    `![]()`
    ```

    ## Fires

    ### An image that is a link

    ```markdown
    [⟦![]()⟧](a.md)
    ```

    ## Fixed

    ### Alone on its line

    ```markdown
    a

    ⟦<img src="">⟧
    ```

    > image has no source

    Fixed:

    ```markdown
    a

    ```

*Silent* has notes without findings, *Fires* notes that are reported and left as they are, and
*Fixed* notes that fixes change. The brackets ⟦ ⟧ enclose what each finding covers.

Every block of code is a note, but where a line before it says otherwise:

- ``Fixed:`` or ``Fixed with `--unsafe`:`` before what the fixes leave of the note before it;
- ``Note `docs/note.md`:`` before a note that is not called ``note.md``;
- ``File `guide/intro.md`:`` before another file of the tree.

More lines say what holds for all notes below the heading, or for all notes of the fixture if they
stand before the first section: such a file, ``Empty files: `a.png`, `b.png`.``, and
``Options `{"strict": true}`.`` A tree with a ``.gitignore`` is a git repository, and so is one with
a ``.git/config``, which may say that it has remotes.

A quote after a note has the messages, each once, as a paragraph in which ``\<`` stands for ``<``. A
list has the related places of all findings. ``Refused: it would change the texts.`` says why a fix
is not applied.

Words behind the language of a block say how its text is written: ``escaped`` with ``\t``,
``\u200b`` or ``\U000e0067`` for characters that nobody sees; ``crlf`` and ``cr`` with these line
ends; ``unended`` without the last one; ``latin-1`` in that encoding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from rules.harness import NOTE, Found

OPEN, CLOSE = "⟦", "⟧"
SECTIONS = ("Silent", "Fires", "Fixed")
_ESCAPE = re.compile(r"\\(?:t|u[0-9a-f]{4}|U[0-9a-f]{8})")
_WORDS: dict[str, Callable[[str], str]] = {
    "escaped": lambda text: _ESCAPE.sub(lambda match: _unescaped(match[0]), text),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "unended": lambda text: text.rstrip("\r\n"),
    "latin-1": str,
}


@dataclass
class Case:
    """One note of a fixture, in the section called *section*.

    *marked*, and *safe* and *unsafe*, which fixes leave, have brackets around what findings cover.
    """

    rule: str
    line: int
    title: str
    section: str
    marked: str
    path: str
    encoding: str
    files: dict[str, bytes]
    options: dict[str, Any]
    messages: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    refused: str | None = None
    safe: str | None = None
    unsafe: str | None = None

    def __str__(self) -> str:
        return f"{self.rule}.md:{self.line} {self.title}"

    @property
    def text(self) -> str:
        """The note without its brackets."""
        return re.sub(f"[{OPEN}{CLOSE}]", "", self.marked)

    @property
    def data(self) -> bytes:
        """The note as it lies on disk."""
        return self.text.encode(self.encoding, "surrogatepass")


def mark(text: str, found: list[Found]) -> str:
    """*text* with brackets around what the findings in it cover."""
    spans = [each.span for each in found if each.path is None]
    marks = [(each.start, 1, OPEN) for each in spans if each.start < each.end]
    marks += [(each.end, 0, CLOSE) for each in spans if each.start < each.end]
    marks += [(each.start, 1, OPEN + CLOSE) for each in spans if each.start == each.end]
    for at, _, bracket in sorted(marks, reverse=True):
        text = text[:at] + bracket + text[at:]
    return text


def cases(file: Path) -> list[Case]:
    """The cases of the fixture *file*. Raises ValueError for what the format does not know."""
    reader = _Reader(file.stem)
    for node in SyntaxTreeNode(MarkdownIt().parse(file.read_text("utf-8"))).children:
        try:
            reader.take(node)
        except (ValueError, IndexError) as error:
            raise ValueError(f"{file.name}:{_line(node)}: {error}") from error
    return reader.cases


class _Reader:
    """Takes the blocks of a fixture, in order, and makes cases of them."""

    def __init__(self, rule: str) -> None:
        self.cases: list[Case] = []
        self._rule = rule
        self._section = self._title = self._label = ""
        self._shared: dict[str, bytes] = {}
        self._files: dict[str, bytes] = {}
        self._options: dict[str, Any] = {}

    def take(self, node: SyntaxTreeNode) -> None:
        """Take a block of the fixture."""
        if node.type == "fence":
            self._take_code(node.content, node.info.split()[1:], _line(node))
            self._label = ""
        elif node.type == "blockquote":
            self.cases[-1].messages += [_text(each).replace("\\<", "<") for each in node.children]
        elif node.type == "bullet_list":
            self.cases[-1].related += [_text(each) for each in node.children]
        elif node.type == "paragraph":
            self._take_line(_text(node))
        elif node.tag == "h2":
            self._section = _text(node)
            if self._section not in SECTIONS:
                raise ValueError(f"no section is called {self._section!r}")
        elif node.tag == "h3":
            self._title, self._files, self._options = _text(node), dict(self._shared), {}

    def _take_line(self, line: str) -> None:
        if found := re.fullmatch(r"Options `(.+)`\.", line):
            self._options |= json.loads(found[1])
        elif line.startswith("Empty files: "):
            self._add_files(dict.fromkeys(re.findall("`(.+?)`", line), b""))
        elif found := re.fullmatch(r"Refused: (.+)\.", line):
            self.cases[-1].refused = found[1]
        else:
            self._label = line

    def _take_code(self, text: str, words: list[str], line: int) -> None:
        for word in words:
            if word not in _WORDS:
                raise ValueError(f"no word is {word!r}")
            text = _WORDS[word](text)
        encoding = "latin-1" if "latin-1" in words else "utf-8"
        if found := re.fullmatch(r"File `(.+)`:", self._label):
            self._add_files({found[1]: text.encode(encoding)})
        elif self._label == "Fixed:":
            self.cases[-1].safe = text
        elif self._label == "Fixed with `--unsafe`:":
            self.cases[-1].unsafe = text
        elif not self._label or (found := re.fullmatch(r"Note `(.+)`:", self._label)):
            self.cases.append(
                Case(
                    rule=self._rule,
                    line=line,
                    title=self._title,
                    section=self._section,
                    marked=text,
                    path=found[1] if found else NOTE,
                    encoding=encoding,
                    files=self._files,
                    options=self._options,
                )
            )
        else:
            raise ValueError(f"nothing is known of {self._label!r}")

    def _add_files(self, files: dict[str, bytes]) -> None:
        (self._files if self._title else self._shared).update(files)


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 1


def _text(node: SyntaxTreeNode) -> str:
    """The source of the only line in *node*."""
    (line,) = (each.content for each in node.walk() if each.type == "inline")
    return line


def _unescaped(escape: str) -> str:
    return escape.encode().decode("unicode_escape")
