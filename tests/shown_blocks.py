"""What the fixes of lists, alerts, formulas and addresses leave of any note, by cmark-gfm.

It knows neither alerts nor formulas: these are held against what is written in the place of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from hypothesis import strategies as st

from notelint import fix_text, lint_text
from shown import html

FORMULAS = [
    "O(n^2)", "a_i \\leq b", " x = 1 ", "\\frac{1}{2}", "a_1 * b_2 * c", "x_{i}<y_{j}", "\\{a_1\\}",
    "P(A|B) = \\alpha", "\\text{价格~} = 3",
]  # fmt: skip
WRAPPED = {
    "https://link.zhihu.com/?target=https%3A//e.org/a": "https://e.org/a",
    "https://link.juejin.cn/?target=https%3A%2F%2Fe.org%2Fb%3Fc%3D1%26d%3D%25": "https://e.org/b?c=1&d=%",
    "https://www.google.com/url?q=https%3A%2F%2Fe.org%2F%E4%B8%AD(x)&sa=D": "https://e.org/中(x)",
    "https://link.zhihu.com/?target=http%3A//e.org/_x_*y*%3Cz%3E": "http://e.org/_x_*y*<z>",
    "https://link.juejin.cn?target=https%3A%2F%2Fe.org%2F%23a%7Cb": "https://e.org/#a|b",
}  # fmt: skip
_PIECES = [
    *(f"\\({each}\\)" for each in FORMULAS), *(f"\\[{each}\\]" for each in FORMULAS),
    *(f"[t]({each})" for each in WRAPPED), *(f"<{each}>" for each in WRAPPED),
    *(f" {each} " for each in WRAPPED),
    *(f"[*中*]({each} 'T')" for each in WRAPPED), *(f'<a href="{each}">h</a>' for each in WRAPPED),
    *(f"![i](<{each}>)" for each in WRAPPED),
    "word", "中文，", "：", " ", " ", "3~4", "1~2", "**", "*", "Box<T>", "|", "`c`",
    "$", "$x$", "[^1]",
    "\\ ", "\\*", "e.g. `\\(O(n^2)\\)`", "(", ")", "[!NOTE]", "- x", "# h", "1.", "<!-- c -->",
    "**重。**中",
]  # fmt: skip
_BEGINS = [
    "", "", "- ", "- ", "  - ", " - ", "   - ", "    - ", "1. ", "  1. ", "   1. ", "2. ",
    "  2. ", "  * ", " * ", "10. ", "    1) ", "- [ ] ", "  ", "   ", "    ", "> ", "> - ",
    ">   - ", "# ", "| ", "[^1]: ", "> [!NOTE] ", "> [!NOTE]", "> [!INFO] ", "> [!danger]\t",
    "> [!x-y] ", ">[!tip]  ", "- > [!NOTE] ", "> [!WARNING]\\\n> ", "> [!TIP] - ", "> [!TIP] # ",
    "> [!NOTE] 1. ", "> [!NOTE] > ", "> [!NOTE]     ", "| a | b |\n|---|---|\n| ",
    "1. one\n  - two\n  - ", "1. 甲\n  1. 乙\n  2. ", "- a\n\n  b\n - ",
]  # fmt: skip

_line = st.builds(
    lambda begin, pieces, end: begin + "".join(pieces) + end,
    st.sampled_from(_BEGINS),
    st.lists(st.sampled_from(_PIECES), max_size=5),
    st.sampled_from(["\n", "\n", "\n", "\n\n"]),
)
texts = st.lists(_line, min_size=1, max_size=6).map("".join)

_MARKER = re.compile(r"\[!([\w-]+)\](?:<br />)?")
_KINDS = {"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}
_HREF = re.compile(r'(?<=(?:href|.src)=")([^"]*)(")')


def agree(text: str) -> None:
    """Hold the pages that fixes leave of *text* against its own."""
    for rule, hold in HELD.items():
        fixed = fix_text(text, select=[rule], unsafe=True)
        if fixed != text:
            hold(text, fixed)
        left = lint_text(fixed, select=[rule])
        assert fix_text(fixed, select=[rule], unsafe=True) == fixed, rule
        assert all(each.fix is None for each in left), rule


def _nested(text: str, fixed: str) -> None:
    """Every text is as deep as it was, or deeper; no element comes or goes but for lists."""
    before, after = _Depths(html(text)).found, _Depths(html(fixed)).found
    assert [what for what, _ in after] == [what for what, _ in before]
    assert all(new >= old for (_, new), (_, old) in zip(after, before, strict=True))
    assert before != after


class _Depths(HTMLParser):
    """Texts and tags of a page in order, each with the number of lists around it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._depth += 1
        elif tag != "p":  # a list is loose or not
            self.found.append((f"{tag} {attrs}", self._depth))

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in ("ul", "ol")

    def handle_data(self, data: str) -> None:
        self.found += ((word, self._depth) for word in data.split())


