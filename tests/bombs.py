"""Notes made to take long: a name, and the text for a size.

Each is about twenty times its size in characters at most, and none may take more than a time in
proportion to it, in the parser, in our views, and in every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from operator import mul

import bomb_pieces

Bomb = Callable[[int], str]


def _repeated(pieces: Iterable[str]) -> dict[str, Bomb]:
    return {repr(piece): partial(mul, piece) for piece in pieces}


def _numbered(form: str, n: int, after: str = "") -> str:
    return "".join(form.format(number) for number in range(n)) + after


def _ladder(n: int) -> str:
    """Runs of backticks, each longer than the one before."""
    return "".join("e" + "`" * length for length in range(1, int((20 * n) ** 0.5)))


def _nested_lists(n: int) -> str:
    return "\n".join("  " * depth + "- x" for depth in range(min(n // 25, 400)))


def _aliases() -> str:
    """Each list holds nine of the one before."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    lines = [f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in pairwise(letters)]
    return "a: &a [x]\n" + "".join(lines)


ALIASES = _aliases()
INLINE = _repeated(bomb_pieces.INLINE)
LINES = _repeated(bomb_pieces.LINES)
OTHERS: dict[str, Bomb] = {
    "brackets closed": lambda n: "[" * n + "]" * n,
    "images in images": lambda n: "![" * n + "](x)" * n,
    "links in links": lambda n: "[" * n + "](x)" * n,
    "stars": lambda n: "*" * n + "a" + "*" * n,
    "backtick ladder": _ladder,
    "attributes": lambda n: "<div " + "a=b " * n + ">",
    "attributes unfinished": lambda n: "<p>\n<div " + "a " * n,
    "alternative text": lambda n: '<img src="a.png" alt="' + "x" * n + '">',
    "percent": lambda n: "[a](" + "%20" * n + ")",
    "title": lambda n: "[a](b '" + "x " * n + "')",
    "entity": lambda n: "&#" + "1" * n + ";",
    "long label": lambda n: "[a][" + "b" * n + "]\n\n[" + "b" * n + "]: x",
    "long destination": lambda n: "![a](" + "b\\" * n + "c.png)",
    "parentheses before": lambda n: "(" * n + "[b]",
    "parentheses after a URL": lambda n: "http://a.b/" + ")" * n,
    "semicolons after a URL": lambda n: "http://a.b/" + "&a;" * n + ";" * n,
    "long host": lambda n: "http://" + "a." * n + " www." + "a." * n + " " + "a" * n + "@b.c",
    "tracking": lambda n: "https://a.b/?" + "utm_a=b&" * n,
    "unlike lists": lambda n: _numbered("{}. x\n", n),
    "indents": lambda n: "".join(" " * (number % 200) + "x\n" for number in range(n // 10)),
    "nested lists": _nested_lists,
    "quotes of lines": lambda n: ("> " * 50 + "x\n") * (n // 50),
    "a fence that stays open": lambda n: "~~~\n" + "x\n" * n,
    "blanks in a line": lambda n: "a" + " " * n + "b\n\n# a" + " " * n + "#\n\n|" + " " * n + "|",
    "blanks between": lambda n: (
        f"[a]{' ' * n}(b)\n\n[a]({' ' * n}b)\n\n<img{' ' * n}src=''>\n\n- {' ' * n}b"
    ),
    "blanks of tabs": lambda n: "\t" * n + "a\n\n-" + "\t" * n + "b\n\n>" + "\t" * n + "c",
    "lines of pipes": lambda n: ("|" * 500 + "\n") * (n // 250),
    "a table of empty cells": lambda n: ("|" * 500 + "\n" + "|-" * 499 + "|\n") * (n // 100),
    "up the tree": lambda n: f"[a]({'../' * n}b) ![a]({'a/' * n}b.png) [a](/{'b/../' * n}c.md)",
    "parameters": lambda n: "- <https://a.b/?" + _numbered("a{}=b&", n) + ">\n",
    "fragment": lambda n: f"[a](#{'b' * n}) [a](#{'%E4%B8%AD' * n}) <a id='{'c' * n}'></a>\n",
    "a link of words": lambda n: "[" + "word " * n + "](#a)\n\n![" + "word " * n + "]()\n",
    "a list of headings": lambda n: "".join(f"{'#' * (i % 6 + 1)} a{i}\n\nx\n\n" for i in range(n)),
    "headings under a table": lambda n: "<!-- toc -->\n\n" + _numbered("# A {}\n\nx\n\n", n),
    "headings of one name": lambda n: "<!-- toc -->\n<!-- tocstop -->\n\n" + "# a\n\nx\n\n" * n,
    "headings that count": lambda n: _numbered("# a\n\n# a-{}\n\nx\n\n", n),
    "definitions apart": lambda n: _numbered("[a{}]: /u\n\n", n),
    "definitions twice": lambda n: _numbered("[a{}]: /u\n", n) * 2,
    "footnotes in footnotes": lambda n: _numbered("[^{0}]: a[^{0}1]\n\n", n),
    "staircase": lambda n: "".join("> " * (i % 90) + f"a{i}\n" for i in range(n // 40)),
    "wide stairs": lambda n: "".join("  " * (i % 90) + f"- a{i}\n" for i in range(n // 40)),
    "tags out of order": lambda n: "<div>" * n + "</span>" * n + "</div>" * n,
    "details in a line": lambda n: "<details><summary>a</summary>" * n + "</details>" * n,
    "an entry again": lambda n: _numbered("- [a{0}](https://a.b/{0})\n", n // 2) * 2,
    "front matter of one value": lambda n: "---\na: '" + "b " * n + "'\n---\n\n# a\n",
    "front matter indented": lambda n: (
        "---\n" + "".join(" " * i + "a:\n" for i in range(min(n, 900))) + "---\n"
    ),
    "front matter in brackets": lambda n: "---\na: " + "{a: " * n + "\n---\n\n# a\n",
    "front matter of dashes": lambda n: "---\na:\n" + "- " * n + "\n---\n\n# a\n",
    "front matter of text": lambda n: "---\na: |\n" + "  b\n" * n + "---\n\n# a\n",
    "front matter of anchors": lambda n: "---\n" + _numbered("a{0}: &b{0} [*b{0}]\n", n) + "---\n",
    "front matter of keys": lambda n: "---\n" + "? " * n + "\n---\n\n# a\n",
    "front matter of tags": lambda n: "---\n" + "a: !!int b\n" * n + "---\n\n# a\n",
    "front matter twice": lambda n: "---\n" + "a: b\n" * n + "---\n\n# a\n",
    "front matter merged": lambda n: "---\na: &a {b: c}\nd:\n" + "  <<: *a\n" * n + "---\n\n# a\n",
    "long fence": lambda n: "`" * n + "\n" + "`" * n,
    "setext": lambda n: "a\n" * n + "===\n",
    "lazy": lambda n: "> a\n" + "b\n" * n,
    "closing hashes": lambda n: "# " + "# " * n + "\n",
    "long heading": lambda n: "# " + "a b " * n + "\n\n[x](#" + "a-b-" * n + ")\n",
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n,
    "columns": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|c" * n + "|\n",
    "rows and columns": lambda n: "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + "|x|\n" * (n // 500),
    "definitions": lambda n: _numbered("[a{}]: /u\n", n),
    "definitions used": lambda n: _numbered("[a{}]\n", n) + "\n" + _numbered("[a{}]: /u\n", n),
    "definition unfinished": lambda n: "[a]: b '" + "x\n" * n,
    "footnotes": lambda n: _numbered("a[^{}] ", n) + "\n\n" + _numbered("[^{}]: x\n\n", n),
    "broken anchors": lambda n: _numbered(
        "# Heading number {0}\n\n[x](#heading-nomber-{0})\n\n", n
    ),
    "broken anchors in few": lambda n: (
        _numbered("# Heading number {}\n\n", 1900)
        + _numbered("[x](#heading-nomber-{})\n\n", max(n - 1900, 0))
    ),
    "anchors of another case": lambda n: _numbered("# Heading {0}\n\n[x](#Heading-{0})\n\n", n),
    "anchors with symbols": lambda n: _numbered("# C++ {0}\n\n[C++ {0}](#c-{0})\n\n", n),
    "lists of contributors": lambda n: (
        "<!-- ALL-CONTRIBUTORS-LIST:START -->\n<!-- ALL-CONTRIBUTORS-LIST:END -->\n\n" * (n // 5)
        + "[a](#b)\n\n" * n
    ),
    "missing files": lambda n: _numbered("![x](assets/x{}.png)\n\n", n),
    "unlike entries": lambda n: _numbered("- [x{0}](https://a.b/{0}?utm_source=x)\n", n),
    "a table of contents": lambda n: (
        "<!-- toc -->\n"
        + _numbered("- [A{0}](#b{0})\n", n)
        + "<!-- tocstop -->\n\n"
        + _numbered("# A{}\n\nt\n\n", n)
    ),
    "tables of contents": lambda n: (
        "<!-- toc -->\n<!-- tocstop -->\n\n" * n + _numbered("# A{}\n\nt\n\n", n)
    ),
    "details in details": lambda n: "<details>\n\n" * n + "</details>\n\n" * n,
    "line breaks": lambda n: "<details>\n<summary>x</summary>\n" + "a<br>\n" * n,
    "suppressions": lambda n: _numbered("<!-- notelint-disable a{} -->\n\n![]()\n\n", n),
    "long suppression": lambda n: "<!-- notelint-disable " + _numbered("a{} ", n) + "-->\n\n![]()",
    "front matter": lambda n: "---\n" + _numbered("a{}: b\n", n) + "---\n",
    "front matter that stays open": lambda n: "---\n" + "a: b\n" * n,
    "front matter nested": lambda n: "---\na: " + "[" * n + "\n---\n",
    "front matter of aliases": lambda n: f"---\n{ALIASES}---\n\n" + "text\n" * n,
}
OTHERS |= {
    "a tag without an end": lambda n: "<div>\n<" + "a" * n + "\n</div>\n",
    "a tag of dashes": lambda n: "<div>\n<a" + "-" * n + "\n</div>\n",
    "attributes of quotes": lambda n: "<div>\n<a " + "'<a \"'\"" * n + "\n</div>\n",
    "an entry of blanks": lambda n: "<!-- toc -->\n- [" + " " * n + "](#x)\n<!-- tocstop -->\n",
    "an entry of tabs": lambda n: "<!-- toc -->\n-" + "\t" * n + "x\n<!-- tocstop -->\n",
    "an entry of links": lambda n: "<!-- toc -->\n- " + "[a](#" * n + "\n<!-- tocstop -->\n",
    "a title of a table": lambda n: (
        "<!-- toc -->\n" + "a\n\n" * n + "- [a](#a)\n<!-- tocstop -->\n"
    ),
    "a table of contents in full": lambda n: (
        "<!-- toc -->\n\n"
        + _numbered("- [A {0}](#a-{0})\n", n)
        + "\n<!-- tocstop -->\n\n"
        + _numbered("# A {}\n\nx\n\n", n)
    ),
    "a stale table of contents": lambda n: (
        "<!-- toc -->\n\n"
        + _numbered("- [B {0}](#b-{0})\n", n)
        + "\n<!-- tocstop -->\n\n"
        + _numbered("# A {}\n\nx\n\n", n)
    ),
    "headings to number": lambda n: (
        "<!-- toc -->\n<!-- tocstop -->\n\n" + _numbered("# {}\n\nx\n\n", n)
    ),
    "headings of markup": lambda n: (
        "<!-- toc -->\n<!-- tocstop -->\n\n" + _numbered("# `a{0}` [b](c{0}) *d*\n\nx\n\n", n)
    ),
    "headings left out": lambda n: (
        "<!-- toc -->\n<!-- tocstop -->\n\n" + "# a <!-- omit in toc -->\n\nx\n\n" * n
    ),
    "definitions of headings": lambda n: (
        "<!-- toc -->\n<!-- tocstop -->\n\n" + _numbered("# [a{0}]\n\n[a{0}]: b\n\n", n)
    ),
    "tables of contents": lambda n: (
        "<!-- toc -->\n- [a](#a)\n<!-- tocstop -->\n\n" * n + "# a\n\nx\n"
    ),
    "a heading of links": lambda n: "# " + "[a](b) " * n + "\n\n<!-- toc -->\n<!-- tocstop -->\n",
    "an item of links": lambda n: "- " + _numbered("[a{0}](https://a.b/{0}) ", n) + "\n",
    "an item of files": lambda n: "- " + _numbered("[a](a{0}.md#b) ![a](a{0}.png) ", n) + "\n",
    "items of links": lambda n: _numbered("- a{0}: <https://a.b/{0}> [b](#b{0})\n", n),
    "items of one link": lambda n: _numbered("- {} [a](https://a.b)\n", n),
    "links of one title": lambda n: _numbered("- [a](https://a.b/{})\n", n),
    "links under headings": lambda n: _numbered("# a{}\n\n- [a](https://a.b/c)\n\n", n),
    "a cell of blanks and an address": lambda n: "[a](" + " " * n + 'b c.pdf"\n',
    "items of one list": lambda n: (
        "- a\n\n  - b\n\n" * (3 * n) + "- a\n" + "    - b\n    * c\n" * (n // 2)
    ),
    "words apart in a block": lambda n: "<div>\n" + "- a\nb\n" * n + "</div>\n",
    "hashes in a paragraph": lambda n: "#a\n" * n + "\n## b\n\nx\n",
    "ends in code": lambda n: "    </div>\n" * n + "\n" + "<div>\n\n" * n,
    "breaks in a block": lambda n: "<div>\na\n- b" + "<br>" * n + "\n- c\n</div>\n",
    "lines in a block": lambda n: "<div>\n" + "- **a**<br>\n" * n + "</div>\n",
    "tables in a block": lambda n: "<div>\n|a|b|\n|-|-|\n" + "|c|d|\n" * n + "</div>\n",
    "code in a block": lambda n: "<div>\n```\n" + "**a**\n" * n + "```\n</div>\n",
    "blocks of links": lambda n: "<div>\n" + "[a](b.md) **c**\n" * n + "</div>\n",
    "headings in a block": lambda n: "<div>\n" + "<h2>a</h2>\n" * n + "</div>\n",
    "quotes in quotes": lambda n: "".join("> " * min(i, 90) + "a\n" for i in range(n // 90)),
    "items in quotes": lambda n: ("> " * 20 + "- a\n") * (n // 20),
    "a quote of lines": lambda n: "> " + "a\n> " * n,
    "lazy quotes": lambda n: ("> " * 40 + "a\n" + "b\n" * 40) * (n // 100),
    "items in items": lambda n: (
        ("".join("  " * i + "- a\n" for i in range(40)) + "\n") * (n // 900)
    ),
    "an item of paragraphs": lambda n: "- a\n\n" + "  b\n\n" * n,
    "an item of code": lambda n: "- ```\n" + "  a\n" * n + "  ```\n",
    "items with gaps": lambda n: "- a\n\n\n" * n,
    "ordered items": lambda n: _numbered("{}. a\n", n),
    "items that nest": lambda n: _numbered("- a{0}\n   - b{0}\n", n),
    "a word": lambda n: "a" * n,
    "a word of CJK": lambda n: "中" * n,
    "a line of blanks": lambda n: " " * n,
    "lines of blanks": lambda n: (" " * 100 + "\n") * (n // 100),
    "a line of tabs": lambda n: "a\n" + "\t" * n + "\nb\n",
    "a heading of blanks": lambda n: "# a" + " " * n + "b" + " " * n + "#\n\nx\n",
    "a heading of hashes": lambda n: "# a" + " #" * n + "b\n\nx\n",
    "a fence of words": lambda n: "```" + " a" * n + "\nb\n```\n",
    "a label of blanks": lambda n: "[a" + " " * n + "b]\n\n[a b]: c\n",
    "a label of lines": lambda n: "[a\n" + "b\n" * n + "]\n",
    "a title of lines": lambda n: "[a](b '" + "c\n" * n + "')\n",
    "a destination in brackets": lambda n: "[a](<" + "b " * n + ">)\n",
    "a destination of parentheses": lambda n: "[a](" + "(" * n + ")" * n + ")\n",
    "a destination of escapes": lambda n: "[a](" + "\\(" * n + ")\n",
    "a destination of entities": lambda n: "[a](" + "&amp;" * n + ")\n",
    "a definition of escapes": lambda n: "[a]: " + "\\(" * n + "\n\n[a]\n",
    "a code span": lambda n: "`" + "a " * n + "`",
    "code spans apart": lambda n: "".join("`" * (i % 50 + 1) + "a" for i in range(n // 25)),
    "footnotes of blocks": lambda n: "a[^a]\n\n[^a]: b\n\n" + "    c\n\n" * n,
    "footnotes used": lambda n: _numbered("[^{}] ", n) + "\n\n[^1]: a\n",
    "footnotes of one name": lambda n: "[^a] " * n + "\n\n" + "[^a]: b\n\n" * n,
    "images of one file": lambda n: "![a](b.png)\n" * n,
    "files of one folder": lambda n: _numbered("[a](b/c{}.md)\n", n),
    "files of folders": lambda n: _numbered("[a](b{0}/c{0}.md)\n", n),
    "anchors in files": lambda n: _numbered("[a](a.md#b{})\n", n),
    "anchors of tags": lambda n: _numbered("<a id='a{0}'></a>[b](#a{0})\n", n),
    "anchors of lists": lambda n: _numbered("x {{#a{0}}} [b](#a{0})\n", n),
    "conflicts": lambda n: "<<<<<<< a\n" + "b\n" * n + "=======\n" + "c\n" * n + ">>>>>>> d\n",
    "suppressed lines": lambda n: "![]() <!-- notelint-disable-line empty-image -->\n" * n,
    "suppressed by many": lambda n: (
        _numbered("<!-- notelint-disable {} -->\n", n // 20) + "\n![]()\n" * (n // 10)
    ),
    "empty images in a line": lambda n: "![]() " * n + "\n",
    "bare images in a line": lambda n: "<img> " * n,
    "an item of empty images": lambda n: "- " + "![]() " * n,
    "empty images in lines": lambda n: "a ![]() b\n" * n,
    "empty links behind words": lambda n: "word " * (10 * n) + "[here]() " * n,
    "tracked links": lambda n: _numbered("[a](https://b.c/?utm_a={})\n", n),
    "glued URLs": lambda n: _numbered("http://a.b/{}，中文\n", n),
    "glued URLs of letters": lambda n: "".join(
        f"http://a.b/{chr(0x4E00 + i % 9000)}c\n" for i in range(n)
    ),
    "links apart": lambda n: _numbered("[text {0}]（https://a.b/{0}.pdf）\n", n),
    "links the other way": lambda n: _numbered("(text {0})[https://a.b/{0}.pdf]\n", n),
    "links with blanks": lambda n: _numbered("[text](a b {0}.pdf)\n", n),
    "headings without a space": lambda n: _numbered("##a{}\n\nx\n\n", n),
    "headings of wide spaces": lambda n: _numbered("##　a{}\n\nx\n\n", n),
    "invisible characters": lambda n: _numbered("a{0}\u200bb [c\u200b](d{0}\u200b)\n", n),
    "backslashes in paths": lambda n: _numbered("![a](b\\c{}.png)\n", n),
    "front matter of TOML": lambda n: "+++\n" + "a = 'b'\n" * n + "+++\n\n# a\n",
    "front matter of JSON": lambda n: "{\n" + '"a": 1,\n' * n + "}\n\n# a\n",
    "front matter of lists": lambda n: "---\na:\n" + "- b: [c, {d: e}]\n" * n + "---\n\n# a\n",
    "front matter of quotes": lambda n: "---\na: " + "'a''" * n + "'\n---\n\n# a\n",
    "front matter of comments": lambda n: "---\n" + "# a\n" * n + "---\n\n# a\n",
    "front matter of nothing": lambda n: "---\n" + "\n" * n + "---\n\n# a\n",
    "front matter of colons": lambda n: "---\n" + ": " * n + "\n---\n\n# a\n",
    "a rule of dashes": lambda n: "-" * n + "\n\na\n\n" + "-" * n + "\n",
    "a heading underlined": lambda n: "a\n" + "=" * n + "\n\nb\n" + "-" * n + "\n",
    "a table of one row": lambda n: "|a|\n|-|\n|" + "b " * n + "|\n",
    "a table that widens": lambda n: "|a|\n|-|\n" + "|b|c|d\n" * n,
    "a table of code": lambda n: "|a|\n|-|\n" + "|`b`|\n" * n,
    "a table of links": lambda n: "|a|\n|-|\n" + "|[b](https://c.d)|\n" * n,
    "emphasis that is meant": lambda n: "**a：**b" * n,
    "emphasis that is meant, by lines": lambda n: "**a：**b\n" * n,
    "ranges that are crossed out": lambda n: "3~4 个，1~2 个 " * n,
    "brackets that end a heading": lambda n: "## " + "(" * n + "a\n\n## b\n",
    "footnotes below headings": lambda n: "## Hi\n\nword and text[^i].\n\n" * n,
    "types in brackets": lambda n: "Box<String>\n\n" * n,
    "types in a paragraph": lambda n: "Box<String> " * n,
    "a form in a line": lambda n: "- " + "<name>: <address> " * n,
    "a form in a block": lambda n: "<div><name>: " + "<address> " * n,
    "tables": lambda n: "|a|b|\n|-|-|\n|c|d|\n\n" * n,
}
BOMBS: dict[str, Bomb] = {**INLINE, **LINES, **OTHERS}

# Where what stands in a line may stand: what is before it and behind it.
WITHIN = {
    "item": ("- ", "\n"),
    "heading": ("# ", "\n\nx\n"),
    "quote": ("> ", "\n"),
    "cell": ("|a|\n|-|\n|", "|\n"),
    "block": ("<div>\n", "\n</div>\n"),
    "link": ("[", "](https://a.b)\n"),
    "image": ("![", "](a.png)\n"),
    "list": ("<!-- toc -->\n- ", "\n<!-- tocstop -->\n\n# a\n"),
    "attribute": ("<a href='", "'>b</a>\n"),
    "front matter": ("---\na: ", "\n---\n"),
    "footnote": ("a[^a]\n\n[^a]: ", "\n"),
    "emphasis": ("**", "**\n"),
    "code": ("`", "`\n"),
    "comment": ("<!--", "-->\n"),
}


def within(block: str, bomb: Bomb) -> Bomb:
    """*bomb* in a block of one kind."""
    before, after = WITHIN[block]
    return lambda n: before + bomb(n) + after


# Where lines may stand: what is before the first one and before each other, and behind the last.
NESTED = {
    "items": ("- ", "  ", ""),
    "deep items": ("- " * 12, "  " * 12, ""),
    "quotes": ("> ", "> ", ""),
    "items in quotes": ("> - ", ">   ", ""),
    "details": ("<details>\n\n", "", "\n\n</details>\n"),
    "footnotes": ("a[^a]\n\n[^a]: ", "    ", ""),
}


def nested(block: str, bomb: Bomb) -> Bomb:
    """*bomb*, of lines, in a block of one kind."""
    first, others, behind = NESTED[block]
    return lambda n: first + bomb(n).replace("\n", f"\n{others}") + behind


def in_turn(pieces: Sequence[str]) -> Bomb:
    """*pieces* one behind the other, again and again."""
    return partial(mul, "".join(pieces))
