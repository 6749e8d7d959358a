"""Layouts of paragraphs, kept for the second round, which parses only changed paragraphs.

The second round proves that the layout is stable. It takes as long as the first without this, and
half as long with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from notelint.markdown.upstream import MarkdownIt, StateCore

KNOWN_PARAGRAPHS = "notelint.paragraphs"  # in the environment


class KnownParagraphs:
    """The layout of paragraphs by their content, valid while the definitions are equal."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._defined: object = None

    def take_definitions(self, env: MutableMapping[str, Any]) -> None:
        """Drop everything if the definitions or footnotes in *env* have changed."""
        references = env.get("references", {})
        targets = {key: (each["href"], each["title"]) for key, each in references.items()}
        defined = targets, sorted(env.get("footnotes", {}).get("refs", ()))
        if defined != self._defined:
            self.texts.clear()
        self._defined = defined


def install(md: MarkdownIt) -> None:
    """Make *md* skip paragraphs that are known."""
    md.core.ruler.at("inline", _inline)


def _inline(state: StateCore) -> None:
    """The core rule ``inline`` for unknown content; content with footnotes is always parsed."""
    known: KnownParagraphs | None = state.env.get(KNOWN_PARAGRAPHS)
    if known is not None:
        known.take_definitions(state.env)
    paragraph = False
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            content = token.content
            if known is None or not paragraph or content not in known.texts or "[^" in content:
                state.md.inline.parse(content, state.md, state.env, token.children)
        paragraph = token.type == "paragraph_open"
