"""No note takes for ever, whatever is in it: `tests/benchmarks/bounds.py` has the full sizes.

Each test looks at notes in a process of its own, which may use far more time of the processor than
it needs. What other processes do meanwhile makes no difference.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="limits the time that a process may use")

HERE = Path(__file__).parent
ENOUGH = 40  # seconds of the processor
FOR_EVER = 3600  # seconds of a busy machine
PRELUDE = f"""
import resource
resource.setrlimit(resource.RLIMIT_CPU, ({ENOUGH}, {ENOUGH}))
from bombs import *
from judged import judged

def run(text, command):
    import contextlib, os, pathlib, sys, tempfile
    from notelint.cli.main import main
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(sys.stdout):
        note = pathlib.Path(folder, "a.md")
        note.write_text(text, encoding="utf-8")
        os.chdir(folder)
        status = main([command, "--isolated", "a.md"])
        same = note.read_text(encoding="utf-8") == text
        print(f"status {{status}}, {{'unchanged' if same else 'changed'}}")
"""


def ends(code: str) -> str:
    """What the Python *code* prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"{PRELUDE}\n{code}"],
        cwd=HERE,
        capture_output=True,
        timeout=FOR_EVER,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize("kind", ["INLINE", "LINES", "OTHERS"])
def test_notes_made_to_take_long(kind: str) -> None:
    code = f"for name, bomb in {kind}.items(): print(name, *judged(bomb(400)).failures)"
    for line in ends(code).splitlines():
        assert "please report" not in line


@pytest.mark.parametrize("block", ["item", "heading", "cell", "block", "link", "list"])
def test_what_stands_in_a_line_of_a_block(block: str) -> None:
    made = f"within({block!r}, bomb)(150)"
    code = f"for name, bomb in INLINE.items(): print(name, *judged({made}).failures)"
    for line in ends(code).splitlines():
        assert "please report" not in line


@pytest.mark.parametrize(
    ("name", "size"),
    [
        (repr("mailto:"), 50_000),
        (repr("<http://a"), 20_000),
        (repr("<h2>\n"), 60_000),
        (repr("!["), 50_000),
        ("bare images in a line", 60_000),
        (repr("<!-- notelint-disable x -->\n\n![]()\n\n"), 20_000),
        ("a tag without an end", 200_000),
        ("a tag of dashes", 200_000),
        ("an entry of blanks", 200_000),
        ("an entry of tabs", 200_000),
        ("an entry of links", 40_000),
        ("a cell of blanks and an address", 20_000),
        ("headings left out", 6_000),
        ("items of one list", 8_000),
        ("an item of links", 8_000),
        ("breaks in a block", 60_000),
        ("words apart in a block", 20_000),
        ("hashes in a paragraph", 20_000),
        ("ends in code", 8_000),
        ("empty links behind words", 60_000),
        ("emphasis that is meant", 6_000),
        ("emphasis that is meant, by lines", 6_000),
        ("ranges that are crossed out", 6_000),
        ("brackets that end a heading", 120_000),
        ("footnotes below headings", 40_000),
        ("a form in a line", 10_000),
        ("a form in a block", 20_000),
        ("long destination", 150_000),
    ],
)
def test_notes_that_took_long(name: str, size: int) -> None:
    ends(f"judged(BOMBS[{name!r}]({size}))")


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("links apart", 3_000),
        ("emphasis that is meant", 6_000),
        ("ranges that are crossed out", 6_000),
        ("glued URLs", 3_000),
        (repr("[text]（https://a.b/x.pdf）\n"), 3_000),
        ("empty images in a line", 20_000),
        ("an item of empty images", 20_000),
        ("items of one list", 2_000),
        ("types in brackets", 25_000),
        ("types in a paragraph", 25_000),
        ("broken anchors", 900),
        (repr("- http://a.b。c\n"), 1_000),
        (repr("<div>\n**a** [b](c)<br>\n"), 5_000),
        (repr("##a\n\n"), 10_000),
        (repr("(a)[https://b.c]\n"), 6_000),
        (repr("<details>\n<summary>a</summary>\n- b<br>\n</details>\n\n"), 2_000),
    ],
)
def test_fixes_that_took_long(name: str, size: int) -> None:
    ends(f"judged(BOMBS[{name!r}]({size}), fix=True)")


