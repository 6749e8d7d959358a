from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Edit, Finding, Fix, rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.checked_link import Visit, written
from notelint.workspace.urls import canonical, split_fragment


def _keeps_place(before: str, after: str) -> bool:
    """Whether *after* is an address of the web, at the same place of its page or one of its own."""
    wanted, kept = split_fragment(before)[1], split_fragment(after)[1]
    return canonical(after) is not None and (bool(kept) or not wanted)


@rule(effect=Readdresses(_keeps_place))
def moved_link(visit: Visit) -> Iterator[Finding]:
    """An external link whose page has moved permanently; checked by `notelint links` only.

    Why: redirects are taken down sooner or later, and the link dies with them. Only permanent
    redirects count (301, 308), as far as they follow one another. A redirect to a login page, the
    home page of a site, an error page or away from `https` does not say where the page is now. One
    that only changes `http` to `https`, the `www.`, or the `/` at the end makes no difference to
    the reader. Such links count as alive.

    Fix (safe): `notelint links --fix` writes the new address, with the fragment of the old one.

    In these examples the server has moved `/old` to `/new`.

    Bad:

    ```markdown
    [post](https://example.org/old "read it"), https://example.org/old, <https://example.org/old>

    Once more, [further down][1].

    <a href="https://example.org/old#part">part</a>

    [1]: https://example.org/old
    ```

    Fixed:

    ```markdown
    [post](https://example.org/new "read it"), https://example.org/new, <https://example.org/new>

    Once more, [further down][1].

    <a href="https://example.org/new#part">part</a>

    [1]: https://example.org/new
    ```

    Good:

    ```markdown
    [post](https://example.org/new), `https://example.org/old`
    ```
    """
    if visit.moved:
        address = written(visit.moved, visit.kind)
        fix = None
        if address is not None:
            fix = Fix("link to the new address", (Edit(visit.span, address),))
        yield Finding(visit.span, f"`{visit.destination}` has moved to `{visit.moved}`", fix)
