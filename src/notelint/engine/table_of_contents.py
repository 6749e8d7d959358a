"""Refreshing a table of contents, with the gate's objection to writing it."""

from __future__ import annotations

from notelint.engine.gate import attempt
from notelint.markdown.document import Document
from notelint.rules.effects import ReplacesToc
from notelint.text.edits import Edit, Fix
from notelint.toc.markers import find_blocks
from notelint.toc.options import TocOptions
from notelint.toc.render import plan


def with_fresh_toc(doc: Document, options: TocOptions) -> tuple[Document, str | None]:
    """*doc* with a fresh table of contents, and the objection to writing it, if there is one.

    Returns *doc* itself if there is nothing to write.
    """
    edit = plan(doc, options).edit
    return with_table(doc, edit, options) if edit else (doc, None)


def with_table(doc: Document, edit: Edit, options: TocOptions) -> tuple[Document, str | None]:
    """*doc* after the *edit* that was planned for *options*, and the objection to writing it."""
    titled = not find_blocks(doc) or options.no_title or options.title is not None
    fix = Fix("refresh the table of contents", (edit,))
    return attempt(doc, ReplacesToc(titled=titled), [fix])
