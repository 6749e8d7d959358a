from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.unshown import MATH
from notelint.rules.base import rule
from notelint.rules.revivals import Typesets
from notelint.text.edits import Fix
from notelint.workspace.facts import FileFacts
from notelint.workspace.site_markup import shows_math
from notelint.workspace.workspace import Workspace


@rule(effect=Typesets())
def literal_math(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    r"""A formula in `\(…\)` or `\[…\]`, which GitHub shows as text.

    Why: the backslash escapes the bracket, so that the page shows `(O(n^2))`, and `_` and `*` in
    the formula may become emphasis. Formulas copied from a chat often come so.

    Only what nobody means as an escaped bracket is one: with a LaTeX command, an index or a power,
    or `x = 1`. Silent where a site shows it: its configuration or layout names MathJax, KaTeX or
    the like, or its generator may (Hugo, Sphinx, Quarto …).

    Fix (safe): `$…$` and `$$…$$`, or `` $`…`$ `` where Markdown would take a backslash or a star
    out of the formula. A blank parts it from a letter of a script without blanks. There is none in
    a heading, beside a Latin letter, and for a formula with a dollar in it.

    Bad:

    ```markdown
    It takes \(O(n^2)\) steps, as \(a_i \leq b\).
    ```

    Fixed:

    ```markdown
    It takes $O(n^2)$ steps, as $a_i \leq b$.
    ```

    Good:

    ```markdown
    It takes $O(n^2)$ steps \(mostly\), see \[1\].
    ```
    """
    found = [each for each in facts.unshown if each.kind == MATH]
    if not found or shows_math(workspace, facts.path):
        return
    for each in found:
        fix = Fix("put it between dollars", each.edits) if each.edits else None
        yield Finding(each.span, each.why, fix)
