"""Notes and their layout: those that have it already, and those that get it."""

from __future__ import annotations

TOC = (
    "<!-- START doctoc generated TOC please keep comment here to allow auto update -->\n"
    "<!-- DON'T EDIT THIS SECTION, INSTEAD RE-RUN doctoc TO UPDATE -->\n"
    "**目录**\n"
    "\n"
    "- [安装](#%E5%AE%89%E8%A3%85)\n"
    "  - [从源码](#%E4%BB%8E%E6%BA%90%E7%A0%81)\n"
    "\n"
    "<!-- END doctoc generated TOC please keep comment here to allow auto update -->\n"
)
DETAILS = (
    "<details>\n"
    "<summary>一句话</summary>\n"
    "\n"
    "* 第一  点\n"
    "+ second\n"
    "1) third\n"
    "\n"
    "    code\n"
    "\n"
    "</details>\n"
)

STAY = [
    "",
    "# T\n\ntext\n",
    "- [[paper](论文/注意力.pdf)] [[code](x)]\n",
    "[中文](笔记.md#第一章-引言) ![图](图/一.png) <https://例.中国/路> https://e.org/中文\n",
    "[a](<b c> 't') [b](/u 'it''s') [c]( d.md ) [d](a\\_b) [e](x?a=1&amp;b=2)\n",
    "[Foo] [Bar][BAZ] ![Img][Baz]\n\n[foo]: /Foo (Title)\n[BAZ]: <a b> 'x'\n",
    "[unused]: https://e.org/list\n\n[//]: # (a comment)\n\ntext\n",
    "a * b _ c ~ d [ e ] < f > & g ` h \\* i &nbsp;j &lt; k\n",
    "*em* _em_ **st** __st__ ~~s~~ ~s~ `co``de` ``a`b`` <b>x</b> <!-- c -->\n",
    "　　首行缩进两个字，　中间也有。\n　　第二行\n",
    "- [ ] 做\n- [x] 做完\n",
    "1. one\n2. two\n3. three\n",
    "1. one\n1. one\n",
    "9. nine\n\n10. ten\n\n    more\n",
    "1) one\n2) two\n",
    "text[^1] and[^note]\n\n[^1]: first\n[^note]: second\n\n    with a paragraph\n",
    "> [!NOTE]\n> body\n",
    '!!! note "A title"\n    Body.\n\n    - list\n\n??? tip\n\n    Folded.\n\nText.\n',
    '=== "One"\n\n    Text.\n\n=== "Two"\n    Other.\n',
    "Term\n:   What it means.\n\n    And more.\n\nTerm\n: short\n",
    "> [!WARNING]\n>\n> body\n>\n> - a\n",
    "---\ntitle: 笔记\ntags: [a, 'b']\n---\n\n# T\n",
    "---\n---\n\n# T\n",
    "---\n{{ template }}: [\n---\n\n# T\n",
    "---\na:   2024-13-01\n---\n\n# T\n",
    f"---\na:   {'[' * 500}{']' * 500}\n---\n\n# T\n",
    f"---\n{'a:   b' * 2000}\n---\n\n# T\n",
    f"---\na:   &a [b]\nc: [{'*a, ' * 40}]\n---\n\n# T\n",
    '<p align="center">\n   <img src="x.png">\n</p>\n',
    "text\n\n<!-- notelint-disable-next-line empty-link -->\n[x]()\n",
    "<!-- notelint-disable-file dead-link -->\n\n# T\n",
    "## C# and F#\n\n## a  b\n\n## x \\#\n",
    "| 名称 | link      |\n| ---- | --------- |\n| 甲   | [a\\|b](x) |\n",
    "$$\nx\n$$\n\n[[wiki]] {{ template }}\n",
    "a  b *c $x\n= y$*  d\n",
    TOC,
    f"# T\n\n{TOC}\n## 安装\n",
    f"# T\n\n<!-- toc -->\n* [a](#a)\n\n\n* [b](#b)\n<!-- tocstop -->\n\n{DETAILS}",
    DETAILS,
    f"- item\n\n  {DETAILS}".replace("\n", "\n  ").replace("\n  \n", "\n\n").rstrip(" "),
    "- a\n\n- b\n\n  c\n",
    "> 　引文\n\n- 　　项\n",
    "# 　标题　\n\n　　\n\n| 　甲 |\n|---|\n",
    "- a\n\n- <!-- notelint-disable-next-line empty-link -->\n  [x]()\n",
]

