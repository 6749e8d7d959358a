"""Which lines put text into the page of a note that is not in the note."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document
from notelint.workspace.includes import includes

YES = [
    "{{generator:team_members_list}}", "{% include x.md %}", "  {{ content }}  ", "{{> body}}",
    "{{#include more.md}}", '{{% include "more.md" %}}', "{{{ body }}}", "{!docs/x.md!}",
    '--8<-- "x.md"', "<!-- @include: ./more.md -->", "import M from './_more.md'\n\n<M/>",
    '{% include x.html id="{{ page.id }}" %}', "{%- include x -%}", "{{< include\n  file=x >}}",
    "<%= yield %>", "${body}", "[!INCLUDE [x](x.md)]", "::: my.module", "```{include} x.md\n```",
    "## Team {{ x }}", "{{a}} {{b}}", "text\n{{a}}", "<div>\n{{ posts }}\n</div>",
    "{% for x in y %}", "    {{a}}\n\n{{b}}", "a\r\n\r\n{{b}}\r\n",
    "text\n    <!-- include: never closed",
]  # fmt: skip
NO = [
    "{{a}} text", "text {{a}}", "`{{a}}`", "```\n{{a}}\n```", "    {{a}}", "<!--\n{{a}}\n-->",
    "{% raw %}", "{% endraw %}", '{% hint style="info" %}', "{{< figure src=x >}}", "{{< /tab >}}",
    "{{TOC}}", "- {{a}}", "| {{a}} |", "---\nx: y\n{{a}}: b\n---", "{{{{{{{{", "{{", "{a}",
    "{: .x}", "{# c #}", "## Using `{{ }}`", "include this", "::: tip", "important", "$x{a}$",
    "a {% b %}", "```\n--8<-- 'x'\n```", "```\n<!-- @include: x -->\n```",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_a_line_that_does(text: str) -> None:
    assert includes(Document.of(text + "\n"))


@pytest.mark.parametrize("text", NO)
def test_a_line_that_does_not(text: str) -> None:
    assert not includes(Document.of(text + "\n"))
