"""The gate: a fix that does anything but what its rule declares is refused, and nothing is written.

Wrong fixes are planted into every rule that fixes; see `rules/effects.py` for what each declares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import notelint.rules as rules
from notelint.commands.command_settings import FixSettings
from notelint.commands.fix_notes import FixRun
from notelint.diagnostics import Finding, RunReport
from notelint.engine.gate import attempt
from notelint.engine.linter import Active, RuleSet, in_document
from notelint.engine.note_path import note_at
from notelint.engine.run import Run
from notelint.engine.session import sessions
from notelint.markdown.document import Document
from notelint.markdown.outline import Outline, outline
from notelint.rules.base import Rule
from notelint.text.edits import Edit, Fix
from notelint.text.source import Span
from rules.harness import ForAll

FIXING = [rule for rule in map(rules.get, sorted(rules.CATALOG)) if rule.effect]
TEXT = r"""# Title

Some words with a [link](page.md#here "tip"), an image ![alt](a\b.png) and `code`.

- https://example.org/a
- [again](https://example.org/a/)
  - nested entry
- last entry [ref][r]

> A quote with ![](x) in it.
> 2 lines\
> of it

```python
print("code")
```

<details id="more"><summary>more</summary>

inner **text**

</details>

<img src="">

## Second heading

| a | b |
|---|---|
| 1 | 2 |

[r]: https://example.org/r "title"
[unused]: https://example.org/u
"""
WRONG = {
    "a line less": ("Some words with a [link](page.md#here \"tip\"), an image", ""),
    "a word less": ("words ", ""),
    "a word more": ("inner", "inner inner"),
    "another letter": ("words", "wurds"),
    "another number": ("2 lines", "3 lines"),
    "a heading less": ("## Second heading\n", ""),
    "a heading more": ("inner **text**\n", "inner **text**\n===\n"),
    "a heading of another level": ("## Second", "# Second"),
    "a heading of another text": ("Second heading", "Second  headings"),
    "a link elsewhere": ("page.md#here", "page.md#there"),
    "a link less": ('[link](page.md#here "tip")', "link"),
    "a link and its text less": ('[link](page.md#here "tip")', ""),
    "a title less": (' "tip"', ""),
    "another image": (r"![alt](a\b.png)", "![alt](c.png)"),
    "an image less": (r"![alt](a\b.png)", ""),
    "an entry under another parent": ("  - nested entry", "- nested entry"),
    "an entry below its sibling": ("- last entry", "  - last entry"),
    "an entry less": ("- last entry [ref][r]\n", ""),
    "a nested entry less": ("  - nested entry\n", ""),
    "a used definition less": ('[r]: https://example.org/r "title"\n', ""),
    "a definition elsewhere": ("https://example.org/r", "https://example.org/q"),
    "other code": ('print("code")', 'print("cod")'),
    "other code in a line": ("`code`", "`cod`"),
    "code as text": ("`code`", "code"),
    "a fence less": ("```python\n", ""),
    "another language": ("```python\n", "```ruby\n"),
    "a tag less": ("</details>\n", ""),
    "an id less": (' id="more"', ""),
    "a quote less": ("> A quote", "A quote"),
    "a row less": ("| 1 | 2 |\n", ""),
    "a line break less": ("lines\\\n", "lines\n"),
    "emphasis less": ("**text**", "text"),
}  # fmt: skip
# These make headings or nested lists, emphasis of what was part of an address, or lead a link
# elsewhere on a page: only people can tell. For a link that moved, the answer tells:
# `tests/commands/links/test_moved.py`.
MAY = {
    "a link elsewhere": {"broken-anchor"},
    "another image": {"missing-file"},
    "an entry below its sibling": {"flat-list"},
    "a definition elsewhere": {"moved-link"},
    "a heading more": {"heading-space", "invisible-character"},
    "a line break less": {"heading-space", "invisible-character", "unrendered-link", "glued-url"},
    "emphasis less": {"unrendered-link", "glued-url"},
}


def planted(rule: Rule, old: str, new: str) -> Rule:
    """*rule*, which wants *old* to become *new*."""

    def check(doc: Document, options: Any) -> Iterator[Finding]:
        start = doc.source.text.find(old)
        if start >= 0:
            span = Span(start, start + len(old))
            yield Finding(span, "planted", Fix("do it", (Edit(span, new),)))

    # the catalog says that a rule of this name looks at one document
    return rule._replace(name="heading-skip", scope=rules.DOCUMENT, check=check)


def fixed(folder: Path, rule: Rule) -> RunReport:
    on = RuleSet([rule.name], lambda name: Active(rule, rule.options()))
    run = Run(sessions([note_at("a.md", str(folder))]), ForAll(on))
    return FixRun(run, FixSettings(unsafe=True)).fix()


@pytest.mark.parametrize("rule", FIXING, ids=lambda rule: rule.name)
def test_a_wrong_fix_is_refused_and_told(rule: Rule, tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    for what, (old, new) in WRONG.items():
        if rule.name in MAY.get(what, ()):
            continue
        assert TEXT.count(old), what
        note.write_bytes(TEXT.encode())
        report = fixed(tmp_path, planted(rule, old, new))
        assert note.read_bytes() == TEXT.encode(), what
        assert report.changed == [], what
        (finding,) = report.diagnostics
        assert "not fixed: it would" in finding.message, what


RIGHT = {
    "backslash-path": (r"a\b.png", "a/b.png"),
    "empty-image": ('<img src="">\n\n', ""),
    "unused-definition": ("[unused]: https://example.org/u\n", ""),
    "duplicate-link": ("- https://example.org/a\n", ""),
    "list-indent": ("\n  - nested", "\n   - nested"),
    "anchor-case": ("page.md#here", "page.md#Here"),
    "heading-space": ("inner **text**\n", "## inner **text**\n"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_fix_is_applied(name: str, tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_bytes(TEXT.encode())
    old, new = RIGHT[name]
    fixed(tmp_path, planted(rules.get(name), old, new))
    assert note.read_bytes().decode() == TEXT.replace(old, new)


def page(doc: Document) -> Outline:
    """What *doc* says, whatever its blanks."""
    return outline(doc)._replace(texts=())


def words(doc: Document) -> str:
    """All letters that the note shows, or that its links lead to."""
    found = outline(doc)
    return "".join(filter(str.isalpha, "".join((found.words, *found.code, *found.links))))


SHOWS_MARKS = {"unrendered-link", "literal-emphasis"}  # brackets and markers as text, before

Shift = Callable[[Span], Span]
SHIFTS: list[Shift] = [
    lambda span: Span(span.start + 1, span.end + 1),
    lambda span: Span(span.start - 1, span.end - 1),
    lambda span: Span(span.start - 1, span.end),
    lambda span: Span(span.start, span.end + 1),
]


@pytest.mark.parametrize(
    "rule", [r for r in FIXING if r.scope == rules.DOCUMENT], ids=lambda rule: rule.name
)
def test_a_fix_that_is_off_by_one_is_refused_or_does_no_harm(rule: Rule) -> None:
    tried = 0
    for example in rule.examples:
        doc = Document.of("Before.\n\n" + example.text + "\nAfter.\n")
        for found in in_document(doc, [Active(rule, rule.options())]):
            fix = found.finding.fix
            if fix is None or rule.effect is None:
                continue
            right, objection = attempt(doc, rule.effect, [fix])
            assert objection is None
            for shift in SHIFTS:
                edits = tuple(Edit(shift(edit.span), edit.text) for edit in fix.edits)
                wrong, objection = attempt(doc, rule.effect, [Fix(fix.message, edits, fix.safe)])
                tried += 1
                if objection is None and page(wrong) not in (page(right), page(doc)):
                    assert rule.name in SHOWS_MARKS or not fix.safe, wrong.source.text
                    # marks and line breaks may go, but not a letter
                    assert not Counter(words(doc)) - Counter(words(wrong)), wrong.source.text
    assert tried or rule.name in ("toc-stale", "duplicate-link")
