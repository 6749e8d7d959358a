"""`notelint mv` in real repositories: what it moves, changes, refuses and tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Git, Run, Write


@pytest.fixture
def tree(tmp_path: Path, git: Git, write: Write) -> Path:
    """A repository with two notes that link each other, one of them with a heading."""
    git("init", "-q", "-b", "main")
    write("a.md", "# A\n\n[b](b.md#one)\n")
    write("b.md", "# B\n\n## One\n\n[a](a.md)\n")
    git("add", "-A")
    git("commit", "-qm", "all")
    return tmp_path


def texts(root: Path) -> dict[str, str]:
    """The files of the tree, without git's own."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


# ---------------------------------------------------------------------- what happens


def test_links_to_a_note_and_in_it_follow(notelint: Run, tree: Path) -> None:
    ran = notelint("mv", "b.md", "d/c.md")
    assert ran.out == "b.md: moved to d/c.md\na.md: changed\nd/c.md: changed\n"
    assert (ran.status, ran.err) == (0, "notelint: 1 move, 2 edits in 2 files\n")
    assert texts(tree) == {
        "a.md": "# A\n\n[b](d/c.md#one)\n",
        "d/c.md": "# B\n\n## One\n\n[a](../a.md)\n",
    }
    assert notelint("check").status == 0


def test_a_tracked_file_moves_in_git(notelint: Run, tree: Path, git: Git) -> None:
    notelint("mv", "b.md", "c.md")
    assert git("ls-files").split() == ["a.md", "c.md"]
    assert "R" in git("status", "--porcelain")


@pytest.mark.parametrize("kind", ["linked", "apart", "module"])
def test_the_index_of_another_tree_is_left_alone(
    notelint: Run, tree: Path, git: Git, tmp_path_factory: pytest.TempPathFactory, kind: str
) -> None:
    other = tmp_path_factory.mktemp("other")
    git("worktree", "add", "-q", f"{other}/linked")
    git("clone", "-q", f"--separate-git-dir={other}/store", ".", f"{other}/apart")
    add = "submodule", "add", "-q", str(tree), "module"
    git("-c", "protocol.file.allow=always", "-C", f"{other}/linked", *add)
    where = git("-C", f"{other}/{kind}" if kind != "module" else f"{other}/linked/module",
                "rev-parse", "--absolute-git-dir").strip()  # fmt: skip
    own = tree / "evil"
    own.mkdir()
    (own / ".git").write_text(f"gitdir: {where}\n")
    (own / "b.md").write_text("# B\n")
    before = Path(where, "index").read_bytes()
    ran = notelint("mv", "evil/b.md", "evil/c.md")
    assert ran.status == 2
    assert "the repository that `.git` leads to does not name this tree" in ran.err
    assert Path(where, "index").read_bytes() == before
    assert (own / "b.md").exists()


@pytest.mark.parametrize("kind", ["linked", "apart", "module"])
def test_a_tracked_file_moves_in_each_kind_of_work_tree(
    notelint: Run, tree: Path, git: Git, kind: str
) -> None:
    git("worktree", "add", "-q", "linked")
    git("clone", "-q", f"--separate-git-dir={tree}-store", ".", "apart")
    git("config", "-f", f"{tree}-store/config", "core.worktree", str(tree / "apart"))
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tree), "module")
    ran = notelint("mv", f"{kind}/b.md", f"{kind}/c.md")
    assert (ran.status, ran.err) == (0, "notelint: 1 move, 1 edit in 1 file\n")
    assert git("-C", kind, "ls-files").split() == ["a.md", "c.md"]


def test_an_untracked_file_moves_plainly(notelint: Run, tree: Path, git: Git, write: Write) -> None:
    write("new.md", "[a](a.md)\n")
    assert notelint("mv", "new.md", "d/new.md").status == 0
    assert git("ls-files").split() == ["a.md", "b.md"]
    assert texts(tree)["d/new.md"] == "[a](../a.md)\n"


