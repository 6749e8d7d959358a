from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Finding, rule
from notelint.rules.shared.checked_link import Visit


@rule()
def dead_link(visit: Visit) -> Iterator[Finding]:
    """An external link that leads nowhere; checked by `notelint links` only.

    Why: the reader gets an error page. A link is dead if the server answers a request for the page
    itself (`GET`) with 404 or 410, if its host does not exist, if the page lacks the anchor, if its
    redirects run in a circle (unless a cookie may end it), or if its address is not valid, which
    needs no request. An answer that may be about the request and not the page (401, 403, 429, 5xx,
    or none at all) is unknown: it is counted, and never reported as dead.

    A space in an address is requested as `%20`, as browsers do.

    In these examples the server knows every page but `/gone`.

    Bad:

    ```markdown
    [post](https://example.org/gone), https://example.org/gone, [site](https//example.org)

    <img src="https://example.org/gone">
    ```

    Good:

    ```markdown
    [post](https://example.org/here), `https://example.org/gone`

    <!-- https://example.org/gone -->
    ```
    """
    if visit.dead:
        copy = f"; archived at {visit.archived}" if visit.archived else ""
        yield Finding(visit.span, f"`{visit.destination}` is dead: {visit.dead}{copy}")
