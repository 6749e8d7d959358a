"""A call of ``notelint``: commands, options in any place, and what is said of a wrong one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Git, Ran, Run, Write
from notelint.cli.main import COMMANDS, LEADING

BROKEN = '# T\n\n<img src="">\n\n[x](gone.md)\n\n##\n\nText.\n'


def rules_of(ran: Ran) -> set[str]:
    return {each["rule"] for each in json.loads(ran.out)["findings"]}


def test_no_command_is_help(notelint: Run) -> None:
    ran = notelint()
    assert (ran.status, ran.err) == (0, "")
    assert all(f"\n    {command}" in ran.out for command in COMMANDS)


def test_a_path_is_a_check(notelint: Run, write: Write) -> None:
    write("a.md", BROKEN)
    write("links/b.md", BROKEN)
    write("README", BROKEN)
    for path in (".", "a.md", "README", "./links", "*.md"):
        assert notelint(path) == notelint("check", path), path
        assert notelint(path).status == 1, path
    assert notelint("--quiet", "--select", "empty-image", "a.md").out.count("\n") == 1
    assert notelint("--output-format", "json", "a.md").status == 1
    assert "a.md" not in notelint("gone.md").out
    assert notelint("gone.md").err == "notelint: gone.md: no such file or folder\n"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("chekc", "unknown command `chekc`; did you mean `notelint check`?"),
        ("lint .", "unknown command `lint`; did you mean `notelint check`?"),
        ("format", "unknown command `format`; did you mean `notelint fmt`?"),
        ("CHECK", "unknown command `CHECK`; did you mean `notelint check`?"),
        ("watch", "unknown command `watch`; did you mean `notelint check --watch`?"),
        ("linkcheck .", "unknown command `linkcheck`; did you mean `notelint links`?"),
        ("version", "unknown command `version`; did you mean `notelint --version`?"),
        ("help", "unknown command `help`; did you mean `notelint --help`?"),
        ("zzz", "unknown command `zzz`, and no file or folder of that name; see `notelint --help`"),
        ("--quiet", "no command and no path; did you mean `notelint check --quiet`?"),
        ("--fix", "no command and no path; did you mean `notelint check --fix`?"),
        ("--fix check .", "`--fix` must follow the command; write `notelint check --fix`"),
        ("--selec x check .", "unknown option `--selec`; did you mean `--select`?"),
        ("--dry-run fix .", "unknown option `--dry-run`; did you mean `--diff`?"),
        ("list", "unknown command `list`; did you mean `notelint rules`?"),
        ("rename", "`notelint rename` needs NOTE#ANCHOR and TEXT; see `notelint rename --help`"),
        ("rename a.md#a", "`notelint rename` needs TEXT; see `notelint rename --help`"),
        ("completion", "`notelint completion` needs SHELL; see `notelint completion --help`"),
        ("check --zz", "unknown option `--zz`; see `notelint check --help`"),
        ("check --dry-run", "unknown option `--dry-run`; did you mean `--diff`?"),
        ("fix --dry-run", "unknown option `--dry-run`; did you mean `--diff`?"),
        ("--dry-run .", "unknown option `--dry-run`; did you mean `--diff`?"),
        ("check --explain x", "unknown option `--explain`; did you mean `notelint rules`?"),
        ("links --jobs 2", "unknown option `--jobs`; did you mean `--concurrency`?"),
        ("links --max-retries 3",
         "unknown option `--max-retries`; set `links.retries` in the configuration"),
        ("links --max-concurrency 3",
         "unknown option `--max-concurrency`; did you mean `--concurrency`?"),
        ("toc --maxdepth 2", "unknown option `--maxdepth`; did you mean `--max-level`?"),
        ("report --html", "unknown option `--html`; did you mean `--output-format html`?"),
        ("rename a.md#t T --dry-run", "unknown option `--dry-run`; did you mean `--diff`?"),
        ("check --format=json", "unknown option `--format`; did you mean `--output-format`?"),
        ("check -f json", "unknown option `-f`; did you mean `--output-format`?"),
        ("check --output x", "unknown option `--output`; did you mean `--output-file`?"),
        ("check --output_file x", "unknown option `--output_file`; did you mean `--output-file`?"),
        ("check --unsafe-fixes", "unknown option `--unsafe-fixes`; did you mean `--unsafe`?"),
        ("check --statistic", "unknown option `--statistic`; did you mean `--statistics`?"),
        ("toc --maxlevel 3 a.md", "unknown option `--maxlevel`; did you mean `--max-level`?"),
        ("toc --notitle a.md", "unknown option `--notitle`; did you mean `--no-title`?"),
        ("toc --dryrun a.md", "unknown option `--dryrun`; did you mean `--check`?"),
        ("toc --github a.md", "unknown option `--github`; did you mean `--flavor github`?"),
        ("check --min-level 2", "unknown option `--min-level`; did you mean "
         "`notelint toc --min-level`?"),
        ("check --no-color", "unknown option `--no-color`; did you mean `--color never`?"),
        ("check --jobs x", "--jobs: must be a whole number, 1 or more, not `x`"),
        ("check --jobs 0", "--jobs: must be a whole number, 1 or more, not `0`"),
        ("check --select", "--select needs a value"),
        ("check --config= .", "--config: must be the name of a file"),
        ("check --write-baseline= .", "--write-baseline: must be the name of a file"),
        ("report --output-file= .", "--output-file: must be the name of a file"),
        ("check --output-format jsn", "--output-format: unknown value `jsn`; did you mean `json`?"),
        ("check --color red", "--color: unknown value `red`; known are auto, always, never"),
        ("check --frobnicate", "unknown option `--frobnicate`; see `notelint check --help`"),
        ("toc --select links", "unknown option `--select`; only check, fix, links, report and "
         "config have it"),
        ("check --severity error", "unknown option `--severity`; did you mean `--fail-on`?"),
        ("check --cache-dir x", "unknown option `--cache-dir`; set `cache-dir` in the "
         "configuration"),
        ("links --accept 404", "unknown option `--accept`; set `links.accept` in the "
         "configuration"),
        ("links --header x", "unknown option `--header`; set `links.headers` in the "
         "configuration"),
        ("fmt --wrap 80", "unknown option `--wrap`; set `wrap` in .mdformat.toml"),
        ("links --ignore https://x.org/a", "unknown rule or category `https://x.org/a`; `exclude` "
         "leaves out files and links"),
        ("links --timeout 0", "--timeout must be more than 0"),
        ("check --config a --isolated", "--isolated cannot be combined with --config"),
        ("completion csh", "SHELL: unknown value `csh`; known are bash, zsh, fish"),
        ("completion bash x", "unexpected argument `x`"),
        ("check --unsafe .", "--unsafe needs --fix or --diff"),
        ("check --fix --watch .", "--fix and --watch cannot be combined"),
        ("check --write-baseline=x --since=main .",
         "--write-baseline and --since cannot be combined"),
        ("check --write-baseline=x --since= .", "--write-baseline and --since cannot be combined"),
        ("rules empty-imag", "unknown rule or category `empty-imag`; did you mean `empty-image`?"),
        ("config toc.minlevel", "no key, file or folder `toc.minlevel`; did you mean "
         "`toc.min-level`?"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_one_line(notelint: Run, write: Write, call: str, message: str) -> None:
    write("a.md", "# T\n\ntext\n")
    assert notelint(*call.split()) == Ran(2, "", f"notelint: {message}\n")


@pytest.mark.parametrize("command", ["check", "fix --diff", "toc --check", "links", "fmt --check"])
def test_common_options_stand_anywhere(notelint: Run, write: Write, command: str) -> None:
    write("a.md", "Text.\n")
    write("drafts/b.md", BROKEN)
    write("c.yaml", "ignore: [toc-stale]\n")
    options = ["--config", "c.yaml", "--color", "never", "-q", "--exclude", "drafts/"]
    if command.split()[0] != "toc":
        options += ["--no-cache"]
    if command.split()[0] not in ("toc", "fmt"):
        options += ["--select", "links", "--extend-select=text", "--ignore", "toc"]
    if command.split()[0] != "links":
        options += ["--jobs", "1"]
    assert {each.partition("=")[0] for each in options if each[0] == "-"} <= LEADING.keys()
    name, *more = command.split()
    for call in (
        [*options, name, *more, "."],
        [name, *options, *more, "."],
        [name, ".", *more, *options],
        [name, "a.md", *options, *more, "drafts"],
    ):
        assert notelint(*call) == Ran(0, "", ""), call
    assert notelint("--isolated", "-v", name, *more, "a.md").status == 0


@pytest.mark.parametrize(
    ("command", "option"),
    [
        *((each, "--no-cache") for each in ("config", "rules")),
        *((each, "--jobs=1") for each in ("config", "rules")),
    ],
)
def test_no_command_takes_an_option_without_effect(
    notelint: Run, command: str, option: str
) -> None:
    ran = notelint(command, option)
    assert ran.status == 2
    assert ran.err.startswith(f"notelint: unknown option `{option.partition('=')[0]}`; only ")


def test_names_and_patterns_add_up(notelint: Run, write: Write) -> None:
    write("a.md", BROKEN)
    json_of = ("check", "--output-format", "json")
    every = {"empty-image", "missing-file", "empty-heading"}
    assert rules_of(notelint(*json_of)) == every
    assert rules_of(notelint(*json_of, "--select", "images", "--select", "links")) == (
        every - {"empty-heading"}
    )
    ignored = ("--ignore", "images", "--ignore", "structure,toc")
    assert rules_of(notelint(*json_of, *ignored)) == set()
    assert rules_of(notelint("--ignore", "images", *json_of, "--ignore", "links")) == {
        "empty-heading"
    }
    assert "missing-title" not in rules_of(notelint(*json_of, "--extend-select", "image-alt"))
    write("b.md", "text\n")
    more = ("--extend-select", "missing-title,image-alt", "--ignore", "images")
    assert rules_of(notelint(*json_of, *more)) == {"missing-title", "empty-heading"}
    left = notelint("check", "--exclude", "a.md", "--exclude", "x/,y/", "-q")
    assert left == Ran(0, "", "")
    none = notelint("check", "--exclude", "*.md")
    assert none == Ran(0, "", "notelint: nothing to check: --exclude excludes all 2 files\n")


def test_what_is_read(notelint: Run, write: Write, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    nothing = "notelint: nothing to check: no Markdown file in "
    assert notelint("check", "empty") == Ran(0, "", f"{nothing}'empty'\n")
    assert notelint("check") == Ran(0, "", f"{nothing}the current folder\n")
    wrong = Ran(2, "", "notelint: gone.md: no such file or folder\n")
    assert notelint("check", "gone.md") == wrong


def test_a_glob_that_the_shell_left_alone(notelint: Run, write: Write) -> None:
    for name in ("a.md", "b.txt", "docs/c.md", "docs/sub/d.markdown", "docs/e.png", "x[1].md"):
        write(name, BROKEN)

    def read(*paths: str) -> set[str]:
        out = notelint("check", "--output-format", "json", *paths).out
        return {each["path"] for each in json.loads(out)["findings"]}

    assert read("*.md") == {"a.md", "x[1].md"}
    assert read("**/*.md") == {"a.md", "docs/c.md", "x[1].md"}
    assert read("docs/*") == {"docs/c.md", "docs/sub/d.markdown"}
    assert read("docs/**") == {"docs/c.md", "docs/sub/d.markdown"}
    assert read("./d?cs/*.md", "a.md") == {"a.md", "docs/c.md"}
    assert read(str(Path.cwd() / "docs" / "*.md")) == {"docs/c.md"}
    assert read("*.txt") == {"a.md", "b.txt", "x[1].md"} - {"a.md", "x[1].md"}
    assert read("x[1].md") == {"x[1].md"}, "a file of that name is that file"
    assert notelint("check", "*.rst") == Ran(2, "", "notelint: *.rst: no file matches\n")
    assert notelint("check", "nowhere/*.md").status == 2


# Root reads everything, but for this.
DROP = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
ROOT = not hasattr(os, "getuid") or os.getuid() == 0


@pytest.mark.skipif(ROOT and not shutil.which(DROP[0]), reason="needs a user who is not root")
@pytest.mark.parametrize("in_git", [False, True])
def test_a_folder_that_cannot_be_read(write: Write, tmp_path: Path, git: Git, in_git: bool) -> None:
    write("top/a.md", "# T\n\ntext\n")
    folder = write("top/shut/b.md", BROKEN).parent
    if in_git:
        git("init")
        git("add", ".")
    folder.chmod(0)

    def run(*paths: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*(DROP if ROOT else ()), sys.executable, "-m", "notelint", "check", *paths],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    try:
        named, above = run("top/shut"), run("top")
    finally:
        folder.chmod(0o755)
    assert (named.returncode, named.stdout) == (2, "")
    assert named.stderr == "notelint: top/shut: cannot be read\n"
    assert (above.returncode, above.stderr) == (2, "notelint: top/shut: cannot be read\n")
    assert "1 file" in above.stdout


def test_fix_and_check_are_symmetric(notelint: Run, write: Write) -> None:
    note = write("a.md", BROKEN)
    for call in (["fix", "--diff"], ["check", "--diff"], ["check", "--fix", "--diff"]):
        ran = notelint(*call)
        assert (ran.status, ran.err) == (1, "Would fix 1 problem in 1 file: empty-image 1.\n")
        assert ran.out.startswith("--- a/a.md\n")
    assert notelint("fix", "--check").out == "a.md: would be fixed\n"
    assert notelint("fix", "--check").status == 1
    assert note.read_text() == BROKEN
    fixed = notelint("check", "--fix", "--exit-zero")
    assert (fixed.status, fixed.err) == (0, "Fixed 1 problem in 1 file: empty-image 1.\n")
    assert "<img" not in note.read_text()
    assert notelint("fix", "--check") == Ran(0, "", "")


@pytest.mark.parametrize(
    ("mode", "option"),
    [
        ("--diff", "--output-format json"),
        ("--check", "--output-format sarif"),
        ("--check", "--statistics"),
        ("--diff", "--sarif-file x.sarif"),
        ("--diff", "--summary-file x.md"),
    ],
)
def test_options_of_a_report_that_is_not_made(
    notelint: Run, write: Write, tmp_path: Path, mode: str, option: str
) -> None:
    write("a.md", "![]()\n")
    plain, ran = notelint("fix", mode), notelint("fix", mode, *option.split())
    told = f"notelint: {option.split()[0]} has no effect with {mode}\n"
    assert (ran.status, ran.out, ran.err) == (1, plain.out, told + plain.err)
    assert [path.name for path in tmp_path.glob("x*")] == []


def test_fix_since_a_revision(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    note = write("a.md", "![]()\n\nold\n\n![]()\n")
    git("add", ".")
    git("commit", "-m", "x")
    note.write_text("new\n![]()\n\n![]()\n\nold\n\n![]()\n\n![]()\n![]()\n")
    assert notelint("fix", "--since", "HEAD", "--diff").status == 1
    ran = notelint("fix", "--since", "HEAD")
    assert note.read_text() == "new\n\n![]()\n\nold\n\n![]()\n\n"
    assert ran.status == 0
    assert notelint("fix", "--since", "nosuch").status == 2


def test_what_makes_the_status(notelint: Run, write: Write) -> None:
    note = write("a.md", "# A\n\n### B\n\ntext\n")
    assert notelint("check", "--select", "heading-skip").status == 1
    assert notelint("check", "--fail-on", "error").status == 0
    assert notelint("check", "--fail-on", "never").status == 0
    write(".notelint.yaml", "fail-on: error\n")
    assert notelint("check").status == 0
    assert notelint("check", "--fail-on", "warning").status == 1
    note.write_text(BROKEN)
    assert notelint("check").status == 1
    assert notelint("check", "--exit-zero").status == 0
    assert notelint("check", "--exit-zero", "gone.md").status == 2


def test_rules_of_another_command_are_said_to_be(notelint: Run, write: Write) -> None:
    write("a.md", "# T\n\nhttps://example.org/x\n")
    err = notelint("check", "--select", "dead-link").err
    assert err == "notelint: only `notelint links` looks for `dead-link`\n"


def test_verbose(notelint: Run, write: Write) -> None:
    write("a.md", "# T\n\ntext\n")
    write(".notelint.yaml", "exclude: [old/]\nper-file: {'x/*.md': {ignore: [toc]}}\n")
    err = notelint("-v", "check", "--exclude", "nope").err
    assert err.splitlines() == [
        "notelint: configuration: .notelint.yaml",
        *(f"notelint: pattern `{each}` matches no file"
          for each in ("old/", "x/*.md", "nope")),
    ]  # fmt: skip
    assert "none, the defaults apply" in notelint("check", "-v", "--isolated").err
