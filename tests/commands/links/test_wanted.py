"""Only what is wanted is asked for: by rule, by place, by configuration, and by what is known."""

from __future__ import annotations

import pytest

from commands.links.conftest import Run, Write, findings
from conftest import Git, Ran
from online.web import Web, redirect, status


def test_what_a_note_suppresses_is_not_even_asked(links: Run, write: Write, web: Web) -> None:
    url = web.url("/gone")
    write(
        "a.md",
        f"<!-- notelint-disable-next-line dead-link moved-link -->\n[a]({url})\n\n"
        f"<!-- notelint-disable links -->\n[b]({url})\n\n<!-- notelint-enable links -->\n",
    )
    ran = links()
    assert (ran.status, ran.out, web.log) == (0, "No problems in 1 file\n", [])


def test_one_rule_suppressed_and_the_other_not(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new"), "/new": status(200)}
    write(
        "a.md",
        f"<!-- notelint-disable dead-link -->\n[a]({web.url('/gone')}) [b]({web.url('/old')})\n",
    )
    assert [rule for *_, rule in findings(links("--output-format", "json"))] == ["moved-link"]


def test_select_and_ignore(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new"), "/new": status(200)}
    write("a.md", f"[a]({web.url('/gone')}) [b]({web.url('/old')})\n")
    for given in (["--select", "dead-link"], ["--ignore", "moved-link"]):
        ran = links("--output-format", "json", *given)
        assert [rule for *_, rule in findings(ran)] == ["dead-link"]
    wrong = links("--select", "empty-image")
    assert (wrong.status, wrong.out) == (2, "")
    assert wrong.err == "notelint: --select names neither `dead-link` nor `moved-link`\n"


def test_each_note_ignores_what_its_configuration_says(
    links: Run, write: Write, web: Web, git: Git
) -> None:
    git("init")
    host = f"127.0.0.1:{web.server_port}"
    write(".notelint.yaml", f"links: {{ignore: ['{host}/a']}}\n")
    write("docs/.notelint.yaml", f"links: {{ignore: ['{host}/b']}}\n")
    for name in ("a.md", "docs/b.md"):
        write(name, f"{web.url('/a')} {web.url('/b')}\n")
    for paths in ([], ["docs", "a.md"]):
        found = findings(links("--output-format", "json", *paths))
        assert [column for _, column, *_ in found] == [len(web.url("/a")) + 2, 1]


def test_settings_that_a_run_cannot_obey_are_told(
    links: Run, write: Write, web: Web, git: Git
) -> None:
    git("init")
    write(".notelint.yaml", "links: {timeout: 10, retries: 1}\n")
    write("docs/.notelint.yaml", "links: {timeout: 10, retries: 0, accept: [418], ignore: [x.y]}\n")
    for name in ("a.md", "docs/b.md"):
        write(name, f"{web.url('/a')}\n")
    assert links("docs", "a.md").err.splitlines()[0] == (
        "notelint: docs/.notelint.yaml: `links.retries`, `links.accept` have no effect; this run "
        "takes .notelint.yaml for requests"
    )
    assert "no effect" not in links("docs").err


def test_the_configuration_is_honoured(links: Run, write: Write, web: Web) -> None:
    web.routes["/teapot"] = status(418)
    write(
        ".notelint.yaml",
        "per-file:\n  generated/*: {ignore: [dead-link]}\n"
        "exclude: [old.md]\n"
        f"links:\n  ignore: ['127.0.0.1:{web.server_port}/private']\n  accept: [418]\n",
    )
    write("a.md", f"{web.url('/gone')} {web.url('/private/x')} {web.url('/teapot')}\n")
    write("generated/b.md", f"{web.url('/gone')}\n")
    write("old.md", f"{web.url('/older')}\n")
    ran = links("--strict", "--quiet")
    assert ran.status == 1
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["a.md"]
    assert {seen.path for seen in web.log} == {"/gone", "/teapot"}


def test_a_token_goes_to_its_site_and_to_no_other(
    links: Run, write: Write, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Web() as other:
        web.routes["/a"] = redirect(302, other.url("/b"))
        other.routes["/b"] = status(200)
        write(
            ".notelint.yaml",
            f"links:\n  headers:\n    {web.url('')}: {{Authorization: 'Bearer $NOTES_TOKEN'}}\n",
        )
        write("a.md", f"{web.url('/a')}\n")
        monkeypatch.delenv("NOTES_TOKEN", raising=False)
        allowed = ("--quiet", "--send-env", "NOTES_TOKEN")
        told = f"`Authorization` is not sent to {web.url('')}: `$NOTES_TOKEN` is not set"
        assert links(*allowed) == Ran(0, "", f"notelint: {told}\n")
        monkeypatch.setenv("NOTES_TOKEN", "s3cret")
        assert links(*allowed) == Ran(0, "", "")
        assert [seen.headers.get("authorization") for seen in web.log] == [None, "Bearer s3cret"]
        assert all("authorization" not in seen.headers for seen in other.log)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["--timeout", "0"], "timeout must be more than 0"),
        (["--concurrency", "0"], "concurrency must be 1 or more"),
        (["--timeout", "soon"], "`soon` is not a number"),
    ],
)
def test_a_wrong_call(links: Run, write: Write, given: list[str], message: str) -> None:
    write("a.md", "https://x.invalid/\n")
    ran = links(*given)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_a_file_that_cannot_be_handled_does_not_stop_the_others(
    links: Run, write: Write, web: Web
) -> None:
    write("a.md", b"# Caf\xe9\n")
    write("b.md", f"[a]({web.url('/gone')})\n")
    ran = links("a.md", "b.md", "c.md", "--quiet")
    assert (ran.status, ran.out.count("\n")) == (2, 2)
    assert "a.md:1:6: error: byte at offset 5 is not UTF-8" in ran.out
    assert ran.err == "notelint: c.md: no such file or folder\n"


