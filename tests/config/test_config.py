"""Configuration: where it is found, what it does, and how a slip in it is told."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from conftest import Git, Ran, Run, Write, config_in, rule_of
from notelint.config.model import Layer
from notelint.config.validate import with_checked_options

NOTE = "# Title\n\n[x](#nope) [](https://example.org/)\n"
ANCHOR = "error: no heading or id for `#nope` [broken-anchor]"


def rules_in(ran: Ran) -> list[tuple[str, str]]:
    """Path and rule of each line of a report."""
    lines = [line for line in ran.out.split("\n") if ": " in line and not line[0].isdigit()]
    return [(line.partition(":")[0], rule_of(line)) for line in lines]


# -------------------------------------------------------------- what must not matter


def test_a_project_that_does_not_configure_notelint_is_left_alone(
    notelint: Run, write: Write
) -> None:
    write("pyproject.toml", "[project\nthis is not TOML, and not our file\n")
    write("a.md", NOTE)
    assert notelint("check").status == 1


def test_a_table_of_that_name_elsewhere_is_not_ours(notelint: Run, write: Write) -> None:
    write("pyproject.toml", '[project]\nname = "notelint"\n[tool.other.notelint]\nx = 1\n')
    write("a.md", NOTE)
    assert notelint("check").status == 1


def test_isolated_reads_no_configuration(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "nonsense: 1\n")
    write("a.md", NOTE)
    assert rules_in(notelint("check", "--isolated")) == [
        ("a.md", "broken-anchor"),
        ("a.md", "empty-link"),
    ]


def test_nothing_heavy_is_imported_without_need(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"# Title\n\nText.\n")
    program = (
        "import os, sys; from notelint.config.configs import Configs;"
        "Configs().of(os.path.abspath('a.md'));"
        "heavy = {'yaml', 'tomllib', 'tomli', 'requests', 'markdown_it', 'dataclasses'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout.split() == [b"[]"]


def test_options_of_rules_do_not_need_the_parser_to_be_read(tmp_path: Path) -> None:
    text = "rules: {duplicate-link: {across-files: true}}\ntoc: {indent: 4}\n"
    (tmp_path / ".notelint.yaml").write_text(text, encoding="utf-8")
    program = (
        "import os, sys; from notelint.config.configs import Configs;"
        "Configs().of(os.path.abspath('a.md'));"
        "print('markdown_it' in sys.modules, 'requests' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout.split() == [b"False", b"False"]


# -------------------------------------------------------------- where it is


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[tool.notelint]\nignore = ["empty-link"]\n'),
        (".notelint.yaml", "ignore: [empty-link]\n"),
        (".notelint.yml", "ignore:\n  - empty-link\n"),
    ],
)
def test_each_kind_of_file(notelint: Run, write: Write, name: str, text: str) -> None:
    write(name, text)
    write("a.md", NOTE)
    assert rules_in(notelint("check")) == [("a.md", "broken-anchor")]


def test_the_nearest_one_upwards_from_the_current_folder(
    notelint: Run,
    write: Write,
    git: Git,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    git("init")
    write(".notelint.yaml", "ignore: [empty-link]\n")
    write("docs/pyproject.toml", "[tool.ruff]\n")
    write("docs/deep/.notelint.yml", "ignore: [broken-anchor]\n")
    write("docs/deep/a.md", NOTE)
    assert rules_in(notelint("check")) == [("docs/deep/a.md", "empty-link")]
    monkeypatch.chdir(tmp_path / "docs")
    assert rules_in(notelint("check")) == [("deep/a.md", "empty-link")]
    monkeypatch.chdir(tmp_path / "docs" / "deep")
    assert rules_in(notelint("check")) == [("a.md", "empty-link")]


def test_two_in_one_folder_are_one_too_many(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "ignore: [empty-link]\n")
    write("pyproject.toml", "[tool.notelint]\n")
    ran = notelint("check")
    assert ran == Ran(
        2,
        "",
        "notelint: both .notelint.yaml and pyproject.toml configure notelint; keep one of them\n",
    )


def test_a_file_named_on_the_command_line(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "ignore: [broken-anchor]\n")
    write("ci/strict.yaml", "ignore: [empty-link]\nexclude: [old/]\n")
    write("ci/strict.toml", '[tool.notelint]\nignore = ["empty-link"]\n')
    write("a.md", NOTE)
    write("old/a.md", NOTE)
    # patterns in it are relative to the current folder
    assert rules_in(notelint("check", "--config", "ci/strict.yaml")) == [("a.md", "broken-anchor")]
    assert len(rules_in(notelint("check", "--config", "ci/strict.toml"))) == 2


# -------------------------------------------------------------- what it does


def test_the_command_line_has_the_last_word(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "select: [broken-anchor]\nignore: [empty-link]\n")
    write("a.md", NOTE)
    assert rules_in(notelint("check", "--select", "empty-link")) == [("a.md", "empty-link")]
    assert rules_in(notelint("check", "--ignore", "broken-anchor")) == []


def test_an_empty_selection(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "select: []\n")
    write("a.md", NOTE)
    assert notelint("check").status == 0
    assert notelint("check", "--select", "").err == "notelint: --select names no rule\n"


def test_single_notes_have_settings_of_their_own(notelint: Run, write: Write) -> None:
    write(
        "pyproject.toml",
        '[tool.notelint.per-file."old/**"]\nignore = ["broken-anchor"]\n'
        '[tool.notelint.per-file."list.md"]\nselect = ["duplicate-link"]\n'
        '[tool.notelint.per-file."list.md".rules.duplicate-link]\nscope = "all"\n',
    )
    write("a.md", NOTE)
    write("old/a.md", NOTE)
    write("list.md", NOTE + "\n<https://example.org/a> <http://example.org/a/>\n")
    expected = [
        ("a.md", "broken-anchor"),
        ("a.md", "empty-link"),
        ("list.md", "duplicate-link"),
        ("old/a.md", "empty-link"),
    ]
    assert rules_in(notelint("check")) == expected
    # what such a note must not be told stays untold, whatever is selected
    assert rules_in(notelint("check", "--select", "broken-anchor", "old")) == []


def test_excluded_notes_are_not_read(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "exclude: [vendor/, '*.gen.md']\n")
    for name in ("a.md", "vendor/x/b.md", "docs/c.gen.md", "docs/vendor.md"):
        write(name, NOTE)
    paths = {path for path, _ in rules_in(notelint("check"))}
    assert paths == {"a.md", "docs/vendor.md"}


def test_a_hook_may_name_excluded_notes(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "exclude: [vendor/]\n")
    write("a.md", NOTE)
    write("vendor/b.md", NOTE)
    assert {path for path, _ in rules_in(notelint("check", "a.md", "vendor/b.md"))} == {"a.md"}
    ran = notelint("check", "vendor/b.md")
    assert ran.status == 0
    assert ran.err == "notelint: nothing to check: .notelint.yaml excludes vendor/b.md\n"


def test_excluded_notes_can_be_linked_but_are_not_compared(notelint: Run, write: Write) -> None:
    write(
        "pyproject.toml",
        '[tool.notelint]\nexclude = ["a.md"]\n'
        "[tool.notelint.rules.duplicate-link]\nacross-files = true\n",
    )
    write("a.md", "# Top\n\n- https://example.org/x\n")
    write("b.md", "- https://example.org/x\n- [top](a.md#top)\n- [gone](a.md#gone)\n")
    write("c.md", "- http://example.org/x/\n")
    ran = notelint("check")
    assert rules_in(ran) == [("b.md", "broken-anchor"), ("c.md", "duplicate-link")]
    assert "already linked in `b.md`" in ran.out


def test_own_sites_reach_every_rule_that_compares_links(notelint: Run, write: Write) -> None:
    write(
        "pyproject.toml",
        "[[tool.notelint.links.sites]]\n"
        'hosts = ["wiki.example", "intra.example"]\n'
        "rewrites = [['[^/]+(/.*)', 'wiki.example\\1']]\n"
        'tracking = ["from"]\n',
    )
    note = write("a.md", "- https://wiki.example/a?from=mail\n- https://intra.example/a\n")
    assert rules_in(notelint("check")) == [
        ("a.md", "tracking-parameter"),
        ("a.md", "duplicate-link"),
    ]
    assert notelint("fix", "--unsafe").status == 0
    assert note.read_bytes() == b"- https://wiki.example/a\n"


def test_the_table_of_contents_is_as_configured(notelint: Run, write: Write) -> None:
    write(
        ".notelint.yaml",
        'toc: {bullet: "*", max-level: 2}\nper-file: {deep.md: {toc: {max-level: 3}}}\n',
    )
    note = "<!-- toc -->\n<!-- tocstop -->\n\n## A\n\nText.\n\n### B\n\nText.\n"
    a, deep = write("a.md", note), write("deep.md", note)
    assert notelint("fix").status == 0
    assert b"* [A](#a)\n" in a.read_bytes()
    assert b"[B]" not in a.read_bytes()
    assert b"  * [B](#b)\n" in deep.read_bytes()
    assert notelint("toc", "--check").status == 0
    assert notelint("toc", "--check", "--max-level", "1", "a.md").status == 1
    wrong = notelint("toc", "--min-level", "3", "a.md")
    assert wrong == Ran(
        2, "", "notelint: min-level and max-level must be from 1 to 6, in that order\n"
    )


def test_settings_of_the_link_check_are_its_own(write: Write, tmp_path: Path) -> None:
    write(
        "pyproject.toml",
        '[tool.notelint]\ncache-dir = "build/cache"\n'
        "[tool.notelint.links]\ntimeout = 3\nper-host = 1\naccept = [418]\n"
        '[tool.notelint.links.headers."example.org"]\nAccept-Language = "de"\n',
    )
    config = config_in(tmp_path)
    assert config.links == {
        "timeout": 3,
        "per_host": 1,
        "accept": (418,),
        "headers": {"example.org": {"Accept-Language": "de"}},
    }
    assert config.cache_dir == str(tmp_path / "build" / "cache")
    assert config.base == Layer()


# -------------------------------------------------------------- choice and severity


def severities(ran: Ran) -> dict[str, str]:
    """The severity of each rule in a report as JSON."""
    return {each["rule"]: each["severity"] for each in json.loads(ran.out)["findings"]}


@pytest.mark.parametrize(
    ("text", "arguments", "rules"),
    [
        ("extend-select: [image-alt]", [], {"broken-anchor", "empty-link", "image-alt"}),
        ("select: [links]\nextend-select: [images]", [], {"broken-anchor", "empty-link"}),
        ("extend-select: [image-alt]\nignore: [links]", [], {"image-alt"}),
        ("extend-select: [image-alt]", ["--select", "links"], {"broken-anchor", "empty-link"}),
        ("ignore: [links]\nper-file: {a.md: {extend-select: [empty-link]}}", [], {"empty-link"}),
        (
            "extend-select: [image-alt]\nper-file: {'*.md': {select: [links]}}",
            [],
            {"broken-anchor", "empty-link"},
        ),
    ],
)
def test_what_is_selected_beside_the_rest(
    notelint: Run, write: Write, text: str, arguments: list[str], rules: set[str]
) -> None:
    write(".notelint.yaml", text)
    write("a.md", NOTE + "\n![](a.md)\n")
    assert {rule for _, rule in rules_in(notelint("check", *arguments))} == rules


@pytest.mark.parametrize(
    ("text", "empty_link", "broken_anchor"),
    [
        ("severity: {empty-link: warning}", "warning", "error"),
        ("severity: {links: warning}", "warning", "warning"),
        ("severity: {empty-link: error, links: warning, all: warning}", "error", "warning"),
        (
            "severity: {links: warning}\nper-file: {a.md: {severity: {links: error}}}",
            "error",
            "error",
        ),
        (
            "severity: {empty-link: error}\nper-file: {'*.md': {severity: {links: warning}}}",
            "warning",
            "warning",
        ),
    ],
)
def test_severity_is_that_of_the_configuration(
    notelint: Run, write: Write, text: str, empty_link: str, broken_anchor: str
) -> None:
    write(".notelint.yaml", text)
    write("a.md", NOTE)
    expected = {"empty-link": empty_link, "broken-anchor": broken_anchor}
    for _ in ("made", "from the cache"):
        assert severities(notelint("check", "--output-format", "json")) == expected


def test_severity_of_what_the_engine_finds(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "severity: {all: error}\nextend-select: [unused-asset]\n")
    write("a.md", "# A\n\n<!-- notelint-disable-file toc -->\n\nx\n")
    write("x.png", b"\x89PNG\r\n\x1a\n")
    found = severities(notelint("check", "--output-format", "json"))
    assert found == {"unused-asset": "error", "unused-suppression": "error"}


def test_what_makes_the_exit_status(write: Write, tmp_path: Path) -> None:
    assert config_in(tmp_path).fail_on is None
    write(".notelint.yaml", "fail-on: error\n")
    assert config_in(tmp_path).fail_on == "error"


# -------------------------------------------------------------- what is wrong with it

TOML = "pyproject.toml: "
WRONG_TOML = [
    ("selct = []", "unknown key `tool.notelint.selct`; did you mean `select`?"),
    (
        'select = "links"',
        "`tool.notelint.select` must be a list of strings, not a string",
    ),
    ("select = [3]", "`tool.notelint.select.1` must be a string, not a number"),
    (
        'ignore = ["lnks"]',
        "`tool.notelint.ignore` names the unknown rule or category `lnks`; did you mean `links`?",
    ),
    (
        "rules.duplicate-lnk = {}",
        "unknown rule `tool.notelint.rules.duplicate-lnk`; did you mean `duplicate-link`?",
    ),
    (
        "rules.duplicate-link.across_files = true",
        "unknown key `tool.notelint.rules.duplicate-link.across_files`; did you mean "
        "`across-files`?",
    ),
    (
        "rules.duplicate-link.across-files = 1",
        "`tool.notelint.rules.duplicate-link.across-files` must be true or false, not a number",
    ),
    (
        'rules.duplicate-link.scope = "al"',
        "`tool.notelint.rules.duplicate-link.scope` must be one of `entries`, `all`; did you mean",
    ),
    ("rules.duplicate-link.sites = []", "unknown key `tool.notelint.rules.duplicate-link.sites`"),
    (
        "rules.toc-stale.min-level = 2",
        "`tool.notelint.rules.toc-stale` takes no options of its own; those of `toc` apply",
    ),
    ("toc.min-level = true", "`tool.notelint.toc.min-level` must be a whole number, not a boolean"),
    (
        "toc.min-level = 7",
        "`tool.notelint.toc` is not valid: "
        "min-level and max-level must be from 1 to 6, in that order",
    ),
    ("toc = 3", "`tool.notelint.toc` must be a table, not a number"),
    (
        'exclude = ["[z-a]"]',
        "`tool.notelint.exclude.1` is not a valid pattern: bad character range",
    ),
    ('exclude = ["./"]', "`tool.notelint.exclude.1` must name a file or a folder"),
    (
        'per-file."*.md".exclude = []',
        'unknown key `tool.notelint.per-file."*.md".exclude`; known are',
    ),
    ("links.timout = 3", "unknown key `tool.notelint.links.timout`; did you mean `timeout`?"),
    (
        "links.timeout = nan",
        "`tool.notelint.links.timeout` must be a finite number",
    ),
    (
        "links.allow-private = true",
        "`tool.notelint.links.allow-private` cannot be configured; use the "
        "option `--allow-private`",
    ),
    (
        "links.headers.x = {y = 1}",
        "`tool.notelint.links.headers.x.y` must be a string, not a number",
    ),
    ("links.concurrency = 0", "`tool.notelint.links.concurrency` must be"),
    (
        'links.sites = [{hosts = ["x"], caseless = "("}]',
        "`tool.notelint.links.sites.1` has an invalid regular expression",
    ),
    ("links.sites = [{}]", "`tool.notelint.links.sites.1` needs `hosts`, a list of strings"),
    (
        'links.sites = [{hosts = ["x"], rewrites = [["a"]]}]',
        "`tool.notelint.links.sites.1.rewrites.1` must be a pair of strings, not a list of 1",
    ),
    (
        'severity = {empty-link = "warn"}',
        "`tool.notelint.severity.empty-link` must be one of `error`, `warning`; did you mean",
    ),
    (
        'severity.empty-lnk = "error"',
        "`tool.notelint.severity` names the unknown rule or category `empty-lnk`; did you mean",
    ),
    (
        'fail-on = "errors"',
        "`tool.notelint.fail-on` must be one of `error`, `warning`, `never`; did you mean",
    ),
    ('include = [".mdx", 1]', "`tool.notelint.include.2` must be a string, not a number"),
    ("cache-dir = 1", "`tool.notelint.cache-dir` must be a string, not a number"),
    ("select = [", "not valid TOML: "),
    (f"x = {'[' * 100_000}", "not valid TOML: "),
]


@pytest.mark.parametrize(("text", "message"), WRONG_TOML, ids=[text[:40] for text, _ in WRONG_TOML])
def test_a_slip_in_toml_is_one_line(notelint: Run, write: Write, text: str, message: str) -> None:
    write("pyproject.toml", f"[tool.notelint]\n{text}\n")
    ran = notelint("check")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"notelint: {TOML}{message}")
    assert ran.err.count("\n") == 1


WRONG_YAML = [
    ("selct: []", "unknown key `selct`; did you mean `select`?"),
    ("- a", ".notelint.yaml: must be a table, not a list"),
    ("1: a", "must have strings as keys, not a number"),
    ("toc:", "`toc` must be a table, not nothing"),
    ("select: 2024-01-01", "`select` must be a list of strings, not a date"),
    ("select: 2024-13-01", "not valid YAML: "),
    ("select: [a", "not valid YAML: expected ',' or ']'"),
    ("select: [links]\nselect: [toc]", "not valid YAML: duplicate key `select` (line"),
    ("select: [links", "not valid YAML: expected ',' or ']', but got the end of the file (line"),
    (
        "severity: {toc: eror}",
        "`severity.toc` must be one of `error`, `warning`; did you mean",
    ),
    ("fail-on:", "`fail-on` must be one of `error`, `warning`, `never`, not nothing (line"),
    ("cache-dir: null", "`cache-dir` must be a string, not nothing (line"),
    ("toc: {indent: ~}", "`toc.indent` must be a whole number, not nothing (line"),
    ("links: {total-timeout: null}", "`links.total-timeout` must be a number, not nothing (line"),
    ("fail-on: 3", "`fail-on` must be one of `error`, `warning`, `never`, not a number (line"),
    (
        "toc: {flavor: gitlub}",
        "`toc.flavor` must be one of `github`, `gitlab`, `bitbucket`; did",
    ),
    (
        "rules: {heading-skip: false}",
        "`rules.heading-skip` must be a table of options; `select`",
    ),
    (
        "rules: {heading-skip: error}",
        "`rules.heading-skip` must be a table of options; `select`",
    ),
    ("select: !!python/name:os.system ''", "not valid YAML: "),
    ("\x00", "not valid YAML: unacceptable character"),
    ("[" * 100_000, "not valid YAML: more than 1000 brackets"),
    ("--- {}\n--- {}", "not valid YAML: "),
]


@pytest.mark.parametrize(("text", "message"), WRONG_YAML, ids=[text[:30] for text, _ in WRONG_YAML])
def test_a_slip_in_yaml_is_one_line(notelint: Run, write: Write, text: str, message: str) -> None:
    write(".notelint.yaml", f"{text}\n")
    ran = notelint("check")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("notelint: .notelint.yaml: ")
    assert message in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("merge", ["[*{0}, *{0}]", "\n  <<: [*{0}, *{0}, *{0}]"])
def test_aliases_cannot_unfold(notelint: Run, write: Write, merge: str) -> None:
    lines = ["a0: &a0 {select: [links]}"]
    lines += [f"a{n}: &a{n} {merge.format(f'a{n - 1}')}" for n in range(1, 60)]
    write(".notelint.yaml", "\n".join(lines) + "\n")
    ran = notelint("check")
    assert ran.status == 2
    assert "aliases (`*name`) are not supported (line " in ran.err


def test_an_empty_file_says_nothing(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "# later\n")
    write("a.md", "# Title\n\nText.\n")
    assert notelint("check").status == 0


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.toml", b"[tool.ruff]\n", "has no table `tool.notelint`"),
        ("x.json", b"{}", "a configuration is a .toml, .yaml or .yml file"),
        ("x.yaml", b"\xff\xfe\x00", "not UTF-8 (byte at offset 0)"),
        ("x.yaml", b"#" * 2_000_000, "too large for a configuration"),
        ("missing.toml", None, "cannot be read (No such file or directory)"),
    ],
)
def test_a_named_file_that_is_none(
    notelint: Run, write: Write, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        write(name, data)
    ran = notelint("check", "--config", name)
    assert ran.status == 2
    assert ran.err.startswith(f"notelint: {name}: {message}")


def test_a_slip_cannot_command_a_terminal(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", '"\\e[2Jx": 1\n')
    assert "\x1b" not in notelint("check").err


def test_all_commands_mind_it(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "nonsense: 1\n")
    for command in ("check", "fix", "toc", "links", "fmt"):
        assert notelint(command).status == 2, command


# -------------------------------------------------------------- for editors


def test_the_schema_is_that_of_the_model(notelint: Run) -> None:
    stored = files("notelint.config") / "schema.json"
    # to mend: .ci/docs.py
    assert stored.read_text(encoding="utf-8") == notelint("init", "--schema").out


def test_the_schema_knows_what_the_reader_knows(notelint: Run, write: Write) -> None:
    schema = json.loads(notelint("init", "--schema").out)
    assert schema["additionalProperties"] is False
    rule = schema["properties"]["rules"]["properties"]["duplicate-link"]
    assert rule["properties"]["scope"]["enum"] == ["entries", "all"]
    across = rule["properties"]["across-files"]
    assert (across["type"], across["default"]) == ("boolean", False)
    site = schema["properties"]["links"]["properties"]["sites"]["items"]
    assert site["required"] == ["hosts"]
    assert "allow-private" not in schema["properties"]["links"]["properties"]


def test_the_configuration_of_this_project_is_valid() -> None:
    root = Path(__file__).parents[2]
    config = with_checked_options(config_in(root))
    notes = config.layer(config.special(str(root / "notes" / "papers.md")), Layer())
    assert notes.rules["duplicate-link"] == {"across_files": True}
    assert config.excluded(str(root / "tests" / "notes" / "messy.md"))
