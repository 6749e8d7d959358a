from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.literal_markup import ALERT
from notelint.rules.base import FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.rewrites import MakesAlerts
from notelint.workspace.site_markup import shows_alerts


@rule(effect=MakesAlerts())
def literal_alert(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """An alert that is shown as a plain quote: text beside `[!NOTE]`, or an unknown kind.

    Why: GitHub makes an alert only of `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and
    `[!CAUTION]`, alone on the first line of a quote. Otherwise the page shows the brackets.

    Not judged are Obsidian vaults, notes with wiki links, sites that show such alerts (VitePress,
    Hugo, DocFX, MkDocs with a plugin …), and repositories with a remote on GitLab, where alerts may
    have a title. In a note with tags or aliases, an alert in lower case is Obsidian's.

    Fix (safe): move the text to the next line, and use the kind that is meant: `NOTE` for `INFO`,
    `TIP` for `HINT`, `CAUTION` for `DANGER`, and so on. A kind that resembles none of the five has
    no fix.

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
    for each in facts.unshown:
        if each.kind == ALERT and not shows_alerts(workspace, facts.path):
            fix = Fix("make it an alert", each.edits) if each.edits else None
            yield Finding(each.span, each.why, fix)
