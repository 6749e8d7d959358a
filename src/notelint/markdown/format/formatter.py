"""mdformat with the extension in this folder, and the parser that it uses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from mdformat.plugins import CODEFORMATTERS, PARSER_EXTENSIONS

from notelint.markdown import fast, inline_spans
from notelint.markdown.format import COVERED, known_paragraphs, preserve
from notelint.markdown.format.known_paragraphs import KnownParagraphs
from notelint.markdown.format.renderer import OPTION, POSTPROCESSORS, RENDERERS, FormatOptions
from notelint.markdown.parser import FOOTNOTES, FORMULAS, set_dialect
from notelint.markdown.upstream import MarkdownIt, link_labels, outer_space
from notelint.markdown.upstream.render_tree import Renderer


class Formatter:
    """mdformat with *options*, for one note and all rounds until its layout is stable.

    Raises KeyError with the name of an extension or code formatter that is not installed.
    """

    def __init__(self, options: FormatOptions) -> None:
        renderer: Any = Renderer  # not of the type that the parser declares
        md = MarkdownIt(renderer_cls=renderer)
        others = [PARSER_EXTENSIONS[name] for name in options.extensions if name not in COVERED]
        own = SimpleNamespace(RENDERERS=RENDERERS, POSTPROCESSORS=POSTPROCESSORS)
        md.options["parser_extension"] = [own, PARSER_EXTENSIONS["tables"], *others]
        formatters = {name: CODEFORMATTERS[name] for name in options.codeformatters}
        md.options["codeformatters"] = formatters
        md.options["mdformat"] = {**options.options, OPTION: options}
        for extension in others:
            extension.update_mdit(md)
        _set_up(md, options)
        # with a width or other extensions, the layout of a paragraph depends on its context
        alone = options.options.get("wrap", "keep") == "keep" and not others
        self._md = md
        self._known = KnownParagraphs() if alone else None

    def lay_out(self, text: str) -> str:
        """*text*, without front matter and with line feeds, in mdformat's layout."""
        env: dict[str, Any] = (
            {} if self._known is None else {known_paragraphs.KNOWN_PARAGRAPHS: self._known}
        )
        rendered: str = self._md.render(text, env)
        return rendered


def _set_up(md: MarkdownIt, options: FormatOptions) -> None:
    """Make *md* parse the dialect of notelint, with positions."""
    set_dialect(md, {FOOTNOTES, FORMULAS})
    md.options["inline_definitions"] = True
    md.core.ruler.disable("text_join")  # it drops how escaped characters were written
    inline_spans.install(md)
    link_labels.install(md)
    outer_space.install(md)
    preserve.install(md, options.preserve)
    fast.install_blocks(md)
    known_paragraphs.install(md)
