"""Inspection of a repository for a starter configuration."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from notelint.config import markdownlint
from notelint.config.errors import ConfigError
from notelint.config.starter import Proposal, Starter
from notelint.markdown.document import Document
from notelint.report.plain_text import count
from notelint.text.escape import printable
from notelint.text.source import Source
from notelint.text.startup import lazy_regex
from notelint.toc.markers import find_blocks
from notelint.workspace import read_note
from notelint.workspace.discover import notes_below
from notelint.workspace.git import git, path_from_top
from notelint.workspace.note_kinds import CHANGELOG, kinds_of
from notelint.workspace.own_urls import remotes

# Names of folders with intentional mistakes, and with notes by others.
_MISTAKES = frozenset({"fixtures", "__fixtures__", "__snapshots__", "testdata", "test-data"})
_FOREIGN = _MISTAKES | {
    *("vendor", "vendored", "third_party", "third-party", "node_modules", "bower_components"),
}
_ATTRIBUTES = ("linguist-vendored", "linguist-generated")
_TEMPLATES = frozenset({"template", "templates", "_templates", "note-templates", "archetypes"})
# Placeholders that the user of a template replaces.
_PLACEHOLDER = lazy_regex(
    r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|<%[^%\n]*%>|\$\{[^{}\n]*\}|\b(?:TODO|TBD|YYYY|XXX+)\b"
    r"|[<\[](?:your|insert|title|name|date|标题|日期)\b[^<>\[\]\n]*[>\]](?![(\[:])",
    re.IGNORECASE,
)
_CODE = lazy_regex(r"`[^`\n]*`")
_SPECIAL = lazy_regex(r"[*?\[\]!\\]")  # in a pattern
_ACROSS = ("rules", "duplicate-link", "across-files")
_MIN_LINKS = 5  # in lists of a note that collects links
_MANY = 10  # findings of a rule, and a third of all


def survey(folder: Path) -> Starter:
    """Detect settings that suit the notes below *folder*. Writes nothing."""
    notes = [note for note in notes_below(str(folder)) if not _SPECIAL.search(note)]
    exclude = excludes(folder, notes)
    docs = {
        note: doc for note in notes if not _within(note, exclude) and (doc := _doc(folder / note))
    }
    templates, doubtful = _templates(docs)
    kept = [doc for note, doc in docs.items() if not _within(note, templates)]
    exclude |= dict.fromkeys(templates, "templates: their placeholders look like mistakes")
    proposals = []
    if sum(_collected(doc) >= _MIN_LINKS for doc in kept) > 1:
        proposals.append(Proposal(_ACROSS, True, "more than one note collects links"))
    if flavor := _flavor(folder):
        proposals.append(Proposal(("toc", "flavor"), flavor, "a remote of the repository is on it"))
    if bullet := _bullet(kept):
        proposals.append(Proposal(("toc", "bullet"), bullet, "as in the existing tables"))
    undecided: tuple[Proposal, ...] = ()
    if doubtful:
        named = " and ".join(f"`{printable(each)}`" for each in doubtful)
        reason = f"If the notes in {named} are templates, leave them out"
        undecided = (Proposal(("exclude",), [*exclude, *doubtful], reason),)
    return Starter(exclude, proposals=tuple(proposals), doubtful=undecided)


def carried_over(start: Starter, folder: Path) -> Starter:
    """*start* with proposals from the configuration of markdownlint in *folder*, if it is readable.

    The user decides on them.
    """
    try:
        carried = markdownlint.carried(folder)
    except ConfigError:
        return start
    found = []
    if carried.ignore:
        reason = "Off in the configuration of markdownlint"
        found.append(Proposal(("ignore",), list(carried.ignore), reason))
    if carried.exclude:
        patterns = list(dict.fromkeys((*start.exclude, *carried.exclude)))
        found.append(Proposal(("exclude",), patterns, "With what markdownlint ignores"))
    return start._replace(doubtful=(*start.doubtful, *found))


def with_findings(start: Starter, found: Iterable[tuple[str, str, str]]) -> Starter:
    """*start* with proposals from findings; *found* has the path, rule and severity of each."""
    past: dict[str, Counter[str]] = {}
    rest: Counter[str] = Counter()
    for note, rule, severity in found:
        if severity == "error":
            continue  # broken for a reader, however many
        if CHANGELOG in kinds_of(note) and not _SPECIAL.search(note):
            past.setdefault(note, Counter())[rule] += 1
        else:
            rest[rule] += 1
    proposals = [
        Proposal(
            ("per-file", f"/{note}", "ignore"),
            sorted(rules),
            f"a record of the past, with {count(rules.total(), 'problem')}",
        )
        for note, rules in sorted(past.items())
    ]
    certain = [*start.proposals]
    many = _many(rest)
    if "duplicate-link" in many and any(each.keys == _ACROSS for each in certain):
        # notes that list the same links on purpose
        certain = [each for each in certain if each.keys != _ACROSS]
        del rest["duplicate-link"]
        many = _many(rest)
    doubtful = list(start.doubtful)
    if many:
        counted = " and ".join(f"{rest[rule]} by `{rule}`" for rule in many)
        reason = f"Of {rest.total()} warnings to repair by hand, {counted}; to report none"
        doubtful.append(Proposal(("ignore",), many, reason))
    return start._replace(proposals=(*certain, *proposals), doubtful=tuple(doubtful))


def _many(found: Counter[str]) -> list[str]:
    """The rules with a large share of all findings, given their numbers *found*."""
    total = found.total()
    return [rule for rule, n in found.most_common(3) if n >= _MANY and n * 3 >= total]


def _templates(docs: Mapping[str, Document]) -> tuple[list[str], list[str]]:
    """The folders of templates among *docs*: certain ones, and those that only have the name."""
    named: dict[str, list[bool]] = {}
    for note, doc in docs.items():
        *folders, _ = note.split("/")
        for number, name in enumerate(folders, 1):
            if name.lower() in _TEMPLATES:
                pattern = "/".join(folders[:number]) + "/"
                named.setdefault(pattern, []).append(_is_template(doc))
                break
    sure = [each for each, looks in named.items() if sum(looks) * 2 > len(looks)]
    return sure, [each for each in named if each not in sure]


def _is_template(doc: Document) -> bool:
    """Whether the note looks like a template: it has placeholders, or mostly empty sections."""
    first, last = doc.front_matter or (0, 1)
    texts = [
        "\n".join(doc.source.text.split("\n")[first : last - 1]),
        *(_CODE.sub("", each.content) for each in doc.prose),
    ]
    bare = len(doc.empty_sections) * 2 >= len(doc.headings) > 0
    return bare or any(_PLACEHOLDER.search(text) for text in texts)


def excludes(folder: Path, notes: Sequence[str]) -> dict[str, str]:
    """Patterns for those *notes* that others wrote, or that have intentional mistakes.

    They are recognized by ``.gitattributes`` and by names of folders. Each has a reason.
    """
    found: dict[str, str] = {}
    for note in notes:
        *folders, _ = note.split("/")
        for number, name in enumerate(folders, 1):
            if name in _FOREIGN:
                why = "tests need mistakes" if name in _MISTAKES else "notes of others"
                found["/".join(folders[:number]) + "/"] = why
                break
    marked = _marked(folder, [note for note in notes if not _within(note, found)])
    why = "vendored or generated, says .gitattributes"
    return found | dict.fromkeys(_whole_folders(marked, notes), why)


def _marked(folder: Path, notes: Sequence[str]) -> list[str]:
    """The *notes* that ``.gitattributes`` marks as vendored or generated."""
    above = path_from_top(str(folder))
    given = b"".join(os.fsencode(above + note) + b"\0" for note in notes)
    listed = git(str(folder), "check-attr", "-z", "--stdin", *_ATTRIBUTES, given=given) or b""
    fields = listed.split(b"\0")
    triples = zip(fields[::3], fields[2::3], strict=False)
    marked = (os.fsdecode(path) for path, value in triples if value in (b"set", b"true"))
    return list(dict.fromkeys(path[len(above) :] for path in marked))


def _whole_folders(marked: Sequence[str], notes: Sequence[str]) -> list[str]:
    """Patterns for the *marked* notes; one for a top folder in which all notes are marked."""
    tops = Counter(note.partition("/")[0] for note in notes if "/" in note)
    of_top = Counter(note.partition("/")[0] for note in marked if "/" in note)
    whole = [top for top in of_top if of_top[top] == tops[top]]
    single = [note for note in marked if note.partition("/")[0] not in whole or "/" not in note]
    return [*(f"/{top}/" for top in whole), *(f"/{note}" for note in single)]


def _within(note: str, patterns: Iterable[str]) -> bool:
    return any(note == each.strip("/") or note.startswith(each.lstrip("/")) for each in patterns)


def _doc(path: Path) -> Document | None:
    try:
        return Document(Source.decode(read_note.read(path, path.name)))
    except read_note.FileProblem:
        return None


def _collected(doc: Document) -> int:
    links = (link for link in doc.links if link.item >= 0 and not link.images)
    return sum(link.destination.lower().startswith(("http://", "https://")) for link in links)


def _flavor(folder: Path) -> str | None:
    """The site of the repository's remotes, if not GitHub; the name of a host may have no dot."""
    urls = " ".join(url for _, url in remotes(str(folder)))
    hosts = " ".join(re.findall(r"(?:@|(?<!/)//)([\w.-]+)", urls)).lower()
    return next((each for each in ("gitlab", "bitbucket") if each in hosts), None)


def _bullet(docs: Iterable[Document]) -> str | None:
    """The bullet of the tables of contents, if all have the same one and it is not the default."""
    bullets = {
        match[1]
        for doc in docs
        for block in find_blocks(doc)
        if (match := re.search(r"^[ \t]*([-*+])[ \t]", doc.slice(block.inner), re.MULTILINE))
    }
    return bullets.pop() if len(bullets) == 1 and bullets != {"-"} else None
