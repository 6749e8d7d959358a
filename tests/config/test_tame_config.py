"""A stranger's configuration takes time as its size, whatever is in it."""

from __future__ import annotations

import pytest

from conftest import Run, Write

NAME = "a" * 200 + ".md"
DEEP = "/".join(["d"] * 40) + "/note.md"
STARS = "*a" * 12 + "*b"
FOLDERS = "**/" * 16 + "x"

# -------------------------------------------------------------- patterns

PATTERNS = [
    STARS,
    f"/{STARS}",
    f"**/{STARS}",
    FOLDERS,
    f"{FOLDERS}/**",
    "d/**/" * 16 + "x",
    "**d" * 16 + "x",
    "*/**/" * 12 + "x",
    "[!b]*" * 12 + "b",
    "[!x]**" * 12 + "x",
    "?*" * 20 + "x",
    "**" * 400 + "x",
    "*a" * 499,
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=[each[:20] for each in PATTERNS])
@pytest.mark.parametrize(
    "text",
    ["exclude: ['{}']", "per-file: {{'{}': {{ignore: [all]}}}}"],
    ids=["exclude", "per-file"],
)
def test_patterns_made_to_take_long(bounded: Run, write: Write, pattern: str, text: str) -> None:
    write(NAME, "# T\n\nx\n")
    write(DEEP, "# T\n\nx\n")
    write(".notelint.yaml", text.format(pattern) + "\n")
    assert bounded("check").status == 0


def test_thousands_of_patterns(bounded: Run, write: Write) -> None:
    write(NAME, "# T\n\nx\n")
    lines = "".join(f"- '{STARS}{number}'\n" for number in range(1_000))
    write(".notelint.yaml", f"exclude:\n{lines}")
    assert bounded("check").status == 0
    write(".notelint.yaml", f"exclude:\n{lines}- x\n")
    assert "`exclude` has more than 1000 entries" in bounded("check").err
    write(".notelint.yaml", f"exclude: ['{'x' * 1_001}']\n")
    ran = bounded("check")
    assert "`exclude.1` is not a valid pattern: longer than 1000 characters" in ran.err


def test_many_patterns_with_settings_of_their_own(bounded: Run, write: Write) -> None:
    write(NAME, "# T\n\nx\n")
    parts = "".join(f"  'd{number}/**':\n    ignore:\n    - all\n" for number in range(900))
    write(".notelint.yaml", f"per-file:\n{parts}")
    ran = bounded("check")
    assert "`per-file` has patterns of over 5000 characters" in ran.err
    assert ran.status == 2


def test_patterns_of_mdformat(bounded: Run, write: Write) -> None:
    write(NAME, "# T\n\nx\n")
    write(DEEP, "# T\n\nx\n")
    write(".mdformat.toml", f"exclude = ['{STARS}', '{FOLDERS}']\n")
    assert bounded("fmt", "--check").status == 0
    write(".mdformat.toml", "exclude = ['[z-a]']\n")
    assert "`exclude` must be a list of patterns" in bounded("fmt").err


@pytest.mark.parametrize(
    "pattern", [STARS, f"*://{STARS}", "x.test/" + "*a" * 400 + "b", "a." * 499]
)
def test_links_that_are_ignored(bounded: Run, write: Write, pattern: str) -> None:
    urls = ["https://x.invalid/" + "a" * 3_000, "https://" + "a." * 1_000 + "invalid/"]
    write("a.md", f"# T\n\n[x]({urls[0]}) [y]({urls[1]})\n")
    write(".notelint.yaml", f"links: {{ignore: ['{pattern}', '*.invalid']}}\n")
    assert bounded("links", "--no-cache").status == 0


def test_strings_and_headers_have_bounds(notelint: Run, write: Write) -> None:
    write("a.md", "# T\n\nNo links.\n")
    write(".notelint.yaml", f"toc: {{title: {'x' * 4_001}}}\n")
    assert "`toc.title` is longer than 4000 characters" in notelint("check").err
    headers = ", ".join(f"X-{n}: {'x' * 1_000}" for n in range(8))
    write(".notelint.yaml", f"links: {{headers: {{x.test: {{{headers}}}}}}}\n")
    assert '`links.headers."x.test"` has over 8000 characters' in notelint("links").err


