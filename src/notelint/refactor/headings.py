"""A heading with another text: its edit, and the anchors of its note before and after."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.document import Document
from notelint.markdown.elements import Heading
from notelint.refactor.anchor_index import PREFIX, AnchorIndex
from notelint.refactor.notes import Notes
from notelint.refactor.refusal import Refusal
from notelint.text.edits import Edit, edited
from notelint.text.source import Source, Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suggest import closest, did_you_mean
from notelint.workspace.urls import unquote

_LINE_END = lazy_regex("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


class RenamedHeading(NamedTuple):
    """The heading with the *number* in a note, from 0; the note before and after the *edit*.

    ``old_anchors`` and ``new_anchors`` are those of the note.
    """

    note: str
    old: Document
    new: Document
    number: int
    edit: Edit
    old_anchors: AnchorIndex
    new_anchors: AnchorIndex


def rename_heading(notes: Notes, note: str, anchor: str, text: str) -> RenamedHeading:
    """Give the heading with *anchor* in the note at *note* another *text*, in inline Markdown.

    Raises Refusal, FileProblem.
    """
    old = notes.document(note)
    number = _number(old, note, anchor)
    heading = old.headings[number]
    shown, edit = _edit(old, heading, note, text)
    rest = old.source.text[edit.span.end : heading.span.end].strip()
    if rest.startswith("{"):  # an id, which is shown as text on GitHub
        shown = f"{shown} {rest}"
    new = Document(Source(edited(old.source.text, [edit])))
    _compare(old, new, number, shown, note)
    loose = notes.workspace.has_own_anchors(note)
    anchors = AnchorIndex(old, loose=loose), AnchorIndex(new, loose=loose)
    return RenamedHeading(note, old, new, number, edit, *anchors)


def _number(doc: Document, note: str, anchor: str) -> int:
    """The number of the heading that has *anchor*, or an id in it."""
    name = unquote(anchor).removeprefix(PREFIX)
    anchors = [each.slug for each in doc.headings]
    for fold in (str, str.casefold):
        if name and fold(name) in (folded := [*map(fold, anchors)]):
            return folded.index(fold(name))
    for number, heading in enumerate(doc.headings):
        first = doc.lines.line_span(heading.lines[0]).start
        for tag in doc.tags:
            inside = first <= tag.span.start <= heading.span.end
            if inside and name in (each.value for each in tag.attributes if each.name == "id"):
                return number
    hint = did_you_mean(*(f"#{each}" for each in closest(name, anchors)))
    raise Refusal(f"{note}: no heading with the anchor `#{name}`{hint}")


def _compare(old: Document, new: Document, number: int, text: str, note: str) -> None:
    """Raise :class:`Refusal` unless *new* is *old* with *text* as that of heading *number*."""
    fault = f"{note}: the new text is not read as the text of that heading"
    if [each.level for each in old.headings] != [each.level for each in new.headings]:
        raise Refusal(fault)
    texts = [each.text for each in old.headings]
    texts[number] = text
    for wanted, heading in zip(texts, new.headings, strict=True):
        if heading.text.split() != wanted.split():
            raise Refusal(f"{fault}: it would be `{' '.join(heading.text.split())}`")


def _edit(doc: Document, heading: Heading, note: str, text: str) -> tuple[str, Edit]:
    """The new text of *heading* as a reader will see it, and the edit that makes it so."""
    text = text.strip(" \t")
    if not text.strip():
        raise Refusal("the new text is empty")
    if _LINE_END.search(text):
        raise Refusal("the new text has a line break; a heading is one line")
    if heading.html:
        from html import escape

        return text, Edit(_text_span(doc, heading, note), escape(text, quote=False))
    alone = Document(Source(f"# {text}"), references=doc.references)
    found = alone.headings[0] if len(alone.headings) == 1 else None
    if found is None or found.raw != text:
        raise Refusal(f"the new text would be read as something other than `{text}`")
    if not found.text.strip():
        raise Refusal("the new text shows no words")
    if any(node.kind not in ("code", "formula", "html") for node in found.nodes):
        return found.text, Edit(heading.span, text)  # the new text has a link of its own
    return found.text, Edit(_text_span(doc, heading, note), text)


def _text_span(doc: Document, heading: Heading, note: str) -> Span:
    """The span that the new text replaces: all but links, pictures, ids and comments, which stay.

    Raises :class:`Refusal` if the text is not in one piece, beside them or inside one link.
    """
    start, end = heading.span
    end = start + _without_id(doc.source.text[start:end])
    fixed = [*_fixed_parts(doc, heading)]
    if not fixed:
        return Span(start, end) if end > start else heading.span
    pieces, at = [], start
    for span, inner in (*fixed, (Span(end, end), None)):
        if span.start >= at:
            pieces.append(Span(at, span.start))
            pieces += [inner] if inner else []
        at = max(at, span.end)
    filled = [each for each in (_stripped(doc, each) for each in pieces) if each]
    if len(filled) != 1:
        line = heading.lines[0]
        raise Refusal(
            f"{note}:{line}: the heading holds a link or a picture beside its text; "
            "give all of its Markdown as the new text, or change it by hand"
        )
    return filled[0]


def _without_id(raw: str) -> int:
    """The start of the `{#id}` at the end of *raw*, which is not text; else the end of *raw*."""
    at = raw.rfind("{")
    inside = raw[at + 1 :].rstrip(" \t").removesuffix("}").removeprefix(":").lstrip(" \t")
    if at < 0 or not raw.rstrip(" \t").endswith("}") or inside[:1] not in ("#", "."):
        return len(raw)
    return len(raw[:at].rstrip(" \t"))


def _stripped(doc: Document, span: Span) -> Span | None:
    text = doc.slice(span)
    if not text.strip():
        return None
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _fixed_parts(doc: Document, heading: Heading) -> Iterator[tuple[Span, Span | None]]:
    """The parts of *heading* that stay, in order: the span of each, and of the text in a link."""
    if heading.html:
        tags = [each.span for each in doc.tags if heading.span.covers(each.span)]
        comments = [each.span for each in doc.comments if heading.span.covers(each.span)]
        yield from ((span, None) for span in sorted([*tags, *comments]))
        return
    named = {each.span for each in doc.comments}
    for tag in doc.tags:
        if tag.name in ("a", "img") or tag.get("id") or tag.get("name"):
            named.add(tag.span)
    inside = -1  # the end of the last part; what is in it stays with it
    for node in heading.nodes:
        span = node.span
        if span.start < inside:
            continue
        if node.kind in ("inline", "reference") and not node.images:
            inner = _label(span, node.written)
            if inner:
                yield span, inner
                inside = span.end
                continue
        if node.kind == "html" and span not in named:
            continue
        if node.kind in ("code", "formula"):
            continue
        yield span, None
        inside = span.end


def _label(span: Span, written: str) -> Span | None:
    """The span of the text of the link at *span*; None if its end is not certain."""
    close = max(written.rfind("]("), written.rfind("]["))
    if close < 0 and written.endswith("]"):
        close = len(written) - 1
    inner = written[1:close]
    if close < 1 or "]" in inner or "[" in inner or len(written) != span.end - span.start:
        return None
    return Span(span.start + 1, span.start + close)