LAID_OUT: list[tuple[str, str | None]] = [
    ("Title\n===\ntext\n", "# Title\n\ntext\n"),
    ("# T #\n\n\n\ntext   \n", "# T\n\ntext\n"),
    ("no line end", "no line end\n"),
    ("a  b\\\nc  d\n", "a b\\\nc d\n"),
    ("a  $x$\\\nc  \\(see\nthe page\\)\n", "a $x$\\\nc \\(see\nthe page\\)\n"),
    ("*   a\n*   b\n    - c\n", "- a\n- b\n  - c\n"),
    ("break  \nhere\n", "break\\\nhere\n"),
    ("two  words\n", "two words\n"),
    ("~~~py\nx\n~~~\n", "```py\nx\n```\n"),
    ("a\n\n    code\n", "a\n\n```\ncode\n```\n"),
    ("***\n", f"{'_' * 70}\n"),
    ("|a|b|\n|-|:-:|\n|甲|x|\n", "| a   |  b  |\n| --- | :-: |\n| 甲  |  x  |\n"),
    (">quote\nlazy\n", "> quote\n> lazy\n"),
    (f"text\n{TOC}## 安装\ntext\n", f"text\n\n{TOC}\n## 安装\n\ntext\n"),
    (f"*   item\n\n    {DETAILS}".replace("\n", "\n    "), None),
    ("foo\n# bar #x#\n", "foo\n\n# bar #x#\n"),
    ("- a\n\n\n<!-- c -->\n", "- a\n\n<!-- c -->\n"),
]

