"""A brief document has the same headings, comments and HTML as a whole one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.markdown.document import Document
from notelint.markdown.headings import Heading
from notelint.text.source import Source
from notelint.toc.layout import refresh
from notelint.toc.markers import marker_problems
from notelint.toc.options import TocOptions
from strategies import documents

_marked = st.builds(
    "{}\n<!-- START doctoc -->\n\n- [A](#a)\n\n<!-- END doctoc -->\n\n## A `b` [c](d)\n\n{}".format,
    documents,
    documents,
)


@settings(max_examples=200)
@given(st.one_of(documents, _marked))
def test_what_tables_of_contents_are_made_of(text: str) -> None:
    whole, brief = Document(Source(text)), Document(Source(text), brief=True)
    assert list(map(_seen, brief.headings)) == list(map(_seen, whole.headings))
    assert brief.comments == whole.comments
    assert brief.tags == whole.tags
    assert [each.lines for each in brief.html_blocks] == [each.lines for each in whole.html_blocks]
    assert brief.front_matter == whole.front_matter
    assert brief.definitions == whole.definitions
    assert marker_problems(brief) == marker_problems(whole)
    for options in (TocOptions(), TocOptions(all=True, flavor="gitlab", min_level=2)):
        assert refresh(brief, options) == refresh(whole, options)


def _seen(heading: Heading) -> Heading:
    """*heading* without its constructs, which are the same only to the eye."""
    return heading._replace(nodes=())


def test_other_blocks_are_left_as_text() -> None:
    text = "A [link](b.md), `code`.\n\n# A [link](c.md)\n\n<b>[in HTML](d.md)</b>\n"
    doc = Document(Source(text), brief=True)
    assert [each.destination for each in doc.links] == ["c.md", "d.md"]
    assert doc.tokens[1].content == "A [link](b.md), `code`."
