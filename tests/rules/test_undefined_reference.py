"""Reference links without a definition."""

from __future__ import annotations

import pytest

from rules.judging import covered, messages

SILENT = {
    "defined": "[text][label] [label][] [label]\n\n[label]: https://example.org\n",
    "defined, by case and blanks": "[a text][The  Label]\n\n[the label]: x.md\n",
    "defined later, in a quote": "[text][label]\n\n> [label]: x.md\n",
    "shortcut alone": "[label] [sic] [1] [see below]\n",
    "wiki links": "[[page]] [[page|text]] [[page]][[other]] [[x]][label]\n",
    "task boxes": "- [ ] [x] done\n- [x][ ] odd\n- [X][label] odd\n",
    "alert": "> [!NOTE]\n> text\n\n[!NOTE][label]\n",
    "footnotes": "text[^1] and [^2][^3]\n\n[^1]: note\n",
    "citations": "[1][2] [12][label] [@smith][@jones] [Smith 2020][Jones 2019] [ABC20][XYZ19]\n",
    "indexing": "a[i][j] and dp[i-1][j] and f(x)[row][col] and m[row][col][cell]\n",
    "one letter each": "[x][y] and [i][j]\n",
    "regular expression": "[A-Za-z_][A-Za-z0-9_]* and [0-9][0-9] and [^/][/]+\n",
    "keys": "[Ctrl][C] and [Shift][Enter]\n",
    "tags in front": "[Bugfix][Frontend] Mend the window\n\n- [INFO][Main] started\n",
    "paths of items, which their tools link": "[Vec][std::vec::Vec] [run][package.module.run]\n",
    "escaped": "\\[text][label] [text\\][label] [text]\\[label]\n",
    "code": "`[text][label]`\n\n    [text][label]\n\n```\n[text][label]\n```\n",
    "HTML": "<div>\n[text][label]\n</div>\n\n<code>[text][label]</code>\n",
    "comment": "<!-- [text][label] -->\n",
    "maths": "$M[row][column]$ and $$\nM[row][column]\n$$\n",
    "placeholders": "{{ site[text][label] }} {% [text][label] %} [text][<label>] [text][{{ b }}]\n",
    "front matter": "---\ntitle: '[text][label]'\n---\n\ntext\n",
    "definitions from elsewhere": '[text][label]\n\n--8<-- "links.md"\n',
    "label without a word": "[text][...] [text][-]\n",
}

FOUND = {
    "[text][label]\n": ["label"],
    "[label][]\n": ["label"],
    "![picture][label]\n": ["label"],
    "see [`code`][label].\n": ["label"],
    "see [*the* text][label].\n": ["label"],
    "see [a text][1].\n": ["1"],
    "[文本][标签]\n": ["标签"],
    "> - quoted [text][label]\n": ["label"],
    "| a |\n| - |\n| [text][label] |\n": ["label"],
    "# A [text][label]\n": ["label"],
    "> one [text][two\n> words]\n": ["two\n> words"],
    "\ufeff".join(("a ", " [text][label]\r\n")): ["label"],
    "[drawbacks][#drawbacks]\n": ["#drawbacks"],
    "[text][label] [other][defined]\n\n[defined]: x.md\n": ["label"],
    "[Bugfix][Frontend]\n\n[frontent]: x.md\n": ["Frontend"],
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_honest_markdown_is_left_alone(text: str) -> None:
    assert covered("undefined-reference", text) == []


@pytest.mark.parametrize(("text", "labels"), FOUND.items())
def test_a_label_without_definition_is_found(text: str, labels: list[str]) -> None:
    assert covered("undefined-reference", text) == labels


def test_the_closest_definition_is_named() -> None:
    text = "[text][lable]\n\n[Label]: x.md\n"
    assert messages("undefined-reference", text) == [
        "`[lable]` is not defined; did you mean `[Label]`?"
    ]
