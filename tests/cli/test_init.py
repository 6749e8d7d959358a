"""``notelint init``: a configuration to start with, and nothing overwritten."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import notelint.rules as rules
from conftest import Git, Run, Write, config_in
from notelint.config.validate import with_checked_options
from notelint.markdown import markdownlint_names

LINKS = "# Links\n\n" + "".join(f"- https://example.org/{n}\n" for n in range(6))


def test_where_there_is_no_pyproject(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "# Title\n\nText.\n")
    ran = notelint("init")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == ".notelint.yaml: written\nNo problems in 1 file\n"
    assert '# extend-select: ["image-alt"]' in (tmp_path / ".notelint.yaml").read_text("utf-8")
    assert config_in(tmp_path).base.select is None


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
    assert config_in(tmp_path).exclude == ("third_party/",)


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
    config = with_checked_options(config_in(tmp_path))
    assert config.exclude == ("tests/fixtures/", "/api/", "/CHANGES.md")
    assert config.base.toc == {"flavor": "gitlab", "bullet": "*"}
    assert config.base.rules == {"duplicate-link": {"across_files": True}}
    assert notelint("check").status == 0


@pytest.mark.parametrize(
    ("url", "toc"),
    [
        ("https://gitlab/team/notes.git", {"flavor": "gitlab"}),
        ("git@GitLab:team/notes.git", {"flavor": "gitlab"}),
        ("http://me:secret@bitbucket:7990/scm/team/notes.git", {"flavor": "bitbucket"}),
        ("https://github.com/gitlab/bitbucket.git", {}),
        ("file:///gitlab.com/notes", {}),
        ("../gitlab/notes", {}),
    ],
)
def test_the_site_of_the_remote(
    notelint: Run, write: Write, git: Git, tmp_path: Path, url: str, toc: dict[str, str]
) -> None:
    git("init", "-q")
    git("remote", "add", "origin", url)
    write("a.md", "# A\n")
    assert notelint("init").status == 0
    assert with_checked_options(config_in(tmp_path)).base.toc == toc


def test_what_is_to_be_done_is_counted(notelint: Run, write: Write) -> None:
    write("a.md", "[x](#nope)\n")
    ran = notelint("init")
    assert (ran.status, "1 problem (1 error, 0 warnings) in 1 of 1 file\n" in ran.err) == (0, True)
    assert "--write-baseline .notelint-baseline.json" in ran.err


def test_each_setting_says_why(notelint: Run, write: Write, git: Git, tmp_path: Path) -> None:
    git("init", "-q")
    git("remote", "add", "origin", "git@gitlab.example.org:team/notes.git")
    write("vendor/a.md", "# A\n")
    write("fixtures/a.md", "# A\n")
    path = tmp_path / ".notelint.yaml"
    assert notelint("init").status == 0
    assert '  - "vendor/"  # notes of others\n' in path.read_text()
    assert '  flavor: "gitlab"  # a remote of the repository is on it\n' in path.read_text()
    path.unlink()
    write("pyproject.toml")
    assert notelint("init").status == 0
    text = (tmp_path / "pyproject.toml").read_text()
    assert '\n  "vendor/",  # notes of others\n]\n' in text
    assert 'flavor = "gitlab"  # a remote' in text


FORM = "# {{title}}\n\nText.\n"
BARE = "# Paper\n\n## Summary\n\n## Results\n"
NOTE = "# Templates of C++\n\n`{{ x }}` is code.\n"


@pytest.mark.parametrize("text", [FORM, BARE, "---\ntitle: <% tp.file.title %>\n---\n\nText.\n"])
def test_templates_are_left_out(notelint: Run, write: Write, tmp_path: Path, text: str) -> None:
    write("notes/Templates/paper.md", text)
    assert notelint("init").status == 0
    assert config_in(tmp_path).exclude == ("notes/Templates/",)


def test_what_is_only_called_templates_is_for_the_user_to_decide(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    write("third_party/a.md", "# A\n")
    write("templates/a.md", NOTE)
    assert notelint("init").status == 0
    assert config_in(tmp_path).exclude == ("third_party/",)
    comment = '# exclude: ["third_party/", "templates/"]\n'
    assert comment in (tmp_path / ".notelint.yaml").read_text()


SKIPS = "# {}\n\n### B\n\nText.\n"
TWICE = "# {}\n\n- [a](https://example.org/a)\n- [a](https://example.org/a)\n"


def test_a_changelog_tells_the_past(notelint: Run, write: Write, tmp_path: Path) -> None:
    for name in ("CHANGELOG.md", "docs/HISTORY.md", "a.md"):
        write(name, TWICE.format(name))
    write("NEWS.md", "# News\n\n[a](gone.md)\n")
    ran = notelint("init")
    per_file = dict(with_checked_options(config_in(tmp_path)).per_file)
    assert {name: layer.ignore for name, layer in per_file.items()} == {
        "/CHANGELOG.md": ("duplicate-link",),
        "/docs/HISTORY.md": ("duplicate-link",),
    }
    assert "2 problems (1 error, 1 warning) in 2 of 4 files" in ran.err
    assert "a record of the past, with 1 problem\n" in (tmp_path / ".notelint.yaml").read_text()


def test_a_rule_with_many_findings_can_be_turned_off(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    for number in range(10):
        write(f"{number}.md", SKIPS.format(number))
    write("gone.md", "".join(f"[a](gone{n}.md)\n" for n in range(30)))  # as broken as they were
    write("many.md", "[a](https://example.org/?utm_source=x)\n" * 99)  # `notelint fix` mends these
    assert notelint("init").status == 0
    text = (tmp_path / ".notelint.yaml").read_text()
    assert "10 by `heading-skip`" in text
    assert '\n# ignore: ["heading-skip"]\n' in text
    assert "tracking-parameter" not in text
    assert config_in(tmp_path).base.ignore == ()


def test_notes_that_list_the_same_links_are_not_compared(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    for number in range(4):
        write(f"{number}.md", LINKS)
    assert notelint("init").status == 0
    assert "duplicate-link" not in (tmp_path / ".notelint.yaml").read_text()


def test_what_markdownlint_says_is_for_the_user_to_decide(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    write("pyproject.toml")
    write(".markdownlint.json", '{"MD001": false}')
    write(".markdownlintignore", "old/\n")
    assert notelint("init").status == 0
    text = (tmp_path / "pyproject.toml").read_text()
    assert '\n# ignore = ["heading-skip"]\n' in text
    assert '\n# exclude = ["old/"]\n' in text
    assert config_in(tmp_path).exclude == ()


def test_markdownlint_that_cannot_be_read_does_not_matter(notelint: Run, write: Write) -> None:
    write(".markdownlint.json", "{")
    assert notelint("init").status == 0


@pytest.mark.parametrize("name", ["pyproject.toml", "README"])
def test_in_a_folder_of_a_repository_it_is_written_at_the_root(
    notelint: Run,
    write: Write,
    git: Git,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    git("init", "-q")
    write(name)
    write("vendor/a.md", "# A\n")
    here = write("papers/deep/a.md", SKIPS.format("A")).parent
    monkeypatch.chdir(here)
    ran = notelint("init")
    assert ran.status == 0
    assert "The settings are at the root of the repository" in ran.err
    assert "1 problem (0 errors, 1 warning) in 1 of 1 file" in ran.err
    assert list(here.iterdir()) == [here / "a.md"]
    assert config_in(here).exclude == ("vendor/",)
    assert config_in(tmp_path).exclude == ("vendor/",)


@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
def test_a_name_cannot_add_a_setting(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("a\u2028exclude: [x]\u2028/vendor/a.md", "# A\n")
    write("b\nselect: [links]\n/templates/a.md", "# A\n\nText.\n")
    write("c\x85ignore: [links]\x85/templates/a.md", "# A\n\nText.\n")
    assert notelint("init").status == 0
    config = config_in(tmp_path)
    assert (config.base.select, config.base.ignore) == (None, ())


@pytest.mark.parametrize("file", ["pyproject.toml", ".notelint.yaml"])
@pytest.mark.parametrize("name", ['ven"dor', "a\U000e0041", "a\u200b\u202e", "x##[error]y"])
def test_names_that_need_quotes(
    notelint: Run, write: Write, tmp_path: Path, name: str, file: str
) -> None:
    if file == "pyproject.toml":
        write(file, "")
    write(".markdownlintignore", f"{name}/third_party/\n")
    write("中文/a.md", "# Title\n\nText.\n")
    assert notelint("init", "--from-markdownlint").status == 0
    assert f"{name}/third_party/" in config_in(tmp_path).exclude
    written = (tmp_path / file).read_text("utf-8")
    assert "third_party" in written
    assert "##[" not in written
    assert written.replace("\n", "").isprintable()


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
    assert config_in(tmp_path).base.ignore == ("anchor-case", "broken-anchor", "empty-link")


def test_all_are_off_but_those_that_are_on(notelint: Run, write: Write, tmp_path: Path) -> None:
    write(".markdownlint.json", '{"default": false, "MD051": true}')
    assert notelint("init", "--from-markdownlint").status == 0
    ignored = config_in(tmp_path).base.ignore
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
    assert config_in(tmp_path).exclude == (
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
        ("a.md", "", "no markdownlint configuration found"),
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
    assert "`--from-markdownlint` takes over" in notelint("init").err


def test_every_comparable_rule_is_a_rule() -> None:
    assert set(rules.CATALOG) >= markdownlint_names.ALL