# What nothing else holds against the page: mdformat must have been told all that it needs.
TOLD = [
    ("a\n===\n\n# b #\n", "# a\n\n# b\n"),
    ("# #\n*  # #\n", "#\n\n- #\n"),
    ("# a \\# #\n", "# a \\#\n"),
    ("a #\n===\n\n# #\n\n# # #\n", "# a # #\n\n#\n\n# # #\n"),
    ("# a  #b\n*  x\n", "# a  #b\n\n- x\n"),
    ("*   a\n\n    [d]: e\n    [f]: g\n\n    [h]: i\n", "- a\n\n  [d]: e\n  [f]: g\n\n  [h]: i\n"),
    ("[a]: b\n[c]: d\n\n\n\n[e]:\n  f\n*  x\n", "[a]: b\n[c]: d\n\n[e]:\nf\n\n- x\n"),
    (">  [a]: b\n>    'c'\n", "> [a]: b\n> 'c'\n"),
    ("[a]: b\n*  x\n[c]: d\n", "[a]: b\n\n- x\n  [c]: d\n"),
    (
        "*  a\n\n   <details>\n   <b>\n\n   *  x\n\n   </details>\n*  b\n",
        "- a\n\n  <details>\n  <b>\n\n  *  x\n\n  </details>\n\n- b\n",
    ),
    (
        "<details>\n\n*  a\n\n<DETAILS open>\n\n*  b\n\n</details>\n\n*  c\n\n</details>\n\n*  d\n",
        "<details>\n\n*  a\n\n<DETAILS open>\n\n*  b\n\n</details>\n\n*  c\n\n</details>\n\n- d\n",
    ),
    (
        "<details>\n\n*  a\n\n   </details>\n\n*  b\n\n</details>\n\n*  c\n",
        "<details>\n\n*  a\n\n   </details>\n\n*  b\n\n</details>\n\n- c\n",
    ),
    ("<details></details>\n\n*  d\n", "<details></details>\n\n- d\n"),
    ("</details>\n\n*  a\n\n<details>\n\n*  b\n", "</details>\n\n- a\n\n<details>\n\n- b\n"),
    (
        "<details>\n\n```\n</details>\n```\n\n*  a\n\n</details>\n\n*  b\n",
        "<details>\n\n```\n</details>\n```\n\n*  a\n\n</details>\n\n- b\n",
    ),
    ("*  a\n\n   <details>\n\n*  d\n\n</details>\n", "- a\n\n  <details>\n\n- d\n\n</details>\n"),
    ("> <details>\n>\n> *  a\n>\n> </details>\n", "> <details>\n>\n> - a\n>\n> </details>\n"),
    (
        "> a\n\n<details>\n\n*  a\n\n</details>\n\n*  b\n",
        "> a\n\n<details>\n\n*  a\n\n</details>\n\n- b\n",
    ),
    ("<details>\n\n*  a\n", "<details>\n\n- a\n"),
    ("<div>\n\n*  a\n\n</div>\n", "<div>\n\n- a\n\n</div>\n"),
    (f"*  a\n\n{TOC}*  b\n", f"- a\n\n{TOC}\n- b\n"),
    ("　　a\n　　b　\n===\n", "　　a\n　　b　\n===\n"),
    # on one line, a heading over several would have another anchor
    ("a\n  b\n=\n\n*  x\n", "a\nb\n===\n\n- x\n"),
    ("> a\n> *b\n> c*\n> -\n", "> a\n> *b\n> c*\n> ---\n"),
    ("a  \nb\\\nc\n===\n", "a\\\nb\\\nc\n===\n"),
    ("a `b\nc`\n===\n", "# a `b c`\n"),
    ("　　a　b　\n\n*  　x　\n\n　　\n", "　　a　b　\n\n- 　x　\n\n　　\n"),
    ("a\x1c\n\n*  x\x85\n", "a\x1c\n\n- x\x85\n"),
    ("a \t b　c \n\n| a  b |\n|-|\n", "a b　c\n\n| a b |\n| --- |\n"),
    ("| a　b |\n|-|\n\n*  x\n", "| a　b |\n| ---- |\n\n- x\n"),
    ("1.  a\n\n    b\n2.  c\n", "1. a\n\n   b\n\n2. c\n"),
    ("0.  a\n7.  b\n    *  c\n", "0. a\n7. b\n   - c\n"),
    ("1.\n2.  b\n", "1.\n2. b\n"),
    ("*  [x]  a ~b~ ~~c~~\n*  [ ] b\n", "- [x] a ~b~ ~~c~~\n- [ ] b\n"),
    ("a `b\nc` [d\ne](f)\n*  x\n", "a `b c` [d\ne](f)\n\n- x\n"),
    (">  [!NOTE]\n>  a\n", "> [!NOTE]\n> a\n"),
    ("> [!NOTE]\n>\n>  *  a\n", "> [!NOTE]\n>\n> - a\n"),
    ("> [!TIP]\n\n*  a\n", "> [!TIP]\n\n- a\n"),
    (
        "a[^1]\n\n[^1]:  b\n\n        code\n\n    *  c\n\n       d\n",
        "a[^1]\n\n[^1]: b\n\n    ```\n    code\n    ```\n\n    - c\n\n      d\n",
    ),
    ("[^1]: a\n[^2]: b\n\n*  x[^1][^2]", "[^1]: a\n[^2]: b\n\n- x[^1][^2]\n"),
    ("<!-- c -->\n*  x\n   <!-- d -->\n   e\n", "<!-- c -->\n- x\n  <!-- d -->\n  e\n"),
    ("*  x\n   <!-- d -->\n   e\n", "- x\n  <!-- d -->\n  e\n"),
    ("<!-- c -->\n\n\n*  a\n", "<!-- c -->\n\n- a\n"),
    ("*  a\n\n  <b>\n   c\n  d\n e\n", "- a\n\n<b>\n c\nd\ne\n"),
    ("a\n\n  <b>\n   c\n", "a\n\n  <b>\n   c\n"),
    ("---\na:   1\n---\n*  x\n", "---\na:   1\n---\n\n- x\n"),
    ("---\n\n---\n*  x\n", "---\n\n---\n\n- x\n"),
]
