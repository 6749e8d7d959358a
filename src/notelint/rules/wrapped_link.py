from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from notelint.rules.base import Edit, FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.effects import Effect, Readdresses
from notelint.rules.shared.checked_link import written
from notelint.text.startup import NamedTuple
from notelint.workspace.sites import SITES, Site
from notelint.workspace.unwrap import unwrapped, wrapped
from notelint.workspace.urls import canonical


class Options(NamedTuple):
    """``sites``: whose pages that lead elsewhere are known."""

    sites: tuple[Site, ...] = SITES


class _Unwraps(Readdresses):
    """An address becomes the one that it leads to, by what is known of *sites*."""

    def __init__(self, sites: Sequence[Site] = SITES) -> None:
        super().__init__(lambda before, after: _leads_to(before, after, sites))

    def with_options(self, options: Any) -> Effect:
        """This effect for the sites of the user."""
        return _Unwraps(options.sites)


def _leads_to(before: str, after: str, sites: Sequence[Site]) -> bool:
    inside = unwrapped(before, sites)
    return inside is not None and canonical(inside, ()) == canonical(after, ())


@rule(options=Options, effect=_Unwraps())
def wrapped_link(facts: FileFacts, workspace: Workspace, options: Options) -> Iterator[Finding]:
    """A link to a page that only leads on to another address.

    Why: sites put such a page around the links on them, and a text copied from there keeps it. The
    reader meets a warning, a counter of clicks, or nothing at all once the site stops it; and two
    links to one page look different.

    The pages of Zhihu, Juejin, CSDN, Jianshu, Gitee, Google, Facebook, Outlook and others are
    known; more are added by `wraps` of `links.sites` in the configuration.

    Fix (safe): link the address itself. There is no fix where the text of the link repeats the
    address, or where it is not plain which parameters belong to it.

    Bad:

    ```markdown
    [code](https://link.zhihu.com/?target=https%3A//github.com/a/b)
    ```

    Fixed:

    ```markdown
    [code](https://github.com/a/b)
    ```

    Good:

    ```markdown
    [search](https://www.google.com/search?q=https%3A//github.com/a/b)
    ```
    """
    for link in facts.links:
        if "?" not in link.destination or "://" not in link.destination:
            continue
        if link.kind == "reference":
            continue
        url, is_clear = wrapped(link.destination, options.sites)
        if url is None:
            continue
        fault = f"link goes through another page to `{url}`"
        if not is_clear:
            yield Finding(link.target, f"{fault}, or more of it: the address is not encoded")
            continue
        address = None if link.repeated else written(url, link.kind)
        fix = None
        if address is not None:
            fix = Fix("use the address itself", (Edit(link.target, address),))
        yield Finding(link.target, fault, fix)
