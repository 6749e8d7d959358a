"""Random Markdown: every construct, nested in every container, with every line ending."""

from __future__ import annotations

import re

from hypothesis import strategies as st

PREFIXES = [
    "", "", "", "> ", ">", ">\t", "- ", "* ", "1. ", "10) ", "  ", "   ", "    ", "\t", " \t",
    "-\t", "> - ", "- > ", "# ", "## ", "| ", "- [ ] ", "[^1]: ", "[r]: ", "> [!NOTE]",
]  # fmt: skip
PIECES = [
    "[a](b)", '[a b](<c d> "t")', "[a][r]", "[r][]", "[r]", "![i](s.png)", "![i [n](m) `c`](s)",
    "[![b](b.svg)](u)", "`co de`", "``a`b``", "`](x)`", "<http://x.y>", "<a@b.co>", "http://q.r/s",
    "www.z.com", "m@n.org", '<img src="">', "<img>", "![]()", "[t]()", "[](u)", "<b x='1'\n y>",
    "<!-- c -->", "<!-- notelint-disable -->", "<details>", "</details>", "<summary>s</summary>",
    "*em*", "**st**", "_u_", "~~s~~", "\\|", "|", "\\[", "&amp;", "[^1]", "text", "assets\\x.png",
    "![p](a\\b.png)", "https://e.org/?utm_source=x&a=1", "#x", "[j](#a)", "[J](#A)", "　", "\x0b",
    "\u2028", "\x0c", "  ", "\t", "中文，标点。", "\U0001f600", "`", "``", "*", "\\", "]", ")", "(",
    "!", "<", "\0", '[l1\nl2](d\n"t\nu")', "`x\ny`", "---", "===", "|-|-|", "```", "<br>", "\ufeff",
    "<!-- toc -->", "<!-- tocstop -->", "A", "B", "<h2>C</h2>", '<a id="d"></a>', "- x", "1. y",
    "$", "$$", "$x$", "$E[X](\\a)$", "$`a`$", "\\(", "\\)", "\\]", "= \\beta", ":--", "|-|",
]  # fmt: skip
ENDS = ["\n"] * 6 + ["\r\n", "\r", "\n\n", "  \n", "\\\n", " \n"]

_line = st.builds(
    lambda prefixes, pieces, end: "".join(prefixes) + " ".join(pieces) + end,
    st.lists(st.sampled_from(PREFIXES), max_size=3),
    st.lists(st.sampled_from(PIECES), max_size=4),
    st.sampled_from(ENDS),
)
_tail = st.sampled_from(["", "\n[r]: /u 'v'\n\n[^1]: note [a](b)\n", "\n[r]: <x y>\n"])
_front = st.sampled_from(
    ["", "", "", "", "---\ntitle: t\n---\n", "+++\nt = 1\n+++\n", '{\n"t": 1\n}\n', "$$\n", "{"]
)
_crlf = st.sampled_from([False, False, False, True])


def _whole(front: str, lines: list[str], tail: str, crlf: bool) -> str:
    text = front + "".join(lines) + tail
    return text.replace("\r", "").replace("\n", "\r\n") if crlf else text


# Without what another renderer reads otherwise: tabs and deep indents in lazy lines, white space
# that is none in HTML, the words behind a definition.
_ODD = re.compile(r"[\t\x0b\x0c\ufeff\u2028\0]|    |\[r\]: |<[bd!]|<\w+ x=")
_even_line = st.builds(
    lambda prefixes, pieces, end: "".join(prefixes) + " ".join(pieces) + end,
    st.lists(st.sampled_from([each for each in PREFIXES if not _ODD.search(each)]), max_size=2),
    st.lists(st.sampled_from([each for each in PIECES if not _ODD.search(each)]), max_size=4),
    st.sampled_from(["\n", "\n\n"]),
)
even_documents = st.builds(_whole, _front, st.lists(_even_line, max_size=9), _tail, _crlf)
documents = st.builds(_whole, _front, st.lists(_line, max_size=9), _tail, _crlf)
