"""Comments that ask not to be told, ours and other linters', and such as ask in vain."""

from __future__ import annotations

import pytest

from conftest import Ran, Run, Write, rule_of

BROKEN = "[x](#nope)\n"


def found(ran: Ran) -> list[tuple[int, str]]:
    """Line and rule of each finding."""
    lines = [line.split(":") for line in ran.out.split("\n") if line.startswith("a.md:")]
    return [(int(line[1]), rule_of(":".join(line))) for line in lines]


def check(notelint: Run, write: Write, text: str, *arguments: str) -> list[tuple[int, str]]:
    """What is found in *text*."""
    write("a.md", text)
    return found(notelint("check", *arguments))


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- notelint-disable broken-anchor -->\n\n{BROKEN}",
        f"<!-- notelint-disable links -->\n\n{BROKEN}",
        f"<!-- notelint-disable -->\n\n{BROKEN}",
        f"<!-- notelint-disable-next-line broken-anchor -- made by a program -->\n{BROKEN}",
        f"{BROKEN}\n<!-- notelint-disable-file broken-anchor -->\n",
        f"<!-- notelint-disable broken-anchor, empty-link -->\n\n{BROKEN} [](https://e.org)\n",
        f"<!-- markdownlint-disable MD051 -->\n\n{BROKEN}",
        f"<!-- markdownlint-disable md013 link-fragments -->\n\n{BROKEN}",
        f"<!-- markdownlint-disable links -->\n\n{BROKEN}",
        f"<!-- markdownlint-disable -->\n\n{BROKEN}",
        f"<!-- markdownlint-disable-next-line MD051 -->\n{BROKEN}",
        "[x](#nope) <!-- markdownlint-disable-line MD051 -->\n",
        f"{BROKEN}\n<!-- markdownlint-disable-file MD051 -->\n",
        f'{BROKEN}\n<!-- markdownlint-configure-file {{ "MD051": false }} -->\n',
        f'{BROKEN}\n<!-- markdownlint-configure-file {{ "default": false }} -->\n',
        f"<!-- rumdl-disable MD051 -->\n\n{BROKEN}",
        f"<!--rumdl-disable-next-line MD051-->\n{BROKEN}",
    ],
)
def test_what_suppresses_and_is_needed(notelint: Run, write: Write, text: str) -> None:
    assert check(notelint, write, text) == []


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- notelint-disable empty-link -->",
        "<!-- notelint-disabled -->",
        "<!-- markdownlint-disable MD013 -->",
        "<!-- markdownlint-disable-file no-inline-html -->",
        "<!-- markdownlint-configure-file { nonsense -->",
        '<!-- markdownlint-configure-file { "MD051": true } -->',
        "<!-- prettier-ignore -->",
        "`<!-- notelint-disable -->`",
    ],
)
def test_what_does_not_suppress(notelint: Run, write: Write, comment: str) -> None:
    text = f"{comment}\n\n{BROKEN}"
    assert (3, "broken-anchor") in check(notelint, write, text)


def test_enabled_again(notelint: Run, write: Write) -> None:
    text = (
        "<!-- {0}-disable -->\n\n[x](#a) [](https://e.org)\n\n"
        "<!-- {0}-enable {1} -->\n\n[x](#b) [](https://e.org)\n"
    )
    ours = text.format("notelint", "broken-anchor")
    assert check(notelint, write, ours) == [(7, "broken-anchor")]
    theirs = text.format("markdownlint", "MD051")
    assert check(notelint, write, theirs) == [(7, "broken-anchor")]


def test_the_families_do_not_mix(notelint: Run, write: Write) -> None:
    text = (
        "<!-- notelint-disable broken-anchor -->\n\n[x](#a)\n\n"
        "<!-- markdownlint-enable -->\n\n[x](#b)\n"
    )
    assert check(notelint, write, text) == []


def test_captured_and_restored(notelint: Run, write: Write) -> None:
    text = (
        "<!-- markdownlint-capture -->\n<!-- markdownlint-disable -->\n\n[x](#a)\n\n"
        "<!-- markdownlint-restore -->\n\n[x](#b)\n"
    )
    assert check(notelint, write, text) == [(8, "broken-anchor")]


def test_what_compares_only_is_suppressed(notelint: Run, write: Write) -> None:
    text = "<!-- markdownlint-disable -->\n\n<img src=''>\n"
    assert check(notelint, write, text) == [(3, "empty-image")]


# -------------------------------------------------------------- in vain


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!-- notelint-disable-file broken-anchor -->\n", "1:28: * `broken-anchor` suppresses"),
        ("<!-- notelint-disable -->\n\nText.\n", "1:1: * suppresses nothing"),
        ("<!-- notelint-disable-next-line links -->\nText.\n", "1:33: * `links` suppresses"),
        (
            f"<!-- notelint-disable-next-line broken-anchr -->\n{BROKEN}",
            "1:33: * no rule `broken-anchr`; did you mean `broken-anchor`?",
        ),
        (
            f"<!-- notelint-disable-next-line broken-anchor empty-link -->\n{BROKEN}",
            "1:47: * `empty-link` suppresses nothing",
        ),
        (
            f"<!-- notelint-disable-next-line broken-anchor -->\n\n{BROKEN}",
            "1:33: * `broken-anchor` suppresses nothing",
        ),
    ],
)
def test_what_suppresses_nothing_is_told(
    notelint: Run, write: Write, text: str, message: str
) -> None:
    write("a.md", text)
    out = notelint("check").out
    assert message.replace("*", "warning:") in out
    assert "[unused-suppression]" in out
    assert out.count("unused-suppression") == 1


@pytest.mark.parametrize(
    "text",
    [
        # rules that did not run
        "<!-- notelint-disable-file image-alt -->\n",
        "<!-- notelint-disable-file dead-link moved-link -->\n",
        # asked for by name
        "<!-- notelint-disable-file unused-suppression -->\n<!-- notelint-disable -->\n",
        # needed, though in a table of contents that is told as a whole
        "<!-- toc -->\n<!-- notelint-disable-next-line broken-anchor -->\n- [a](#gone)\n\n"
        "<!-- tocstop -->\n\n## B\n\nText.\n",
        # for other linters
        "<!-- markdownlint-disable MD051 -->\n\nText.\n",
    ],
)
def test_what_is_not_judged(notelint: Run, write: Write, text: str) -> None:
    assert "unused-suppression" not in [rule for _, rule in check(notelint, write, text)]


def test_only_what_ran_is_judged(notelint: Run, write: Write) -> None:
    text = "<!-- notelint-disable broken-anchor -->\n<!-- notelint-disable links -->\n"
    selected = ("--select", "unused-suppression,broken-anchor")
    assert check(notelint, write, text, *selected) == [(1, "unused-suppression")]
    assert check(notelint, write, text, "--ignore", "links") == []
    assert check(notelint, write, text, "--ignore", "unused-suppression") == []


def test_a_finding_across_files_is_a_use(notelint: Run, write: Write) -> None:
    write(".notelint.yaml", "rules: {duplicate-link: {across-files: true}}\n")
    write("0.md", "- https://example.org/a\n")
    text = "<!-- notelint-disable-file duplicate-link -->\n\n- https://example.org/a\n"
    assert check(notelint, write, text) == []
