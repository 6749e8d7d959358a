"""``notelint init``: a configuration to start with, and nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from conftest import Ran
from notelint import rules
from notelint.config.config_files import load
from notelint.config.starter import with_hook
from notelint.config.validate import settled
from notelint.markdown import markdownlint_names

Run = Callable[..., Ran]
Write = Callable[..., Path]
Git = Callable[..., str]

LINKS = "# Links\n\n" + "".join(f"- https://example.org/{n}\n" for n in range(6))


def test_where_there_is_no_pyproject(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "# Title\n\nText.\n")
    ran = notelint("init")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == ".notelint.yaml: written\nNo problems in 1 file\n"
    assert load(here=str(tmp_path)).base.select is None


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_at_the_end_of_pyproject(
    notelint: Run, write: Write, tmp_path: Path, end: str, newline: str
) -> None:
    before = f'[project]\nname = "x" # kept{end}'.replace("\n", newline).encode()
    path = write("pyproject.toml", before)
    write("third_party/a.md", "# Title\n\nText.\n")
    assert notelint("init").status == 0
    after = path.read_bytes()
    assert after.startswith(before)
    assert (b"\r\n" in after) == (newline == "\r\n")
    assert after.count(b"\n") == after.count(newline.encode())
    assert load(here=str(tmp_path)).exclude == ("third_party/",)


def test_a_pyproject_that_cannot_grow_is_left_alone(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    for text in ("tool = {x = 1}\n", "this is not TOML"):
        path = write("pyproject.toml", text)
        assert notelint("init").status == 0
        assert path.read_bytes() == text.encode()
        (tmp_path / ".notelint.yaml").unlink()


@pytest.mark.parametrize(
    ("name", "text"),
    [("pyproject.toml", "[tool.notelint]\n# mine\n"), (".notelint.yml", "# mine\n")],
)
def test_nothing_is_overwritten(
    notelint: Run, write: Write, tmp_path: Path, name: str, text: str
) -> None:
    write(name, text)
    write(".github/workflows/notelint.yml", "mine\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ran = notelint("init", "--workflow")
    assert (ran.status, ran.err.count("not changed")) == (0, 2)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_second_time_changes_nothing(
    notelint: Run, write: Write, git: Git, tmp_path: Path
) -> None:
    git("init", "-q", "-b", "main")
    write("pyproject.toml", "")
    arguments = ("init", "--pre-commit", "--workflow")
    assert notelint(*arguments).status == 0
    names = ("pyproject.toml", ".pre-commit-config.yaml", ".github/workflows/notelint.yml")
    before = [(tmp_path / name).read_bytes() for name in names]
    assert notelint(*arguments).status == 0
    assert [(tmp_path / name).read_bytes() for name in names] == before


# -------------------------------------------------------------- what is there


def test_what_the_notes_and_git_show(notelint: Run, write: Write, git: Git, tmp_path: Path) -> None:
    git("init", "-q")
    git("remote", "add", "origin", "git@gitlab.example.org:team/notes.git")
    write(".gitattributes", "api/** linguist-generated\nCHANGES.md linguist-generated=true\n")
    write("a.md", LINKS)
    write("b.md", LINKS.replace("org", "net"))
    write("c.md", "<!-- toc -->\n\n* [A](#a)\n\n<!-- tocstop -->\n\n## A\n\nText.\n")
    for name in ("api/one.md", "api/two.md", "CHANGES.md", "tests/fixtures/bad.md"):
        write(name, "[x](#nope)\n")
    write("tests/README.md", "# Tests\n\nText.\n")
    assert notelint("init").status == 0
    config = settled(load(here=str(tmp_path)))
    assert config.exclude == ("tests/fixtures/", "/api/", "/CHANGES.md")
    assert config.base.toc == {"flavor": "gitlab", "bullet": "*"}
    assert config.base.rules == {"duplicate-link": {"across_files": True}}
    assert notelint("check").status == 0


def test_what_is_to_be_done_is_counted(notelint: Run, write: Write) -> None:
    write("a.md", "[x](#nope)\n")
    ran = notelint("init")
    assert (ran.status, "1 problem (1 error, 0 warnings) in 1 of 1 file\n" in ran.err) == (0, True)
    assert "--write-baseline .notelint-baseline.json" in ran.err


def test_names_that_need_quotes(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("pyproject.toml", "")
    write('ven"dor/third_party/中文/a.md', "# Title\n\nText.\n")
    assert notelint("init").status == 0
    assert load(here=str(tmp_path)).exclude == ('ven"dor/third_party/',)


# -------------------------------------------------------------- pre-commit and workflow


def test_the_hook_is_added_and_installed(
    notelint: Run, write: Write, git: Git, tmp_path: Path
) -> None:
    git("init", "-q")
    ran = notelint("init", "--pre-commit")
    assert ran.status == 0
    [entry] = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_bytes())["repos"]
    [hook] = entry["hooks"]
    assert (hook["entry"], hook["types"], hook["require_serial"]) == (
        "notelint fix",
        ["markdown"],
        True,
    )
    assert (tmp_path / ".git" / "hooks" / "pre-commit").is_file()


CONFIGS = [
    "repos:\n- repo: https://example.org/a\n  rev: v1\n  hooks:\n  - id: a\n",
    "repos:\n  - repo: local # why\n    hooks:\n      - id: a\n        args: [x] # and this\n",
    "repos:\n  - repo: x\n    rev: v1\n    hooks: [{id: a}]",
    "repos:\r\n- repo: x\r\n  rev: v1\r\n  hooks:\r\n  - id: a\r\n\r\nci:\r\n  skip: [a]\r\n",
    "repos:\n- repo: x\n  hooks:\n  - id: a\n    name: |\n      two\n      lines\n\nci: {}\n",
]


@pytest.mark.parametrize("text", CONFIGS)
def test_the_hook_is_added_to_what_is_there(text: str) -> None:
    after = with_hook(text)
    assert after is not None
    old, new = yaml.safe_load(text), yaml.safe_load(after)
    assert new["repos"][:-1] == old["repos"]
    assert new["repos"][-1]["hooks"][0]["id"] == "notelint-fix"
    assert {**new, "repos": None} == {**old, "repos": None}
    lines = iter(after.split("\n"))
    assert all(line in lines for line in text.rstrip("\n").split("\n")), "every line is kept"


@pytest.mark.parametrize("text", ["", "[", "repos: []\n", "repos: [{repo: x}]\n", "x: 1\n", "- a"])
def test_a_list_that_cannot_grow_is_left_alone(text: str) -> None:
    assert with_hook(text) is None


def test_such_a_list_is_told_and_the_entry_shown(notelint: Run, write: Write, git: Git) -> None:
    git("init", "-q")
    path = write(".pre-commit-config.yaml", "repos: []\n")
    ran = notelint("init", "--pre-commit")
    assert ran.status == 2
    assert "id: notelint-fix" in ran.out
    assert "add the above by hand" in ran.err
    assert path.read_bytes() == b"repos: []\n"


def test_a_hook_needs_a_repository(notelint: Run) -> None:
    ran = notelint("init", "--pre-commit")
    assert ran.status == 2
    assert ran.err.endswith("pre-commit needs a git repository, and there is none\n")


def test_the_workflow_watches_the_branch_that_is_there(
    notelint: Run, git: Git, tmp_path: Path
) -> None:
    git("init", "-q", "-b", "release/1.x")
    assert notelint("init", "--workflow").status == 0
    data = (tmp_path / ".github" / "workflows" / "notelint.yml").read_bytes()
    found = yaml.safe_load(data)
    assert found[True]["push"] == {"branches": ["release/1.x"]}  # YAML 1.1 reads `on` as true
    assert found["permissions"] == {"contents": "read"}


# -------------------------------------------------------------- from markdownlint

MARKDOWNLINT = [
    (".markdownlint.json", '{"MD051": false, "MD013": false, "no-empty-links": false}'),
    (
        ".markdownlint.jsonc",
        '{\n  // off\n  "md051": false, /* and */ "MD042": {"enabled": false},\n'
        '  "x": "// no comment, ]",\n}\n',
    ),
    (".markdownlint.yaml", "link-fragments: false\nMD042: false\nMD013:\n  line_length: 100\n"),
    (".markdownlint.yml", "MD051: false\nMD042: false\n"),
    (".markdownlint-cli2.jsonc", '{"config": {"MD051": false, "MD042": false,},}'),
    (".markdownlint-cli2.yaml", "config:\n  MD051: false\n  MD042: false\n"),
]


@pytest.mark.parametrize(("name", "text"), MARKDOWNLINT)
def test_rules_that_are_off(
    notelint: Run, write: Write, tmp_path: Path, name: str, text: str
) -> None:
    write(name, text)
    assert notelint("init", "--from-markdownlint").status == 0
    assert load(here=str(tmp_path)).base.ignore == ("anchor-case", "broken-anchor", "empty-link")


def test_all_are_off_but_those_that_are_on(notelint: Run, write: Write, tmp_path: Path) -> None:
    write(".markdownlint.json", '{"default": false, "MD051": true}')
    assert notelint("init", "--from-markdownlint").status == 0
    ignored = load(here=str(tmp_path)).base.ignore
    assert "heading-skip" in ignored
    assert "broken-anchor" not in ignored
    assert "empty-image" not in ignored, "nothing there compares"
    assert "image-alt" not in ignored, "off anyway"


def test_files_that_are_left_out(notelint: Run, write: Write, tmp_path: Path) -> None:
    write(
        ".markdownlint-cli2.jsonc",
        '{"globs": ["**/*.md", "!drafts/**", "#old"], '
        '"ignores": ["./docs/*.{gen,auto}.md", "!(x)"]}',
    )
    write(".markdownlintignore", "# why\nlegacy/\n\n!legacy/keep.md\n")
    ran = notelint("init", "--from-markdownlint")
    assert load(here=str(tmp_path)).exclude == (
        "docs/*.gen.md",
        "docs/*.auto.md",
        "drafts/**",
        "old",
        "legacy/",
    )
    assert "`ignores.2` is a pattern that is not carried over" in ran.err
    assert ".markdownlintignore: line 4 is a pattern that is not carried over" in ran.err


def test_what_cannot_be_carried_over_is_told(notelint: Run, write: Write) -> None:
    write(".markdownlint.cjs", "module.exports = {}\n")
    write(".markdownlint.json", '{"extends": "base.json"}')
    ran = notelint("init", "--from-markdownlint")
    assert ran.status == 0
    assert ".markdownlint.cjs is a program and is not read" in ran.err
    assert "`extends` of markdownlint is not followed" in ran.err


def test_where_there_is_a_configuration_it_is_shown_what_to_add(
    notelint: Run, write: Write
) -> None:
    path = write(".notelint.yaml", "select: [links]\n")
    write(".markdownlint.json", '{"MD051": false}')
    ran = notelint("init", "--from-markdownlint")
    assert ran.status == 2
    assert 'ignore: ["anchor-case", "broken-anchor"]' in ran.out
    assert path.read_bytes() == b"select: [links]\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (".markdownlint.json", "{", ".markdownlint.json: not valid JSON"),
        (".markdownlint.yaml", "[", ".markdownlint.yaml: not valid YAML"),
        ("a.md", "", "no configuration of markdownlint here"),
    ],
)
def test_what_is_wrong_there_is_one_line(
    notelint: Run, write: Write, tmp_path: Path, name: str, text: str, message: str
) -> None:
    write(name, text)
    ran = notelint("init", "--from-markdownlint")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert message in ran.err
    assert not (tmp_path / ".notelint.yaml").exists()


def test_without_being_asked_it_is_offered(notelint: Run, write: Write) -> None:
    write(".markdownlint.json", '{"MD051": false}')
    assert "`--from-markdownlint` carries over" in notelint("init").err


def test_every_comparable_rule_is_a_rule() -> None:
    assert set(rules.CATALOG) >= markdownlint_names.ALL
