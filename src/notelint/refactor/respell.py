"""References written anew, so that they lead where they led."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import quote

from notelint.refactor import spelling
from notelint.refactor.anchor_index import PREFIX
from notelint.refactor.refusal import Refusal
from notelint.refactor.spelling import Context, NameStyle, Written
from notelint.refactor.state import State, Target
from notelint.text.edits import Edit
from notelint.text.startup import NamedTuple
from notelint.workspace.outgoing import Reference
from notelint.workspace.tree import leads_up

# The forms in which a site generator leaves out the end of a path; see `Workspace.page`.
_ENDS = ("/index.md", "/README.md", "/index.html", ".md", ".markdown", ".mdx", ".html")


class MovedLink(NamedTuple):
    """A reference in the ``text`` of a note, which is at ``old`` and will be at ``new``.

    It leads to ``target``, which will be at the path ``goal``.
    """

    reference: Reference
    text: str
    old: str
    new: str
    target: Target
    goal: str


def respell(
    link: MovedLink,
    after: State,
    anchor: str | None = None,
    *,
    strict: bool = False,
    encoded: bool = False,
) -> Edit:
    """The edit that makes *link* lead to its target again.

    *anchor* takes the place of its fragment, None to keep that. *strict*: all that may be read as
    markup is percent-encoded; *encoded*: so is an anchor, unless the one before it shows another
    way. Raises :class:`Refusal`.
    """
    reference, context, written = link.reference, _context(link), _written(link)
    if not reference.span or not written:
        raise Refusal(f"it is written in a way that cannot be changed ({reference.kind})")
    for encodes in (True,) if strict else (False, True):
        style = NameStyle(written, context, strict=encodes, encoded=encoded)
        for text in _texts(link, written, style, after, anchor):
            destination = spelling.read(text, context)
            if destination is not None and link.target.same(after.target(destination, link.new)):
                return Edit(reference.span, text)
    if not after.workspace.tree.exists(link.goal):
        raise Refusal(f"`{link.goal}` would be gone; move the folder itself, or link a file in it")
    if anchor is not None:
        raise Refusal(f"`#{anchor}` leads elsewhere" if anchor else "the new text has no anchor")
    if reference.destination.startswith("#"):
        raise Refusal("another place would have its anchor")
    raise Refusal(f"no address leads to `{link.goal}`")


def shortest(link: MovedLink, after: State) -> Edit | None:
    """The edit that makes the relative path of *link* the shortest one again, if it was.

    The link leads to its target either way. Without this edit, a note that moves away from a file
    and back again would link it by a detour.
    """
    resolved, written = link.target.resolved, _written(link)
    if not written or resolved.kind != "local" or resolved.rooted or resolved.prefix:
        return None
    names = _names(written)
    if not spelling.is_shortest(names, posixpath.dirname(link.old), resolved.path):
        return None
    return respell(link, after)


def _written(link: MovedLink) -> Written | None:
    """The destination of *link* in pieces; None if these cannot be told apart."""
    span, head = link.reference.span, len(link.target.resolved.prefix)
    raw = link.text[slice(*span)] if span else ""
    return spelling.take_apart(raw, link.reference.destination, _context(link), head)


def _names(written: Written) -> list[str]:
    """The names in the path, without the empty one after a slash at its end."""
    names = [name for _, name in written.segments]
    return names[:-1] if len(names) > 1 and not names[-1] else names


def _texts(
    link: MovedLink, written: Written, style: NameStyle, after: State, anchor: str | None
) -> Iterator[str]:
    """The ways to write the destination, the best one first."""
    destination, resolved = link.reference.destination, link.target.resolved
    fragment = written.fragment if anchor is None else _fragment(written, style, anchor)
    stays = after.target(destination.partition("#")[0], link.new)
    if destination.startswith("#") or (
        anchor is not None and stays and stays.path == link.target.path
    ):
        yield written.head + written.path + written.rest + fragment
        return
    slash = len(written.segments) > 1 and not written.segments[-1][1]
    slash &= bool(link.goal) or not (resolved.rooted or resolved.prefix)
    for path in _forms(link, after):
        names = path.split("/")
        if not resolved.prefix:
            names = ["", *names] if resolved.rooted else _relative(link, written, path)
        text = style.segments([*names, ""] if slash else names)
        yield written.head + text + written.rest + fragment


def _relative(link: MovedLink, written: Written, path: str) -> list[str]:
    """The names of the path from the new folder of the note to *path*."""
    old = posixpath.dirname(link.old), link.target.resolved.path
    return spelling.relative(_names(written), old, (posixpath.dirname(link.new), path))


def _forms(link: MovedLink, after: State) -> list[str]:
    """The paths by which the goal may be linked: without its end if the link has none, or whole."""
    resolved, goal = link.target.resolved, link.goal
    if resolved.path == link.target.path or leads_up(resolved.path) or resolved.kind == "anchor":
        return [goal]
    html = ".html" if resolved.path.endswith(".html") else ""
    left_out = link.target.path.removeprefix(resolved.path.removesuffix(".html"))
    ends = sorted(_ENDS, key=lambda end: end != left_out)
    stems = [goal.removesuffix(end) + html for end in ends if goal.endswith(end)]
    return [*(each for each in stems if after.workspace.page(each) == goal), goal]


def _fragment(written: Written, style: NameStyle, anchor: str) -> str:
    """``#`` and *anchor*, percent-encoded if the fragment is, with GitHub's prefix if that has."""
    prefix = PREFIX if written.fragment[1:].startswith(PREFIX) else ""
    if "%" in written.fragment:
        return f"#{prefix}{quote(anchor, safe='-_.!~*/:@$,+')}"
    return f"#{prefix}{style.encoded(anchor)}"


def _context(link: MovedLink) -> Context:
    """The marks around the destination."""
    reference = link.reference
    if reference.kind in ("autolink", "bare"):
        return "url"
    if reference.kind == "srcset" or reference.span is None:
        return "srcset"
    before = link.text[: reference.span.start]
    if reference.kind == "html":
        mark = before.rstrip(" \t\r\n\f")[-1:]
        return '"' if mark == '"' else "'" if mark == "'" else "unquoted"
    return "angle" if before[-1:] == "<" else "plain"
