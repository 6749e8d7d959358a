from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.elements import HtmlBlock
from notelint.markdown.html import Tag, tags_and_comments
from notelint.markdown.inline_spans import Node
from notelint.markdown.prose import Prose
from notelint.rules.base import Document, Edit, Finding, Fix, Span, rule
from notelint.rules.inline_effects import ShowsTags
from notelint.rules.shared.html_names import ELEMENTS, INSIDE
from notelint.text.covered import Covered
from notelint.text.startup import lazy_regex

_TAG = lazy_regex(r"<([A-Za-z][A-Za-z0-9-]*)(?:\s[^=<>]*)?(?<!/)>")
# A file for MDX, whose tags are components.
_MDX = lazy_regex(
    r"import\s[^\n]+\sfrom\s*['\"]|import\s*['\"]|export\s+(?:const|default|function)\s"
)
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:$@<>+-"
# A shortcode of Hugo; what other templates fill in.
_TEMPLATE = lazy_regex(r"\{\{[^{}]{0,300}\}\}|\{%[^{}]{0,300}%\}|<%[^<>]{0,300}%>")
_MARKER = lazy_regex(r"(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9_])")  # as a rule, none of a name
# What a template leaves to be filled in: `- <test>: <link to its results>`.
_SLOTS = lazy_regex(r"[ \t>*+-]*(?:<[^<>\n]+>[ \t:,–-]*)+")
_NO_VALUE = "<no value>"  # what a template of Go leaves: not to be shown as code
_FAR = 200  # characters; code is shorter
_MAX_ELEMENTS = 500  # elements of a paragraph


@rule(effect=ShowsTags())
def swallowed_text(doc: Document) -> Iterator[Finding]:
    r"""Words that a page loses, as they look like an HTML tag.

    Why: `<bucket>` is read as a tag. No element has this name, so GitHub drops it and shows
    `gs:///x` for `gs://<bucket>/x`, and `Box` for `Box<String>`.

    A tag is reported if its name is no element of HTML, SVG or MathML. It may be a component of a
    site, and is not reported, if

    - the note has its closing tag, or `import … from` (MDX)
    - it has a value (`<Badge text="x">`), a slash at its end, or a line to itself

    A line such as `- <name>: <address>` is a form, and is not reported either.

    Fix (unsafe): put backticks around it and the word that it is part of; in HTML, write `&lt;`.
    There is no fix in a heading, whose text is its anchor.

    Bad:

    ```markdown
    Copy a Box<String> to gs://<bucket>/x.
    ```

    Fixed:

    ```markdown
    Copy a `Box<String>` to `gs://<bucket>/x`.
    ```

    Good:

    ```markdown
    Copy a `Box<String>` to gs://\<bucket>/x or <https://example.org/>.<br>
    Press <kbd>Enter</kbd>. <Badge text="new" />
    ```
    """
    if ">" not in doc.source.text or not any(map(_is_unknown, doc.tags)):
        return
    if any(_MDX.match(each.content) for each in doc.prose):
        return
    templates = Covered(Span(*each.span()) for each in _TEMPLATE.finditer(doc.source.text))
    forms = Covered(_forms(doc))
    closed = {tag.name for tag in doc.tags if tag.closing}
    shown = {tag.span for tag in doc.tags}
    for prose in doc.prose:
        lost = [
            each for each in prose.nodes if each.kind == "html" and _is_lost(each.written, closed)
        ]
        fence = prose.content.find("```") if lost else -1  # the text below it was meant as code
        lost = [
            each
            for each in lost
            if not (0 <= fence < each.at[0])
            and not _has_its_line(doc, each.span)
            and each.span.start not in forms
            and each.span.start not in templates
        ]
        if lost:
            yield from _in_prose(prose, lost, shown)
    for block in doc.html_blocks:
        yield from _in_block(block, closed, forms, doc)


def _is_unknown(tag: Tag) -> bool:
    return tag.name not in ELEMENTS or tag.name in INSIDE


def _is_lost(written: str, closed: set[str]) -> bool:
    """Whether the tag *written* has a name of no element, and nothing of a component."""
    match = _TAG.fullmatch(written)
    if match is None or written == _NO_VALUE:
        return False
    name = match[1].lower()
    if name in INSIDE:
        return not closed & {"svg", "math", name}
    return name not in ELEMENTS and name not in closed


def _has_its_line(doc: Document, span: Span) -> bool:
    return doc.lines.filled(doc.lines.position(span.start).line) == span


