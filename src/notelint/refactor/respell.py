"""A reference that must change, written anew so that it leads where it led."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from notelint.refactor import spelling
from notelint.refactor.anchor_index import PREFIX
from notelint.refactor.moves import Refused
from notelint.refactor.spelling import Context, Style, Written
from notelint.refactor.state import State, Target
from notelint.text.edits import Edit
from notelint.text.startup import NamedTuple
from notelint.workspace.outgoing import Reference
from notelint.workspace.tree import leads_up

# The forms in which a site generator leaves out the end of a path; see `Workspace.page`.
_ENDS = ("/index.md", "/README.md", "/index.html", ".md", ".markdown", ".mdx", ".html")


class Place(NamedTuple):
    """A reference in the text of a note, which is at ``old`` and will be at ``new``."""

    reference: Reference
    text: str
    old: str
    new: str


def respell(
    at: Place,
    before: Target,
    after: State,
    goal: str,
    anchor: str | None,
    *,
    strict: bool = False,
    encoded: bool = False,
) -> Edit:
    """The edit that makes a reference lead to the path *goal*, to where it led.

    *anchor* takes the place of its fragment, None to keep that. *strict*: all that may be read as
    markup is percent-encoded; *encoded*: so is an anchor, unless the one before it shows another
    way. Raises :class:`Refused`.
    """
    span = at.reference.span
    context = _context(at.reference, at.text)
    written = span and spelling.take_apart(
        at.text[slice(*span)],
        at.reference.destination,
        context,
        len(before.asked.prefix),
    )
    if not span or not written:
        raise Refused(f"it is written in a way that cannot be changed ({at.reference.kind})")
    for encodes in (True,) if strict else (False, True):
        style = Style(written, context, strict=encodes, encoded=encoded)
        for text in _texts(at, written, style, before, after, goal, anchor):
            destination = spelling.read(text, context)
            if destination is not None and before.same(after.target(destination, at.new)):
                return Edit(span, text)
    if not after.workspace.tree.exists(goal):
        raise Refused(f"`{goal}` would be gone; move the folder itself, or link a file in it")
    if anchor is not None:
        raise Refused(f"`#{anchor}` leads elsewhere" if anchor else "the new text has no anchor")
    if at.reference.destination.startswith("#"):
        raise Refused("another place would have its anchor")
    raise Refused(f"no address leads to `{goal}`")


def shortest(at: Place, before: Target, after: State, goal: str) -> Edit | None:
    """The edit that makes the relative path of a reference the shortest one again, if it was.

    It leads to *goal* either way. Without this edit, a note that moves away from a file and back
    again would link it by a detour.
    """
    asked, span = before.asked, at.reference.span
    if not span or asked.kind != "local" or asked.rooted or asked.prefix:
        return None
    written = spelling.take_apart(
        at.text[slice(*span)], at.reference.destination, _context(at.reference, at.text)
    )
    if not written:
        return None
    names = _without_slash([name for _, name in written.segments])
    if not spelling.is_shortest(names, posixpath.dirname(at.old), asked.path):
        return None
    edit = respell(at, before, after, goal, None)
    return edit if edit.text != at.text[slice(*span)] else None


def _without_slash(names: list[str]) -> list[str]:
    return names[:-1] if len(names) > 1 and not names[-1] else names


def _texts(
    at: Place,
    written: Written,
    style: Style,
    before: Target,
    after: State,
    goal: str,
    anchor: str | None,
) -> list[str]:
    """The ways to write it, the best one first."""
    fragment = written.fragment if anchor is None else _fragment(written, style, anchor)
    stays = after.target(at.reference.destination.partition("#")[0], at.new)
    if at.reference.destination.startswith("#") or (
        anchor is not None and stays and stays.path == before.path
    ):
        return [written.head + written.path + written.rest + fragment]
    slash = len(written.segments) > 1 and not written.segments[-1][1]
    slash &= bool(goal) or not (before.asked.rooted or before.asked.prefix)
    ways = []
    for path in _forms(before, goal, after):
        names = _names(at, written, before, path)
        text = style.segments([*names, ""] if slash else names)
        ways.append(written.head + text + written.rest + fragment)
    return ways


def _names(at: Place, written: Written, before: Target, path: str) -> list[str]:
    """The names of the path to *path*, relative or from the root as it is now."""
    if before.asked.prefix:
        return path.split("/")
    names = [name for _, name in written.segments]
    if before.asked.rooted:
        return ["", *path.split("/")]
    old = posixpath.dirname(at.old), before.asked.path
    return spelling.relative(_without_slash(names), old, (posixpath.dirname(at.new), path))


def _forms(before: Target, goal: str, after: State) -> list[str]:
    """The paths by which *goal* may be linked: without its end if the link has none, or whole."""
    asked, found = before.asked.path, before.found
    if asked == found or leads_up(asked) or before.asked.kind == "anchor":
        return [goal]
    html = ".html" if asked.endswith(".html") else ""
    left_out = found.removeprefix(asked.removesuffix(".html"))
    ends = sorted(_ENDS, key=lambda end: end != left_out)
    stems = [goal.removesuffix(end) + html for end in ends if goal.endswith(end)]
    return [*(each for each in stems if after.workspace.page(each) == goal), goal]


def _fragment(written: Written, style: Style, anchor: str) -> str:
    """``#`` and *anchor*, percent-encoded if the fragment is, with GitHub's prefix if that has."""
    prefix = PREFIX if written.fragment[1:].startswith(PREFIX) else ""
    if "%" in written.fragment:
        return f"#{prefix}{quote(anchor, safe='-_.!~*/:@$,+')}"
    return f"#{prefix}{style.encoded(anchor)}"


def _context(reference: Reference, text: str) -> Context:
    """The marks around *reference* in *text*."""
    if reference.kind in ("autolink", "bare"):
        return "url"
    if reference.kind == "srcset" or reference.span is None:
        return "srcset"
    before = text[: reference.span.start]
    if reference.kind == "html":
        quote = before.rstrip(" \t\r\n\f")[-1:]
        return '"' if quote == '"' else "'" if quote == "'" else "unquoted"
    return "angle" if before[-1:] == "<" else "plain"
