"""The errors of one note, kept from stopping the work on the others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from notelint.config.location import ConfigError
from notelint.engine.note_path import NotePath
from notelint.text.source import Source
from notelint.workspace.read_note import FileProblem


@contextmanager
def guarded(note: NotePath, problems: list[str]) -> Iterator[None]:
    """Add an error in the work on *note* to *problems*, be it of its file or a bug in notelint.

    A :class:`ConfigError` is about all notes, and is raised.
    """
    try:
        yield
    except ConfigError:
        raise
    except FileProblem as problem:
        message = str(problem)
    except Exception as error:
        message = f"{note.display_path}: {internal(error)}"
    else:
        return
    if message not in problems:
        problems.append(message)


def decoded(note: NotePath, data: bytes) -> Source:
    """The source in the bytes of *note*. Raises :class:`FileProblem` where they are not UTF-8."""
    source = Source.decode(data)
    if source.invalid is not None:
        message = f"{note.display_path}: not UTF-8 (byte at offset {source.invalid})"
        raise FileProblem(message)
    return source


def internal(error: Exception) -> str:
    """A message for an error that is a bug in notelint, with the place to look."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    file = trace.tb_frame.f_code.co_filename if trace else "?"
    where = f"{os.path.basename(file)}:{trace.tb_lineno if trace else 0}"
    return f"not checked, please report this bug: {type(error).__name__} at {where}: {error}"
