"""For each file the nearest configuration upwards: the same findings from wherever it is asked."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Git, Ran, Run, Write, cached

NOTE = "# Title\n\n[x](#nope) [](https://x.test/)\n"
LINK, ANCHOR = "empty-link", "broken-anchor"


def found(ran: Ran) -> dict[str, set[str]]:
    """The rules found in each file, by the last two parts of its path."""
    assert ran.status in (0, 1), ran.err
    rules: dict[str, set[str]] = {}
    for each in json.loads(ran.out)["findings"]:
        name = "/".join(Path(os.path.abspath(each["path"])).parts[-2:])
        rules.setdefault(name, set()).add(each["rule"])
    return rules


@pytest.fixture
def tree(write: Write, git: Git, tmp_path: Path) -> Path:
    """A repository with configurations at its root and in two folders, one below the other."""
    git("init", "repo")
    write("repo/pyproject.toml", '[tool.notelint]\nignore = ["empty-link"]\nexclude = ["old/"]\n')
    write("repo/docs/pyproject.toml", "[tool.ruff]\n")
    write("repo/docs/deep/.notelint.yml", "ignore: [broken-anchor]\nexclude: [gone/, sub.md]\n")
    for name in ("top.md", "docs/a.md", "docs/deep/b.md", "docs/deep/sub/c.md", "old/d.md",
                 "docs/deep/gone/e.md", "docs/deep/old/f.md", "docs/sub.md"):  # fmt: skip
        write(f"repo/{name}", NOTE)
    return tmp_path / "repo"


EXPECTED = {
    "repo/top.md": {ANCHOR},
    "docs/a.md": {ANCHOR},
    "docs/sub.md": {ANCHOR},
    "deep/b.md": {LINK},
    "sub/c.md": {LINK},
    "old/f.md": {LINK},  # the nearest counts whole: what is excluded above is not here
}


def calls(tree: Path) -> Iterator[tuple[Path, list[str]]]:
    """Folders to call from, and paths that name every note."""
    yield tree, []
    yield tree, ["."]
    yield tree.parent, ["repo"]
    yield Path(tree.anchor), [str(tree)]
    yield tree / "docs" / "deep", [os.pardir + os.sep + os.pardir]
    yield tree / "old", [str(each) for each in sorted(tree.rglob("*.md"))]
    yield tree, [os.path.relpath(each, tree) for each in sorted(tree.rglob("*.md"))]


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("cache", [[], ["--no-cache"], ["--jobs", "2"]])
def test_from_whichever_folder(
    notelint: Run, tree: Path, monkeypatch: pytest.MonkeyPatch, number: int, cache: list[str]
) -> None:
    here, paths = list(calls(tree))[number]
    monkeypatch.chdir(here)
    for _ in range(2):
        ran = notelint("check", "--output-format", "json", *cache, *paths)
        assert found(ran) == EXPECTED


def test_each_file_alone(notelint: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.parent)
    rules: dict[str, set[str]] = {}
    for note in sorted(tree.rglob("*.md")):
        rules |= found(notelint("check", "--output-format", "json", str(note)))
    assert rules == EXPECTED


def test_standard_input(
    notelint: Run, tree: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, rules in (("docs/deep/new.md", {LINK}), ("docs/new.md", {ANCHOR})):
        stand_in = tmp_path / "input"
        stand_in.write_text(NOTE, encoding="utf-8")
        with open(stand_in, encoding="utf-8") as file:
            monkeypatch.setattr(sys, "stdin", file)
            path = str(tree / name)
            ran = notelint("check", "-", "--stdin-filename", path, "--output-format", "json")
        assert list(found(ran).values()) == [rules]


def test_all_have_one_that_is_named(
    notelint: Run, tree: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    given = write("repo/ci.yaml", "select: [broken-anchor]\n")
    rules = found(notelint("check", "--output-format", "json", "--config", str(given)))
    assert len(rules) == 8
    assert set.union(*rules.values()) == {ANCHOR}
    rules = found(notelint("check", "--output-format", "json", "--isolated"))
    assert len(rules) == 8
    assert set.union(*rules.values()) == {ANCHOR, LINK}


def test_other_commands(notelint: Run, write: Write, git: Git, tmp_path: Path) -> None:
    git("init")
    write(".notelint.yaml", "toc: {bullet: '*'}\n")
    write("docs/.notelint.yaml", "toc: {bullet: '+'}\nexclude: [out.md]\n")
    note = "<!-- toc -->\n<!-- tocstop -->\n\n## A\n\nx\n"
    paths = [write(name, note) for name in ("a.md", "docs/b.md", "docs/out.md")]
    assert notelint("toc").status == 0
    assert [("* [A]" in p.read_text(), "+ [A]" in p.read_text()) for p in paths] == [
        (True, False), (False, True), (False, False)
    ]  # fmt: skip
    for each in paths:
        each.write_text(note, encoding="utf-8")
    assert notelint("fix").status == 0
    assert [("* [A]" in p.read_text(), "+ [A]" in p.read_text()) for p in paths] == [
        (True, False), (False, True), (False, False)
    ]  # fmt: skip
    write("docs/out.md", "*  a\n")
    assert notelint("fmt", "--check").status == 0


# -------------------------------------------------------------- what an outer one excludes


@pytest.mark.parametrize(
    "pattern", ["vendor/", "vendor", "/vendor/", "vendor/**", "*/lib/", "**/lib"]
)
def test_none_is_read_in_a_folder_that_is_excluded(
    notelint: Run, write: Write, git: Git, pattern: str
) -> None:
    git("init")
    write(".notelint.yaml", f"exclude: ['{pattern}']\n")
    write("vendor/lib/.notelint.yaml", "nonsense: 1\n")
    write("vendor/lib/a.md", NOTE)
    write("b.md", NOTE)
    ran = notelint("check", "--output-format", "json")
    assert (set(json.loads(ran.out)["findings"][0]["path"]), ran.err) == (set("b.md"), "")
    assert "excludes vendor/lib/a.md" in notelint("check", "vendor/lib/a.md").err


def test_an_excluded_file_shuts_no_folder(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    write(".notelint.yaml", "exclude: ['*.gen.md', 'docs/*.txt']\n")
    write("docs/.notelint.yaml", "ignore: [links]\n")
    write("docs/a.gen.md", NOTE)
    write("docs/b.md", NOTE)
    write("c.gen.md", NOTE)
    ran = notelint("check")
    assert (ran.status, ran.err) == (0, "")
    assert "2 files" in ran.out


# -------------------------------------------------------------- what is wrong in one folder


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense: 1\n", "unknown key `nonsense`"),
        ("a: [\n", "not valid YAML"),
        ("toc: {min-level: 7}\n", "`toc` is not valid"),
        ("rules: {duplicate-link: {scope: al}}\n", "`rules.duplicate-link.scope` must be one of"),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix", "toc", "links"])
def test_files_elsewhere_are_handled(
    notelint: Run, write: Write, git: Git, command: str, text: str, message: str
) -> None:
    git("init")
    note = "<!-- toc -->\n<!-- tocstop -->\n\n## A\n\n[x](#nope)\n"
    a, b = write("a.md", note), write("docs/b.md", note)
    write("docs/c.md", note)
    write("docs/.notelint.yaml", text)
    for _ in range(2):
        ran = notelint(command)
        assert ran.status == 2
        assert ran.err.count("docs/.notelint.yaml") == 1
        assert f"docs/.notelint.yaml: {message}" in ran.err
        assert "docs/b.md" not in ran.out
    if command == "check":
        assert "a.md:6:5: error: " in ran.out
    if command in ("fix", "toc"):
        assert b"- [A](#a)" in a.read_bytes()
        assert b"- [A](#a)" not in b.read_bytes()


def test_a_wrong_one_that_holds_for_no_file_does_no_harm(
    notelint: Run, write: Write, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init")
    write(".notelint.yaml", "nonsense: 1\n")
    write("docs/.notelint.yaml", "ignore: [empty-link]\n")
    write("docs/a.md", NOTE)
    write("docs/deep/.notelint.yaml", "nonsense: 1\n")
    write("docs/deep/b.md", "# B\n")
    write("docs/c.md", "# C\n\n[b](deep/b.md#nope)\n")
    ran = notelint("check", "docs/a.md", "docs/c.md", "--output-format", "json")
    assert (found(ran), ran.err) == ({"docs/a.md": {ANCHOR}}, "")
    assert notelint("check").status == 2


# -------------------------------------------------------------- the cache


def test_configurations_of_one_tree_share_a_cache(
    notelint: Run, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    explain = ("check", "--explain-cache", "--output-format", "json")
    assert " hit" not in notelint(*explain).err
    assert notelint(*explain).err.count(": hit") == len(EXPECTED)
    for some in ("docs/deep", "top.md", "docs", "."):
        ran = notelint(*explain, some)
        assert "miss" not in ran.err
    assert len(cached("notes")) == 1
    assert len(cached("configuration")) == 2


def test_a_changed_configuration_is_one_for_its_files_only(
    notelint: Run, tree: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    explain = ("check", "--explain-cache", "--output-format", "json")
    notelint(*explain)
    write("repo/docs/deep/.notelint.yml", "select: [broken-anchor]\n")
    ran = notelint(*explain)
    assert ran.err.count("miss, the configuration changed") == 3
    assert found(ran)["deep/b.md"] == {ANCHOR}
    os.unlink(tree / "docs" / "deep" / ".notelint.yml")
    assert found(notelint(*explain))["deep/b.md"] == {ANCHOR}


def test_rules_on_a_tree_are_those_of_the_files_of_the_run(
    notelint: Run, write: Write, git: Git
) -> None:
    git("init")
    write(".notelint.yaml", "extend-select: [unused-asset]\n")
    write("docs/.notelint.yaml", "ignore: [links]\n")
    write("a.md", "# A\n\nx\n")
    write("docs/b.md", "# B\n\nx\n")
    write("x.png", b"\x89PNG\r\n\x1a\n")
    write("docs/y.png", b"\x89PNG\r\n\x1a\n")
    for _ in range(2):
        assert found(notelint("check", "docs", "--output-format", "json")) == {}
        (only,) = found(notelint("check", "--output-format", "json"))
        assert only.endswith("x.png")


# -------------------------------------------------------------- what is included


@pytest.mark.parametrize("include", ["['.mdx', '*.qmd']", "['*.mdx', '.qmd']", "['**/*.[mq]*d*']"])
def test_files_of_other_suffixes(notelint: Run, write: Write, git: Git, include: str) -> None:
    git("init")
    write(".notelint.yaml", f"include: {include}\nexclude: [old/]\n")
    for name in ("a.mdx", "docs/b.qmd", "c.md", "d.txt", "old/e.mdx"):
        write(name, NOTE)
    expected = {"a.mdx", "docs/b.qmd", "c.md"}
    for _ in range(2):
        ran = notelint("check", "--output-format", "json")
        assert {each["path"] for each in json.loads(ran.out)["findings"]} == expected
    assert notelint("check", "--isolated").out.count("c.md") == 2


def test_include_counts_below_its_configuration(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    write("docs/.notelint.yaml", "include: [.mdx]\n")
    write("docs/deep/a.mdx", NOTE)
    write("b.mdx", NOTE)
    ran = notelint("check", "--output-format", "json")
    assert {each["path"] for each in json.loads(ran.out)["findings"]} == {"docs/deep/a.mdx"}


@pytest.mark.parametrize("paths", [[], ["a.md"]])
def test_links_into_included_files_are_judged(
    notelint: Run, write: Write, git: Git, paths: list[str]
) -> None:
    git("init")
    write(".notelint.yaml", "include: [.mdx]\nrules: {duplicate-link: {across-files: true}}\n")
    write("A.mdx", "# B\n\n- https://x.test/a\n")
    write("a.md", "# A\n\n[b](A.mdx#c)\n\n- https://x.test/a\n")
    for _ in range(2):
        ran = notelint("check", "--output-format", "json", *paths)
        rules = [each["rule"] for each in json.loads(ran.out)["findings"]]
        assert rules == ["broken-anchor", "duplicate-link"]
    write("A.mdx", "# C\n\nx\n")
    assert notelint("check", *paths).status == 0


# -------------------------------------------------------------- names that are not read


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        (".notelint.toml", "write `.notelint.yaml`, or `[tool.notelint]` in pyproject.toml"),
        ("notelint.toml", "write `.notelint.yaml`, or `[tool.notelint]` in pyproject.toml"),
        ("notelint.yaml", "rename it to `.notelint.yaml`"),
        ("docs/notelint.yml", "rename it to `.notelint.yml`"),
    ],
)
def test_a_file_that_is_nearly_called_so(
    notelint: Run, write: Write, git: Git, name: str, cure: str
) -> None:
    git("init")
    write("docs/a.md", "# A\n\nx\n")
    write(name, "select: [toc]\n")
    write(".github/workflows/notelint.yml", "on: push\n")
    write(".github/workflows/b.md", "# B\n\nx\n")
    for command in ("check", "toc", "fmt"):
        ran = notelint(command)
        assert (ran.status, ran.err.splitlines()[0]) == (0, f"notelint: {name} is not read; {cure}")
    assert notelint("check", "--isolated").err == ""


def test_a_named_file_needs_no_table(notelint: Run, write: Write) -> None:
    write("a.md", NOTE)
    write("x.toml", 'ignore = ["empty-link"]\n[per-file."b.md"]\nignore = ["links"]\n')
    assert "empty-link" not in notelint("check", "--config", "x.toml").out
    write("x.toml", "selct = []\n")
    assert (
        "x.toml: unknown key `selct`; did you mean `select`?"
        in notelint("check", "--config", "x.toml").err
    )
    write("x.toml", "[tool.notelint]\nignore = ['links']\n[other]\n")
    assert notelint("check", "--config", "x.toml").status == 0
    write("pyproject.toml", "[project]\n")
    ran = notelint("check", "--config", "pyproject.toml")
    assert ran.err == "notelint: pyproject.toml: has no table `tool.notelint`\n"


# -------------------------------------------------------------- where the fault is


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (".notelint.yaml", "# x\nignore: [toc]\nselct: []\n", 3),
        (".notelint.yaml", "links:\n  timeout: 3\n  timout: 3\n", 3),
        (".notelint.yaml", "select:\n  - toc\n  - tox\n", 1),
        (".notelint.yaml", "per-file:\n  a.md:\n    toc:\n      min-level: 9\n", 3),
        (".notelint.yaml", "exclude:\n  - a\n  - '[z-a]'\n", 3),
        ("pyproject.toml", "[project]\nselct = 1\n\n[tool.notelint]\nselct = []\n", 5),
        ("pyproject.toml", "[tool.notelint.rules.heading-skip]\nseverity = 'error'\n", 2),
        ("pyproject.toml", "[tool]\nnotelint.links.timout = 1\n", 2),
        ("pyproject.toml", "[tool.notelint]\nx = 1\n[tool.notelint.'per-file'.\"*.md\"]\n", 2),
        (
            "pyproject.toml",
            '[tool.notelint]\n[tool.notelint.per-file]\n"*.md" = {rules = {heading-skp = {}}}\n',
            3,
        ),
        ("pyproject.toml", '[tool.notelint]\ntoc = {"min-level" = 9}\n', 2),
    ],
)
@pytest.mark.parametrize("command", ["check", "toc"])
def test_the_line_of_a_fault(
    notelint: Run, write: Write, command: str, name: str, text: str, line: int
) -> None:
    write(name, text)
    write("a.md", NOTE)
    ran = notelint(command)
    if command == "toc" and "severity" not in text and "heading-sk" not in text:
        assert ran.status == 2
    assert ran.err == "" or ran.err.endswith(f" (line {line})\n"), ran.err
    assert ran.err


def test_an_option_that_no_rule_takes(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "rules:\n  heading-skip:\n    severity: error\n")
    assert notelint("check").err == (
        "notelint: .notelint.yaml: `rules.heading-skip.severity` does not belong here; write it "
        'in the table `severity`: `heading-skip = "error"` (line 3)\n'
    )
    write(".notelint.yaml", "rules:\n  heading-space:\n    foo: error\n")
    assert notelint("check").err == (
        "notelint: .notelint.yaml: `rules.heading-space` takes no options (line 2)\n"
    )
