from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.unshown import ALERT
from notelint.rules.base import rule
from notelint.rules.revivals import MakesAlerts
from notelint.text.edits import Fix
from notelint.workspace.facts import FileFacts
from notelint.workspace.site_markup import shows_alerts
from notelint.workspace.workspace import Workspace


@rule(effect=MakesAlerts())
def literal_alert(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """An alert that is shown as a plain quote: text beside `[!NOTE]`, or an unknown kind.

    Why: GitHub makes an alert only of `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and
    `[!CAUTION]`, alone on the first line of a quote. The page shows the brackets otherwise.

    Silent in a vault of Obsidian and in a note with wiki links, in a site that shows such alerts
    (VitePress, Hugo, DocFX, MkDocs with a plugin for them …), and where a remote is on GitLab,
    which knows alerts with a title. Alerts in small letters are Obsidian's in a note with tags or
    aliases.

    Fix (safe): the text on a line of its own, and the kind that is meant: `NOTE` for `INFO`, `TIP`
    for `HINT`, `CAUTION` for `DANGER`, and so on. There is none for a kind like no other.

    Bad:

    ```markdown
    > [!NOTE] Run the tests first.
    ```

    Fixed:

    ```markdown
    > [!NOTE]
    > Run the tests first.
    ```

    Good:

    ```markdown
    > [!WARNING]
    > This deletes all files.
    ```
    """
    found = [each for each in facts.unshown if each.kind == ALERT]
    if not found or shows_alerts(workspace, facts.path):
        return
    for each in found:
        fix = Fix("make it an alert", each.edits) if each.edits else None
        yield Finding(each.span, each.why, fix)