def _alerted(text: str, fixed: str) -> None:
    """Each marker of a known kind is on a line of its own; all else is as it was."""
    before, after = html(text), html(fixed)
    assert _MARKER.sub("", _flat(after)) == _MARKER.sub("", _flat(before))
    assert len(_MARKER.findall(after)) == len(_MARKER.findall(before))
    made = re.findall(r"<blockquote>\n<p>\[!(\w+)\](?:\n|</p>)", after)
    assert _KINDS.intersection(map(str.upper, made))


def _flat(page: str) -> str:
    return re.sub(r"\s+|<p></p>", "", page)


def _typeset(text: str, fixed: str) -> None:
    """With a digit in the place of each formula, the page has other marks around it."""
    before, after = _plain(html(_numbered(text))), _plain(html(_numbered(fixed)))
    assert after == before


def _numbered(text: str) -> str:
    """*text* with the number of each formula in its place."""
    for number, formula in enumerate(FORMULAS):
        for written in (formula, formula.strip(), formula.replace("\\{", "{").replace("\\}", "}")):
            for start, end in (
                ("\\(", "\\)"),
                ("\\[", "\\]"),
                ("$$", "$$"),
                ("$`", "`$"),
                ("$", "$"),
            ):
                text = text.replace(start + written + end, f"{start}{number}{end}")
    return text


def _plain(page: str) -> str:
    """*page* with the same marks around all formulas, and without blanks."""
    page = re.sub(
        r"\$<code>(\d)</code>\$|\$\$(\d)\$\$|\$(\d)\$|[(\[](\d)[)\]]", r"{\1\2\3\4}", page
    )
    return re.sub(r"\s", "", page)


def _led_on(text: str, fixed: str) -> None:
    """The same page, but that links lead to where the page around the address led."""
    before, after = html(text), html(fixed)
    was, now = (list(_addresses(each)) for each in (before, after))
    assert len(was) == len(now)
    for old, new in zip(was, now, strict=True):
        assert new in (old, WRAPPED.get(old))
    shown = [_HREF.sub(r"\2", each) for each in (before, after)]
    assert shown[0] == shown[1] or _words(shown[0]) == _words(shown[1])


def _addresses(page: str) -> Iterator[str]:
    for address, _ in _HREF.findall(page):
        address = unescape(address)
        known = (each for each in WRAPPED if unquote(each) == unquote(address))
        yield next(known, unquote(address))


def _words(page: str) -> str:
    """*page* without the texts of links; it is the address that a link in `<…>` shows.

    A code block may come of an item that a renderer takes for none.
    """
    return re.sub(r"<a href[^>]*>[^<]*(?=</a>)|<pre>.*?</pre>", "", page, flags=re.DOTALL)


HELD = {
    "flat-list": _nested,
    "literal-alert": _alerted,
    "literal-math": _typeset,
    "wrapped-link": _led_on,
}
