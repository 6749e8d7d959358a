"""What a rule says of a text, and what its fixes make of it, through public functions."""

from __future__ import annotations

from typing import Any

from notelint import rules
from notelint.engine.fix import fix_document
from notelint.engine.linter import Active, Raised, in_document
from notelint.markdown.document import Document


def raised(name: str, doc: Document, **options: Any) -> list[Raised]:
    """What the rule *name* finds in *doc*, in order of the text."""
    rule = rules.get(name)
    found = in_document(doc, [Active(rule, rule.options(**options))])
    return sorted(found, key=lambda each: each.finding.span)


def covered(name: str, text: str, **options: Any) -> list[str]:
    """The pieces of *text* that the findings of the rule *name* cover."""
    doc = Document.of(text)
    return [doc.slice(each.finding.span) for each in raised(name, doc, **options)]


def messages(name: str, text: str, **options: Any) -> list[str]:
    """The messages of the rule *name* on *text*."""
    return [each.finding.message for each in raised(name, Document.of(text), **options)]


def fixed(name: str, text: str, *, unsafe: bool = True) -> str:
    """*text* after all fixes of the rule *name*; none of them may be refused."""
    done = fix_document(Document.of(text), lambda doc: raised(name, doc), unsafe=unsafe)
    assert not done.refused, done.refused
    return done.doc.source.text
