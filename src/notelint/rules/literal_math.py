from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.literal_markup import MATH
from notelint.rules.base import FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.rewrites import Typesets
from notelint.workspace.site_markup import shows_math


@rule(effect=Typesets())
def literal_math(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    r"""A formula in `\(…\)` or `\[…\]`, which GitHub shows as text.

    Why: the backslash escapes the bracket, so that the page shows `(O(n^2))`, and `_` and `*` in
    the formula may become emphasis. Formulas copied from a chat often look like this.

    Brackets count as a formula if they hold a LaTeX command, an index, a power or an equation such
    as `x = 1`; `\[1\]` is an escaped bracket. Sites that show such formulas are not judged: those
    whose configuration or layout names MathJax, KaTeX or the like, and those of Hugo, Sphinx,
    Quarto and other generators that may.

    Fix (safe): write `$…$` or `$$…$$`, or `` $`…`$ `` if Markdown would remove a backslash or a
    star from the formula. A space is put between it and a Chinese, Japanese or Korean letter. No
    fix is offered in a heading, beside a Latin letter, or if the formula contains a dollar sign.

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
    for each in facts.unshown:
        if each.kind == MATH and not shows_math(workspace, facts.path):
            fix = Fix("put it between dollar signs", each.edits) if each.edits else None
            yield Finding(each.span, each.why, fix)
