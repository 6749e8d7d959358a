"""The report in the XML of Checkstyle, which many CI servers and editors read.

Facts: Checkstyle's ``XMLLogger``; ``source`` is the name of a check.
"""

from __future__ import annotations

from itertools import groupby

from notelint.diagnostics import Diagnostic, RunReport
from notelint.report.plain_text import with_places
from notelint.report.xml_text import attributes

_VERSION = "4.3"  # of Checkstyle, as other tools that write this form have it


def render(report: RunReport) -> str:
    """A file element for each note with findings, an error element for each finding."""
    files = [
        f" <file{attributes(name=path)}>\n{''.join(map(_error, found))} </file>\n"
        for path, found in groupby(report.diagnostics, lambda each: each.path)
    ]
    root = f"<checkstyle{attributes(version=_VERSION)}>\n{''.join(files)}</checkstyle>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}'


def _error(diagnostic: Diagnostic) -> str:
    start = diagnostic.range.start
    about = attributes(
        line=start.line,
        column=start.column,
        severity=diagnostic.severity.value,
        message=with_places(diagnostic),
        source=f"notelint.{diagnostic.rule}",
    )
    return f"  <error{about}/>\n"
