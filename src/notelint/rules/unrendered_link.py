from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from notelint.markdown.literal_links import Literal
from notelint.rules.base import Edit, FileFacts, Finding, Fix, LinkFact, Workspace, rule
from notelint.rules.linking import Relinks
from notelint.rules.shared.local_targets import encoded
from notelint.rules.shared.misspelt_urls import has_host, meant
from notelint.text.suggest import did_you_mean
from notelint.workspace.tree import leads_up
from notelint.workspace.urls import split_fragment, unquote


@rule(effect=Relinks())
def unrendered_link(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A link that is shown as text because of a slip, or whose address is not valid.

    Why: the reader sees brackets and an address instead of a link, or clicks and gets nowhere.

    Reported are:

    - a bracket or a parenthesis that is missing or one too many
    - parentheses and brackets the wrong way round, and full-width parentheses
    - a space between the two parts or in the address, and quotes that do not make a title
    - addresses such as `hhttps://example.org`, `https//example.org` or `[https://example.org`

    What is linked must be a URL, a path with the extension of a file, or a name of several words
    that is also the text of the link: `[sic] (see below)` is not reported. If a `)` is missing and
    its URL runs on into the next links, only the first of them is reported.

    Fix (safe): write it as a link, with spaces as `%20` in the name of a file. The fix is unsafe if
    the brackets and parentheses may be meant as they are. There is no fix for a space in a URL,
    which may belong there, for three or more links that are cut off at the ends of lines, and in a
    heading, whose text is its anchor.

    Bad:

    ```markdown
    Read the (paper)[https://example.org/paper.pdf], the [notes]（notes.md）, the
    [guide]](https://example.org/guide) and the [data](hhttps://example.org/data).
    ```

    Fixed:

    ```markdown
    Read the [paper](https://example.org/paper.pdf), the [notes](notes.md), the
    [guide](https://example.org/guide) and the [data](https://example.org/data).
    ```

    Good:

    ```markdown
    Read the [paper](https://example.org/paper.pdf) (see below), the [notes] （今天）, the
    [slides](<my slides.pdf>).
    ```
    """
    for literal in facts.literals:
        what = "image" if literal.image else "link"
        fix = _fix(literal, facts.path, workspace)
        yield Finding(literal.span, f"{what} is shown as text: {literal.why}", fix)
    for link in facts.links:
        if link.kind in ("reference", "bare"):
            continue
        if url := meant(link.destination):
            hint, fix = "", None
            if has_host(url):
                hint, fix = did_you_mean(url), _readdressed(link, url)
            yield Finding(link.target, f"`{link.destination}` is not an address{hint}", fix)


def _fix(literal: Literal, note: str, workspace: Workspace) -> Fix | None:
    mended = _linked(literal.file, note, workspace) if literal.file else literal.mended
    if mended is None:
        return None
    return Fix("make it a link", (Edit(literal.part, mended),), literal.safe)


def _linked(written: str, note: str, workspace: Workspace) -> str | None:
    """The path *written* with blanks as it may stand in a link, if it is that of a file.

    A name may hold what has a meaning in an address: `C# notes.md`, `100%.md`, `what?.md`.
    """
    path = written.replace("\\ ", " ").replace("\\\t", "\t")
    if _is_there(path, note, workspace):
        return _encoded(path)
    file, fragment = split_fragment(path)
    behind = "" if fragment is None else "#" + re.sub(r"[ \t]", "%20", fragment)
    if _is_there(file, note, workspace):
        return _encoded(file) + behind
    if _is_there(unquote(file), note, workspace):
        return re.sub(r"[ \t]", "%20", file) + behind
    return None


def _is_there(path: str, note: str, workspace: Workspace) -> bool:
    rooted = path.startswith("/")
    joined = path.lstrip("/") if rooted else posixpath.join(posixpath.dirname(note), path)
    normal = posixpath.normpath(joined) if path else ""
    return bool(normal) and not leads_up(normal) and workspace.tree.has(normal)


def _encoded(path: str) -> str:
    """*path* encoded, but for parentheses: where they stand in the text, they are in pairs."""
    return encoded(path).replace("%28", "(").replace("%29", ")")


def _readdressed(link: LinkFact, url: str) -> Fix | None:
    if link.target.end - link.target.start != len(link.destination):
        return None  # it is not written as it reads
    return Fix("use the address", (Edit(link.target, url),))
