"""Notes in which some rules do not look, by their path."""

from __future__ import annotations

import pytest

from conftest import Git, Run, Write

NOTE = "# A\n\n### B\n\n### B\n"
IN_CHANGELOG = "duplicate-heading,empty-section,heading-skip,missing-title,toc-missing"
IN_TEMPLATE = "duplicate-heading,empty-section,empty-heading,empty-link,heading-skip,missing-title"


def told(notelint: Run, rules: str, *paths: str) -> set[str]:
    """The notes that *rules* find something in."""
    found = notelint("check", "--no-cache", "--select", rules, *(paths or ["."]))
    return {line.split(":")[0] for line in found.out.split("\n") if line.count(":") > 1}


@pytest.mark.parametrize(
    "path",
    [
        *("CHANGELOG.md", "changelog.md", "pkg/ChangeLog.md", "CHANGELOG-1.20.md", "Change Log.md"),
        *("CHANGELOG.zh-CN.md", "old-changelog.md", "CHANGELOG/v1.2.md", "docs/changelogs/a/b.md"),
        *("CHANGES.md", "changes.md", "CHANGES-3.x.md", "CHANGES_v2_DRAFT.md", "HISTORY.md"),
        *("history.md", "RELEASE_NOTES.md", "release-notes-2.md", "release-notes/2.0.md"),
        *("RELEASES.md", "NEWS.md", "更新日志.md", "docs/变更日志.md"),
    ],
)
def test_changelogs(notelint: Run, write: Write, path: str) -> None:
    write(path, NOTE)
    assert told(notelint, IN_CHANGELOG) == set()
    write(path, "##\n\n[a]()\n")
    assert told(notelint, "empty-heading,empty-link") == {path}, "broken there as anywhere"


@pytest.mark.parametrize(
    "path",
    [
        *("history-of-rome.md", "changes-to-come.md", "api_changes.md", "release.md", "news.md"),
        *("changelogic.md", "exchange.md", "Change.md", "history/rome.md", "prehistory.md"),
    ],
)
def test_other_notes(notelint: Run, write: Write, path: str) -> None:
    write(path, NOTE)
    assert told(notelint, IN_CHANGELOG) == {path}


@pytest.mark.parametrize(
    "path",
    [
        *(".github/ISSUE_TEMPLATE/bug.md", ".github/PULL_REQUEST_TEMPLATE.md"),
        *("docs/pull_request_template.md", ".gitlab/merge_request_templates/default.md"),
        *("_template/README.md", "a/Templates/b/c.md", "templates.md", "note-template.md"),
    ],
)
def test_templates_are_to_be_filled_in(notelint: Run, write: Write, path: str) -> None:
    write(path, "# A\n\n### B\n\n##\n\n[TODO]()\n\n### B\n")
    assert told(notelint, IN_TEMPLATE, path.split("/")[0]) == set()
    write(path, "[a](#gone)\n")
    assert told(notelint, "broken-anchor", path) == {path}, "nobody fills that in"


def test_the_path_counts_from_the_root(
    notelint: Run, write: Write, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = "# A\n\ntext\n\n# B\n"
    write("template/notes/a.md", note)
    write("template/notes/template/b.md", note)
    monkeypatch.chdir("template/notes")
    assert told(notelint, "empty-section") == {"a.md"}
    monkeypatch.chdir("template")
    assert told(notelint, "empty-section") == {"b.md"}, "no repository tells more"
    monkeypatch.chdir("..")
    git("init")
    monkeypatch.chdir("template")
    assert told(notelint, "empty-section") == set()
