from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.rules.base import rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.broken_anchors import broken_anchors, same_page
from notelint.workspace.facts import FileFacts
from notelint.workspace.workspace import Workspace


@rule(effect=Readdresses(same_page))
def broken_anchor(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A `#fragment` that no heading and no `id` answers to.

    Why: the reader lands at the top of the page and has to search. Anchors are those that GitHub
    makes of headings, and the `id` and `name` of HTML tags, in this file or the one linked to. A
    link to lines (`run.py#L10-L20`) must not lead past the end of the file.

    Silent where other text is put into the page, by a line of nothing but `{{ … }}` or another
    include: its headings are not known. Ten links of a note or more to one anchor that is not
    there are one finding.

    Fix (unsafe): the one anchor that is nearly the same: but for hyphens, punctuation and a number
    in front, or for two letters of a word; or the one that the text of the link makes. Where the
    text has a symbol that anchors lose (`C++`, `.NET`), only that of the heading with this text;
    none where two headings have it.

    Bad:

    ```markdown
    [usage](#usages)

    ## Usage

    Run it.
    ```

    Fixed:

    ```markdown
    [usage](#usage)

    ## Usage

    Run it.
    ```

    Good:

    ```markdown
    [usage](#用法usage), [top](#top), [old name](#old)

    ## 用法：Usage

    <a id="old"></a> Run it.
    ```
    """
    yield from broken_anchors(facts, workspace, own=False)
