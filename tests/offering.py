"""Notes made of what rules fix, next to what may keep a fix from being good."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies import ENDS, PIECES, PREFIXES

LINES = [
    "- https://e.org/a", "- [t](https://e.org/a/)", "- [x](https://e.org/a)", "  - [d](https://e.org/a)",
    "* [d](https://e.org/a)", "- plain", "    * [e](https://e.org/a)", "> - [p](https://e.org/a)",
    "[u]: https://e.org/u", "[v]: https://e.org/v 'T'", "[w]: /w", "[z]", "[u]", "[v] and [w][w]",
    "https://e.org/x，后", "见 https://e.org/x。", "<https://e.org/?utm_source=x&b=c>",
    "[t](https://e.org/?utm_source=x)", "# https://e.org/?utm_c", "http://e.org?&mp;c。",
    "[文]（https://e.org/x.pdf）", "##Heading", "#　标题", "a\u200bb", "[y](#J)", "# J", "## K",
    "<div>", "</div>", "1. a <br>", "**x** <br>", "<details>", "<summary>s</summary>", "</details>",
    "<img src='a\\b.png' alt='x'>", "<img src=\"\">", "*![]()*", "- [b](c\\d.md)", "  - two",
    "      - three", "    - deep", "|a|b|", "|---|---|", "| [c](e\\f.md) | ![]() |", "--", "---",
    "===", "- - a", "<!-- toc -->", "<!-- tocstop -->", "- [A](#a)", "", "", "", '"title"', "(t)",
    "[^1]: note", "[^1]", "```", "<!--", "-->", "> text", "title: t",
]  # fmt: skip

_own = st.builds(
    lambda before, line, after: before + line + after,
    st.sampled_from(["", "", "", "  ", "> ", "- "]),
    st.sampled_from(LINES),
    st.sampled_from(["\n", "\n", "\n\n"]),
)
_any = st.builds(
    lambda prefixes, pieces, end: "".join(prefixes) + " ".join(pieces) + end,
    st.lists(st.sampled_from(PREFIXES), max_size=2),
    st.lists(st.sampled_from(PIECES), max_size=4),
    st.sampled_from(ENDS),
)
_lists = st.lists(st.sampled_from([line for line in LINES if "- " in line or "* " in line]))
_html = st.lists(st.sampled_from([line for line in LINES if line[:1] in "<1*"]), min_size=1)


def _listed(lines: list[str], indent: str) -> str:
    return (
        "".join(
            f"{indent if at else indent.replace('  ', '- ', 1)}{line}\n"
            for at, line in enumerate(lines)
        )
        + "\n"
    )


def _whole(front: str, lines: list[str], crlf: bool) -> str:
    text = front + "".join(lines)
    return text.replace("\r", "").replace("\n", "\r\n") if crlf else text


notes = st.builds(
    _whole,
    st.sampled_from(["", "", "", "---\ntitle: t\n---\n", "---\n"]),
    st.lists(
        _own
        | _any
        | st.builds(lambda lines: "\n".join(lines) + "\n", _lists)
        | st.builds(_listed, _html, st.sampled_from(["", "  ", "    "])),
        max_size=12,
    ),
    st.sampled_from([False, False, False, True]),
)
