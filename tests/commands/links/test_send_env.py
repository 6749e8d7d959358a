"""Variables of the environment: into a header only when whoever calls says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Ran, Run, Write
from online.web import Web, redirect, status

TOKEN, KEY = "ghs_token", "aws_key"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY)
    monkeypatch.delenv("NO_SUCH_VARIABLE", raising=False)


def configured(write: Write, web: Web, headers: str, name: str = ".notelint.yaml") -> None:
    web.routes["/a"] = status(200)
    write("a.md", f"# T\n\n{web.url('/a')}\n")
    write(name, f"links:\n  headers:\n    {web.url('').rstrip('/')}: {headers}\n")


def told(web: Web, header: str, fault: str) -> str:
    return f"notelint: `{header}` is not sent to {web.url('').rstrip('/')}: {fault}\n"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("$GITHUB_TOKEN", ["GITHUB_TOKEN"]),
        ("${GITHUB_TOKEN}", ["GITHUB_TOKEN"]),
        ("Bearer $GITHUB_TOKEN", ["GITHUB_TOKEN"]),
        ("$$$GITHUB_TOKEN", ["GITHUB_TOKEN"]),
        ("$GITHUB_TOKEN$GITHUB_TOKEN", ["GITHUB_TOKEN"]),
        ("x${AWS_SECRET_ACCESS_KEY}x$HOME", ["AWS_SECRET_ACCESS_KEY", "HOME"]),
        ("$NO_SUCH_VARIABLE", ["NO_SUCH_VARIABLE"]),
    ],
)
@pytest.mark.parametrize("name", [".notelint.yaml", "pyproject.toml"])
def test_not_on_the_word_of_the_tree(
    links: Run, write: Write, web: Web, value: str, names: list[str], name: str
) -> None:
    if name == "pyproject.toml":
        configured(write, web, "{}")
        Path(".notelint.yaml").unlink()
        site = web.url("").rstrip("/")
        write(name, f'[tool.notelint.links.headers."{site}"]\nX-A = "{value}"\n')
    else:
        configured(write, web, f"{{X-A: '{value}'}}")
    ran = links("--quiet")
    allowing = " ".join(f"--send-env {each}" for each in names)
    fault = f"`${names[0]}` must be allowed with `{allowing}`"
    assert ran == Ran(0, "", told(web, "X-A", fault))
    assert ["x-a" in seen.headers for seen in web.log] == [False]


def test_on_the_word_of_the_caller(links: Run, write: Write, web: Web) -> None:
    configured(write, web, "{X-A: 'Bearer $GITHUB_TOKEN', X-B: '$AWS_SECRET_ACCESS_KEY'}")
    ran = links("--quiet", "--send-env", "GITHUB_TOKEN")
    fault = "`$AWS_SECRET_ACCESS_KEY` must be allowed with `--send-env AWS_SECRET_ACCESS_KEY`"
    assert ran == Ran(0, "", told(web, "X-B", fault))
    assert web.log[-1].headers["x-a"] == f"Bearer {TOKEN}"
    assert "x-b" not in web.log[-1].headers
    both = ("--send-env", "GITHUB_TOKEN", "--send-env", "AWS_SECRET_ACCESS_KEY")
    assert links("--quiet", *both) == Ran(0, "", "")
    assert web.log[-1].headers["x-b"] == KEY


def test_a_header_needs_all_its_variables(links: Run, write: Write, web: Web) -> None:
    configured(write, web, "{X-A: '$GITHUB_TOKEN $AWS_SECRET_ACCESS_KEY'}")
    ran = links("--quiet", "--send-env", "GITHUB_TOKEN")
    assert "`$AWS_SECRET_ACCESS_KEY` must be allowed" in ran.err
    assert "x-a" not in web.log[-1].headers
    assert TOKEN not in ran.err + ran.out


def test_a_configuration_that_is_named_is_the_callers(links: Run, write: Write, web: Web) -> None:
    configured(write, web, "{X-A: $GITHUB_TOKEN}", "mine.yaml")
    assert links("--quiet", "--config", "mine.yaml") == Ran(0, "", "")
    assert web.log[-1].headers["x-a"] == TOKEN


def test_what_is_allowed_and_not_set(links: Run, write: Write, web: Web) -> None:
    configured(write, web, "{X-A: $NO_SUCH_VARIABLE}")
    ran = links("--quiet", "--send-env", "NO_SUCH_VARIABLE")
    assert ran == Ran(0, "", told(web, "X-A", "`$NO_SUCH_VARIABLE` is not set"))


def test_what_is_written_out_is_sent(links: Run, write: Write, web: Web) -> None:
    configured(write, web, "{X-A: literal, X-B: 'costs $$5 $ 5'}")
    assert links("--quiet") == Ran(0, "", "")
    headers = web.log[-1].headers
    assert (headers["x-a"], headers["x-b"]) == ("literal", "costs $5 $ 5")


def test_only_headers_hold_variables(links: Run, write: Write, web: Web) -> None:
    configured(write, web, "{$GITHUB_TOKEN: x}")
    with open(".notelint.yaml", "a", encoding="utf-8") as file:
        file.write("  user-agent: 'me $GITHUB_TOKEN'\n")
    links("--quiet", "--send-env", "GITHUB_TOKEN")
    assert web.log == [] or TOKEN not in str(web.log)


def test_not_along_a_redirect(links: Run, write: Write, web: Web) -> None:
    configured(write, web, "{X-A: $GITHUB_TOKEN}")
    with Web() as other:
        web.routes["/a"] = redirect(302, other.url("/b"))
        other.routes["/b"] = status(200)
        links("--quiet", "--send-env", "GITHUB_TOKEN")
        assert web.log[-1].headers["x-a"] == TOKEN
        assert [seen.headers.get("x-a") for seen in other.log] == [None]


@pytest.mark.parametrize("name", ["", "A=b", "$HOME", "a b", "--quiet", "Ä"])
def test_a_name_that_no_variable_has(links: Run, write: Write, name: str) -> None:
    write("a.md", "x\n")
    ran = links(f"--send-env={name}")
    assert ran.status == 2
    assert "must be the name of an environment variable" in ran.err


def test_names_that_are_no_names_are_not_repeated(links: Run, write: Write, web: Web) -> None:
    configured(write, web, f"{{'a b{'c' * 90}': ${'D' * 90}}}")
    ran = links("--quiet")
    assert told(web, "…", "`$…` must be allowed with `--send-env …`") == ran.err
