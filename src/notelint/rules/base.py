"""The definition of a rule: a documented generator function, and the effect of its fixes.

The names that most rules are written with can be imported from here, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from notelint.diagnostics import Finding as Finding
from notelint.diagnostics import Related as Related
from notelint.diagnostics import Severity
from notelint.markdown.document import Document as Document
from notelint.rules import CATALOG
from notelint.rules.effects import Effect
from notelint.text.edits import Edit as Edit
from notelint.text.edits import Fix as Fix
from notelint.text.source import Span as Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.facts import FileFacts as FileFacts
from notelint.workspace.facts import LinkFact as LinkFact
from notelint.workspace.workspace import Workspace as Workspace

# A generator of findings. What it is called with depends on the scope of the rule: a document; the
# facts of a note and the workspace ("links", "notes"); a workspace ("tree", which yields pairs of a
# path relative to the root and a message); a visited link ("online"). Then come its options.
Check = Callable[..., Iterator[Any]]


class NoOptions(NamedTuple):
    """The options of a rule that has none."""


class Example(NamedTuple):
    """A piece of Markdown in a docstring; ``kind`` is Bad, Good or Fixed."""

    kind: str
    text: str


class Rule(NamedTuple):
    """A rule: its identity is its name.

    ``check`` is called with what its ``scope`` says, and its options. ``effect`` is what the fixes
    of the rule may change; a fix that changes more is never written.
    """

    name: str
    categories: tuple[str, ...]
    severity: Severity
    scope: str
    default: bool
    options: type
    page: str
    check: Check
    effect: Effect | None = None

    @property
    def category(self) -> str:
        """The category under which its findings are reported."""
        return self.categories[0]

    @property
    def doc(self) -> str:
        """The manual page, without the indent that it has in the code."""
        from inspect import cleandoc  # slow, and a check needs no page

        return cleandoc(self.page)

    @property
    def summary(self) -> str:
        """The first line of the manual page."""
        return self.doc.partition("\n")[0]

    @property
    def about_options(self) -> dict[str, str]:
        """The text of the manual page on each option, by its key."""
        return {each[1]: " ".join(each[2].split()) for each in _OPTION.finditer(self.doc)}

    @property
    def examples(self) -> list[Example]:
        """The examples of the manual page, in order; a test executes every one."""
        return [Example(each["kind"], each["text"]) for each in _EXAMPLE.finditer(self.doc)]

    @property
    def fixable(self) -> str | None:
        """``safe`` or ``unsafe`` as the manual page says under *Fix*, None without a fix."""
        match = re.search(r"^Fix \((safe|unsafe)\):", self.doc, re.MULTILINE)
        return match[1] if match else None


_OPTION = lazy_regex(
    r"^Option `([\w-]+)`(?: \([^)]*\))?: (.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL
)
_EXAMPLE = lazy_regex(
    r"^(?P<kind>Bad|Good|Fixed):\n\n(?P<fence>`{3,})(?:markdown|python)\n(?P<text>.*?)"
    r"(?:^(?P=fence)$|\Z)",
    re.MULTILINE | re.DOTALL,
)


def rule(*, options: type = NoOptions, effect: Effect | None = None) -> Callable[[Check], Rule]:
    """Make a rule of a generator function; its docstring is the manual page.

    A function without *options* is called without them.
    """

    def make(function: Check) -> Rule:
        name = function.__name__.replace("_", "-")
        row = CATALOG[name]
        return Rule(
            name=name,
            categories=tuple(row.categories.split()),
            severity=Severity(row.severity),
            scope=row.scope,
            default=row.default,
            options=options,
            page=function.__doc__ or "",
            check=(lambda *given: function(*given[:-1])) if options is NoOptions else function,
            effect=effect,
        )

    return make
