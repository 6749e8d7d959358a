from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.literal_markup import CUT_CODE, TABLE
from notelint.rules.base import FileFacts, Finding, Workspace, rule
from notelint.workspace.site_markup import shows_tables


@rule()
def broken_table(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    r"""A table that is shown as text, or that loses or cuts a cell.

    Why: GitHub makes a table only if the row of dashes stands right below the head and has the same
    number of cells. A pipe ends a cell even in code, and cells beyond the last one of the head are
    not shown at all.

    Write `\|` for a pipe that belongs to the text, in code as well. Rows that a blank line
    separates from their table are not part of it.

    If all rows have more cells than the head, they are reported as one problem. Cells beyond the
    head are not reported if they hold nothing but punctuation, or if the row has a wiki link with a
    pipe.

    Some notes are not judged: those of a Jekyll site, which shows such tables, and those in hidden
    folders, which only programs read. On a MkDocs site a pipe in code is fine, too.

    Bad:

    ```markdown
    | model | size |
    |-------|------|-----|
    | GLM   | 130B |
    ```

    ```markdown
    | operator | meaning |
    |----------|---------|
    | `a || b` | or      |
    ```

    Good:

    ```markdown
    | model | size |
    |-------|------|
    | GLM   | 130B |

    | operator   | meaning |
    |------------|---------|
    | `a \|\| b` | or      |
    ```
    """
    if any(part[:1] == "." and part != ".github" for part in facts.path.split("/")):
        return
    for each in facts.unshown:
        code = each.kind == CUT_CODE
        if (code or each.kind == TABLE) and not shows_tables(workspace, facts.path, code=code):
            yield Finding(each.span, each.why)
