"""The part of a run that lies in one workspace: its notes, what is known of them, what is found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from notelint.engine import files, packing
from notelint.engine.lint import Active, Raised, RulesFor, across, in_tree, located
from notelint.engine.look import Seen, look_at
from notelint.engine.looked import Looked, completed, lighter, look_into
from notelint.engine.note import Note
from notelint.engine.recall import Still, every
from notelint.engine.rows import Full, Row, tree_name
from notelint.engine.suppress import sift, unused
from notelint.finding import Diagnostic, LocatedRelated
from notelint.markdown.document import Document
from notelint.rules import IN_TREE
from notelint.text.compare import Diffs
from notelint.text.lines import LineIndex, Range
from notelint.text.source import Source
from notelint.workspace.facts import FileFacts
from notelint.workspace.git import repository_root
from notelint.workspace.questions import EVERY, TEXT, is_note
from notelint.workspace.workspace import Workspace

if TYPE_CHECKING:
    from notelint.engine.memory import Memory


class Root:
    """The *notes* of a run that share the workspace at *root*.

    Paths here are relative to the root. *left_out* tells of an absolute path whether the note is
    not to be compared with others; *memory* may hold what earlier runs found.
    """

    def __init__(
        self,
        root: str,
        notes: Sequence[Note],
        rules_for: RulesFor,
        left_out: Callable[[str], bool],
        memory: Memory | None,
    ) -> None:
        self.root = root
        self.notes = notes
        self.memory = memory
        self._still = Still(memory, self._answer) if memory else None
        self._rules_for = rules_for
        self._left_out = left_out
        self._looked: dict[str, Looked] = {}
        self._answers: dict[str, tuple[list[Diagnostic], str]] = {}
        self._texts: dict[str, str] = {}
        self._from_before: dict[str, FileFacts] = {}
        self._refused: dict[tuple[str, Range, str], str] = {}
        self.workspace = Workspace(
            root,
            self._facts,
            [note.path for note in notes],
            repository=repository_root(root) is not None,
            left_out=lambda path: left_out(f"{root}/{path}"),
            pages=self._pages,
        )

    # ------------------------------------------------------------------ looking

    def unseen(self) -> list[Note]:
        """The notes of which nothing is known as they are now."""
        return [note for note in self.notes if self._row(note.path) is None]

    def take(self, looked: Looked) -> None:
        """Remember what this run saw of a note."""
        path = looked.note.path
        self._looked[path] = completed(looked) if self.memory else looked
        if self._still:
            self._still.forget()
        self.workspace.forget(path)

    def take_document(self, note: Note, doc: Document) -> None:
        """Remember a note as a fix left it, whether or not that is on disk."""
        self._texts[note.path] = doc.source.text
        self.take(Looked(note, look_at(note.path, doc, self._rules_for(note.file))))

    def refuse(self, note: Note, where: Range, rule: str, reason: str) -> None:
        """Let the finding of *rule* at *where* say why its fix was not applied."""
        self._refused[note.path, where, rule] = reason

    def known(self, note: Note) -> bool:
        """Whether the note could be read."""
        looked = self._looked.get(note.path)
        return looked is None or looked.problem is None

    def problems(self) -> list[str]:
        """What kept notes of the run from being looked at."""
        looked = (self._looked.get(note.path) for note in self.notes)
        return [each.problem for each in looked if each and each.problem]

    def _row(self, path: str) -> Row | None:
        return self.memory.unchanged(path) if self.memory else None

    def _seen(self, path: str) -> Seen | None:
        """What is known of the note at *path*, whether it is of the run or not."""
        if path not in self._looked:
            if kept := self._kept(path):
                return packing.unpack_seen(kept.seen, self._unpacked(kept))
            self._looked[path] = look_into(self._rules_for, Note(self.root, path, path))
        if self.memory:
            self._looked[path] = completed(self._looked[path])
        return self._looked[path].seen

    def _kept(self, path: str) -> Full | None:
        return self.memory.full(path) if self.memory and self._row(path) else None

    def _facts(self, path: str) -> FileFacts | None:
        if path not in self._looked and (kept := self._kept(path)):
            return self._unpacked(kept)
        seen = self._seen(path)
        return seen.facts if seen else None

    def _pages(self, path: str) -> list[str] | None:
        known = path not in self._looked and self._row(path)
        return self.memory.pages(path) if self.memory and known else None

    def _unpacked(self, kept: Full) -> FileFacts:
        path = kept.row.path
        if path not in self._from_before:
            self._from_before[path] = packing.unpack_facts(kept.facts)
        return self._from_before[path]

    # ------------------------------------------------------------------ finding

    def findings(self, note: Note) -> list[Diagnostic]:
        """All that is to be reported of *note*."""
        found = self._findings(note)
        if not self._refused:
            return found
        reasons = [self._refused.get((note.path, each.range, each.rule)) for each in found]
        return [
            each._replace(message=f"{each.message} ({why})", fix=None) if why else each
            for each, why in zip(found, reasons, strict=True)
        ]

    def _findings(self, note: Note) -> list[Diagnostic]:
        row = None if note.path in self._looked else self._row(note.path)
        if row and self._still and self._still.holds(row):
            return packing.unpack_diagnostics(row.findings)
        seen = self._seen(note.path)
        if seen is None:
            return []
        self.workspace.asked.clear()
        found = [*seen.diagnostics, *self._across(note, seen)]
        if self.memory:
            needs = {each: self._answer(each) for each in sorted(self.workspace.asked)}
            self._answers[note.path] = (found, packing.dumps(needs))
            if looked := self._looked.get(note.path):
                self._looked[note.path] = lighter(looked)
        return found

    def _answer(self, need: str) -> str:
        if need in EVERY:
            return self.workspace.once(need, lambda: self._every(need), need)
        path = need.removeprefix(TEXT)
        if not is_note(path, self.workspace.named, self.root):
            return ""
        looked, row = self._looked.get(path), None
        if looked is None:
            row = self._row(path)
        if row:
            return row.digest if need.startswith(TEXT) else row.anchors
        if looked is None:
            self._seen(path)
            looked = self._looked[path]
        if looked.packed is None:
            return ""
        return looked.digest if need.startswith(TEXT) else looked.packed.anchors

    def _every(self, need: str) -> str:
        """The digest of what *need* is about, of all notes that are compared."""
        return every(need, ((path, self._links(path)) for path in self.workspace.compared))

    def _links(self, path: str) -> str:
        if path not in self._looked and (row := self._row(path)):
            return row.links
        self._seen(path)
        packed = self._looked[path].packed
        return packed.links if packed else ""

    def _across(self, note: Note, seen: Seen) -> Iterator[Diagnostic]:
        """What is found only once all notes are read."""
        on = self._rules_for(note.file)
        raised = across(seen.facts, self.workspace, on)
        if not raised and not seen.directives:
            return
        lines = self._lines(note.path)
        sifted = sift(raised, seen.directives, seen.stale, lines)
        idle = unused(seen.directives, seen.used | sifted.used, on.names, lines)
        kept = sifted.kept
        if any(each.finding.fix for each in kept):
            from notelint.engine.offer import across_with_good_fixes

            kept = across_with_good_fixes(seen.facts, lines.text, kept)
        lines_of, diffs = lru_cache(maxsize=4)(self._lines), Diffs()
        for each in (*kept, *idle):
            yield self._with_elsewhere(located(each, note.path, lines), each, lines_of, diffs)

    def _with_elsewhere(
        self,
        diagnostic: Diagnostic,
        raised: Raised,
        lines_of: Callable[[str], LineIndex],
        diffs: Diffs,
    ) -> Diagnostic:
        elsewhere = []
        for related in raised.finding.related:
            if related.path is not None:
                self.workspace.asked.add(TEXT + related.path)
                lines = lines_of(related.path)
                message = related.message
                if related.compare:
                    there = lines.text[related.span.start : related.span.end]
                    message = "\n".join([message, *diffs.of(there, diagnostic.text)])
                where = lines.range(related.span)
                elsewhere.append(LocatedRelated(related.path, where, message))
        if not elsewhere:
            return diagnostic
        return diagnostic._replace(related=(*diagnostic.related, *elsewhere))

    def _lines(self, path: str) -> LineIndex:
        text = self._texts.get(path)
        if text is None:
            text = Source.decode(files.read(os.path.join(self.root, path), path)).text
        return LineIndex(text)

    @cached_property
    def _in_trees(self) -> dict[str, Active]:
        """The rules on a tree as a whole that are on for a note of the run, by name."""
        sets = dict.fromkeys(self._rules_for(note.file) for note in self.notes)
        return {each.rule.name: each for on in sets for each in on.among(IN_TREE)}

    def in_tree(self) -> Iterator[Diagnostic]:
        """What is found of files that are no notes: of the whole tree, whatever was named."""
        active = self._in_trees
        for path, raised in in_tree(self.workspace, active.values()) if active else ():
            file = os.path.join(self.root, path)
            on = raised.rule.name in self._rules_for(file).names
            if on and not self._left_out(file):
                yield located(raised, path, LineIndex(""))

    # ------------------------------------------------------------------ keeping

    def keep(self) -> None:
        """Let later runs know what this one found."""
        if self.memory is None:
            return
        looked_at = packing.dumps(sorted(self.workspace.looked_at()))
        rows = self._rows(tree_name(looked_at))
        self.memory.keep(rows, looked_at, looks_at_trees=bool(self._in_trees))

    def _rows(self, tree: str) -> Iterator[Full]:
        for path in {**self._looked, **self._answers}:
            looked, kept = self._looked.get(path), self._kept(path)
            found, needs = self._answers.get(path, ([], "{}"))
            findings = packing.pack_diagnostics(found)
            known = tree if path in self._answers else ""
            if looked and looked.packed and looked.stamp:
                anchors, links, *rest = looked.packed
                now = looked.stamp, looked.digest, anchors, links
                yield Full(Row(path, *now, findings, needs, known), *rest)
            elif looked is None and kept:
                row = kept.row._replace(findings=findings, needs=needs, tree=known)
                yield kept._replace(row=row)
