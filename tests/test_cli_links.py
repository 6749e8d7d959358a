"""``notelint links`` against a real server: what is asked, what is said, and with which status."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Ran
from notelint.cli.output import FORMATS
from online.web import Handler, Web, page, redirect, status

Run = Callable[..., Ran]
Write = Callable[..., Path]


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as server:
        yield server


@pytest.fixture
def links(notelint: Run) -> Run:
    """``notelint links`` as for a server on this machine, without a cache."""
    return lambda *given: notelint("links", "--allow-private", "--no-cache", *given)


def findings(ran: Ran) -> list[tuple[int, int, int, str]]:
    """Line, first and last column (exclusive) and rule of each finding of a JSON report."""
    return [
        (each["line"], each["column"], each["end_column"], each["rule"])
        for each in json.loads(ran.out)["findings"]
    ]


def hang(handler: Handler) -> None:
    handler.server.over.wait()


# ------------------------------------------------------------------ silence


def test_a_link_that_works_is_no_news(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/a": status(200), "/b": page("<h2 id=part>"), "/c": redirect(302, "/a")}
    write("a.md", f"[a]({web.url('/a')}) {web.url('/b#part')} <{web.url('/c')}>\n")
    ran = links()
    assert (ran.status, ran.out) == (0, "Nothing found in 1 file.\n")


def test_what_is_no_link_to_the_web_is_not_asked(links: Run, write: Write, web: Web) -> None:
    url = web.url("/gone")
    write(
        "a.md",
        f"`{url}` [local](b.md) [mail](mailto:a@b.c), https:// is quicker\n\n"
        f"<!-- {url} -->\n\n```\n{url}\n```\n\n[unused]: {url}\n\n"
        "[template]({{ page.url }}) https://$HOST/x https://api.example.org/v1 [p](http/d.md)\n",
    )
    ran = links()
    assert (ran.status, ran.out, web.log) == (0, "Nothing found in 1 file.\n", [])


@pytest.mark.parametrize("code", [401, 403, 418, 429, 500, 503])
def test_what_nobody_can_tell_does_not_fail(links: Run, write: Write, web: Web, code: int) -> None:
    web.routes["/a"] = status(code, Retry_After="600")
    write("a.md", f"# Title\n\nSee [a]({web.url('/a')}).\n")
    ran = links()
    assert (ran.status, ran.out) == (0, "Nothing found in 1 file.\n")
    assert "1 unknown" in ran.err
    strict = links("--strict")
    assert strict.status == 1
    assert f"a.md:3:9: unknown: {code}" in strict.err


def test_addresses_that_are_not_public_are_refused(notelint: Run, write: Write, web: Web) -> None:
    write("a.md", f"{web.url('/a')} http://2130706433:{web.server_port}/b\n")
    ran = notelint("links", "--no-cache")
    assert ran.status == 0
    assert "2 skipped" in ran.err
    assert web.log == []


def test_check_and_fix_ask_nobody(notelint: Run, write: Write, web: Web) -> None:
    web.routes["/old"] = redirect(301, "/new")
    write("a.md", f"[a]({web.url('/gone')}) [b]({web.url('/old')})\n")
    for command in ("check", "fix"):
        for select in ("dead-link,moved-link", "links", "all"):
            ran = notelint(command, "--select", select, "--ignore", "missing-title", "--quiet")
            assert ran == Ran(0, "", "")
    assert web.log == []


def test_requests_is_loaded_by_nobody_else() -> None:
    code = (
        "import sys; from notelint.cli.main import main; status = main(['rules']);"
        "sys.exit(status or 'requests' in sys.modules or 'urllib3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


# ------------------------------------------------------------------ dead


def test_every_place_of_a_dead_link_is_reported_exactly(links: Run, write: Write, web: Web) -> None:
    url = web.url("/gone")
    end = len(url)
    write(
        "a.md",
        f"中文 [a]({url} 'title') and ![]({url})\n\n"
        f"{url}, <{url}>\n\n"
        f'<a href="{url}">x</a>\n\n'
        f"[one][ref], [two][ref], [ref]\n\n"
        f"[ref]: <{url}>\n",
    )
    ran = links("--output-format", "json")
    assert findings(ran) == [
        (1, 8, 8 + end, "dead-link"),
        (1, 26 + end, 26 + 2 * end, "dead-link"),
        (3, 1, 1 + end, "dead-link"),
        (3, 4 + end, 4 + 2 * end, "dead-link"),
        (5, 10, 10 + end, "dead-link"),
        (9, 9, 9 + end, "dead-link"),
    ]
    assert (ran.status, ran.err) == (1, "")
    assert web.asked("/gone") == ["HEAD"]


def test_one_request_for_all_the_links_of_all_files(links: Run, write: Write, web: Web) -> None:
    url = web.url("/gone")
    write("a.md", f"[a]({url}) [b]({url}/)\n")
    write("b/c.md", f"[c]({url}?utm_source=x)\n")
    ran = links("--quiet")
    assert [line.split(" ")[0] for line in ran.out.splitlines()] == [
        "a.md:1:5:",
        f"a.md:1:{len(url) + 11}:",
        "b/c.md:1:5:",
    ]
    assert len(web.log) == 1


def test_an_anchor_that_the_page_does_not_have(links: Run, write: Write, web: Web) -> None:
    web.routes["/a"] = page("<h2 id=part>")
    write("a.md", f"[a]({web.url('/a#gone')}) [b]({web.url('/a#part')})\n")
    ran = links("--quiet")
    assert ran.out == (
        f"a.md:1:5: dead-link `{web.url('/a#gone')}` is dead: the page has no anchor #gone\n"
    )
    assert web.asked("/a") == ["GET"]


def test_a_malformed_address_is_told_without_asking(links: Run, write: Write) -> None:
    write("a.md", "[a](http//b.test) [c](<https://a b.test/>) [d](https:///e) [f](https:g.test)\n")
    ran = links("--quiet")
    assert [line.partition(" is dead: ")[2] for line in ran.out.splitlines()] == [
        "no `:` after `http`",
        "a space in the address",
        "no host in the address",
        "no `//` after `https:`",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format(links: Run, write: Write, web: Web, form: str) -> None:
    write("a.md", f"[a]({web.url('/gone')})\n")
    ran = links("--output-format", form)
    assert ran.status == 1
    assert "dead-link" in ran.out
    assert "404" in ran.out


def test_a_summary_by_outcome_and_host(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/a": status(200), "/b": status(403)}
    host = f"127.0.0.1:{web.server_port}"
    write("a.md", f"{web.url('/a')} {web.url('/b')} {web.url('/c')} https://x.invalid/\n")
    assert links().err == (
        "4 links, 3 requests: 2 dead, 1 unknown, 1 alive.\n"
        f"  {host}: 1 dead (404), 1 unknown (403), 1 alive\n"
        "  x.invalid: 1 dead (host does not resolve)\n"
    )
    assert links("--quiet").err == ""


# ------------------------------------------------------------------ moved


def test_what_has_moved_for_good(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(308, "/older"), "/older": redirect(301, "/new")}
    web.routes |= {"/new": status(200)}
    write("a.md", f"[a]({web.url('/old')})\n")
    assert "1 finding in 1 file: 1 fixable with `notelint links --fix`.\n" in links().out
    ran = links("--output-format", "json")
    (found,) = json.loads(ran.out)["findings"]
    assert (ran.status, found["severity"]) == (1, "warning")
    assert found["message"] == f"`{web.url('/old')}` has moved to `{web.url('/new')}`"
    assert found["fix"]["safety"] == "safe"
    assert [edit["text"] for edit in found["fix"]["edits"]] == [web.url("/new")]


@pytest.mark.parametrize("target", ["/login?next=/old", "/", "/en/index.html", "/old/", "/404"])
def test_what_is_no_move(links: Run, write: Write, web: Web, target: str) -> None:
    web.routes |= {"/old": redirect(301, target), target: status(200)}
    path = write("a.md", f"[a]({web.url('/old')})\n")
    before = path.read_bytes()
    assert links("--fix").status == 0
    assert path.read_bytes() == before


def test_fix_rewrites_every_place_and_no_other_byte(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new"), "/new": page("<h2 id=part>")}
    old, new = web.url("/old"), web.url("/new")
    text = (
        "\ufeff# Title \r\n\r\n"
        "[a](URL 'title') [b](<URL#part>) URL, <URL>  \n"
        "![](URL)\t`URL`\r\n\r\n"
        '<a href="URL">x</a> <!-- URL -->\n\n'
        "[one][ref] [two][ref]\n\n"
        "[ref]: URL#part"
    )
    path = write("a.md", text.replace("URL", old))
    ran = links("--fix")
    expected = text.replace("URL", new).replace(f"`{new}`", f"`{old}`")
    assert path.read_bytes().decode() == expected.replace(f"<!-- {new}", f"<!-- {old}")
    assert (ran.status, ran.out) == (0, "Nothing found in 1 file.\n")
    assert ran.err.startswith("Fixed 7 findings in 1 file: moved-link 7.\n")
    assert links("--fix").err.startswith("2 links, 1 request: 2 alive.\n")


def test_fix_leaves_the_dead_to_be_reported(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new"), "/new": status(200)}
    path = write("a.md", f"[a]({web.url('/old')})\n[b]({web.url('/gone')})\n")
    ran = links("--fix", "--quiet")
    assert ran.status == 1
    assert ran.out.startswith("a.md:2:5: dead-link ")
    assert path.read_text() == f"[a]({web.url('/new')})\n[b]({web.url('/gone')})\n"


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("/new_(a", "/new_%28a"),
        ("/a(b)c", "/a(b)c"),
        ("/new?a=1&copy=2", "/new?a=1&amp;copy=2"),
        ("/new?a=1&b=2", "/new?a=1&b=2"),
        ("/new?'x'", "/new?%27x%27"),
        ("/a b", "/a%20b"),
        ("/中", "/%E4%B8%AD"),
    ],
)
def test_the_new_address_is_written_so_that_it_can_be_read(
    links: Run, write: Write, web: Web, target: str, written: str
) -> None:
    location = target.encode().decode("latin-1")
    web.routes |= {"/old": redirect(301, location)}
    for path in (target, target.replace(" ", "%20"), "/%E4%B8%AD"):
        web.routes[path] = status(200)
    note = write("a.md", f"[a]({web.url('/old')})\n\n<a href='{web.url('/old')}'>b</a>\n")
    ran = links("--fix", "--quiet")
    assert (ran.status, ran.out) == (0, "")
    first, _, second = note.read_text().splitlines()
    assert first == f"[a]({web.url(written)})"
    assert second == f"<a href='{web.url(written).replace('%28', '(')}'>b</a>"


def test_an_address_that_a_bare_url_would_lose_gets_angle_brackets(
    links: Run, write: Write, web: Web
) -> None:
    web.routes |= {"/old": redirect(301, "/new!"), "/new!": status(200)}
    note = write("a.md", f"See {web.url('/old')}, please.\n")
    assert links("--fix").status == 0
    assert note.read_text() == f"See <{web.url('/new!')}>, please.\n"


def test_a_fix_that_is_refused_is_told_by_its_finding(links: Run, write: Write, web: Web) -> None:
    web.routes |= {"/old": redirect(301, "/new?a=b"), "/new?a=b": status(200)}
    note = write("a.md", f"<a href={web.url('/old')}>x</a>\n")
    before = note.read_bytes()
    ran = links("--fix", "--quiet")
    assert ran.status == 1
    assert ran.out == (
        f"a.md:1:9: moved-link `{web.url('/old')}` has moved to `{web.url('/new?a=b')}` "
        "(not fixed: it would change the words)\n"
    )
    assert note.read_bytes() == before


# ------------------------------------------------------------------ what is wanted


def test_what_a_note_suppresses_is_not_even_asked(links: Run, write: Write, web: Web) -> None:
    url = web.url("/gone")
    write(
        "a.md",
        f"<!-- notelint-disable-next-line dead-link moved-link -->\n[a]({url})\n\n"
        f"<!-- notelint-disable links -->\n[b]({url})\n\n<!-- notelint-enable links -->\n",
    )
    ran = links()
    assert (ran.status, ran.out, web.log) == (0, "Nothing found in 1 file.\n", [])


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
    assert sorted(seen.path for seen in web.log) == ["/gone", "/teapot"]


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
        ran = links("--quiet")
        told = f"`Authorization` is not sent to {web.url('')}: `$NOTES_TOKEN` is not set"
        assert ran == Ran(0, "", f"notelint: {told}\n")
        monkeypatch.setenv("NOTES_TOKEN", "s3cret")
        assert links("--quiet") == Ran(0, "", "")
        assert [seen.headers.get("authorization") for seen in web.log] == [None, "Bearer s3cret"]
        assert all("authorization" not in seen.headers for seen in other.log)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["--timeout", "0"], "timeout must be more than 0"),
        (["--concurrency", "0"], "concurrency must be 1 or more"),
        (["--timeout", "soon"], "invalid float value: 'soon'"),
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
    assert (ran.status, ran.out.count("\n")) == (2, 1)
    assert ran.err == (
        "notelint: c.md: no such file or folder\nnotelint: a.md: not UTF-8 (byte at offset 5)\n"
    )


def test_since_asks_only_for_what_is_new(
    links: Run, write: Write, git: Callable[..., str], web: Web
) -> None:
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
    assert [seen.path for seen in web.log] == ["/new"]


def test_since_a_revision_that_is_none(links: Run, write: Write, git: Callable[..., str]) -> None:
    git("init", "-q")
    write("a.md", "https://x.invalid/\n")
    ran = links("--since", "nowhere")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("notelint: --since: no revision `nowhere`")


def test_pages_of_this_repository_are_looked_up_on_disk(
    notelint: Run, write: Write, git: Callable[..., str]
) -> None:
    git("init", "-q", "-b", "main")
    git("remote", "add", "origin", "git@github.com:me/notes.git")
    here = "https://github.com/me/notes/blob/main"
    write("docs/b.md", "# B\n")
    write("a.md", f"[b]({here}/docs/b.md#b) [c]({here}/docs/c.md) {here}/docs\n")
    ran = notelint("links", "--no-cache")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        f"a.md:1:{len(here) + 23}: dead-link `{here}/docs/c.md` is dead: "
        "no such file in this repository",
        "1 finding in 2 files.",
    ]


# ------------------------------------------------------------------ the cache


def test_answers_are_kept_out_of_gits_sight(
    notelint: Run, write: Write, git: Callable[..., str], web: Web
) -> None:
    git("init")
    write("notes/a.md", f"[a]({web.url('/gone')})\n")
    first = notelint("links", "--allow-private", "notes")
    assert notelint("links", "--allow-private", "notes").out == first.out
    assert len(web.log) == 1
    assert ".notelint_cache" not in git("status", "--short", "--untracked-files=all")
    for option in ("--refresh", "--no-cache"):
        assert notelint("links", "--allow-private", option).out == first.out
    assert len(web.log) == 3


def test_a_cache_folder_that_cannot_be_written_costs_nothing_but_time(
    notelint: Run, write: Write, git: Callable[..., str], web: Web
) -> None:
    git("init")
    write("a.md", f"[a]({web.url('/gone')})\n")
    write(".notelint_cache", "a file where the folder would be")
    assert notelint("links", "--allow-private").status == 1
    assert notelint("links", "--allow-private").status == 1
    assert len(web.log) == 2


def test_a_cache_folder_that_leads_elsewhere_is_not_used(
    notelint: Run,
    write: Write,
    git: Callable[..., str],
    web: Web,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    git("init")
    (tmp_path / ".notelint_cache").symlink_to(elsewhere)
    write("a.md", f"[a]({web.url('/gone')})\n")
    assert notelint("links", "--allow-private").status == 1
    assert list(elsewhere.iterdir()) == []


# ------------------------------------------------------------------ interrupted, unplugged


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_ctrl_c_prints_what_is_known(write: Write, tmp_path: Path, web: Web) -> None:
    web.routes["/hang"] = hang
    note = write("a.md", f"{web.url('/gone')} {web.url('/hang')}\n")
    text = note.read_bytes()
    command = [sys.executable, "-m", "notelint", "links", "--allow-private", "--no-cache", "--fix"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while not web.asked("/hang") and process.poll() is None:
            time.sleep(0.01)
        time.sleep(0.5)  # the other answer was under way before
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out.startswith("a.md:1:1: dead-link ")
    assert "interrupted; 1 link not asked for" in err
    assert "Traceback" not in err
    assert note.read_bytes() == text


def _can_unplug() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and (
        subprocess.run([unshare, "-rn", "true"], capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not _can_unplug(), reason="needs a network namespace of its own")
def test_with_the_network_unplugged_everything_is_unknown_and_said_once(
    write: Write, tmp_path: Path
) -> None:
    write("a.md", "".join(f"- https://host{n}.test/a https://host{n}.test/b\n" for n in range(9)))
    command = ["unshare", "-rn", sys.executable, "-m", "notelint", "links", "--no-cache"]

    def unplugged(*given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *given], cwd=tmp_path, capture_output=True, text=True)

    ran = unplugged()
    assert (ran.returncode, ran.stdout) == (0, "Nothing found in 1 file.\n")
    assert ran.stderr == ("notelint: the network cannot be reached: nothing is known of 18 links\n")
    assert unplugged("--strict").returncode == 1
