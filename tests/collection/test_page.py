"""The page: no text of a note is markup, and its size is bounded."""

from __future__ import annotations

import html.parser
import json
import os
import re
from urllib.parse import quote

import pytest

from conftest import Run, Write
from notelint.collection import html_page
from notelint.collection.collection import Collection, Note, Problem
from notelint.collection.labels import LANGUAGES
from notelint.collection.treemap import HEIGHT, WIDTH, Rect, squarify, tiles

SCRIPT = "<script>alert(1)</script>"
BREAKS_OUT = "</script><img src=x onerror=alert(2)>\"'`&lt;"


class Tags(html.parser.HTMLParser):
    """The tags and attributes of a page, as its parser sees them, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(write: Write) -> None:
    """Notes whose names, headings and link texts are markup."""
    name = "a" if os.name == "nt" else "<img src=x onerror=alert(3)>\"'&"
    write(f"{name}.md", f"# {SCRIPT} `{BREAKS_OUT}`\n\n[{BREAKS_OUT}](<gone{SCRIPT}.md>)\n")
    write("b.md", f"# `{BREAKS_OUT}`\n\n- [`{SCRIPT}`](https://x.org/)\n- [a](<{name}.md>)\n")
    write("c.md", f"# C\n\n- [`{SCRIPT}`](https://x.org/)\n\n## \n\n{SCRIPT} [x]()\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_of_notes_is_text(notelint: Run, write: Write, language: str) -> None:
    hostile(write)
    page = Tags(notelint("report", "--language", language).out)
    assert page.tags.count("script") == 2
    assert "img" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert not [name for name, _ in page.attributes if name == "src"]
    assert BREAKS_OUT in page.text
    assert SCRIPT in page.text


def test_what_steers_the_display_is_shown(notelint: Run, write: Write) -> None:
    write("a.md", "# A\u202eB\x07\n")
    page = notelint("report").out
    assert "\u202e" not in page
    assert "\x07" not in page
    assert "A\\u202eB\\x07" in page


def test_other_formats_escape_too(notelint: Run, write: Write) -> None:
    hostile(write)
    for form in ("mermaid", "dot", "markdown"):
        text = notelint("report", "--output-format", form).out
        if form != "dot":  # where text is between quotes
            assert "<img" not in text
            assert "<script" not in text
    assert (
        re.search(
            r"^  n\d+ \[label=\".*\\\".*\"\];$",
            notelint("report", "--output-format", "dot").out,
            re.M,
        )
        or os.name == "nt"
    )


def test_the_policy_forbids_every_request(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n\n[x](https://example.org) ![p](https://example.org/p.png)\n")
    page = notelint("report").out
    assert "default-src 'none'" in page
    assert "unsafe" not in page.split("<style>")[0]
    assert not re.search(r"<(?:link|iframe|object|embed|base|form|img)\b", page)
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp|innerHTML|eval\(", page)


def made(
    notes: int,
    *,
    problems: int = 0,
    rules: int = 7,
    path: str = "notes/{0:02}/a-note-with-a-name-{1}.md",
    title: str = "The title of note {0}",
    links: tuple[int, ...] = (1, 7, 50, 99, 100),
) -> Collection:
    """A collection of many *notes* in 40 folders, each with five links."""
    site = "https://github.com/owner/repository/blob/main/"
    found = [
        Note(
            path=path.format(n % 40, n),
            title=title.format(n), words=100 + n % 900, links=9, images=1,
            errors=n % 3 == 0, warnings=0,
            links_in=tuple(sorted((n + step) % notes for step in links)),
            links_out=tuple(sorted((n - step) % notes for step in links)),
            changed="2026-01-02", unreachable=n % 50 == 0,
            address=site + quote(path.format(n % 40, n)),
        )
        for n in range(notes)
    ]  # fmt: skip
    told = [
        Problem(found[n % notes].path, n + 1, 1, f"rule-{n % rules}", "error", "a message " * 6,
                str(n), "x" * 160, 50, 60, found[n % notes].address + "?plain=1#L1")
        for n in range(problems)
    ]  # fmt: skip
    return Collection(
        "made", "0" * 40, "2026-01-02", tuple(found), tuple(told), (), (), (), indexed=True
    )


@pytest.mark.parametrize(("notes", "limit"), [(654, 400_000), (10_000, 3_000_000)])
def test_the_size_is_bounded(notes: int, limit: int) -> None:
    page = html_page.render(made(notes, problems=notes // 2))
    assert len(page.encode()) <= limit
    assert page.count("<small>The title of") == notes
    data = json.loads(page.split("id=data>")[1].split("</script>")[0])
    assert len(data["out"]) == notes
    assert sum(map(len, data["out"])) == 5 * notes


def rows(page: str) -> int:
    """The number of notes in the table of notes."""
    table = page.split("<table id=notes-table>")[1].split("</table>")[0]
    return table.count("<tr") - 1


LONG = (
    "深度学习与大语言模型/检索增强生成的笔记{0:02}/第{1}篇：预训练、微调、推理加速与多模态对齐.md"
)


@pytest.mark.parametrize(("notes", "limit"), [(654, 400_000), (10_000, 3_000_000)])
def test_the_size_is_bounded_with_long_names(notes: int, limit: int) -> None:
    found = made(notes, problems=2 * notes, path=LONG, title="注意力机制的结构与优化（{0}）" * 3)
    page = html_page.render(found)
    assert len(page.encode()) <= limit
    assert rows(page) == notes
    assert page.count("<details") > 7  # problems of each rule
    assert '"out":[' in page


def test_without_room_a_note_cannot_be_chosen() -> None:
    page = html_page.render(made(654, links=tuple(range(1, 400))))
    assert len(page.encode()) <= 400_000
    assert "id=choose" not in page
    assert '"out"' not in page
    assert rows(page) == 654


@pytest.mark.parametrize("length", [330, 350, 370])
def test_a_note_can_be_chosen_where_each_has_a_row(length: int) -> None:
    path = "{0}/" + "x" * length + "{1}.md"
    page = html_page.render(made(300, problems=60, rules=60, path=path))
    assert rows(page) == 300 or '"out"' not in page


def test_notes_without_room_are_counted() -> None:
    page = html_page.render(made(1000, path="{0}/" + "很长的名字" * 60 + "{1}.md"))
    assert len(page.encode()) <= 500_000
    kept = rows(page)
    assert 300 < kept < 1000
    assert f"{1000 - kept} more" in page.split("<section id=notes>")[1].split("</section>")[0]


def test_addresses_are_in_letters() -> None:
    page = html_page.render(made(2, path="{0}/笔记 %41#\u202e\u200b{1}.md"))
    assert 'blob/main/0/笔记%20%2541%23%E2%80%AE%E2%80%8B0.md"' in page


def test_a_title_that_repeats_the_name_is_left_out() -> None:
    for title in ("A note: {0}", ""):
        page = html_page.render(made(1, path="{0}/a_note-{1}.md", title=title))
        assert "<small>" not in page
    assert "<small>" in html_page.render(made(1, path="{0}/a_note-{1}.md", title="B note {0}"))


def test_problems_without_room_are_counted() -> None:
    page = html_page.render(made(20, problems=5000))
    listed = page.split("id=problems>")[1].split("</section>")[0]
    shown = len(re.findall("<li>", listed))
    more = sum(map(int, re.findall(r"(\d+) more: notelint check --select rule-\d", listed)))
    assert shown > 200
    assert len(listed.encode()) < 150_000
    assert shown + more == 5000


def test_the_treemap_is_in_proportion() -> None:
    sizes = [60.0, 30, 20, 10, 5, 5, 1]
    rects = squarify(sizes, Rect(0, 0, 400, 200))
    for size, each in zip(sizes, rects, strict=True):
        assert each.width * each.height == pytest.approx(80_000 * size / sum(sizes))
        assert 0 <= each.x <= each.x + each.width <= 400.001
        assert 0 <= each.y <= each.y + each.height <= 200.001
    for index, one in enumerate(rects):
        for other in rects[index + 1 :]:
            wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert wide < 0.001 or high < 0.001


def test_the_treemap_has_every_note_once() -> None:
    collection = made(3000)
    leaves = [each for each in tiles(collection, 400) if each.kind != "folder"]
    assert sum(each.notes for each in leaves) == 3000
    assert sum(each.words for each in leaves) == sum(each.words for each in collection.notes)
    assert sum(each.problems for each in leaves) == 1000
    assert len(leaves) < 600
    for each in tiles(collection, 400):
        assert -0.001 <= each.rect.x <= each.rect.x + each.rect.width <= WIDTH + 0.001
        assert -0.001 <= each.rect.y <= each.rect.y + each.rect.height <= HEIGHT + 0.001


def test_a_tile_has_its_name_as_seen_from_the_one_around_it() -> None:
    named = {each.name for each in tiles(made(80, path="a/b/{0:02}/c/note {1}.x.md"), 400)}
    assert {"a/b/00/c", "note 0.x"} <= named
    named = {each.name for each in tiles(made(80, path="{0:02}/c/note {1}.md"), 400)}
    assert {"00/c", "note 0"} <= named


def test_nothing_to_show(notelint: Run) -> None:
    ran = notelint("report")
    assert "nothing to check" in ran.err
    assert "<main>" in ran.out


def test_a_deep_tree(notelint: Run, write: Write) -> None:
    write("/".join(["d"] * 60) + "/a.md", "# A\n")
    write("/".join(["d"] * 50) + "/b.md", "# B\n")
    assert "a.md" in notelint("report").out
