"""A heading with another text: its edit, and the anchors of its note before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notelint.markdown.document import Document
from notelint.markdown.elements import Heading
from notelint.refactor.anchor_index import PREFIX, AnchorIndex
from notelint.refactor.moves import Refused
from notelint.refactor.notes import Notes
from notelint.text.edits import Edit, edited
from notelint.text.source import Source, Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suggest import closest, did_you_mean
from notelint.workspace.urls import unquote

_LINE_END = lazy_regex("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


class Rename(NamedTuple):
    """The heading with *anchor* in the note at *note*, and its new text, as inline Markdown."""

    note: str
    anchor: str
    text: str


class Renamed(NamedTuple):
    """A note before and after the *edits* of its headings; *texts* are the new ones, by number.

    ``before`` and ``after`` are its anchors.
    """

    doc: Document
    new: Document
    edits: tuple[Edit, ...]
    texts: dict[int, str]
    before: AnchorIndex
    after: AnchorIndex


def rename(notes: Notes, note: str, asked: Sequence[Rename]) -> Renamed:
    """The note at *note* with the headings renamed as *asked*. Raises Refused, FileProblem."""
    doc, edits, texts = notes.document(note), [], {}
    for each in asked:
        number = _number(doc, each)
        heading = doc.headings[number]
        shown, edit = _edit(doc, heading, each)
        kept = doc.source.text[edit.span.end : heading.span.end].strip()
        texts[number] = f"{shown} {kept}" if kept.startswith("{") else shown
        edits.append(edit)
    after = Document(Source(edited(doc.source.text, edits)))
    _compare(doc, after, texts, note)
    loose = notes.workspace.has_own_anchors(note)
    indexes = AnchorIndex(doc, loose=loose), AnchorIndex(after, loose=loose)
    return Renamed(doc, after, tuple(edits), texts, *indexes)


def _number(doc: Document, asked: Rename) -> int:
    """The number of the heading that *asked* names by its anchor, or by an id in it."""
    name = unquote(asked.anchor).removeprefix(PREFIX)
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
    raise Refused(f"{asked.note}: no heading with the anchor `#{name}`{hint}")


def _compare(doc: Document, after: Document, texts: dict[int, str], note: str) -> None:
    """Refuse texts that make something else of the note than a heading with that text."""
    fault = f"{note}: the new text is not read as the text of that heading"
    if [each.level for each in doc.headings] != [each.level for each in after.headings]:
        raise Refused(fault)
    for number, (old, new) in enumerate(zip(doc.headings, after.headings, strict=True)):
        wanted = texts.get(number, old.text)
        if _words(new.text) != _words(wanted):
            raise Refused(f"{fault}: it would be `{_words(new.text)}`")


def _words(text: str) -> str:
    return " ".join(text.split())


def _edit(doc: Document, heading: Heading, asked: Rename) -> tuple[str, Edit]:
    """The text of *heading* as a reader will see it, and the edit that makes it so."""
    text = asked.text.strip(" \t")
    if not text.strip():
        raise Refused("the new text is empty")
    if _LINE_END.search(text):
        raise Refused("the new text has a line break; a heading is one line")
    if heading.html:
        from html import escape

        return text, Edit(_text_span(doc, heading, asked), escape(text, quote=False))
    alone = Document(Source(f"# {text}"), references=doc.references)
    found = alone.headings[0] if len(alone.headings) == 1 else None
    if found is None or found.raw != text:
        raise Refused(f"the new text would be read as something other than `{text}`")
    if not found.text.strip():
        raise Refused("the new text shows no words")
    if any(node.kind not in ("code", "formula", "html") for node in found.nodes):
        return found.text, Edit(heading.span, text)  # the new text has a link of its own
    return found.text, Edit(_text_span(doc, heading, asked), text)


def _text_span(doc: Document, heading: Heading, asked: Rename) -> Span:
    """The span that the new text replaces: all but links, pictures, ids and comments.

    These stay. The text must be in one piece, beside them or in a link that is all of the heading.
    """
    start, end = heading.span
    end = start + _without_id(doc.source.text[start:end])
    kept = [*_kept(doc, heading)]
    if not kept:
        return Span(start, end) if end > start else heading.span
    pieces, at = [], start
    for span, inner in (*kept, (Span(end, end), None)):
        if span.start >= at:
            pieces.append(Span(at, span.start))
            pieces += [inner] if inner else []
        at = max(at, span.end)
    filled = [each for each in (_stripped(doc, each) for each in pieces) if each]
    if len(filled) != 1:
        line = heading.lines[0]
        raise Refused(
            f"{asked.note}:{line}: the heading holds a link or a picture beside its text; "
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


def _kept(doc: Document, heading: Heading) -> Iterable[tuple[Span, Span | None]]:
    """The parts of *heading* that stay, in order: their spans, and those of text inside a link."""
    if heading.html:
        tags = [each.span for each in doc.tags if heading.span.covers(each.span)]
        comments = [each.span for each in doc.comments if heading.span.covers(each.span)]
        yield from ((span, None) for span in sorted([*tags, *comments]))
        return
    named = {each.span for each in doc.comments}
    for tag in doc.tags:
        if tag.name in ("a", "img") or tag.get("id") or tag.get("name"):
            named.add(tag.span)
    inside = -1  # the end of a link, whose text is looked at with it
    for node in heading.nodes:
        span = node.span
        if span.start < inside:
            continue
        if node.kind in ("inline", "reference") and not node.images:
            inner = _label(doc, span, node.written)
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


def _label(doc: Document, span: Span, written: str) -> Span | None:
    """The span of the text of the link at *span*, if its end is plain."""
    close = max(written.rfind("]("), written.rfind("]["))
    if close < 0 and written.endswith("]"):
        close = len(written) - 1
    inner = written[1:close]
    if close < 1 or "]" in inner or "[" in inner or len(written) != span.end - span.start:
        return None
    return Span(span.start + 1, span.start + close)
