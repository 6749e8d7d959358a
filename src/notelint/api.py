"""The public functions: for files, and for single texts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import AnyStr

from notelint.config.config_files import load
from notelint.config.configs import Configs
from notelint.config.errors import ConfigError
from notelint.config.model import Config, Layer
from notelint.diagnostics import Diagnostic
from notelint.engine.analyze import drop_refused_fixes, findings_of
from notelint.engine.fix import fix_document
from notelint.engine.linter import RuleFinding, RuleSet, limited, to_diagnostic
from notelint.engine.note_path import NotePath, note_at
from notelint.engine.rule_sets import RuleSets
from notelint.engine.run import Run
from notelint.engine.session import sessions
from notelint.engine.suppressions import unused
from notelint.engine.table_of_contents import with_fresh_toc
from notelint.markdown.document import Document
from notelint.report.gathered import gathered
from notelint.rules import DOCUMENT, ONLINE, every, in_scope
from notelint.rules.base import Rule
from notelint.text.source import BOM, Source
from notelint.toc.options import TocOptions
from notelint.workspace.assumed_tree import AssumeExists
from notelint.workspace.discover import discover
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.workspace import Workspace

Path = str | os.PathLike[str]


class NotelintError(ValueError):
    """A call that fails; the message says why.

    ``diagnostics`` has what was found all the same, in the files that could be read.
    """

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics = list(diagnostics)


def check(
    paths: Path | Iterable[Path] = ".",
    *,
    config: Path | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
) -> list[Diagnostic]:
    """Report what is broken for a reader of the notes at *paths*, as ``notelint check`` does.

    A path is a file, a folder or a glob. The configuration is that in the file *config*, by default
    the nearest one of each note. Nothing is written, the cache neither. Raises
    :class:`NotelintError` for a configuration that is wrong, an unknown rule, and a file that
    cannot be read.
    """
    if isinstance(paths, (str, bytes)) or not isinstance(paths, Iterable):
        paths = [paths]
    named = [*map(_path, paths)]
    layer = Layer(*_names(select, ignore))
    here = os.getcwd()
    try:
        configs = Configs(None if config is None else load(_path(config)), paths=named)
        found = discover(named, configs.included_in)
        notes = [note_at(each, here) for each in found.files]
        wrong = configs.find([os.path.abspath(each) for each in found.files], here)
        kept = [note for note in notes if configs.reads(note.file)]
        opened = sessions(kept, configs.excluded, included=configs.included)
        report = Run(opened, RuleSets(configs, layer), jobs=1).check()
    except ConfigError as error:
        raise NotelintError(str(error)) from None
    diagnostics = gathered(report.diagnostics)
    if problems := [*found.failures, *map(str, wrong), *report.failures]:
        raise NotelintError("\n".join(problems), diagnostics)
    return diagnostics


def all_rules() -> list[Rule]:
    """The rules by name, each with its category, severity, summary and manual page (``doc``)."""
    return every()


def toc_text(
    text: AnyStr,
    *,
    title: str | None = None,
    min_level: int = 1,
    max_level: int = 6,
    update_only: bool = False,
) -> AnyStr:
    """*text* with its table of contents up to date; a new one, if it has none.

    The options are those of ``notelint toc``. Text that is not to be changed is returned as it is.
    Raises NotelintError for levels that are none.
    """
    doc = Document(text)
    try:
        options = TocOptions(
            title, min_level=min_level, max_level=max_level, update_only=update_only
        )
    except ValueError as error:
        raise NotelintError(str(error)) from None
    if doc.source.invalid is not None:
        return text
    after, objection = with_fresh_toc(doc, options)
    return text if objection else _as_given(text, after.source)


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
    and ``--ignore`` do. Raises NotelintError for a name that is neither.

    Lines and columns count from 1, columns in code points. Bytes that are not UTF-8 give a single
    diagnostic that says so.

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
        counts = found.map(lambda diagnostic: diagnostic.rule).countByValue()
    """
    doc, on = Document(text), _on(*_names(select, ignore))
    kept, used = findings_of(path, doc, _alone(path, doc), on)
    kept = limited(drop_refused_fixes(doc, kept))
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
    doc, on = Document(text), _on(*_names(select, ignore))
    if doc.source.invalid is not None:
        return text

    def find(doc: Document) -> list[RuleFinding]:
        return findings_of(path, doc, _alone(path, doc), on).findings

    return _as_given(text, fix_document(doc, find, unsafe=unsafe).doc.source)


def _as_given(text: AnyStr, source: Source) -> AnyStr:
    if isinstance(text, bytes):
        return source.encode()
    return (BOM if source.bom else "") + source.text


def _path(given: object) -> str:
    if not isinstance(given, (str, os.PathLike)):
        raise TypeError(f"a path must be str or os.PathLike, not {type(given).__name__}")
    return str(os.fspath(given))


def _alone(path: str, doc: Document) -> Workspace:
    """A workspace with *doc* as its only note."""

    def load(asked: str) -> FileFacts | None:
        return facts_of(path, doc) if asked == path else None

    return Workspace(AssumeExists(), load, [path])


def _names(
    select: Iterable[str] | None, ignore: Iterable[str]
) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    for name, given in (("select", select), ("ignore", ignore)):
        if isinstance(given, (str, bytes)):
            raise TypeError(f"{name} must be a list of names, not {type(given).__name__}")
    return None if select is None else tuple(select), tuple(ignore)


@lru_cache(32)  # callers lint many texts with the same rules
def _on(select: tuple[str, ...] | None, ignore: tuple[str, ...]) -> RuleSet:
    try:
        return RuleSets(Configs(Config("")), Layer(select, ignore))(NotePath("", "", ""))
    except ConfigError as error:
        raise NotelintError(str(error)) from None
