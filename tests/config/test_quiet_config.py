"""No message repeats what a configuration holds: it may be a link to what nobody wants in a log."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run, Write

SECRET = "AKIA_SECRET_VALUE"

QUIET_YAML = [
    SECRET,
    f"https://user:{SECRET}@host.test",
    f"[{SECRET}]",
    f"export TOKEN={SECRET}",
    f"'{SECRET}",
    f'"\\z {SECRET}"',
    f"a: *{SECRET}",
    f"a: &{SECRET} &{SECRET} b",
    f"a: !{SECRET} b",
    f"a: !{SECRET}!x b",
    f"%TAG !{SECRET}! x\n%TAG !{SECRET}! x\n--- a",
    f"%{SECRET}",
    f"select: {SECRET}",
    f"select: [{SECRET}]",
    f"ignore: [{SECRET * 3}]",
    f"select: {{{SECRET}: 1}}",
    f"exclude: ['[!]{SECRET}']",
    f"exclude: {SECRET}",
    f"cache-dir: [{SECRET}]",
    f"'Bearer {SECRET}': 1",
    f"{SECRET * 4}: 1\n{SECRET * 4}: 2",
    f"rules: {{'{SECRET} x': {{}}}}",
    f"rules: {{duplicate-link: {SECRET}}}",
    f"rules: {{duplicate-link: {{scope: {SECRET}}}}}",
    f"rules: {{duplicate-link: {{across-files: {SECRET}}}}}",
    f"toc: {{bullet: {SECRET}}}",
    f"toc: {{flavor: {SECRET}}}",
    f"toc: {{title: [{SECRET}]}}",
    f"links: {{timeout: {SECRET}}}",
    f"links: {{accept: [{SECRET}]}}",
    f"links: {{headers: {{'ftp://user:{SECRET}@x=': {{a: b}}}}}}",
    f"links: {{headers: {{'https://[{SECRET}+': {{a: b}}}}}}",
    f"links: {{headers: {{'x.test:{SECRET}=': {{a: b}}}}}}",
    f"links: {{headers: {{x.test: {SECRET}}}}}",
    f"links: {{headers: {{x.test: {{a: [{SECRET}]}}}}}}",
    f"links: {{sites: [{{hosts: [x], caseless: '({SECRET}'}}]}}",
    f"links: {{sites: [{{hosts: [x], caseless: '(?P={SECRET})'}}]}}",
    f"links: {{sites: [{{hosts: [x], rewrites: [['a', '\\g<{SECRET}>']]}}]}}",
    f"links: {{sites: [{{hosts: [x], rewrites: [['{SECRET}']]}}]}}",
    f"per-file: {{'a=b {SECRET}': {{toc: 1}}}}",
]


@pytest.mark.parametrize("text", QUIET_YAML)
def test_no_value_is_repeated(notelint: Run, write: Write, text: str) -> None:
    write(".notelint.yaml", f"{text}\n")
    write("a.md", "# T\n\nx\n")
    for command in ("check", "toc", "links"):
        ran = notelint(command)
        assert ran.status == 2 or command == "toc"
        assert "SECRET" not in ran.out + ran.err


@pytest.mark.parametrize("number", ["20240131", "-5", "1.25", "2024-01-31", ".5"])
def test_no_number_is_repeated(notelint: Run, write: Write, number: str) -> None:
    for key in ("select", "exclude", "toc", "rules", "links", "per-file", "cache-dir"):
        write(".notelint.yaml", f"{key}: {number}\n")
        ran = notelint("check")
        assert ran.status == 2
        assert number not in ran.err


QUIET_TOML = [
    f"wrap = '{SECRET}'",
    f"wrap = {SECRET}",
    f"wrap = '{SECRET}",
    f"exclude = ['[{SECRET}z-a]']",
    f"[{SECRET}]\n[{SECRET}]",
    f"x = {{{SECRET} = 1, {SECRET} = 2}}",
    f"{SECRET}.a = 1\n{SECRET} = 2\n{SECRET}.b.c = 3",
    f"'{SECRET} x' = 1",
    f"extensions = ['{SECRET} x']",
    f"plugin = '{SECRET}'",
]


@pytest.mark.parametrize("text", QUIET_TOML)
def test_no_value_of_toml_is_repeated(notelint: Run, write: Write, text: str) -> None:
    write("a.md", "*  T\n")
    for name in (".mdformat.toml", "pyproject.toml"):
        write(name, text if name[0] == "." else f"[tool.notelint]\n{text}\n")
        ran = notelint("fmt")
        assert ran.status == 2
        assert "SECRET" not in ran.out + ran.err
        Path(name).unlink()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".markdownlint.json", f"{SECRET}"),
        (".markdownlint.json", f'{{"extends": "{SECRET}"}}'),
        (".markdownlint.yaml", f"a: *{SECRET}"),
        (".markdownlint-cli2.jsonc", f'{{"ignores": ["!{SECRET}", "({SECRET}"]}}'),
        (".markdownlintignore", f"!{SECRET}\n({SECRET})\n"),
    ],
)
def test_no_value_of_markdownlint_is_repeated(
    notelint: Run, write: Write, name: str, text: str
) -> None:
    write(name, text)
    write("a.md", "# T\n\nx\n")
    ran = notelint("init", "--from-markdownlint")
    assert SECRET not in ran.out + ran.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("selct: []", "unknown key `selct`; did you mean `select`?"),
        ("ignore: [duplicat-link]", "unknown rule or category `duplicat-link`; did you mean"),
        (
            "select: [links, MD013]",
            "`select.2` is not the name of a rule or category; see `notelint rules`",
        ),
        ("'my select': []", ".notelint.yaml: has an unknown key; did you mean `select`?"),
        ("rules: {duplicate-lnk: {}}", "unknown rule `rules.duplicate-lnk`; did you mean"),
        ("per-file: {'docs/*.md': {x: 1}}", 'unknown key `per-file."docs/*.md".x`'),
    ],
)
def test_a_name_that_could_be_ours_is(notelint: Run, write: Write, text: str, told: str) -> None:
    write(".notelint.yaml", f"{text}\n")
    assert told in notelint("check").err
