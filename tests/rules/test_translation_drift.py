"""``translation-drift`` in a repository: since which commit, and nothing stale."""

from __future__ import annotations

from conftest import Git, Run, Write

ORIGINAL = "# Notes\n\n## Install\n\ntext\n\n## Use\n\ntext\n\n## Options\n\ntext\n"
TRANSLATION = "# 笔记\n\n[English](README.md)\n\n## 安装\n\n文\n\n## 使用\n\n文\n\n## 选项\n\n文\n"


def told(notelint: Run) -> str:
    ran = notelint("check", "--select", "translation-drift", "--quiet", "README.zh-CN.md")
    return ran.out.partition("\n")[0].partition("warning: ")[2]


def test_since_which_commit(notelint: Run, write: Write, git: Git) -> None:
    git("init", "-q")
    write("README.md", ORIGINAL)
    write("README.zh-CN.md", TRANSLATION)
    git("add", ".")
    git("commit", "-qm", "one")
    assert told(notelint) == ""
    write("README.md", f"{ORIGINAL}\n## API v2\n\n`x`\n\n- a\n- b\n- c\n- d\n- e\n- f\n")
    lacks = "this translation lacks the section `API v2` (line 15) of `README.md`"
    assert told(notelint).startswith(lacks)
    assert "since" not in told(notelint), "nobody has committed it"
    git("add", ".")
    git("commit", "-qm", "two")
    commit = git("rev-parse", "HEAD").strip()[:7]
    assert told(notelint) == f"{lacks} (since commit {commit}) [translation-drift]"
