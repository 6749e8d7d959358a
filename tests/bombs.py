"""Notes made to take long: a name, and the text for a size.

Each is about twenty times its size in characters at most, and none may take more than a time in
proportion to it, in the parser, in our views, and in every rule.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from operator import mul

Bomb = Callable[[int], str]


def _repeated(*pieces: str) -> dict[str, Bomb]:
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
INLINE = _repeated(
    "[", "![", "*a", "_a", "*a_ ", "*a **b ", "~a", "a~~", "<", "<a ", "<a b='", "a <?", "a <!A ",
    "a <![CDATA[", "[]", "[a](", "[a](<", "[a](b '", "[a][", "[a] ", "[a][b] ", "[[", "[[a]] ",
    "`a ``", "\\", "&", "&a;", "&#1", "{{", "http://a.b ", "http://", "https://a.b/c，", "www.",
    "www._ ", "http://_.", "a@b.c ", "a@", "mailto:", "xmpp:a@b.c ", "://", ":", "<http://a", "<a@",
    "(a)[b] ", "(a)[", "[a] (b c", "[a]（u", "[a](b c.pdf) ", "[a](b c", "*[a](b)_", "![]()",
    "\u200b", "a\u200b", "\u00a0", "\0", "中文，", "\U0001f600", "x", "word ", "a[^1] ", "![[a](b)",
    "a <!-- ", "a <!-- -", "a <img ", "a <img src='", "<table><tr><td>", "<b>", "</b>", "| ", "- ",
    "> ", ">", "1. ", "- > ", "* ", "[^a]: ", "\t", " ", "#", "=", "-", "`", "~", "|a", "]", "](",
    "](b)", "][a]", "[]()", "![a][b] ", "[x](a.md) ", "[x](#y) ", "[a] (b) ", "(", ")", "~~a ",
    "~~a~~ ", "**a", "**a** ", "***a", "*a*", "a_b*c", "\\[", "\\*", "\\\\", "\\|", "|\\", "&amp;",
    "&amp", "&#x41;", "&&", "<!--", "<!-->", "<?", "<![CDATA[", "<a href=''>", "<td>", "<br>",
    "<a id='b'></a>", "<details><summary>", "<b><i>", "</summary>", "[中文](中文.md)", "中文",
    "http://http://", "http://a.b/http://", "https://a.b/中文", "https://a.b/（", "www.a.b/",
    "a,b@c.d,", "mailto:a@b.c", "a@a.a@", "a@b_", "a.", "a-", "_", "{{ x }} ", "{% x %} ", "${x} ",
    "$a$ ", "$$", ":a: ", "[[a|b]] ", "[^a] ", "a\\\n", "a `b` ", "``", "a\u2028", "\ufeff",
    "\u3000", "\x1b[2J",
)  # fmt: skip
LINES = _repeated(
    "# A\n\n", "#x\n\n", "#\u00a0x\n\n", "#　x\n\n", "- x\n", "- x\n\n", "> - a\n", "> [!NOTE]\n",
    "---\n", "===\n", "|c|d|\n", "a|b\n", "[a]: /u\n", "[a]: b\n'", "[a\n", "```\n", "- ```\n",
    "- a\n    - b\n  - c\n", "- a\n1. b\n", "> a\nb\n", "\n", "x\r", "x\r\n[a](b)\r\n", "x  \n",
    "<!--\n", "<!--\n\n", "a <!--\n\n", "<!-- a -->\n", "<details>\n", "<details>\n\n",
    "</details>\n\n", "<details>\n<summary>x\n", "<img\n", "<img\n\n", "<img src=''>\n", "<h2>\n",
    "<h2 \n", "</h2\n", "<h2>x</h2>\n\n", "<script>\n\n", "<script \n", "<p>\n<style a='\n",
    "<div>\n**a** [b](c)<br>\n", "<<<<<<< a\n=======\n>>>>>>> b\n", "- https://a.b/c\n",
    "![](b\\c.png)\n\n", "<!-- toc -->\n\n", "<!-- toc -->\n<!-- tocstop -->\n\n# x\n\n",
    "<!-- toc -->\n\n# x\n\n", "<!-- notelint-disable x -->\n\n![]()\n\n", "[^a]: x\n\n",
    "<!-- notelint-disable unused-suppression -->\n<!-- notelint-disable empty-link -->\n\n",
    "<!-- notelint-disable -->\n[]()\n\n<!-- notelint-enable links -->\n", "<div><div></div>\n\n",
    "<!-- markdownlint-disable --> <!-- markdownlint-capture -->\n", "a: b\n", "：https://a.b/c\n",
    "x\n---\n", "x\n===\n\n", "- [ ] x\n", "- [x]\n", "-\tx\n\t-\ty\n", "\t- x\n- x\n\t\t- x\n",
    "1. # x\n", "- # x\n\n", "- [x](https://a.b/c)\n", "- [x](a.md)\n\n", "![]() x\n", "- ![]()\n",
    "![]()\n\n", "[a]\n\n", "[^1]: x [^1]\n\n", "[^1]:\n    x\n\n",
    "<!-- notelint-disable-next-line empty-image -->\n![]()\n\n",
    "<!-- notelint-disable-next-line -->\n", "<!-- rumdl-disable -->\n",
    "<!-- START doctoc -->\n<!-- END doctoc -->\n\n", "<!-- START doctoc -->\n\n",
    "<!-- END doctoc -->\n\n", "<!-- mdformat-toc start -->\n\n", "<!-- toc:start -->\n",
    "<div>\n</span>\n", "<span>\n\n</div>\n\n", "<table>\n<tr>\n<td>\n\n",
    "<details>\n<summary>a</summary>\n- b<br>\n</details>\n\n",
    "<details><summary>a</summary>\n\nb\n\n</details>\n\n", "```x\n```\n\n", "~~~\n```\n",
    "``` `\n", "    x\n", "    x\n\n", "# a\n## b\n#### c\n", "# a\n\ntext\n\n", "##\n\n",
    "##a\n\n", "# [a](b)\n\n", "#　a\n\ntext\n\n", "# A\u200b\n\nx\n\n", "|a|\n|-|\n",
    "|a|\n|-|\n|b|\n\n", "|\n", "| |\n", "x\n|-\n", "> x\n\n", "> > x\n> x\n", ">- a\n> - b\n",
    "x\n\n    - a\n", "***\n", "* * *\n", "*\n", "-\n", "1)\n", "- \n  a\n", "- a\n\n  b\n",
    "[a]:\n", "[a]: <\n", "[a]: b 'c\n\n", "[a]: b\n\n", "a [b]\n(c)\n\n", "[a](b\nc)\n\n",
    "(a)[https://b.c]\n\n", "[a]（https://b.c）\n\n", "[a](b c.pdf)\n\n", "x \n", "\u00a0\n", "\r",
    "\r\n", "a&nbsp;b\n\n", "<p align='center'>\n  <img src='x\\y.png'>\n</p>\n\n", "<ul>\n<li>a\n",
    "- <details>\n  a\n  </details>\n", "- x\n* y\n", "<details>\n\n- a\n\n",
    "a\n\n- b\n\n<!-- c -->\n\n",
)  # fmt: skip
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
BOMBS: dict[str, Bomb] = {**INLINE, **LINES, **OTHERS}
