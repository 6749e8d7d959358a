"""Isolation of errors: an error in one note does not stop the work on the others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from notelint.config.errors import ConfigError
from notelint.diagnostics import Diagnostic, RunReport
from notelint.engine.note_path import NotePath
from notelint.text.source import Source
from notelint.workspace.read_note import FileProblem


class NotUtf8(Exception):
    """Bytes that are not UTF-8, decoded as *source*: this is a finding, not a failure."""

    def __init__(self, source: Source) -> None:
        super().__init__("not UTF-8")
        self.source = source


@contextmanager
def errors_isolated(note: NotePath, report: RunReport) -> Iterator[None]:
    """Record in *report* any exception in the block, bugs of notelint included.

    Bytes that are not UTF-8 are a finding. A :class:`ConfigError` is about all notes, and raised.
    """
    failures = report.failures
    try:
        yield
    except ConfigError:
        raise
    except NotUtf8 as error:
        report.diagnostics.append(_not_utf8(note, error.source))
        return
    except FileProblem as problem:
        message = str(problem)
    except Exception as error:
        message = f"{note.display_path}: {bug_message(error)}"
    else:
        return
    if message not in failures:
        failures.append(message)


def decoded(data: bytes) -> Source:
    """The source in *data*. Raises :class:`NotUtf8` (see :func:`errors_isolated`)."""
    source = Source.decode(data)
    if source.invalid is not None:
        raise NotUtf8(source)
    return source


def _not_utf8(note: NotePath, source: Source) -> Diagnostic:
    import notelint.rules as rules
    from notelint.engine.linter import RuleFinding, to_diagnostic
    from notelint.markdown.document import Document

    rule, doc = rules.get(rules.NOT_UTF8), Document(source)
    (finding,) = rule.check(doc, rule.options())
    return to_diagnostic(RuleFinding(rule, finding), note.display_path, doc.lines)


def bug_message(error: Exception) -> str:
    """A message for an error that is a bug in notelint, with file and line."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    file = trace.tb_frame.f_code.co_filename if trace else "?"
    where = f"{os.path.basename(file)}:{trace.tb_lineno if trace else 0}"
    return f"not checked, please report this bug: {type(error).__name__} at {where}: {error}"
