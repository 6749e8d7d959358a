"""Notes laid out by mdformat, each the same page as before or left alone."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import cache

from notelint.config.errors import ConfigError
from notelint.config.found import top_of
from notelint.config.mdformat import NAME, Layout, layout_for
from notelint.config.place import is_name
from notelint.engine import files
from notelint.engine.guard import decoded, guarded
from notelint.engine.note_path import NotePath, note_at
from notelint.markdown.document import Document
from notelint.markdown.front_matter import length
from notelint.markdown.outline import Outline, outline
from notelint.markdown.weight import too_large
from notelint.run_report import RunReport
from notelint.text.glob import matches
from notelint.text.source import LINE_END, Source
from notelint.toc.markers import find_blocks
from notelint.workspace import read_note

_ROUNDS = 4


class Unfaithful(Exception):
    """A layout that is another page; the message says in what."""


def lay_out_all(
    notes: Sequence[str], *, write: bool, paths: Sequence[str] = (), force: bool = False
) -> RunReport:
    """Lay out every note, in place if *write*; they were found by the *paths* of a call.

    With *force*, also a file that loses its owner, its hard links or the like by it.

    ``report.changed`` holds path, text before and text after of every file that differs. Raises
    :class:`ConfigError` for mdformat's configuration.
    """
    report = RunReport()
    layout_in = cache(lambda folder: layout_for(folder, top_of(folder, paths)))
    for path in notes:
        note = note_at(path, os.getcwd())
        layout = layout_in(os.path.dirname(note.file))
        if _excluded(note.file, layout):
            continue
        report.files += 1
        with guarded(note, report.problems):
            changed = _lay_out_file(note, layout, write, force)
            report.changed += [changed] if changed else []
    return report


def _excluded(file: str, layout: Layout) -> bool:
    path = os.path.relpath(file, layout.folder).replace(os.sep, "/")
    return any(matches(pattern, path) for pattern in layout.exclude)


def _lay_out_file(
    note: NotePath, layout: Layout, write: bool, force: bool
) -> tuple[str, str, str] | None:
    data = read_note.read(note.file, note.display_path)
    source = decoded(note, data)
    try:
        after = lay_out(source, layout)
    except Unfaithful as reason:
        raise read_note.FileProblem(f"{note.display_path}: left alone, {reason}") from None
    if after == source:
        return None
    if write:
        files.write(note.file, note.display_path, data, after.encode(), note.root, force=force)
    return note.display_path, source.text, after.text


def lay_out(source: Source, layout: Layout) -> Source:
    """*source* in the layout that mdformat gives it, with its line ends and byte order mark.

    Raises :class:`Unfaithful` when that would be another page, or one that never settles.
    """
    if "\0" in source.text:
        raise Unfaithful("it holds a NUL character")
    doc = Document(source)
    _weigh(doc)
    ends = {"lf": "\n", "crlf": "\r\n"}.get(layout.end_of_line, source.newline)
    top = source.text[: length(source.text)]
    try:
        try:
            after = _faithful(source, top, layout, doubt=False)
        except Unfaithful:
            _weigh(doc, doubt=True)
            after = _faithful(source, top, layout, doubt=True)
    except RecursionError:
        raise Unfaithful("it is nested too deeply for mdformat") from None
    return source._replace(text=top + after.replace("\n", ends))


def _weigh(doc: Document, *, doubt: bool = False) -> None:
    """Raise :class:`Unfaithful` where mdformat would take too long for *doc*."""
    if reason := too_large(doc, doubt=doubt):
        raise Unfaithful(f"too large for fmt: {reason}")


def _faithful(source: Source, top: str, layout: Layout, *, doubt: bool) -> str:
    """What comes behind the front matter *top* in the layout of *source*, with line feeds."""
    before = LINE_END.sub("\n", source.text[len(top) :])
    after = _settled(before, layout, doubt)
    if top:
        after = "\n\n" + after if after else "\n"
    if after != before:
        _compare(top, before, after)
    return after


def _settled(text: str, layout: Layout, doubt: bool) -> str:
    for _ in range(_ROUNDS):
        before, text = text, _formatted(text, layout, doubt)
        if text == before:
            return text
    raise Unfaithful("every layout of it gives another")


def _formatted(text: str, layout: Layout, doubt: bool) -> str:
    from notelint.markdown.format.renderer import FormatOptions, lay_out

    logging.getLogger("mdformat").addHandler(logging.NullHandler())
    options = {"wrap": layout.wrap, "number": bool(layout.number), "plugin": layout.plugin}
    asked = FormatOptions(
        preserve=_contents,
        options=options,
        extensions=layout.extensions,
        codeformatters=layout.codeformatters,
        renumber=layout.number is not None,
        verify_blocks=doubt,
    )
    try:
        return lay_out(text, asked)
    except KeyError as error:
        name = error.args[0] if is_name(error.args[0]) else "…"
        raise ConfigError(f"{layout.folder / NAME}: `{name}` is not installed") from None


def _contents(text: str) -> list[tuple[int, int]]:
    """The lines of the tables of contents in *text*."""
    if "<!--" not in text:
        return []
    doc = Document.of(text)
    ranges = [doc.lines.range(block.span) for block in find_blocks(doc)]
    return [(each.start.line - 1, each.end.line) for each in ranges]


def _compare(top: str, before: str, after: str) -> None:
    """Raise :class:`Unfaithful` unless the two, below the front matter *top*, are one page.

    What is kept must be kept.
    """
    from mdformat._util import is_md_equal

    from notelint.markdown.format.rendered import same_page

    old, new = Document.of(top + before), Document.of(top + after)
    old_outline, new_outline = _seen(old), _seen(new)
    for aspect in Outline._fields:
        if getattr(old_outline, aspect) != getattr(new_outline, aspect):
            raise Unfaithful(f"mdformat would change the {aspect}")
    if old.anchors != new.anchors:
        raise Unfaithful("mdformat would change the anchors")
    if [old.slice(b.span) for b in find_blocks(old)] != [
        new.slice(b.span) for b in find_blocks(new)
    ]:
        raise Unfaithful("mdformat would change the table of contents")
    if not same_page(before, after):
        raise Unfaithful("mdformat would change the page")
    if not is_md_equal(before, after, extensions=("gfm",)):
        raise Unfaithful("mdformat finds that it would be another page")


def _seen(doc: Document) -> Outline:
    # the kinds of block differ where indented code gets a fence; the page tells them apart
    return outline(doc)._replace(code=(), blocks=(), texts=(), marks=())
