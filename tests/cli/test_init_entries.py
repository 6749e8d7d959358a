"""``notelint init --pre-commit`` and ``--workflow``: entries that work as they are written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import Git, Write
from installation import COMMIT, URL, Checkout, Installation, repos
from notelint.config import set_up
from notelint.config.set_up import has_notelint, new_file, with_entry

OUR_WORKFLOWS = (Path(__file__).parents[2] / ".github" / "workflows").glob("*.yml")
ZIZMOR = Path(sys.executable).with_name("zizmor")
ENTRY = set_up.from_repository(URL, COMMIT, (set_up.FIX, set_up.REPOSITORY))
HOOKS = [{"id": "notelint-fix"}, {"id": "notelint-repository"}]


# -------------------------------------------------------------- the hooks


def test_a_hook_needs_a_repository(from_url: Installation, tmp_path: Path) -> None:
    ran = from_url.run(tmp_path, "init", "--pre-commit")
    assert (ran.status, list(tmp_path.iterdir())) == (2, [])
    assert ran.err.endswith("--pre-commit needs a git repository\n")


def test_without_pre_commit_it_is_said_how_to_get_it(
    from_url: Installation, git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git("init", "-q")
    # a Python with nothing beside it
    venv = tmp_path_factory.mktemp("python")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    paths = [str(from_url.site), *(each for each in sys.path if each.endswith("site-packages"))]
    done = subprocess.run(
        [venv / "bin" / "python", from_url.script, "init", "--pre-commit"],
        cwd=tmp_path,
        env={**os.environ, "PATH": "/usr/bin:/bin", "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "`notelint[pre-commit]`" in done.stderr
    assert "then run `pre-commit install`" in done.stderr
    assert repos(tmp_path)[0]["hooks"] == HOOKS
    assert not (tmp_path / ".git" / "hooks" / "pre-commit").exists()


@pytest.mark.parametrize("kind", ["the folder", "a hook", "another repository"])
def test_no_hook_is_written_elsewhere(
    from_url: Installation,
    git: Git,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    kind: str,
) -> None:
    other = tmp_path_factory.mktemp("other")
    git("init", "-q")
    hooks = tmp_path / ".git" / "hooks"
    if kind == "another repository":
        git("init", "-q", f"--separate-git-dir={other}/store", f"{other}/tree")
        shutil.rmtree(tmp_path / ".git")
        (tmp_path / ".git").write_text(f"gitdir: {other}/store\n")
    elif kind == "a hook":
        hooks.mkdir(exist_ok=True)
        (hooks / "pre-commit").symlink_to(other / "pre-commit")
    else:
        shutil.rmtree(hooks, ignore_errors=True)
        hooks.symlink_to(other)
    ran = from_url.run(tmp_path, "init", "--pre-commit")
    assert ran.status == 2
    assert "the hooks of this repository are not in it" in ran.err
    assert [each for each in other.rglob("pre-*") if each.suffix != ".sample"] == []


def test_while_there_are_findings_no_push_is_refused(
    from_url: Installation, git: Git, write: Write, tmp_path: Path
) -> None:
    git("init", "-q")
    write("a.md", "# A\n\n[b](gone.md)\n")
    ran = from_url.run(tmp_path, "init", "--pre-commit")
    assert ran.status == 0
    assert repos(tmp_path)[0]["hooks"] == HOOKS[:1]
    assert "Left out the hook notelint-repository" in ran.err
    assert not (tmp_path / ".git" / "hooks" / "pre-push").exists()


def test_in_a_folder_of_the_repository_all_is_written_at_its_root(
    from_url: Installation, git: Git, write: Write, tmp_path: Path
) -> None:
    git("init", "-q", "-b", "main")
    here = write("papers/a.md", "# A\n\nText.\n").parent
    ran = from_url.run(here, "init", "--pre-commit", "--workflow")
    assert ran.status == 0, ran.err
    assert list(here.iterdir()) == [here / "a.md"]
    for name in (".notelint.yaml", ".pre-commit-config.yaml", ".github/workflows/notelint.yml"):
        assert (tmp_path / name).is_file()
        assert f"../{name}: written\n" in ran.err


def test_a_second_time_changes_nothing(
    from_url: Installation, write: Write, git: Git, tmp_path: Path
) -> None:
    git("init", "-q", "-b", "main")
    write("pyproject.toml", "")
    arguments = ("init", "--pre-commit", "--workflow")
    assert from_url.run(tmp_path, *arguments).status == 0
    names = ("pyproject.toml", ".pre-commit-config.yaml", ".github/workflows/notelint.yml")
    before = [(tmp_path / name).read_bytes() for name in names]
    assert from_url.run(tmp_path, *arguments).status == 0
    assert [(tmp_path / name).read_bytes() for name in names] == before


CONFIGS = [
    "repos:\n- repo: https://example.org/a\n  rev: v1\n  hooks:\n  - id: a\n",
    "repos:\n  - repo: local # why\n    hooks:\n      - id: a\n        args: [x] # and this\n",
    "repos:\n  - repo: x\n    rev: v1\n    hooks: [{id: a}]",
    "repos:\r\n- repo: x\r\n  rev: v1\r\n  hooks:\r\n  - id: a\r\n\r\nci:\r\n  skip: [a]\r\n",
    "repos:\n- repo: x\n  hooks:\n  - id: a\n    name: |\n      two\n      lines\n\nci: {}\n",
    "# why\nfail_fast: true",
    "fail_fast: true\nrepos: [] # none yet\n",
    "repos:\nfail_fast: true\n",
    "repos: []",
    "",
    "\n",
    "# nothing yet",
    "---\n",
]


@pytest.mark.parametrize("text", CONFIGS)
def test_the_hooks_are_added_to_what_is_there(text: str) -> None:
    after = with_entry(text, ENTRY)
    assert after is not None
    old, new = yaml.safe_load(text) or {}, yaml.safe_load(after)
    before = old.get("repos") or []
    assert new["repos"] == [*before, {"repo": URL, "rev": COMMIT, "hooks": HOOKS}]
    if old:
        assert {**new, "repos": None} == {**old, "repos": None}
    lines = iter(
        after.replace("repos:", "repos: []").split("\n") if "[]" in text else after.split("\n")
    )
    kept = [line.partition(" #")[0] for line in text.rstrip("\n").split("\n")]
    assert all(any(line in each for each in lines) for line in kept), "every line is kept"
    assert ("\r\n" in after) == ("\r\n" in text)


@pytest.mark.parametrize(
    "text",
    ["[", "repos: [{repo: x}]\n", "{}", "- a", "x", "~", "{repos: []}", 'repos: ["\\UFFFFFFFF"]'],
)
def test_a_list_that_cannot_grow_is_left_alone(text: str) -> None:
    assert with_entry(text, ENTRY) is None


def test_such_a_list_is_told_and_the_entry_shown(
    from_url: Installation, write: Write, git: Git, tmp_path: Path
) -> None:
    git("init", "-q")
    path = write(".pre-commit-config.yaml", "repos: [{repo: meta, hooks: [{id: identity}]}]\n")
    ran = from_url.run(tmp_path, "init", "--pre-commit")
    assert ran.status == 2
    assert "id: notelint-fix" in ran.out
    assert "add the above by hand" in ran.err
    assert path.read_bytes() == b"repos: [{repo: meta, hooks: [{id: identity}]}]\n"


@pytest.mark.parametrize(
    ("hook", "is_ours"),
    [
        ("id: notelint", True),
        ("id: notelint-toc", True),
        ("id: x, entry: python -m notelint check", True),
        ("id: notelint-other", False),
        ("id: x, files: notelint", False),
    ],
)
def test_hooks_that_are_there_already(hook: str, is_ours: bool) -> None:
    text = f"# notelint\nrepos:\n- repo: x\n  hooks:\n  - {{{hook}}}\n"
    assert has_notelint(text) == is_ours


@pytest.mark.parametrize(
    ("commit", "written"),
    [("0a" * 20, "0a" * 20), ("12" * 20, f'"{"12" * 20}"'), ("1e" + "2" * 38, f'"1e{"2" * 38}"')],
)
def test_a_commit_is_no_number(commit: str, written: str) -> None:
    entry = set_up.from_repository(URL, commit, (set_up.FIX,))
    assert f"  rev: {written}\n" in entry


def test_a_new_file_installs_the_hook_for_pushes() -> None:
    found = yaml.safe_load(new_file(ENTRY))
    assert found["default_install_hook_types"] == ["pre-commit", "pre-push"]


# -------------------------------------------------------------- the workflow


@pytest.mark.parametrize(
    ("branch", "pattern"),
    [("release/1.x", "release/1.x"), ("true", "true"), ("c++", r"c\+\+"), ("a'b", "a'b")],
)
def test_the_workflow_watches_the_branch_that_is_there(
    from_url: Installation, git: Git, tmp_path: Path, branch: str, pattern: str
) -> None:
    git("init", "-q", "-b", branch)
    assert from_url.run(tmp_path, "init", "--workflow").status == 0
    path = tmp_path / ".github" / "workflows" / "notelint.yml"
    found = yaml.safe_load(path.read_bytes())
    assert found[True]["push"] == {"branches": [pattern]}  # YAML 1.1 reads `on` as true
    assert found["permissions"] == {"contents": "read"}
    schema = ["--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *schema], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_workflow_names_the_commits_that_ours_name() -> None:
    ours = "".join(each.read_text("utf-8") for each in OUR_WORKFLOWS)
    used = re.findall(r"uses: .+", set_up.workflow("main", "notelint"))
    assert len(used) == 2
    assert [each for each in used if f"{each}\n" not in ours] == []


@pytest.mark.skipif(not ZIZMOR.exists(), reason="needs zizmor")
def test_the_workflow_has_no_hole(tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "notelint.yml"
    file.parent.mkdir(parents=True)
    file.write_text(set_up.workflow("main", "notelint"), "utf-8")
    call = [str(ZIZMOR), "--offline", "--no-config", str(file)]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("url", "requirement", "who"),
    [
        ("https://e.org/n.git", "git+https://e.org/n.git", ""),
        ("ssh://git@e.org/n.git", "git+ssh://git@e.org/n.git", "who has no access to it"),
        ("git@e.org:team/n.git", "git+ssh://git@e.org/team/n.git", "who has no access to it"),
        ("", "git+file://", "another machine, such as a runner of GitHub, cannot install"),
    ],
)
def test_what_a_workflow_installs(
    checkout: Checkout, git: Git, tmp_path: Path, url: str, requirement: str, who: str
) -> None:
    git("init", "-q")
    checkout.git("init", "-q")
    commit = checkout.commit()
    if url:
        checkout.git("remote", "add", "origin", url)
        checkout.git("update-ref", "refs/remotes/origin/main", commit)
    ran = checkout.installed.run(tmp_path, "init", "--workflow")
    assert ran.status == 0, ran.err
    text = (tmp_path / ".github/workflows/notelint.yml").read_text()
    where = "" if url else checkout.folder.as_uri().removeprefix("file://")
    assert f" {requirement}{where}@{commit}\n" in text
    assert ("cannot install" in ran.err) == bool(who)
    assert who in ran.err


def test_the_workflow_is_added_where_the_hook_is_already(
    from_url: Installation, git: Git, tmp_path: Path
) -> None:
    git("init", "-q")
    assert from_url.run(tmp_path, "init", "--pre-commit").status == 0
    before = (tmp_path / ".pre-commit-config.yaml").read_bytes()
    assert from_url.run(tmp_path, "init", "--pre-commit", "--workflow").status == 0
    assert (tmp_path / ".pre-commit-config.yaml").read_bytes() == before
    assert (tmp_path / ".github/workflows/notelint.yml").is_file()