@pytest.mark.parametrize("name", ["headings of one name", "headings to number"])
def test_large_tables_of_contents(name: str) -> None:
    ends(f"run(BOMBS[{name!r}](20_000), 'toc')")


@pytest.mark.parametrize("name", ["an item of empty images", "headings of one name"])
def test_a_fix_takes_little_longer_than_a_look(name: str) -> None:
    code = (
        "from time import process_time\n"
        f"text = BOMBS[{name!r}](8_000)\n"
        "judged('# a')\n"
        "start = process_time()\n"
        "judged(text)\n"
        "between = process_time()\n"
        "judged(text, fix=True)\n"
        "print((process_time() - between) / (between - start))"
    )
    assert float(ends(code)) < 2.7  # of what a fix leaves there may be twice as much


@pytest.mark.parametrize("command", ["fix", "toc"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_table_of_contents_that_is_too_large(command: str, marked: bool) -> None:
    text = "BOMBS['headings of one name'](20_001)" if marked else "'# a\\n' * 20_001"
    printed = ends(f"run({text}, {command!r})")
    said = "would have 20,001 entries, but at most 20,000 are written"
    assert (said in printed) == (marked or command == "toc")
    assert "unchanged" in printed


@pytest.mark.parametrize(
    ("name", "size"),
    [
        (repr("www._"), 40_000),
        ("lazy quotes", 150_000),
        (repr("a_"), 50_000),
        ("rows", 60_000),
        (repr("[a]["), 30_000),
    ],
)
def test_notes_that_are_too_large_for_fmt(name: str, size: int) -> None:
    printed = ends(f"run(BOMBS[{name!r}]({size}), 'fmt')")
    assert "a.md: left unchanged: too large for fmt: " in printed
    assert printed.endswith("status 2, unchanged\n")


def test_a_large_note_that_is_laid_out() -> None:
    text = "'# A\\n\\n' + '* a [link](b.md) and some more words of it\\n' * 4000"
    assert ends(f"run({text}, 'fmt')").endswith("status 0, changed\n")


def test_a_note_that_links_to_itself_and_moves() -> None:
    code = (
        "import os, pathlib, tempfile\n"
        "from notelint.cli.main import main\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    os.chdir(folder)\n"
        "    pathlib.Path('a.md').write_text('# a\\n\\n' + '[x](a.md#a) ' * 45_000)\n"
        "    print(main(['mv', '--check', '--isolated', 'a.md', 'b.md']))"
    )
    assert ends(code).endswith("1\n")


def test_broken_anchors_of_a_site_with_many_folds() -> None:
    code = (
        "import os, pathlib, tempfile\n"
        "from notelint.cli.main import main\n"
        "fold = '<summary>Title {0}</summary>\\n\\n[a](#not-there-{0})\\n\\n'\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    os.chdir(folder)\n"
        "    pathlib.Path('conf.py').touch()\n"
        "    pathlib.Path('.gitbook.yaml').touch()\n"
        "    pathlib.Path('a.md').write_text(''.join(map(fold.format, range(12_000))))\n"
        "    print(main(['check', '--isolated', '--no-cache', 'a.md']))"
    )
    assert ends(code).endswith("1\n")


def test_yaml_that_stands_for_more_than_there_is_memory() -> None:
    front = "text = '---\\n' + ALIASES + '---\\n\\n* a\\n'"
    layout = "from notelint.config.mdformat import Layout; from notelint.text.source import Source"
    lay_out = "from notelint.engine.layout import lay_out"
    done = f"{lay_out}; print(lay_out(Source(text), Layout()).text)"
    assert ends(f"{front}\n{layout}\n{done}").endswith("---\n\n- a\n\n")
    hook = "from notelint.config.set_up import with_entry"
    repos = "repos:\\n- repo: local\\n  hooks: []\\n"
    assert ends(f"{hook}\nprint(with_entry(ALIASES + '{repos}', '- repo: x\\n'))") == "None\n"


def test_their_fixes() -> None:
    code = "for name, bomb in BOMBS.items(): print(name, *judged(bomb(60), fix=True).failures)"
    for line in ends(code).splitlines():
        assert "please report" not in line


def test_faults_beside_tables_of_contents() -> None:
    toc = "<!-- toc -->\\n\\n<!-- tocstop -->\\n\\n"
    ends(f"judged('# a\\u200bb\\n\\n' + '{toc}' * 20_000 + 'c\\u200bd\\n\\n' * 20_000)")