LONG = "https://x.test/" + "a" * 480
EXPRESSIONS = [
    "(a+)+b",
    "(?:a|a)*b",
    "(?:a|aa)+b",
    "(?:.*a){20}b",
    ".*a.*a.*a.*a.*b",
    ".*.*.*.*b",
    "(?:a?){60}a{60}",
    "a?" * 40 + "a" * 40,
    "(?:a{1,200}){1,200}b",
    "(?:[^/]+/?)*b",
    r"(.*)\1\1b",
    "(?:(?=(a+))a*)*b",
    "((((a*)*)*)*)*b",
    "[a-z]*[a-z]*[a-z]*b",
    "(?:a*?){30}b",
    r"(?:\w|\d|[^/])*b",
    ".*b",
    "(.*)/index[.]html",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.parametrize("key", ["rewrites", "caseless"])
def test_expressions_made_to_take_long(
    bounded: Run, write: Write, expression: str, key: str
) -> None:
    write("a.md", "# T\n\n" + "".join(f"- {LONG}{number}\n" for number in range(20)))
    start = f"/{expression}" if key == "caseless" else f"['x.test/{expression}', y]"
    value = f"'{start}'" if key == "caseless" else f"[{start}]"
    write(".notelint.yaml", f"links: {{sites: [{{hosts: [x.test], {key}: {value}}}]}}\n")
    ran = bounded("check")
    assert ran.status in (0, 2)
    if ran.status == 2:
        assert "`links.sites.1` has an invalid regular expression: `" in ran.err
        assert expression not in ran.err


def test_expressions_as_people_write_them(notelint: Run, write: Write) -> None:
    write(
        ".notelint.yaml",
        "links:\n  sites:\n  - hosts: [git.test]\n    rewrites:\n"
        "    - ['(git[.]test/[^/]+/[^/]+)/(?:tree|blob)/main/README.*', '\\1']\n"
        "    - ['(.*)/index[.]html?', '\\1']\n"
        "    - ['git[.]test/-/(\\d+)(?:/[a-z-]+)*', 'git.test/p/\\1']\n"
        "    caseless: /[^/]+\n",
    )
    same = [
        ("https://git.test/A/b/blob/main/README.md", "https://git.test/a/b"),
        ("https://git.test/a/x/y/index.html", "https://git.test/a/x/y"),
        ("https://git.test/-/12/some/where", "https://git.test/p/12"),
    ]
    for one, other in same:
        write("a.md", f"# T\n\n- {one}\n- {other}\n")
        assert "duplicate-link" in notelint("check").out


def test_more_expressions_than_anybody_has(bounded: Run, write: Write) -> None:
    write("a.md", f"# T\n\n- {LONG}\n")
    sites = "".join(f"  - {{hosts: [x.test], caseless: '.*{n}'}}\n" for n in range(11))
    write(".notelint.yaml", f"links:\n  sites:\n{sites}")
    assert "too many regular expressions whose repetitions compete" in bounded("check").err
    names = ", ".join(f"x{n}.test" for n in range(900))
    write(".notelint.yaml", f"links:\n  sites:\n  - hosts: [{names}]\n    drop: [{names}]\n")
    assert "`links.sites` has more than 1000 names and expressions" in bounded("check").err


# -------------------------------------------------------------- files

_MANY = 1_000_000
YAML = {
    "brackets": "[" * 60_000,
    "many short nests": "- [[[[[[[[[[]]]]]]]]]]\n" * 5_000,
    "dashes": "- " * 60_000,
    "a number": "a: " + "9" * 100_000,
    "a number of base 60": "a: 1" + ":59" * 40_000,
    "a fraction of base 60": "a: 1" + ":59" * 40_000 + ".5",
    "a number with underscores": "a: 1" + "_1" * 50_000,
    "aliases": "a: &a [b]\nc: [" + "*a," * 40_000 + "]",
    "anchors": "".join(f"- &a{n} b\n" for n in range(9_000)),
    "tags": "- !!python/name:os.system x\n" * 4_000,
    "a tag": "a: !!set {a, b}",
    "merge keys": "<<: " * 100 + "{}",
    "one merge key": "<<: {select: [links]}",
    "keys": "".join(f"k{n}: 1\n" for n in range(10_000)),
    "complex keys": "? [a]\n: b\n" * 10_000,
    "large": "# " + "x" * 200_000,
    "no character": 'a: "\\U00110000"',
    "no number of a character": 'a: "\\UFFFFFFFF"',
}


@pytest.mark.parametrize("text", YAML.values(), ids=YAML)
@pytest.mark.parametrize("name", [".notelint.yaml", ".markdownlint.yaml"])
def test_yaml_made_to_take_long(bounded: Run, write: Write, name: str, text: str) -> None:
    write(name, text)
    write("a.md", "# T\n\nx\n")
    ran = bounded(*(["check"] if name == ".notelint.yaml" else ["init", "--from-markdownlint"]))
    assert ran.status == 2 or name != ".notelint.yaml"
    if ran.status == 2:
        assert ran.err.startswith(f"notelint: {name}: ")
        assert ran.err.count("\n") == 1


TOML = {
    "dots": "x" + ".x" * 100_000 + " = 1",
    "dots and blanks": "x" + " . x" * 100_000 + " = 1",
    "quoted dots": "'x'" + ".'x'" * 100_000 + " = 1",
    "dots in a header": "[x" + ".x" * 100_000 + "]",
    "dots in a table": "x = {x" + ".x" * 100_000 + " = 1}",
    "brackets": "x = " + "[" * 500_000,
    "tables": "x = " + "{x = " * 100_000,
    "a number": "x = " + "9" * 500_000,
    "a number with underscores": "x = 1" + "_1" * 250_000,
    "letters": "x" * 900_000,
    "quotes": '"' * 900_001,
    "large": "#" * 2 * _MANY,
    "a date": "x = 2024-02-30",
}


@pytest.mark.parametrize("text", TOML.values(), ids=TOML)
@pytest.mark.parametrize("name", ["pyproject.toml", ".mdformat.toml"])
def test_toml_made_to_take_long(bounded: Run, write: Write, name: str, text: str) -> None:
    write(name, f"# notelint\n{text}\n")
    write("a.md", "# T\n\nx\n")
    ran = bounded("fmt", "--check")
    assert ran.status == 2
    assert f"{name}: " in ran.err
    assert ran.err.count("\n") == 1


JSON = {
    "strings": '["' + '\\"' * 200_000,
    "comments": "/*" * 200_000,
    "commas": "," + " ," * 200_000,
    "brackets": "[" * 500_000,
    "a number": '{"default": ' + "9" * 500_000 + "}",
    "large": " " * 2 * _MANY,
}


@pytest.mark.parametrize("text", JSON.values(), ids=JSON)
def test_json_made_to_take_long(bounded: Run, write: Write, text: str) -> None:
    write(".markdownlint.jsonc", text)
    write("a.md", "# T\n\nx\n")
    ran = bounded("init", "--from-markdownlint")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith("notelint: .markdownlint.jsonc: ")


def test_braces_of_markdownlint(bounded: Run, write: Write) -> None:
    many = "{" + ",".join(map(str, range(3_000))) + "}"
    write(".markdownlint-cli2.jsonc", f'{{"ignores": ["{many * 4}", "x/{{a,b}}", "[z-a]"]}}')
    write("a.md", "# T\n\nx\n")
    ran = bounded("init", "--from-markdownlint")
    assert ran.status == 0
    for number in (1, 3):
        assert f"`ignores.{number}` is a pattern that is not carried over" in ran.err
    assert bounded("check").status == 0


@pytest.mark.parametrize(
    ("key", "value", "most"),
    [
        ("timeout", 1e6, 60),
        ("total-timeout", 1e15, 86_400),
        ("concurrency", 10**9, 64),
        ("per-host", 7, 6),
        ("spacing", 1e9, 10),
        ("retries", 10**6, 5),
        ("max-wait", 1e9, 120),
        ("max-redirects", 10**6, 30),
        ("max-body", 10**12, 16 * 1024 * 1024),
    ],
)
def test_how_links_are_asked_has_bounds(
    notelint: Run, write: Write, key: str, value: float, most: int
) -> None:
    write("a.md", "# T\n\nNo links.\n")
    write(".notelint.yaml", f"links: {{{key}: {value!r}}}\n")
    ran = notelint("links")
    message = (
        f".notelint.yaml: `links.{key}` must be {most} or less; only a file given by `--config` "
        "may set more"
    )
    assert (ran.status, ran.err) == (2, f"notelint: {message} (line 1)\n")
    assert notelint("links", "--config", ".notelint.yaml", "--quiet").status == 0
    write(".notelint.yaml", f"links: {{{key}: {most}}}\n")
    assert notelint("links", "--quiet").status == 0
