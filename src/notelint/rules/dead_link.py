from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.rules.base import rule
from notelint.rules.shared.checked_link import Visit


@rule()
def dead_link(visit: Visit) -> Iterator[Finding]:
    """An external link that leads nowhere; only `notelint links` asks.

    Why: the reader gets an error page. Dead is a page that the server calls not found (404) or gone
    (410) when asked for the page itself (`GET`), a host name that nobody has, an anchor that the
    page does not have, a redirect loop (unless it sets a cookie, with which it may end), and an
    address that is none, which is told without asking. Whatever may be about us and not about the
    page, as a refusal (401, 403), too many requests (429), a failing server (5xx) or an answer that
    does not come, is unknown: it is counted and never reported as dead.

    A blank in an address is asked for as `%20`, as browsers do.

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
