"""Notes made by a fuzzer that sees which code they reach; what it finds becomes a test.

    pip install atheris
    python tests/benchmarks/fuzz.py -max_len=600 -max_total_time=600 FOUND NOTES

NOTES is a folder of notes to begin with, FOUND one for those that reach something new. Not a part
of the test run: Atheris is there for a few platforms only.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["notelint", "markdown_it", "mdit_py_plugins"]):
    from notelint.config.mdformat import Layout
    from notelint.engine.analyze import analyze
    from notelint.engine.fix import fix_document
    from notelint.engine.layout import PageChanged, lay_out
    from notelint.engine.linter import Active, RuleFinding, RuleSet, in_document
    from notelint.engine.table_of_contents import with_fresh_toc
    from notelint.markdown.document import Document
    from notelint.rules import CATALOG, DOCUMENT, get, in_scope
    from notelint.text.source import Source
    from notelint.toc.options import TocOptions
    from notelint.toc.render import plan

    LOCAL = [Active(rule, rule.options()) for rule in map(get, in_scope(DOCUMENT))]
    ON = RuleSet(sorted(CATALOG), lambda name: Active(get(name), get(name).options()))

from markdown.plain_parser import PLAIN, as_data
from strategies import ENDS, PIECES, PREFIXES

WORDS = [each.encode() for each in (*PREFIXES, *PIECES, *ENDS)]


def find(doc: Document) -> list[RuleFinding]:
    """What the rules on one document find."""
    return in_document(doc, LOCAL)


def one(data: bytes) -> None:
    """Look at *data*, fix it, and compare."""
    source = Source.decode(data)
    doc = Document(source)
    assert as_data(PLAIN.parse(source.text, {})) == as_data(doc.tokens), "other tokens"
    for found in analyze("a.md", doc, ON).diagnostics:
        start, end = (doc.lines.offset(each) for each in found.range)
        assert 0 <= start <= end <= len(source.text), "a span out of the text"
        assert source.text[start:end] == found.text, "a span of something else"
    if source.invalid is not None:
        return
    assert source.encode() == data, "other bytes"
    once = fix_document(doc, find, unsafe=True)
    again = fix_document(once.doc, find, unsafe=True)
    assert again.doc.source.text == once.doc.source.text, "a second fix does more"
    assert "the fixes undo each other" not in once.refused.values(), "fixes that never end"
    _with_contents(doc)
    if len(data) % 4 == 0:  # it takes as long as all the rest
        _laid_out(source)


def _with_contents(doc: Document) -> None:
    """Refresh the table of contents, and again."""
    after, objection = with_fresh_toc(doc, TocOptions())
    if objection is None:
        assert plan(after, TocOptions()).edit is None, "a second table differs"


def _laid_out(source: Source) -> None:
    """Lay it out, and again."""
    try:
        once = lay_out(source, Layout())
    except PageChanged:
        return
    assert lay_out(once, Layout()) == once, "a second layout differs"


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """*data* with a piece of Markdown put in, a piece of its own moved, or other bytes."""
    chance = random.Random(seed)
    how = chance.randrange(3)
    if how == 0:
        changed: bytes = atheris.Mutate(data, most)
        return changed
    at = chance.randint(0, len(data))
    start = chance.randint(0, len(data))
    moved = data[start : start + chance.randint(1, 20)]
    word = chance.choice(WORDS) if how == 1 else moved
    return (data[:at] + word + data[at + chance.choice([0, 0, 0, len(word)]) :])[:most]


if __name__ == "__main__":
    atheris.Setup(sys.argv, one, custom_mutator=mutated)
    atheris.Fuzz()
