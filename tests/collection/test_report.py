"""``notelint report``: its numbers are those of ``check``, and of a count that is not ours."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import notelint as package
from conftest import Git, Run, Write
from notelint.cache.folder import cache_folder
from notelint.online.answer_cache import AnswerCache, cache_key
from notelint.online.results import Answer

SCHEMA = json.loads(
    (Path(package.__file__).parent / "collection" / "collection.schema.json").read_text("utf-8")
)


def data(notelint: Run, *arguments: str) -> dict[str, Any]:
    """The report as data, which the schema describes."""
    ran = notelint("report", "--output-format", "json", *arguments)
    assert (ran.status, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    jsonschema.validate(found, SCHEMA)
    return found


def collection(write: Write) -> None:
    """A small collection: an index, a chain, an island, a note that nothing leads to."""
    write("README.md", "# Index\n\n- [A](a.md)\n- [B](deep/b.md)\n- [top](#index)\n")
    write("a.md", "# A\n\nTo [b](deep/b.md#b) and <https://example.org/x>.\n\n![p](p.png)\n")
    write("deep/b.md", "# B 笔记\n\n[gone](gone.md), [here](https://www.example.org/y).\n")
    write("one.md", "# One\n\n[two](two.md)\n")
    write("two.md", "# Two\n\n[one](one.md)\n\n## \n")
    write("lost.md", "# Lost\n\nAlone.\n")
    (write("p.png", "").parent / "q.png").write_bytes(b"x" * 3000)


def test_the_numbers_are_those_of_check(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    collection(write)
    found = data(notelint)
    checked = json.loads(notelint("check", "--output-format", "json").out)
    assert found["summary"]["notes"] == checked["summary"]["files"] == 6
    assert found["summary"]["problems"] == checked["summary"]["findings"] > 0
    assert found["summary"]["errors"] == checked["summary"]["errors"]
    assert found["summary"]["warnings"] == checked["summary"]["warnings"]
    keys = ("path", "line", "column", "rule", "severity", "message")
    for ours, its in zip(found["problems"], checked["findings"], strict=True):
        assert {key: ours[key] for key in keys} == {key: its[key] for key in keys}
    by_note = Counter(each["path"] for each in checked["findings"])
    for each in found["notes"]:
        assert each["errors"] + each["warnings"] == by_note[each["path"]]


def test_many_findings_that_check_tells_as_one_are_one(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n\n" + "".join(f"[{n}](gone/{n}.md)\n" for n in range(20)))
    checked = json.loads(notelint("check", "--output-format", "json").out)
    assert len(checked["findings"]) == data(notelint)["summary"]["problems"] == 1


def test_links_are_those_that_stand_in_the_notes(
    notelint: Run, write: Write, tmp_path: Path, git: Git
) -> None:
    git("init")
    collection(write)
    found = data(notelint)
    # counted by another way: what stands between `](` and `)`, resolved by the file system
    files = {
        each.resolve(): each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*.md")
    }
    pairs = set()
    for file, name in files.items():
        for target in re.findall(r"(?<!!)\[\w+\]\(([^)#]+\.md)", file.read_text("utf-8")):
            if (end := files.get((file.parent / target).resolve())) and end != name:
                pairs.add((name, end))
    assert pairs == {(each["path"], end) for each in found["notes"] for end in each["links_out"]}
    assert pairs == {(start, each["path"]) for each in found["notes"] for start in each["links_in"]}
    text = "".join(file.read_text("utf-8") for file in files)
    assert found["summary"]["links"] == len(re.findall(r"(?<!!)\[\w+\]\(|<https:", text))
    assert found["summary"]["pictures"] == text.count("![")
    words = sum(
        len(re.findall(r"[笔记]", each)) or bool(re.search(r"\w", each)) for each in text.split()
    )
    assert found["summary"]["words"] == words
    assert found["hosts"] == [{"host": "example.org", "links": 2, "addresses": 2, "states": {}}]


def test_the_shape_of_the_collection(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    collection(write)
    found = data(notelint)
    assert found["hubs"][0] == "README.md"
    assert found["unreachable"] == ["lost.md", "one.md", "two.md"]
    assert found["dead_ends"] == ["deep/b.md"]
    assert found["alone"] == ["lost.md"]
    assert found["islands"] == [["one.md", "two.md"]]
    assert [(each["path"], each["unused"]) for each in found["pictures"]] == [
        ("q.png", True),
        ("p.png", False),
    ]


def test_the_shape_of_any_collection(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    chance = random.Random(4)
    names = [f"{'abc'[n % 3]}/n{n}.md" for n in range(30)]
    ends = {
        name: {*chance.sample(names, chance.choice((0, 0, 0, 1, 2)))} - {name} for name in names
    }
    ends["README.md"] = {*names[:5]}
    for name, its in ends.items():
        folder = os.path.dirname(name) or "."
        lines = [f"- [x]({os.path.relpath(end, folder)})\n" for end in sorted(its)]
        write(name, f"# {name}\n\n{''.join(lines)}")
    found = data(notelint)

    def near(links: dict[str, set[str]], start: str) -> set[str]:
        seen, size = {start}, 0
        while size != len(seen):
            size, seen = len(seen), seen.union(*(links[each] for each in seen))
        return seen

    back = {name: {each for each in ends if name in ends[each]} for name in ends}
    both = {name: ends[name] | back[name] for name in ends}
    groups = {tuple(sorted(near(both, name))) for name in ends if both[name]}
    largest = max(map(len, groups))
    assert found["unreachable"] == sorted({*names} - near(ends, "README.md")) != []
    assert found["dead_ends"] == sorted(name for name in ends if back[name] and not ends[name])
    assert found["alone"] == sorted(name for name in ends if not both[name]) != []
    assert {tuple(each) for each in found["islands"]} == {
        each for each in groups if len(each) < largest
    }
    assert {each["path"]: {*each["links_in"]} for each in found["notes"]} == back


def test_without_an_index_nothing_is_unreachable(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n")
    assert data(notelint)["summary"]["unreachable"] is None
    page = notelint("report").out
    assert "<h3>Unreachable notes</h3>" in page
    assert "only-unreachable>" not in page


def test_a_page_listed_in_two_notes(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n\n- [X](https://example.org/x/)\n")
    write("b.md", "# B\n\n- [X](http://www.example.org/x?utm_source=b)\n- [Y](https://y.org)\n")
    (found,) = data(notelint)["duplicates"]
    assert found["places"] == [{"path": "a.md", "line": 3}, {"path": "b.md", "line": 3}]


def test_a_note_is_no_page_listed_in_two_notes(notelint: Run, write: Write) -> None:
    for name in "ab":
        write(f"{name}.md", "# A\n\n- [C](c.md)\n- [D](d.md#d)\n- [P](p.pdf)\n- [P](p.pdf#q)\n")
        write(f"{'cd'['ab'.index(name)]}.md", "# D\n")
    write("p.pdf", "")
    assert [each["page"] for each in data(notelint)["duplicates"]] == ["p.pdf", "p.pdf#q"]


def test_where_the_problems_are(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n\n[x]()\n")
    write("b.md", "# B\n\n[x]() [y]() [gone](gone.md)\n")
    write("c.md", "# C\n")
    page = notelint("report").out
    assert "2 of 3 notes have problems, most of all: <span>b.md</span> (3), <span>a.md" in page
    assert "<a href=#problems>empty-link</a> (3)" in page
    page = notelint("report", "--language", "zh-CN").out
    assert "3 篇笔记中有 2 篇存在问题" in page
    assert "No problems." in notelint("report", "c.md").out


def test_states_are_those_that_links_has_cached(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    urls = {
        "https://a.notes.dev/alive": Answer(200),
        "https://a.notes.dev/dead": Answer(404, "GET"),
        "https://a.notes.dev/old": Answer(301, location="https://a.notes.dev/new"),
        "https://a.notes.dev/new": Answer(200),
        "https://a.notes.dev/cut": Answer(301, location="https://b.notes.dev/unknown"),
    }
    write("a.md", "# A\n\n" + "".join(f"<{url}>\n" for url in urls))
    before = data(notelint)["hosts"]
    assert before == [{"host": "a.notes.dev", "links": 5, "addresses": 5, "states": {}}]
    folder = cache_folder()
    assert folder
    with closing(
        AnswerCache(Path(folder.file("links", "sqlite", str(tmp_path))), folder.content_key)
    ) as cache:
        for url, answer in urls.items():
            cache.put(cache_key(url, {}, False, False), answer)
    (host,) = data(notelint)["hosts"]
    assert host["states"] == {"alive": 2, "dead": 1, "moved": 1}
    assert "alive 2, dead 1, moved 1" in notelint("report").out
    assert data(notelint, "--no-cache")["hosts"] == before


def test_days_are_those_of_git(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    for name, day in (("old", "2020-02-03"), ("new", "2024-05-06")):
        write(f"{name}.md", f"# {name}\n")
        git("add", ".")
        git("commit", "-q", "-m", name, "--date", f"{day}T12:00:00+0000")
    write("young.md", "# Young\n")
    shown = {each["path"]: each["changed"] for each in data(notelint)["notes"]}
    days = {
        name: git("log", "-1", "--format=%cs", "--", name).strip() for name in ("old.md", "new.md")
    }
    assert shown == {**days, "young.md": None}


def test_no_day_from_a_history_that_was_cut(
    notelint: Run, write: Write, git: Git, tmp_path: Path
) -> None:
    git("init")
    write("a.md", "# A\n")
    git("add", ".")
    git("commit", "-q", "-m", "a")
    (tmp_path / ".git" / "shallow").write_text(git("rev-parse", "HEAD"))
    assert data(notelint)["notes"][0]["changed"] is None


def test_twice_the_same_bytes(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    collection(write)
    for form in ("html", "json", "markdown", "mermaid", "dot", "badge"):
        first = notelint("report", "--output-format", form, "--no-cache", "--jobs", "1")
        assert first.out
        assert notelint("report", "--output-format", form) == first
        assert notelint("report", "--output-format", form) == first


def test_the_same_bytes_from_another_folder_and_process(write: Write, tmp_path: Path) -> None:
    collection(lambda path, text: write(f"one/notes/{path}", text))
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    outs = [
        subprocess.run(
            [sys.executable, "-m", "notelint", "report", "--no-cache", "--output-format", form],
            cwd=tmp_path / folder / "notes",
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for form in ("html", "json")
        for folder, seed in (("one", "1"), ("two", "2"))
    ]
    assert outs[0] == outs[1] != b""
    assert outs[2] == outs[3] != b""


def test_the_exit_status(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n\n[gone](gone.md)\n")
    assert notelint("report").status == 0
    assert notelint("report", "--fail-on", "error").status == 1
    assert notelint("report", "nowhere.md").status == 2
    badge = json.loads(notelint("report", "--output-format", "badge").out)
    assert (badge["message"], badge["color"]) == ("1 problem", "red")


@pytest.mark.skipif(os.name == "nt", reason="makes symbolic links")
def test_no_link_of_the_tree_is_followed(
    notelint: Run, write: Write, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write("a.md", "# A\n")
    victim = tmp_path_factory.mktemp("home") / "victim"
    victim.write_text("kept")
    (tmp_path / "page.html").symlink_to(victim)
    for option in ("--output-file", "--history"):
        ran = notelint("report", option, "page.html")
        assert ran.status == 2
        assert "symbolic link" in ran.err
    assert victim.read_text() == "kept"


def test_what_check_calls_unreachable_is(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    write("README.md", "# Notes\n\n" + "".join(f"- [{n}](n{n}.md)\n" for n in range(9)))
    write(".notelint.yaml", "extend-select: [unreachable-note]\n")
    for n in range(10):
        write(f"n{n}.md", f"# N{n}\n\nText.\n")
    found = data(notelint)
    told = [each["path"] for each in found["problems"] if each["rule"] == "unreachable-note"]
    assert told == found["unreachable"] == ["n9.md"]


def test_notes_that_cannot_be_read_as_text(notelint: Run, write: Write) -> None:
    write("a.md", b"# A \xff\n")
    write("b.md", "")
    found = data(notelint)
    assert [each["rule"] for each in found["problems"]] == ["not-utf8"]
    assert "not-utf8" in notelint("report").out


def test_a_part_of_a_repository_from_another_folder(
    notelint: Run, write: Write, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init")
    collection(write)
    (tmp_path / "deep" / "here").mkdir()
    monkeypatch.chdir(tmp_path / "deep" / "here")
    found = data(notelint, "..", "../../a.md")
    assert [each["path"] for each in found["notes"]] == ["../../a.md", "../b.md"]
    assert found["notes"][0]["links_out"] == ["../b.md"]
    assert {each["path"] for each in found["problems"]} == {"../../a.md", "../b.md"}


def test_dot_reads_no_character_reference(notelint: Run, write: Write) -> None:
    write("a&amp;b.md", "# A\n")
    assert '[label="a&amp;amp;b.md"]' in notelint("report", "--output-format", "dot").out


def test_the_graph_of_a_note_and_of_a_folder(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    collection(write)
    drawn = notelint("report", "--output-format", "dot", "--around", "deep").out
    assert re.findall(r'label="([^"]+)"', drawn) == ["deep/b.md"]
    drawn = notelint("report", "--output-format", "mermaid", "--around", "./a.md").out
    assert re.findall(r'\["([^"]+)"\]', drawn) == ["README.md", "a.md", "deep/b.md"]
    assert len(re.findall("-->", drawn)) == 3
    for form in ("html", "dot"):
        ran = notelint("report", "--output-format", form, "--around", "nowhere.md")
        assert (ran.status, ran.out) == (2, "")
        assert "nowhere.md" in ran.err


def test_lines_lead_to_the_forge(notelint: Run, write: Write, git: Git) -> None:
    git("init", "-b", "main")
    git("remote", "add", "origin", "https://github.com/Me/My-Notes.git")
    write('d #/a"b.md' if os.name != "nt" else "d #/ab.md", "# A\n\n[gone](gone.md)\n")
    page = notelint("report").out
    name = "a%22b" if os.name != "nt" else "ab"
    assert f'href="https://github.com/me/my-notes/blob/main/d%20%23/{name}.md?plain=1#L3"' in page


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@gitlab.com:a/b/c.git", "https://gitlab.com/a/b/c/-/blob/main/a.md?plain=1#L3"),
        ("https://gitee.com/a/b.git", "https://gitee.com/a/b/blob/main/a.md?plain=1#L3"),
        ("https://bitbucket.org/a/b", "https://bitbucket.org/a/b/src/main/a.md#lines-3"),
        (
            "https://codeberg.org/a/b.git",
            "https://codeberg.org/a/b/src/branch/main/a.md?display=source#L3",
        ),
        ("https://git.example.org/a/b.git", ""),
    ],
)
def test_each_forge_has_its_form(
    notelint: Run, write: Write, git: Git, remote: str, address: str
) -> None:
    git("init", "-b", "main")
    git("remote", "add", "origin", remote)
    write("a.md", "# A\n\n[gone](gone.md)\n")
    listed = notelint("report").out.split("<section id=problems>")[1].split("</section>")[0]
    assert re.findall('href="([^"]+)"', listed) == ([address] if address else [])
