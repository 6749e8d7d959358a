"""Notes that a site generator turns into pages: what only it can resolve is not judged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.judging_across import judged

Write = Callable[..., Path]

ANCHORS = {
    "a term": "[dir](#cachedir)\n\n`cacheDir`\n: Where it is.\n",
    "a term over a blank line": "[dir](#cache-dir)\r\n\r\nCache dir\r\n\r\n: Where it is.\r\n",
    "what Hugo includes": '[more](#more)\n\n{{% include "more.md" %}}\n',
    "what mdBook includes": "[more](#more)\n\n{{#include more.md}}\n",
    "what VitePress includes": "[more](#more)\n\n<!-- @include: ./more.md -->\n",
    "what Docusaurus imports": "import More from './_more.md'\n\n[more](#more)\n\n<More />\n",
}


@pytest.mark.parametrize("text", ANCHORS.values(), ids=ANCHORS)
def test_anchors_that_a_generator_makes(tmp_path: Path, write: Write, text: str) -> None:
    write("note.md", text)
    assert len(judged("broken-anchor", tmp_path)) == 1, "without a site"
    write("hugo.toml", "")
    assert judged("broken-anchor", tmp_path) == []


def test_other_anchors_are_judged_in_a_site_too(tmp_path: Path, write: Write) -> None:
    write("hugo.toml", "")
    write("note.md", "[dir](#cachedirs)\n\n`cacheDir`\n: Where it is.\n\n{{< figure >}}\n")
    assert [each.covers for each in judged("broken-anchor", tmp_path)] == ["#cachedirs"]


def test_a_site_in_a_folder_has_its_own_root(tmp_path: Path, write: Write) -> None:
    note = "[other](/blog/other), ![](/img/a.png), [gone](gone.md)\n"
    write("apps/web/docusaurus.config.js", "")
    write("apps/web/blog/one.md", note)
    write("note.md", note)
    inside = judged("missing-file", tmp_path, "apps/web/blog/one.md")
    assert [each.covers for each in inside] == ["gone.md"]
    assert len(judged("missing-file", tmp_path)) == 3


def test_a_word_in_angle_brackets_is_to_be_filled_in(tmp_path: Path, write: Write) -> None:
    write("note.md", "[me](<your-name>) [text](<the url>) [gone](<gone.md>) [b](<a b.md>)\n")
    assert [each.covers for each in judged("missing-file", tmp_path)] == ["gone.md", "a b.md"]


def test_an_expression_is_no_path(tmp_path: Path, write: Write) -> None:
    write("note.md", "<div>\n<img src={require('@site/a.png').default} />\n</div>\n")
    assert judged("missing-file", tmp_path) == []