def test_since_asks_only_for_what_is_new(links: Run, write: Write, git: Git, web: Web) -> None:
    git("init", "-q")
    text = f"[old]({web.url('/gone')})\n\nText.\n\n[kept]({web.url('/lost')})\n"
    write("a.md", text)
    write("b.md", text)
    git("add", "-A")
    git("commit", "-qm", "x")
    assert links("--since", "HEAD").err == ""
    write("a.md", text.replace("Text.", f"[new]({web.url('/new')})"))
    ran = links("--since", "HEAD", "--quiet")
    assert [line.split(" ")[0] for line in ran.out.splitlines()] == ["a.md:3:7:"]
    assert {seen.path for seen in web.log} == {"/new"}


def test_since_a_revision_that_is_none(links: Run, write: Write, git: Git) -> None:
    git("init", "-q")
    write("a.md", "https://x.invalid/\n")
    ran = links("--since", "nowhere")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("notelint: --since: unknown revision `nowhere`")


def test_pages_of_this_repository_are_looked_up_on_disk(
    notelint: Run, write: Write, git: Git
) -> None:
    git("init", "-q", "-b", "main")
    git("remote", "add", "origin", "git@github.com:me/notes.git")
    here = "https://github.com/me/notes/blob/main"
    write("docs/b.md", "# B\n")
    write("a.md", f"[b]({here}/docs/b.md#b) [c]({here}/docs/c.md) {here}/docs\n")
    ran = notelint("links", "--no-cache")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        f"a.md:1:{len(here) + 23}: error: `{here}/docs/c.md` is dead: "
        "no such file in this repository [dead-link]",
        "1 problem (1 error, 0 warnings) in 1 of 2 files",
    ]


def test_links_and_notes_left_out_by_the_call(links: Run, write: Write, web: Web) -> None:
    write("a.md", f"{web.url('/gone')} {web.url('/private/x')} {web.url('/a,b')}\n")
    write("old/b.md", f"{web.url('/older')}\n")
    left = (web.url("/private"), web.url("/a,b"))
    ran = links("--exclude", left[0], "--exclude", left[1], "--exclude", "old/,*.txt", "-v")
    assert [seen.path for seen in web.log if seen.method == "HEAD"] == ["/gone"]
    assert ran.status == 1
    assert f"skipped: ignored: {left[1]}" in ran.err
    web.log.clear()
    assert links("--exclude", f"127.0.0.1:{web.server_port}").status == 0
    assert web.log == []