def _forms(doc: Document) -> Iterator[Span]:
    """The lines that hold nothing but what is to be filled in."""
    text, at = doc.source.text, 0
    while (at := text.find(">:", at)) >= 0:
        line = doc.lines.filled(doc.lines.position(at).line)
        if _SLOTS.fullmatch(text, *line):
            yield line
        at = line.end


def _in_prose(prose: Prose, lost: list[Node], seen: set[Span]) -> Iterator[Finding]:
    fix, until = None, 0
    own = {each.at for each in lost}
    others = [each for each in prose.nodes if each.at not in own]
    for node in lost:
        if node.span not in seen:  # in the label of an image, which is a text without tags
            continue
        start, end = node.at
        if start >= until:
            first, until = _token(prose, others, start, end)
            apart = _stands_apart(prose.content, first, until)
            fix = _in_code(prose, first, until) if apart else _escaped(node.span)
        yield _finding(prose.span(start, end), node.written, None if prose.heading else fix)


def _crosses(nodes: list[Node], start: int, end: int) -> bool:
    """Whether one of *nodes* begins or ends between *start* and *end*, and is no bare URL there."""
    for node in nodes:
        first, last = node.at
        if start <= first < end and (node.kind != "bare" or last > end):
            return True
        if first < start < last <= end:
            return True
    return False


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether backticks around it meet no others, and leave the emphasis around it as it is."""
    before, behind = text[max(start - 5, 0) : start][::-1], text[end : end + 5]
    return _is_free(before, text[start]) and _is_free(behind, text[end - 1])


def _is_free(beside: str, inner: str) -> bool:
    """Whether a backtick may stand between *beside* and *inner*.

    For the markers of emphasis, it is punctuation like a bracket, and not like a letter.
    """
    edge = beside[:1]
    if edge not in ("*", "_", "~"):
        return edge != "`"
    return not inner.isalnum() or not beside.lstrip(edge)[:1].strip()


def _escaped(span: Span) -> Fix:
    return Fix("write `&lt;`", (Edit(Span(span.start, span.start + 1), "&lt;"),), safe=False)


def _in_code(prose: Prose, start: int, end: int) -> Fix:
    span = prose.span(start, end)
    edits = [Edit(Span(at, at), "`") for at in span]
    return Fix("make it code", tuple(edits), safe=False)


def _token(prose: Prose, others: list[Node], start: int, end: int) -> tuple[int, int]:
    """The word that the tag from *start* to *end* is part of, as far as it is plain text.

    It ends at a tag among the *others*, which are the elements that are not lost. Just the tag,
    where these are too many to look at.
    """
    if len(others) > _MAX_ELEMENTS:
        return start, end
    text = prose.content
    tags = [each.at for each in others if each.kind == "html"]
    low = max((last for _, last in tags if last <= start), default=0)
    high = min((first for first, _ in tags if first >= end), default=len(text))
    before, behind = text[max(start - _FAR, low) : start], text[end : min(end + _FAR, high)]
    first = start - len(before) + len(before.rstrip(_PLAIN))
    if text[first - 1 : first + 1] == "~/" and not text[max(first - 2, 0) : first - 1].strip():
        first -= 1
    word = behind[: len(behind) - len(behind.lstrip(_PLAIN))]
    last = end + len(word.rstrip(".:"))
    for marker in _MARKER.finditer(text, first, last + 1):
        if marker.end() <= start:
            first = marker.end()
        elif marker.start() >= end:
            last = min(last, marker.start())
    return (start, end) if _crosses(others, first, last) else (first, last)


def _in_block(
    block: HtmlBlock, closed: set[str], forms: Covered, doc: Document
) -> Iterator[Finding]:
    source = block.source
    for tag in tags_and_comments(source, 0, len(source.content)):
        if not isinstance(tag, Tag) or tag.closing or not _is_unknown(tag):
            continue
        written = doc.slice(tag.span)
        numbered = doc.source.text.startswith(" &nbsp;", tag.span.end)  # by a build, in a caption
        if numbered or tag.span.start in forms or _has_its_line(doc, tag.span):
            continue
        if _is_lost(written, closed):
            yield _finding(tag.span, written, _escaped(tag.span))


def _finding(span: Span, written: str, fix: Fix | None) -> Finding:
    shown = " ".join(written.split())
    message = f"`{shown}` is taken for an HTML tag and not shown: make it code, or write `&lt;`"
    return Finding(span, message, fix)
