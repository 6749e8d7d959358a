"""The public functions for single texts: no file is read or written."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from typing import AnyStr

from notelint.config.configs import Configs
from notelint.config.location import ConfigError
from notelint.config.model import Config, Layer
from notelint.diagnostics import Diagnostic
from notelint.engine.analyze import findings_of, offered_of
from notelint.engine.fix import fix_document
from notelint.engine.linter import RuleFinding, RuleSet, to_diagnostic
from notelint.engine.rule_sets import RuleSets
from notelint.engine.suppressions import unused
from notelint.markdown.document import Document
from notelint.report.gathered import gathered
from notelint.rules import DOCUMENT, ONLINE, in_scope
from notelint.text.source import BOM, Source
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.tree import AssumeExists
from notelint.workspace.workspace import Workspace


def lint_text(
    text: str | bytes,
    path: str = "<text>",
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
) -> list[Diagnostic]:
    """Report what is broken for a reader of *text*, sorted by line, column and rule.

    The function is pure: it reads neither files nor a configuration. *path* is the name of the text
    in the diagnostics. *select* and *ignore* take names of rules and categories, as ``--select``
    and ``--ignore`` do. Raises ValueError for a name that is neither. Lines and columns count from
    1, columns in code points. Bytes that are not UTF-8 give a single diagnostic that says so.

    Of the rules across files, those run that need only this text: repeated links, and anchors of
    its own headings. Links to other files are not judged.

    The function can be sent to other machines that have notelint installed. Over a Dask bag of
    texts with their names:

    .. code-block:: python

        import dask.bag
        import notelint

        readmes = dask.bag.from_sequence(texts.items(), npartitions=8)
        found = readmes.starmap(lambda name, text: notelint.lint_text(text, name))
        counts = found.flatten().pluck(2).frequencies().compute()  # 2: the rule

    Over a Spark RDD of such pairs:

    .. code-block:: python

        found = readmes.flatMap(lambda pair: notelint.lint_text(pair[1], pair[0]))
        counts = found.map(lambda finding: finding.rule).countByValue()
    """
    doc, on = _document(text), _on(*_names(select, ignore))
    kept, used = findings_of(path, doc, _alone(path, doc), on)
    kept = offered_of(doc, kept)
    # a comment may suppress findings that depend on other files
    ran = in_scope(DOCUMENT, ONLINE, names=on.names)
    idle = unused(doc.directives, used, ran, doc.lines)
    found = [to_diagnostic(each, path, doc.lines) for each in (*kept, *idle)]
    return gathered(sorted(found, key=lambda each: each.sort_key))


def fix_text(
    text: AnyStr,
    path: str = "<text>",
    *,
    unsafe: bool = False,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
) -> AnyStr:
    """Apply the safe fixes of what :func:`lint_text` finds to *text*; with *unsafe*, all of them.

    Each passes the same gate as in ``notelint fix``: it changes only what its rule declares. Bytes
    are returned as bytes; unchanged, if they are not UTF-8.
    """
    doc, on = _document(text), _on(*_names(select, ignore))
    if doc.source.invalid is not None:
        return text

    def find(doc: Document) -> list[RuleFinding]:
        return findings_of(path, doc, _alone(path, doc), on).kept

    source = fix_document(doc, find, unsafe=unsafe).doc.source
    if isinstance(text, bytes):
        return source.encode()
    return (BOM if source.bom else "") + source.text


def _document(text: str | bytes) -> Document:
    if isinstance(text, bytes):
        return Document(Source.decode(text))
    return Document(Source(text.removeprefix(BOM), text.startswith(BOM)))


def _alone(path: str, doc: Document) -> Workspace:
    """A workspace with *doc* as its only note."""

    def load(asked: str) -> FileFacts | None:
        return facts_of(path, doc) if asked == path else None

    return Workspace(os.path.dirname(path), load, [path], tree=AssumeExists())


def _names(
    select: Iterable[str] | None, ignore: Iterable[str]
) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    return None if select is None else tuple(select), tuple(ignore)


@lru_cache(32)  # callers lint many texts with the same rules
def _on(select: tuple[str, ...] | None, ignore: tuple[str, ...]) -> RuleSet:
    try:
        return RuleSets(Configs(Config("")), Layer(select, ignore))("")
    except ConfigError as error:
        raise ValueError(str(error)) from None