def test_uncommitted_changes_stay(notelint: Run, tree: Path, git: Git, write: Write) -> None:
    write("b.md", "# B\n\n## One\n\n[a](a.md)\n\nstaged\n")
    git("add", "b.md")
    write("b.md", "# B\n\n## One\n\n[a](a.md)\n\nstaged\n\nnot staged\n")
    assert notelint("mv", "b.md", "c.md").status == 0
    assert texts(tree)["c.md"].endswith("staged\n\nnot staged\n")
    assert git("show", ":c.md").endswith("\n\nstaged\n")


def test_several_sources_into_a_folder(notelint: Run, tree: Path, write: Write) -> None:
    write("x.md", "[a](a.md) [b](b.md)\n")
    assert notelint("mv", "a.md", "b.md", "d/").status == 0
    assert texts(tree) == {
        "d/a.md": "# A\n\n[b](b.md#one)\n",  # byte for byte
        "d/b.md": "# B\n\n## One\n\n[a](a.md)\n",
        "x.md": "[a](d/a.md) [b](d/b.md)\n",
    }


def test_a_folder_moves_into_a_folder_that_is_there(
    notelint: Run, tree: Path, write: Write
) -> None:
    write("d/x.md", "[y](e/y.md) [a](../a.md)\n")
    write("d/e/y.md", "[x](../x.md)\n")
    write("f/z.md", "[x](../d/x.md) [d](../d/) [d](../d)\n")
    assert notelint("mv", "d", "f").status == 0
    found = texts(tree)
    assert found["f/d/x.md"] == "[y](e/y.md) [a](../../a.md)\n"
    assert found["f/d/e/y.md"] == "[x](../x.md)\n"
    assert found["f/z.md"] == "[x](d/x.md) [d](d/) [d](d)\n"


def test_a_folder_gets_a_name_with_a_slash(notelint: Run, tree: Path, write: Write) -> None:
    write("d/c.md", "# C\n")
    assert notelint("mv", "d/", "e/").out == "d: moved to e\n"
    assert notelint("mv", "e", "a.md", "f/").out.startswith("e: moved to f/e\na.md: moved to f/a")


def test_a_place_is_told_where_it_is_now(notelint: Run, tree: Path, write: Write) -> None:
    write("d/x.md", "# X\n\n`d/c.md`\n")
    assert "notelint: d/x.md:3: `d/c.md`" in notelint("mv", "--check", "d", "e").err
    told = "e/x.md:3: `d/c.md` in code is not changed"
    assert notelint("mv", "d", "e").err == f"notelint: {told}\nnotelint: 1 move, no edits\n"


def test_two_notes_swap_their_names(notelint: Run, tree: Path) -> None:
    before = texts(tree)
    for old, new in (("a.md", "tmp.md"), ("b.md", "a.md"), ("tmp.md", "b.md")):
        assert notelint("mv", old, new).status == 0
    assert texts(tree) == {
        "a.md": before["b.md"].replace("(a.md)", "(b.md)"),
        "b.md": before["a.md"].replace("(b.md#one)", "(a.md#one)"),
    }


def test_there_and_back_again(notelint: Run, tree: Path) -> None:
    before = texts(tree)
    notelint("mv", "b.md", "d/e/c.md")
    notelint("mv", "d/e/c.md", "b.md")
    assert texts(tree) == before
    assert not (tree / "d").exists()


def test_a_rename_of_letter_case_alone(notelint: Run, tree: Path) -> None:
    assert notelint("mv", "b.md", "B.md").status == 0
    assert texts(tree)["a.md"] == "# A\n\n[b](B.md#one)\n"


