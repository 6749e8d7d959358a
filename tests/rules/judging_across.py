"""What a rule across files says of notes on disk, and what its fixes make of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from notelint import rules
from notelint.engine.fix import fix_document
from notelint.engine.linter import Active, Raised, RuleSet, across
from notelint.markdown.document import Document
from notelint.text.source import Source
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.workspace import Workspace


class Judged(NamedTuple):
    """A finding: what it covers, what it says, and which related places it names."""

    covers: str
    message: str
    related: tuple[tuple[str | None, str], ...] = ()


def judged(name: str, folder: Path, note: str = "note.md", **options: Any) -> list[Judged]:
    """What the rule *name* finds in the note at *note* below *folder*, in order of the text."""
    doc = _read(folder, note)
    return [
        Judged(
            doc.slice(each.finding.span),
            each.finding.message,
            tuple(
                (one.path, (doc if one.path is None else _read(folder, one.path)).slice(one.span))
                for one in each.finding.related
            ),
        )
        for each in _raised(name, folder, note, doc, options)
    ]


def fixed_across(name: str, folder: Path, note: str = "note.md", *, unsafe: bool = True) -> str:
    """The text of a note after all fixes of the rule *name*; none of them may be refused."""
    done = fix_document(
        _read(folder, note), lambda doc: _raised(name, folder, note, doc, {}), unsafe=unsafe
    )
    assert not done.refused, done.refused
    return done.doc.source.text


def _raised(
    name: str, folder: Path, note: str, doc: Document, options: dict[str, Any]
) -> list[Raised]:
    on = RuleSet([name], lambda name: Active(rules.get(name), rules.get(name).options(**options)))

    def load(path: str) -> FileFacts | None:
        return facts_of(path, doc if path == note else _read(folder, path))

    workspace = Workspace(str(folder), load, [note], repository=(folder / ".git").exists())
    found = across(facts_of(note, doc), workspace, on)
    return sorted(found, key=lambda each: each.finding.span)


def _read(folder: Path, path: str) -> Document:
    return Document(Source.decode((folder / path).read_bytes()))
