"""What GitHub's own renderer shows of a note, without the entries of its tables of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

import cmarkgfm
from cmarkgfm.cmark import Options

from notelint.markdown.front_matter import front_matter_length

_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_CODE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_BLANKS = re.compile(r"[ \t\n]+")
_AT_TAG = re.compile(
    r" ?(</?(?:p|li|ul|ol|blockquote|table|t[dhr]|thead|tbody|h\d|hr|br)\b[^>]*>) ?"
)
_MARKERS = [
    (re.compile(start), re.compile(end))
    for start, end in (
        ("START doctoc(?: .*)?", "END doctoc(?: .*)?"),
        ("toc", "tocstop"),
        ("toc:start", "toc:end"),
        ("mdformat-toc start(?: .*)?", "mdformat-toc end"),
    )
]
_WARNING = "DON'T EDIT THIS SECTION, INSTEAD RE-RUN doctoc TO UPDATE"
_MARKER = re.compile(r"\s*(?:[-*+]|\d+[.)])?\s*")
_WRITTEN = re.compile(r"\s*(?:[-*+]|\d+[.)]) +\[.*\]\(#.*\)\s*")
_AROUND = frozenset({"", "details", "div"})  # no Markdown of these
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})


class Shown(NamedTuple):
    """Words, and where images and links lead; comments; headings. Each in the note's order."""

    said: list[str]
    headings: list[str]


def page(text: str) -> str:
    """The HTML of *text*, without white space that does not show; code is as it is."""
    front = front_matter_length(text)  # which GitHub shows as a table, and cmark-gfm as text
    html: str = cmarkgfm.github_flavored_markdown_to_html(text[front:], options=_OPTIONS)
    parts = _CODE.split(html)
    parts[::2] = [_AT_TAG.sub(r"\1", _BLANKS.sub(" ", each)) for each in parts[::2]]
    return "".join(parts).strip()


def shown(text: str) -> Shown:
    """What *text* shows and says but for entries: list items that are one link into the note."""
    tree = _Tree(cmarkgfm.github_flavored_markdown_to_html(text, options=_OPTIONS))
    headings = [
        f"{node.name} {' '.join(_said(node))}"
        for node in tree.root.all()
        if re.fullmatch("h[1-6]", node.name)
    ]
    return Shown(list(_said(tree.root)), headings)


class _Node:
    def __init__(self, name: str, attributes: dict[str, str | None], text: str = "") -> None:
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children: list[_Node] = []
        self.marked = False  # whether it stands between the markers of a table

    def all(self) -> Iterator[_Node]:
        """It and what is in it, in the note's order."""
        yield self
        for child in self.children:
            yield from child.all()


class _Tree(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = _Node("", {})
        self._open = [self.root]
        self.feed(html)
        self.close()
        nodes = list(self.root.all())
        for pattern in _MARKERS:
            start = None
            for at, node in enumerate(nodes):
                if _is(node, pattern[0]):
                    start = at
                elif start is not None and _is(node, pattern[1]):
                    for each in nodes[start:at]:
                        each.marked = True
                    start = None

    def _add(self, node: _Node) -> None:
        self._open[-1].children.append(node)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(node := _Node(tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        names = [node.name for node in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self._add(_Node("text", {}, data))

    def handle_comment(self, data: str) -> None:
        apart = all(node.name in _AROUND for node in self._open)
        self._add(_Node("comment", {"apart": "" if apart else None}, data.strip()))


def _is(node: _Node, pattern: re.Pattern[str]) -> bool:
    """Whether *node* is a marker: a comment in no paragraph, list or quote."""
    apart = node.attributes.get("apart") is not None
    return node.name == "comment" and apart and bool(pattern.fullmatch(node.text))


def _said(node: _Node) -> Iterator[str]:
    if node.name == "text":
        yield from node.text.split()
    elif node.name == "comment":
        markers = (pattern for pair in _MARKERS for pattern in pair)
        if node.text != _WARNING and not any(_is(node, pattern) for pattern in markers):
            yield f"<!--{node.text}-->"
    elif node.marked and node.name == "li" and _is_entry(node):
        for child in node.children:
            if child.name in ("ul", "ol"):
                yield from _said(child)
    elif not (node.marked and node.name == "pre" and _is_list(node)):
        yield from (f"{name}={node.attributes[name]}" for name in ("href", "src", "id")
                    if node.attributes.get(name))  # fmt: skip
        for child in node.children:
            yield from _said(child)


def _is_entry(item: _Node) -> bool:
    if not item.children:
        return True
    parts = list(_inside(item))
    links = [part for part in parts if part.name == "a"]
    others = [part for part in parts if part.name != "a"]
    return (
        all(str(link.attributes.get("href") or "").startswith("#") for link in links)
        and all(set(link.attributes) <= {"href", "title"} for link in links)
        and all(_MARKER.fullmatch(part.text) for part in others)
        and len(links) == 1 + sum(bool(part.text.strip()) for part in others)
    )


def _inside(node: _Node) -> Iterator[_Node]:
    """Links, text and what else is in *node* but for lists, out of its paragraph and emphasis."""
    for child in node.children:
        if child.name in ("p", "em", "strong"):
            yield from _inside(child)
        elif child.name in ("text", "a"):
            yield child
        elif child.name not in ("ul", "ol"):
            yield _Node("other", {}, f"<{child.name}>")


def _is_list(code: _Node) -> bool:
    """Whether code is what a list becomes whose first entry is indented too far."""
    written = "".join(node.text for node in code.all())
    return all(_WRITTEN.fullmatch(line) for line in written.splitlines() if line.strip())