def test_paths_are_from_the_current_folder(
    notelint: Run, tree: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("d/x.md", "[b](../b.md)\n")
    monkeypatch.chdir(tree / "d")
    assert notelint("mv", "../b.md", ".").out == "../b.md: moved to b.md\n" + "".join(
        f"{path}: changed\n" for path in ("../a.md", "b.md", "x.md")
    )
    assert texts(tree)["d/x.md"] == "[b](b.md)\n"


@pytest.mark.parametrize("source", ["..", "../..", "../", "{}", ""])
def test_the_root_of_the_tree_stays(
    notelint: Run, tree: Path, write: Write, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("d/x.md", "# X\n")
    beside = tree.with_name(f"{tree.name}-beside")
    beside.mkdir()
    (beside / ".notelint.yaml").write_text("wrong: 1\n")
    monkeypatch.chdir(tree / "d")
    before = texts(tree)
    ran = notelint("mv", source.format(tree), f"{tree}/e")
    why = ": the root of the tree, or a folder around it; call from outside of it"
    named = source.format(tree)
    assert (ran.status, ran.err) == (
        2,
        f"notelint: {named + why if source else 'a name is empty'}\n",
    )
    assert texts(tree) == before


@pytest.mark.parametrize("source", [".", "./", "../d", "{}/d"])
def test_the_current_folder_moves(
    notelint: Run, tree: Path, write: Write, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("d/x.md", "[b](../b.md)\n")
    write("a.md", "[x](d/x.md)\n")
    monkeypatch.chdir(tree / "d")
    assert notelint("mv", source.format(tree), "../e").status == 0
    assert texts(tree)["e/x.md"] == "[b](../b.md)\n"
    assert texts(tree)["a.md"] == "[x](e/x.md)\n"


def test_without_git_the_current_folder_is_the_tree(
    notelint: Run, tmp_path: Path, write: Write
) -> None:
    write("a.md", "# A\n")
    for source in (".", "..", str(tmp_path)):
        ran = notelint("mv", source, "x")
        why = "the root of the tree, or a folder around it; call from outside of it"
        assert (ran.status, ran.err) == (2, f"notelint: {source}: {why}\n")


def test_without_git(notelint: Run, tmp_path: Path, write: Write) -> None:
    write("a.md", "![p](p.png)\n")
    write("p.png", b"\x89PNG")
    assert notelint("mv", "p.png", "i/q.png").status == 0
    assert texts(tmp_path)["a.md"] == "![p](i/q.png)\n"


# ---------------------------------------------------------------------- which links


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://github.com/me/notes/blob/main/b.md#one", "d/c.md#one"),
        ("https://github.com/me/notes/blob/HEAD/b.md", "d/c.md"),
        ("https://github.com/Me/Notes/raw/main/b.md?plain=1", "d/c.md?plain=1"),
    ],
)
@pytest.mark.parametrize(
    "around", ["<{}>", "see {}, it", "[x]({})", '<a href="{}">x</a>', "[x]\n\n[x]: {} 'T'"]
)
def test_an_address_of_this_repository(
    notelint: Run, tree: Path, git: Git, write: Write, before: str, after: str, around: str
) -> None:
    git("remote", "add", "origin", "git@github.com:me/notes.git")
    elsewhere = "https://github.com/you/notes/blob/main/b.md"
    write("x.md", f"{around.format(before)}\n\n<{elsewhere}>\n")
    assert notelint("mv", "b.md", "d/c.md").status == 0
    new = before.partition("b.md")[0] + after
    assert texts(tree)["x.md"] == f"{around.format(new)}\n\n<{elsewhere}>\n"


@pytest.mark.parametrize(
    ("link", "old", "new", "after"),
    [
        ("guide/intro", "guide/intro.md", "guide/start.md", "guide/start"),
        ("guide/intro.html#x", "guide/intro.md", "start.md", "start.html#x"),
        ("intro", "intro.md", "d/README.md", "d/README"),
        ("/guide/intro", "guide/intro.md", "guide/new/intro.md", "/guide/new/intro"),
        ("guide/", "guide", "book", "book/"),
        ("./guide", "guide", "a/book", "./a/book"),
        ("guide/#x", "guide", "book", "book/#x"),
    ],
)
def test_a_page_and_a_folder(
    notelint: Run, tree: Path, write: Write, link: str, old: str, new: str, after: str
) -> None:
    write("guide/intro.md", "# X\n")
    write("guide/README.md", "# X\n")
    write("intro.md", "# X\n")
    write("x.md", f"[x]({link})\n")
    assert notelint("mv", old, new).status == 0
    assert texts(tree)["x.md"] == f"[x]({after})\n"


@pytest.mark.parametrize("name", ["SUMMARY.md", "_sidebar.md", "book/SUMMARY.md"])
def test_a_list_of_contents_follows(notelint: Run, tree: Path, write: Write, name: str) -> None:
    up = "../" * name.count("/")
    write(name, f"# Summary\n\n- [A]({up}a.md)\n  - [B]({up}b.md)\n")
    assert notelint("mv", "b.md", "c.md").status == 0
    assert texts(tree)[name] == f"# Summary\n\n- [A]({up}a.md)\n  - [B]({up}c.md)\n"


def test_an_html_file_follows_and_takes_its_links_along(
    notelint: Run, tree: Path, write: Write
) -> None:
    write("x.html", "<p>[b](b.md)\r\n<a href='b.md#one'>b</a><!-- <a href='b.md'> --></p>\r\n")
    write("base.html", "<base href='/elsewhere/'><a href='b.md'>b</a>\n")
    assert notelint("mv", "b.md", "x.html", "d/").status == 0
    found = texts(tree)
    assert found["d/x.html"].count("b.md") == 3
    assert found["base.html"] == "<base href='/elsewhere/'><a href='b.md'>b</a>\n"
    assert notelint("mv", "d/x.html", "x.html").status == 0
    assert "<a href='d/b.md#one'>b</a><!-- <a href='b.md'> -->" in texts(tree)["x.html"]


def test_definitions_with_the_same_address_follow(notelint: Run, tree: Path, write: Write) -> None:
    write("x.md", "[r] [s]\n\n[r]: b.md\n[s]: <b.md> 'S'\n[t]: b.md\n")
    assert notelint("mv", "b.md", "c.md").status == 0
    assert texts(tree)["x.md"] == "[r] [s]\n\n[r]: c.md\n[s]: <c.md> 'S'\n[t]: c.md\n"


@pytest.mark.parametrize(
    "link",
    ["missing.md", "sub/missing.md", "#nowhere", "TODO", "i", "{{ page }}", "<your-name>",
     "https://example.org/b.md", "mailto:b.md@example.org", "d\\b.md"],
)  # fmt: skip
def test_what_leads_nowhere_here_stays(notelint: Run, tree: Path, write: Write, link: str) -> None:
    write("x.md", f"[x]({link}) `[b](b.md)`\n")
    assert notelint("mv", "x.md", "d/e/x.md").status == 0
    assert texts(tree)["d/e/x.md"] == f"[x]({link}) `[b](b.md)`\n"


def test_a_page_of_github_beyond_the_tree_is_rebased(
    notelint: Run, tree: Path, write: Write
) -> None:
    write("x.md", "[issues](../../issues)\n")
    assert notelint("mv", "x.md", "d/x.md").status == 0
    assert texts(tree)["d/x.md"] == "[issues](../../../issues)\n"


@pytest.mark.parametrize(
    ("around", "name"),
    [
        ("$x$ [b]({}) $y$", "b$c.md"),
        ("*a* [b]({}) *c*", "b*c*.md"),
        ("`a` [b]({}) `c`", "b`c.md"),
        ("| a |\n| - |\n| [b]({}) |", "b|c.md"),
        ("~~a~~ <img src={}> ~~b~~", "b=c'd\".md"),
        ("[b]({})", "b).md"),
        ("[b](<{}>)", "b<c>.md"),
        ("[b]({})", "a:b.md"),
        ("[b]({})", "[b].md"),
        ("[b]({})", "%41.md"),
        ("[b]({})", "#b?.md"),
        ('<img srcset="{} 2x, a.md 3x">', "b, c.md"),
        ("<img src='{}'>", "it's &amp; b.md"),
        ("[b]({})", "\u00a0b\u200b.md"),
    ],
)
def test_a_name_that_is_markup_where_it_stands(
    notelint: Run, tree: Path, write: Write, around: str, name: str
) -> None:
    text = f"{around.format('b.md')}\n"
    write("x.md", text)
    assert notelint("mv", "b.md", name).status == 0
    assert texts(tree)["x.md"] != text
    assert notelint("mv", name, "b.md").status == 0
    assert texts(tree)["x.md"].replace("<b.md>", "b.md") == text.replace("<b.md>", "b.md")


def test_a_name_with_a_colon_is_no_scheme(notelint: Run, tree: Path, write: Write) -> None:
    write("d/c.md", "# C\n")
    write("x.md", "[c](d/c.md) [c](./d/c.md) [d](d/) <img src='d/c.md'>\n")
    assert notelint("mv", "d", "c:").status == 0
    after = "[c](c%3A/c.md) [c](./c:/c.md) [d](c%3A/) <img src='c%3A/c.md'>\n"
    assert texts(tree)["x.md"] == after


# ---------------------------------------------------------------------- what is told


def test_what_is_told_and_not_changed(notelint: Run, tree: Path, write: Write) -> None:
    write("mkdocs.yml", "nav:\n  - B: b.md\n")
    write("x.md", "[[b]] `[[b]]` [[b|text]] [[Other]]\n\n```sh\ncat b.md\n```\n")
    write("secret.md", "[b](b.md)\n")
    write(".gitignore", "secret.md\n")
    before = texts(tree)
    ran = notelint("mv", "b.md", "c.md", "-q")
    assert ran.status == 0
    assert ran.err.splitlines() == [
        "notelint: mkdocs.yml:2: `b.md` in the navigation is not changed",
        "notelint: secret.md:1: git ignores this note; its links are not changed",
        "notelint: x.md:1: wiki link `[[b]]` is not changed",
        "notelint: x.md:1: wiki link `[[b|text]]` is not changed",
        "notelint: x.md:4: `b.md` in code is not changed",
    ]
    after = texts(tree)
    assert all(after[name] == before[name] for name in ("mkdocs.yml", "x.md", "secret.md"))


@pytest.mark.parametrize(
    ("path", "code", "old", "said"),
    [
        ("x.md", "cat ./d/c.md", "d", "x.md:3: `d/c.md` in code"),
        ("e/x.md", "cat d/c.md:12, then", "d", "e/x.md:3: `d/c.md:12` in code"),
        ("d/x.md", "cat c.md", "d/c.md", "d/x.md:3: `c.md` in code"),
        ("e/x.md", "cat d/c.md", "d/c.md", "e/x.md:3: `d/c.md` in code"),
        ("e/x.md", "cat ../d/c.md", "d/c.md", "e/x.md:3: `../d/c.md` in code"),
        ("x.md", "d = docs/d + d2/c.md", "d", ""),
        ("d/x.md", "cd .. && ls . ./", "d", ""),
        ("d/e/x.md", "cd .. && ls ../..", "d", ""),
        ("e/x.md", "cat README.md", "README.md", ""),
        ("x.md", "b of LICENSE", "LICENSE", ""),
    ],
)
def test_a_path_in_code_is_told_and_a_word_is_not(
    notelint: Run, tree: Path, write: Write, path: str, code: str, old: str, said: str
) -> None:
    for each in ("d/c.md", "README.md", "LICENSE"):
        write(each, "# X\n")
    write(path, f"# X\n\n`{code}`\n")
    err = notelint("mv", "--check", old, "new/", "-q").err
    assert err == (f"notelint: {said} is not changed\n" if said else "")


def test_a_link_from_the_root_of_a_site_is_told(notelint: Run, tree: Path, write: Write) -> None:
    write("docs/_sidebar.md", "* [A](/g/a.md)\n* [C](/g/c)\n* [N](/none.md)\n")
    write("docs/g/a.md", "# A\n")
    write("docs/g/c.md", "# C\n")
    end = "is not changed; `/` is the root of the repository here\n"
    err = notelint("mv", "docs/g/c.md", "docs/c.md", "-q").err
    assert err == f"notelint: docs/_sidebar.md:2: the link `/g/c` {end}"
    assert notelint("mv", "docs", "site", "-q").err == ""
    err = notelint("mv", "site/g", "site/h", "-q").err
    assert err == f"notelint: site/_sidebar.md:1: the link `/g/a.md` {end}"


def test_navigation_that_names_a_note_in_a_folder_is_told(
    notelint: Run, tree: Path, write: Write
) -> None:
    write("docs/d/c.md", "# C\n")
    write("mkdocs.yml", "nav:\n  - d: index.md\n  - d/c.md")
    err = notelint("mv", "--check", "docs/d", "docs/e", "-q").err
    assert err == "notelint: mkdocs.yml:3: `d/c.md` in the navigation is not changed\n"


def test_a_wiki_link_by_name_still_leads_there(notelint: Run, tree: Path, write: Write) -> None:
    write("x.md", "[[b]] [[b#One]]\n")
    assert "wiki" not in notelint("mv", "b.md", "d/b.md").err


# ---------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("b.md", "a.md"), "a.md: already exists"),
        (("missing.md", "c.md"), "missing.md: no such file or folder"),
        (("a.md", "b.md", "c.md"), "c.md: not a folder; several files can only move into a folder"),
        (("b.md", "../c.md"), "../c.md: not in"),
        (("b.md",), "`mv` needs a source and a target"),
        ((".git/config", "c.md"), ".git/config: in git's own folder"),
    ],
)
def test_what_cannot_be_moved(notelint: Run, tree: Path, call: tuple[str, ...], said: str) -> None:
    before = texts(tree)
    for more in ((), ("--check",), ("--diff",)):
        ran = notelint("mv", *call, *more)
        assert ran.status == 2
        assert said in ran.err
        assert ran.out == ""
    assert texts(tree) == before


