"""Runs one rule, and its fixes, on a note of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from notelint import rules
from notelint.engine.fix import fix_document
from notelint.engine.lint import Active, Raised, RuleSet, across, in_document
from notelint.markdown.document import Document
from notelint.text.source import Source
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.workspace import Workspace


class Found(NamedTuple):
    """A finding: the text that it covers, its message, and the places that it names."""

    covers: str
    message: str
    related: tuple[tuple[str | None, str], ...] = ()


def findings(name: str, folder: Path, note: str = "note.md", **options: Any) -> list[Found]:
    """The findings of the rule *name* in the note at *note* below *folder*, in text order."""
    doc = _read(folder, note)
    return [
        Found(
            doc.slice(each.finding.span),
            each.finding.message,
            tuple(
                (one.path, (doc if one.path is None else _read(folder, one.path)).slice(one.span))
                for one in each.finding.related
            ),
        )
        for each in _raised(name, folder, note, doc, options)
    ]


def fixed(
    name: str, folder: Path, note: str = "note.md", *, unsafe: bool = True, **options: Any
) -> str:
    """The text of a note after all fixes of the rule *name*; none of them may be refused."""
    done = fix_document(
        _read(folder, note), lambda doc: _raised(name, folder, note, doc, options), unsafe=unsafe
    )
    assert not done.refused, done.refused
    return done.doc.source.text


def _raised(
    name: str, folder: Path, note: str, doc: Document, options: dict[str, Any]
) -> list[Raised]:
    active = Active(rules.get(name), rules.get(name).options(**options))
    on = RuleSet([name], lambda name: active)

    def load(path: str) -> FileFacts | None:
        return facts_of(path, doc if path == note else _read(folder, path))

    workspace = Workspace(str(folder), load, [note], repository=(folder / ".git").exists())
    found = in_document(doc, [active]) + across(facts_of(note, doc), workspace, on)
    return sorted(found, key=lambda each: each.finding.span)


def _read(folder: Path, path: str) -> Document:
    return Document(Source.decode((folder / path).read_bytes()))
