"""What a rule is: a documented generator function, and what it may do to a document."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from notelint.finding import Finding, Severity
from notelint.text.late import late
from notelint.text.named import NamedTuple

if TYPE_CHECKING:
    from notelint.markdown.document import Document
    from notelint.rules.effects import Effect
    from notelint.rules.visit import Visit
    from notelint.workspace.facts import FileFacts
    from notelint.workspace.workspace import Workspace

DocumentCheck = Callable[["Document", Any], Iterator[Finding]]
WorkspaceCheck = Callable[["FileFacts", "Workspace", Any], Iterator[Finding]]
OnlineCheck = Callable[["Visit", Any], Iterator[Finding]]
TreeCheck = Callable[["Workspace", Any], Iterator[tuple[str, str]]]


class NoOptions(NamedTuple):
    """The options of a rule that has none."""


class Example(NamedTuple):
    """A piece of Markdown in a docstring; ``kind`` is Bad, Good or Fixed."""

    kind: str
    text: str


class Rule(NamedTuple):
    """A rule: its identity is its name.

    ``check`` sees one document and its options. ``across`` sees the facts of one file and the
    workspace that they stand in, so that it needs no other file's text. ``online`` sees a link that
    was asked for over the network, which only ``notelint links`` does. ``tree`` sees a workspace as
    a whole and yields paths of files that are no notes, relative to its root, each with a message.
    A rule has one of the four.
    ``effect`` is what the rule's fixes may change; a fix that changes more is never written.
    """

    name: str
    categories: tuple[str, ...]
    severity: Severity
    default: bool
    options: type
    page: str
    check: DocumentCheck | None = None
    across: WorkspaceCheck | None = None
    online: OnlineCheck | None = None
    tree: TreeCheck | None = None
    effect: Effect | None = None

    @property
    def category(self) -> str:
        """The category under which its findings are reported."""
        return self.categories[0]

    @property
    def doc(self) -> str:
        """The manual page, without the indent that it has in the code."""
        return inspect.cleandoc(self.page)

    @property
    def summary(self) -> str:
        """The first line of the manual page."""
        return self.doc.partition("\n")[0]

    @property
    def examples(self) -> list[Example]:
        """The examples of the manual page, in order; a test executes every one."""
        return [Example(each["kind"], each["text"]) for each in _EXAMPLE.finditer(self.doc)]

    @property
    def fixable(self) -> str | None:
        """``safe`` or ``unsafe`` as the manual page says under *Fix*, None without a fix."""
        match = re.search(r"^Fix \((safe|unsafe)\):", self.doc, re.MULTILINE)
        return match[1] if match else None


_EXAMPLE = late(
    r"^(?P<kind>Bad|Good|Fixed):\n\n(?P<fence>`{3,})(?:markdown|python)\n(?P<text>.*?)"
    r"(?:^(?P=fence)$|\Z)",
    re.MULTILINE | re.DOTALL,
)


def rule(
    *,
    severity: str,
    options: type = NoOptions,
    effect: Effect | None = None,
) -> Callable[[DocumentCheck], Rule]:
    """Make a rule of a function over one document; its docstring is the manual page."""

    def make(check: DocumentCheck) -> Rule:
        return _rule(check, severity, options, effect, check=check)

    return make


def workspace_rule(
    *,
    severity: str,
    options: type = NoOptions,
    effect: Effect | None = None,
) -> Callable[[WorkspaceCheck], Rule]:
    """Make a rule of a function over the facts of one file among others."""

    def make(check: WorkspaceCheck) -> Rule:
        return _rule(check, severity, options, effect, across=check)

    return make


def online_rule(
    *, severity: str, options: type = NoOptions, effect: Effect | None = None
) -> Callable[[OnlineCheck], Rule]:
    """Make a rule of a function over one link and what came of asking for it."""

    def make(check: OnlineCheck) -> Rule:
        return _rule(check, severity, options, effect, online=check)

    return make


def tree_rule(*, severity: str, options: type = NoOptions) -> Callable[[TreeCheck], Rule]:
    """Make a rule of a function over a workspace as a whole."""

    def make(check: TreeCheck) -> Rule:
        return _rule(check, severity, options, None, tree=check)

    return make


def _rule(
    function: Callable[..., Any],
    severity: str,
    options: type,
    effect: Effect | None,
    **checks: Any,
) -> Rule:
    from notelint.rules import CATALOG, OPT_IN

    name = function.__name__.replace("_", "-")
    return Rule(
        name=name,
        categories=CATALOG[name],
        severity=Severity(severity),
        default=name not in OPT_IN,
        options=options,
        page=function.__doc__ or "",
        effect=effect,
        **checks,
    )
