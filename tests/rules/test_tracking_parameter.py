"""Parameters that only tell a site where its reader came from."""

from __future__ import annotations

import pytest

from rules.judging import covered, fixed

URL = "https://example.org/a"

SILENT = {
    "other parameters": f"[a]({URL}?id=7&page=2)\n",
    "a name within another": f"[a]({URL}?q=utm_source&my_utm_source=1)\n",
    "in the fragment": f"[a]({URL}#?utm_source=a)\n",
    "a local file": "[a](b.md?utm_source=a)\n",
    "in code": f"`{URL}?utm_source=a`\n\n    {URL}?utm_source=a\n",
    "in a comment": f"<!-- {URL}?utm_source=a -->\n",
    "text that is no link": "add utm_source=a to it\n",
    "an address in an address": f"[a](https://web.archive.org/web/2020/{URL}?utm_source=a)\n",
}

FIXED = {
    f"[a]({URL}?utm_source=b)\n": f"[a]({URL})\n",
    f"[a]({URL}?utm_source=b&id=7&fbclid=c#d)\n": f"[a]({URL}?id=7#d)\n",
    f"<{URL}?gclid=b>\n": f"<{URL}>\n",
    f"see {URL}?utm_medium=b, c\n": f"see {URL}, c\n",
    f'<a href="{URL}?id=7&amp;utm_source=b">a</a>\n': f'<a href="{URL}?id=7">a</a>\n',
    f"[a][b] [b]\n\n[b]: {URL}?utm_source=c 'title'\n": f"[a][b] [b]\n\n[b]: {URL} 'title'\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert covered("tracking-parameter", text) == []


@pytest.mark.parametrize(("text", "after"), FIXED.items())
def test_removed_and_nothing_else(text: str, after: str) -> None:
    assert fixed("tracking-parameter", text, unsafe=False) == after
    assert covered("tracking-parameter", after) == []


def test_the_parameters_are_covered() -> None:
    text = f"[a]({URL}?id=7&utm_source=b&utm_medium=c#d)\n"
    assert covered("tracking-parameter", text) == ["utm_source=b&utm_medium=c"]
