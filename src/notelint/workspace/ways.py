"""The ways on from a note: where its links lead in the tree, and the notes that it names."""

from __future__ import annotations

from notelint.text.startup import lazy_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.workspace.facts import FileFacts

_ELSEWHERE = lazy_regex(r"[A-Za-z][A-Za-z0-9+.-]+:|//|#")
# A file of some repository on GitHub, GitLab, Gitee or Bitbucket, after the name of a branch.
_HOSTED = lazy_regex(r"https?://[^/\s]+/[^\s]*?/(?:blob|tree|raw|edit|src)/[^/\s]+/([^\s?#]+)")


def ways_of(facts: FileFacts) -> list[str]:
    """The destinations that may be notes of the tree, and what the note names beside them."""
    ways = {
        each.destination
        for each in facts.links
        if not each.image
        and (
            not _ELSEWHERE.match(each.destination)
            or _HOSTED.match(each.destination)
            or "#/" in each.destination  # as docsify has it
        )
    }
    ways.discard("")
    return [*sorted(ways), *(each for each in facts.about.named if each not in ways)]


def hosted_path(destination: str) -> str:
    """The path in a repository, which need not be this one, that *destination* is of."""
    found = _HOSTED.match(destination)
    return found[1] if found else ""