@pytest.mark.parametrize("more", [(), ("--check",)])
def test_a_note_with_an_error_that_must_be_repaired_first(
    notelint: Run, tree: Path, write: Write, more: tuple[str, ...]
) -> None:
    write("x.md", "[b](b.md)\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n")
    before = texts(tree)
    ran = notelint("mv", "b.md", "c.md", *more)
    assert ran.status == 2
    assert ran.err.startswith("notelint: x.md: ")
    assert texts(tree) == before
    write("x.md", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n")  # no link to change
    assert notelint("mv", "b.md", "c.md").status == 0


def test_a_note_that_is_not_utf8(notelint: Run, tree: Path, write: Write) -> None:
    write("x.md", b"[b](b.md) caf\xe9\n")
    before = texts(tree)
    ran = notelint("mv", "b.md", "c.md")
    assert (ran.status, "x.md: not UTF-8" in ran.err) == (2, True)
    assert texts(tree) == before


def test_a_symbolic_link_to_the_note(notelint: Run, tree: Path) -> None:
    (tree / "link.md").symlink_to("b.md")
    before = texts(tree)
    for more in ((), ("--check",)):
        ran = notelint("mv", "b.md", "c.md", *more)
        assert (
            ran.status,
            "link.md: a symbolic link that would no longer lead to b.md" in ran.err,
        ) == (2, True)
    assert texts(tree) == before
    assert notelint("mv", "a.md", "c.md").status == 0  # its links change once
    assert (tree / "link.md").is_symlink()


def test_a_submodule(notelint: Run, tree: Path, git: Git, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git("init", "-q", str(other))
    (other / "s.md").write_text("# S\n")
    git("-C", str(other), "add", "-A")
    git("-C", str(other), "commit", "-qm", "s")
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./other", "sub")
    for call in (("sub/s.md", "s.md"), ("a.md", "sub/a.md"), ("sub", "sub2")):
        ran = notelint("mv", *call)
        assert ran.status == 2, ran
    (tree / "x.md").write_text("[s](sub/s.md)\n")
    assert notelint("mv", "x.md", "d/x.md").status == 0
    assert (tree / "d/x.md").read_text() == "[s](../sub/s.md)\n"


def test_a_link_to_a_folder_that_would_be_gone(notelint: Run, tree: Path, write: Write) -> None:
    write("d/x.md", "# X\n")
    write("y.md", "[d](d/)\n")
    ran = notelint("mv", "d/x.md", "x.md")
    assert ran.status == 2
    assert "y.md:1: the link `d/` cannot follow: `d` would be gone" in ran.err


# ---------------------------------------------------------------------- what is only said


def test_check_and_diff_write_nothing(notelint: Run, tree: Path, git: Git) -> None:
    before = texts(tree)
    ran = notelint("mv", "b.md", "d/c.md", "--check")
    assert (ran.status, ran.err) == (1, "notelint: would make 1 move, 2 edits in 2 files\n")
    assert ran.out == (
        "b.md: would be moved to d/c.md\na.md: would be changed\nb.md: would be changed\n"
    )
    ran = notelint("mv", "b.md", "d/c.md", "--diff")
    assert (ran.status, texts(tree)) == (1, before)
    (tree.parent / "patch").write_text(ran.out)
    git("apply", "--index", str(tree.parent / "patch"))
    patched = texts(tree)
    git("reset", "-q", "--hard")
    notelint("mv", "b.md", "d/c.md")
    assert texts(tree) == patched


def test_json(notelint: Run, tree: Path) -> None:
    ran = notelint("mv", "b.md", "d/b.md", "--output-format", "json", "--check")
    found = json.loads(ran.out)
    assert found["moves"] == [{"from": "b.md", "to": "d/b.md"}]
    assert found["done"] is False
    assert found["changes"][0] == {
        "path": "a.md",
        "new_path": "a.md",
        "edits": [{"line": 3, "column": 5, "end_line": 3, "end_column": 13, "text": "d/b.md#one"}],
    }
    assert found["summary"] == {"moves": 1, "files": 2, "edits": 2}


def test_a_note_that_the_configuration_excludes_follows(
    notelint: Run, tree: Path, write: Write
) -> None:
    write("vendor/x.md", "[b](../b.md)\n")
    write(".notelint.yaml", "exclude: [vendor]\n")
    assert notelint("mv", "b.md", "c.md").status == 0
    assert texts(tree)["vendor/x.md"] == "[b](../c.md)\n"
    assert "unknown option `--exclude`" in notelint("mv", "c.md", "b.md", "--exclude", "x").err


def test_a_note_with_another_suffix_that_the_configuration_includes_follows(
    notelint: Run, tree: Path, write: Write, git: Git
) -> None:
    write(".notelint.yaml", "include: [.mdx]\n")
    write("d/x.mdx", "## Old\n\n[b](../b.md)\n")
    write("y.mdx", "[x](d/x.mdx#old)\n")
    for call in (
        ("mv", "b.md", "c.md"),
        ("mv", "d/x.mdx", "x.mdx"),
        ("rename", "x.mdx#old", "New"),
    ):
        assert notelint(*call).status == 0
    assert texts(tree)["x.mdx"] == "## New\n\n[b](c.md)\n"
    assert texts(tree)["y.mdx"] == "[x](x.mdx#new)\n"
    git("add", "-A")
    git("commit", "-qm", "moved")
    git("mv", "x.mdx", "z.mdx")
    assert notelint("mv", "--repair").status == 0
    assert texts(tree)["y.mdx"] == "[x](z.mdx#new)\n"


def test_a_heading_of_a_file_that_no_configuration_includes(
    notelint: Run, tree: Path, write: Write
) -> None:
    write("x.mdx", "## Old\n\n[o](#old)\n")
    write("y.md", "[x](x.mdx#old)\n")
    assert notelint("rename", "x.mdx#old", "New").status == 0
    assert texts(tree)["x.mdx"] == "## New\n\n[o](#new)\n"
    assert texts(tree)["y.md"] == "[x](x.mdx#new)\n"


def test_a_warm_move_reads_what_a_check_kept(
    notelint: Run, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notelint("check")
    from notelint.engine import analyze

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(analyze, "analyze", fail)
    assert notelint("mv", "b.md", "c.md").status == 0
    assert texts(tree)["a.md"] == "# A\n\n[b](c.md#one)\n"


def test_a_symbolic_link_that_leads_nowhere(notelint: Run, tree: Path) -> None:
    (tree / "link.md").symlink_to("gone.md")
    (tree / "d").mkdir()
    ran = notelint("mv", "link.md", "d/")
    assert (ran.status, ran.out) == (0, "link.md: moved to d/link.md\n")
    assert (tree / "d" / "link.md").is_symlink()
