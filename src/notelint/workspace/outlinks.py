"""The outlinks of a note: where its links into the tree lead, and the notes that it names."""

from __future__ import annotations

from notelint.text.startup import lazy_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.workspace.facts import FileFacts

_ELSEWHERE = lazy_regex(r"[A-Za-z][A-Za-z0-9+.-]+:|//|#")
# The address of a file in a repository on GitHub, GitLab, Gitee or Bitbucket.
_HOSTED = lazy_regex(r"https?://[^/\s]+/[^\s]*?/(?:blob|tree|raw|edit|src)/[^/\s]+/([^\s?#]+)")


def outlinks(facts: FileFacts) -> list[str]:
    """The destinations of links that may be notes of the tree, then other notes in the text."""
    linked = {
        each.destination
        for each in facts.links
        if not each.image
        and (
            not _ELSEWHERE.match(each.destination)
            or _HOSTED.match(each.destination)
            or "#/" in each.destination  # a route of docsify
        )
    }
    linked.discard("")
    return [*sorted(linked), *(each for each in facts.about.named if each not in linked)]


def hosted_path(destination: str) -> str:
    """The path of *destination* in its repository, which need not be this one; else empty."""
    found = _HOSTED.match(destination)
    return found[1] if found else ""
