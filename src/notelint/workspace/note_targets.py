"""The notes that a note leads to: by its links into the tree, and by naming them."""

from __future__ import annotations

from notelint.text.startup import lazy_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.workspace.facts import FileFacts

_ELSEWHERE = lazy_regex(r"[A-Za-z][A-Za-z0-9+.-]+:|//|#")
# A file of some repository on GitHub, GitLab, Gitee or Bitbucket, after the name of a branch.
_HOSTED = lazy_regex(r"https?://[^/\s]+/[^\s]*?/(?:blob|tree|raw|edit|src)/[^/\s]+/([^\s?#]+)")


def note_targets(facts: FileFacts) -> list[str]:
    """The destinations that may be notes of the tree, then the other notes that are named."""
    linked = {
        each.destination
        for each in facts.links
        if not each.image
        and (
            not _ELSEWHERE.match(each.destination)
            or _HOSTED.match(each.destination)
            or "#/" in each.destination  # as docsify has it
        )
    }
    linked.discard("")
    return [*sorted(linked), *(each for each in facts.about.named if each not in linked)]


def hosted_path(destination: str) -> str:
    """The path that *destination* has in its repository, which need not be this one."""
    found = _HOSTED.match(destination)
    return found[1] if found else ""
