from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.anchors import Flavor
from notelint.rules.base import FileFacts, Finding, Workspace, rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.broken_anchors import broken_anchors, same_page
from notelint.text.startup import NamedTuple


class Options(NamedTuple):
    """``forge``: whose anchors are accepted as well, the flavor of tables of contents."""

    forge: Flavor = "github"


@rule(options=Options, effect=Readdresses(same_page))
def broken_anchor(facts: FileFacts, workspace: Workspace, options: Options) -> Iterator[Finding]:
    """A `#fragment` without a matching heading or `id`.

    Why: the reader lands at the top of the page and has to search. Anchors are those that GitHub
    makes of headings, and the `id` and `name` of HTML tags, in this file or the one linked to; with
    `toc.flavor`, those of GitLab or Bitbucket as well. A link to lines (`run.py#L10-L20`) must not
    lead past the end of the file.

    A link without a text is not judged: it cannot be clicked. Nor is a page that includes other
    text, by a line of nothing but `{{ … }}` or another include: its headings are not known. Ten or
    more links of a note to one missing anchor are reported as one problem.

    Fix (unsafe): link to the only anchor that is the same but for hyphens, punctuation, a number
    in front or two letters of a word, or to the one that the text of the link would make. If the
    text has a symbol that anchors lose (`C++`, `.NET`), only the heading with this very text
    counts. If two headings have it, there is no fix.

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
    yield from broken_anchors(facts, workspace, own=False, forge=options.forge)
