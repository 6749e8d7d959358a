"""Where ``notelint init`` says that notelint is to be installed from."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import Git, Ran, Write
from installation import COMMIT, URL, Checkout, Installation, from_git, refused, repos
from notelint import __version__

HOOKS = [{"id": "notelint-fix"}, {"id": "notelint-repository"}]
PUBLISHED = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


def test_from_a_git_url_the_hooks_are_of_that_commit(
    from_url: Installation, git: Git, tmp_path: Path
) -> None:
    git("init", "-q")
    ran = from_url.run(tmp_path, "init", "--pre-commit")
    assert ran.status == 0, ran.err
    assert repos(tmp_path) == [{"repo": URL, "rev": COMMIT, "hooks": HOOKS}]
    for hook in ("pre-commit", "pre-push"):
        assert (tmp_path / ".git" / "hooks" / hook).is_file()
    assert "on this machine" not in ran.err


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://user:secret@example.org/n.git", "https://example.org/n.git"),
        ("https://${TOKEN}@example.org/n.git", "https://example.org/n.git"),
        ("ssh://git@example.org/n.git", "ssh://git@example.org/n.git"),
        ("ssh://git:secret@example.org/n.git", "ssh://git@example.org/n.git"),
        ("file:///srv/git/with%20blank", "file:///srv/git/with%20blank"),
    ],
)
def test_a_password_in_the_address_is_not_written(
    git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, url: str, written: str
) -> None:
    git("init", "-q")
    installed = Installation(tmp_path_factory.mktemp("installed"), from_git(url))
    ran = installed.run(tmp_path, "init", "--pre-commit")
    assert ran.status == 0, ran.err
    assert repos(tmp_path)[0]["repo"] == written
    assert "secret" not in ran.err
    assert ("another machine" in ran.err) == url.startswith("file:")


@pytest.mark.parametrize(
    ("direct_url", "message"),
    [
        ({"url": "https://example.org/n.whl", "archive_info": {}}, "from the archive https://e"),
        (from_git(URL, subdirectory="tools"), "no .pre-commit-hooks.yaml at its top"),
        ({"url": URL, "vcs_info": {"vcs": "hg", "commit_id": COMMIT}}, "from the hg repository"),
        (from_git("https://example.org/`x`"), "not a plain repository address"),
        (from_git("https://example.org/n\n::error::x"), "not a plain repository address"),
        (from_git(URL, commit="--upload-pack=x"), "https://git.example.org"),
        ("{", "direct_url.json of the installed notelint is not valid"),
        ("[]", "direct_url.json of the installed notelint is not valid"),
        ("{}", "direct_url.json of the installed notelint is not valid"),
    ],
)
def test_what_others_cannot_install_is_not_written(
    git: Git,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    direct_url: Any,
    message: str,
) -> None:
    git("init", "-q")
    installed = Installation(tmp_path_factory.mktemp("installed"), direct_url)
    for option in ("--pre-commit", "--workflow"):
        refused(installed.run(tmp_path, "init", option), tmp_path, message)
    assert installed.run(tmp_path, "init").status == 0


def test_from_a_checkout_it_is_that_folder(checkout: Checkout, git: Git, tmp_path: Path) -> None:
    git("init", "-q")
    checkout.git("init", "-q")
    commit = checkout.commit()
    ran = checkout.installed.run(tmp_path, "init", "--pre-commit")
    assert ran.status == 0, ran.err
    assert repos(tmp_path) == [{"repo": str(checkout.folder), "rev": commit, "hooks": HOOKS}]
    assert f"the last one of {checkout.folder}\n" in ran.err
    assert f"cannot install notelint from {checkout.folder};" in ran.err


@pytest.mark.parametrize("origin", ["https://example.org/n.git", "git@example.org:team/n.git"])
def test_the_origin_of_a_checkout_is_better_if_it_has_the_commit(
    checkout: Checkout, git: Git, tmp_path: Path, origin: str
) -> None:
    git("init", "-q")
    checkout.git("init", "-q")
    commit = checkout.commit()
    checkout.git("remote", "add", "origin", origin)
    checkout.git("update-ref", "refs/remotes/origin/main", commit)
    ran = checkout.installed.run(tmp_path, "init", "--pre-commit")
    assert repos(tmp_path)[0]["repo"] == origin
    assert f"the last one of {checkout.folder}; its origin has it\n" in ran.err

    (tmp_path / ".pre-commit-config.yaml").unlink()
    newer = checkout.commit("more")
    checkout.installed.run(tmp_path, "init", "--pre-commit")
    assert (repos(tmp_path)[0]["repo"], repos(tmp_path)[0]["rev"]) == (str(checkout.folder), newer)


@pytest.mark.parametrize("origin", ["ext::sh -c x", "https://e.org/$(x)", "../other", "/srv/n"])
def test_an_origin_that_is_no_address_is_not_written(
    checkout: Checkout, git: Git, tmp_path: Path, origin: str
) -> None:
    git("init", "-q")
    checkout.git("init", "-q")
    commit = checkout.commit()
    checkout.git("config", "remote.origin.url", origin)
    checkout.git("update-ref", "refs/remotes/origin/main", commit)
    assert checkout.installed.run(tmp_path, "init", "--pre-commit").status == 0
    assert repos(tmp_path)[0]["repo"] == str(checkout.folder)


def test_changes_that_are_not_committed_are_told(
    checkout: Checkout, git: Git, tmp_path: Path
) -> None:
    git("init", "-q")
    checkout.git("init", "-q")
    checkout.commit()
    (checkout.folder / ".pre-commit-hooks.yaml").write_text("[] # changed\n")
    ran = checkout.installed.run(tmp_path, "init", "--pre-commit")
    assert "without what has changed since" in ran.err


def test_a_folder_without_commits_or_hooks_is_no_source(
    checkout: Checkout, git: Git, tmp_path: Path
) -> None:
    git("init", "-q")

    def run() -> Ran:
        return checkout.installed.run(tmp_path, "init", "--pre-commit")

    refused(run(), tmp_path, "which is not a git repository with a commit")
    checkout.git("init", "-q")
    refused(run(), tmp_path, "which is not a git repository with a commit")
    checkout.commit("other")
    refused(run(), tmp_path, "the last commit has no .pre-commit-hooks.yaml")


def test_where_it_lies_as_source_the_checkout_is_the_source(
    checkout: Checkout, git: Git, tmp_path: Path
) -> None:
    git("init", "-q")
    checkout.git("init", "-q")
    (checkout.folder / "src").mkdir()
    (checkout.installed.site / "notelint").rename(checkout.folder / "src" / "notelint")
    checkout.installed.site = checkout.folder / "src"
    commit = checkout.commit()
    assert checkout.installed.run(tmp_path, "init", "--pre-commit").status == 0
    assert repos(tmp_path)[0]["rev"] == commit


# -------------------------------------------------------------- from an index


def index(folder: Path, site: Path, extra: str = "") -> Mapping[str, str]:
    """Variables for pip, with an index in *folder* that serves the package in *site*."""
    page = folder / "notelint"
    page.mkdir(parents=True)
    name = f"notelint-{__version__}-py3-none-any.whl"
    info = f"notelint-{__version__}.dist-info"
    with zipfile.ZipFile(page / name, "w") as wheel:
        for path in (site / "notelint").rglob("*.py"):
            wheel.write(path, path.relative_to(site))
        if extra:
            wheel.writestr("notelint/extra.py", extra)
        wheel.writestr(f"{info}/METADATA", (site / info / "METADATA").read_text())
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    (page / "index.html").write_text(f'<a href="{name}">{name}</a>')
    return pip(folder)


def pip(folder: Path) -> Mapping[str, str]:
    return {
        "PIP_INDEX_URL": folder.as_uri(),
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "",
    }


def test_from_an_index_that_serves_it_the_version_is_pinned(
    git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git("init", "-q", "-b", "main")
    folder = tmp_path_factory.mktemp("installed")
    installed = Installation(folder)
    env = index(folder / "index", installed.site)
    ran = installed.run(tmp_path, "init", "--pre-commit", "--workflow", env=env)
    assert ran.status == 0, ran.err
    [entry] = repos(tmp_path)
    published = {hook["id"]: hook for hook in yaml.safe_load(PUBLISHED.read_bytes())}
    for hook in entry["hooks"]:
        assert hook.pop("additional_dependencies") == [f"notelint=={__version__}"]
        told = ("description", "minimum_pre_commit_version")
        assert hook == {k: v for k, v in published[hook["id"]].items() if k not in told}
    assert (tmp_path / ".git" / "hooks" / "pre-commit").is_file()
    workflow = (tmp_path / ".github" / "workflows" / "notelint.yml").read_text()
    assert f"notelint=={__version__}" in workflow


def test_from_an_index_that_does_not_serve_it_nothing_is_written(
    git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git("init", "-q")
    folder = tmp_path_factory.mktemp("installed")
    installed = Installation(folder)
    (folder / "empty").mkdir()
    for option in ("--pre-commit", "--workflow"):
        ran = installed.run(tmp_path, "init", option, env=pip(folder / "empty"))
        refused(ran, tmp_path, "the package index does not serve it")
        env = index(folder / option, installed.site, extra="# of somebody else\n")
        ran = installed.run(tmp_path, "init", option, env=env)
        refused(ran, tmp_path, "is not what is installed")


def test_metadata_in_the_tree_says_nothing(
    from_url: Installation, git: Git, tmp_path: Path, write: Write
) -> None:
    git("init", "-q")
    name = "notelint-99.dist-info"
    write(f"{name}/METADATA", "Metadata-Version: 2.1\nName: notelint\nVersion: 99\n")
    write(f"{name}/direct_url.json", json.dumps(from_git("https://evil.example.org/")))
    write("a.pth", "import evil\n")
    env = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{from_url.site}"}
    assert from_url.run(tmp_path, "init", "--pre-commit", env=env).status == 0
    assert repos(tmp_path)[0]["repo"] == URL
