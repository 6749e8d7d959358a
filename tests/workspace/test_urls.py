"""When two URLs lead to the same page, and which parameters only track their reader."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.text.source import Span
from notelint.workspace.sites import SITES, TRACKING, Site
from notelint.workspace.urls import (
    canonical,
    split_fragment,
    tracking_parameters,
    unquote,
    without_tracking,
)

DIFFERENT = [
    # another host, port, user, path
    ("https://example.com", "https://docs.example.com"),
    ("https://example.com", "https://example.com:8080"),
    ("https://example.com", "https://me@example.com"),
    ("https://example.com/a", "https://example.com/A"),
    ("https://example.com/a/b", "https://example.com/a//b"),
    ("https://example.com/a%2Fb", "https://example.com/a/b"),
    ("https://example.com/100%25", "https://example.com/100"),
    ("https://www.com", "https://com"),
    ("https://faß.de", "https://fass.de"),
    # other parameters
    ("https://example.com/?id=1", "https://example.com/?id=2"),
    ("https://example.com/?id=1", "https://example.com/?ID=1"),
    ("https://example.com/?id=1", "https://example.com/"),
    ("https://example.com/?a=1&a=2", "https://example.com/?a=2&a=1"),
    ("https://example.com/?a=1%262", "https://example.com/?a=1&2"),
    ("https://example.com/?from=2020", "https://example.com/?from=2021"),
    ("https://example.com/?ref=v1", "https://example.com/?ref=v2"),
    ("https://example.com/?si=1", "https://example.com/"),
    # what an archive keeps is told apart by all of the address
    (
        "https://web.archive.org/web/2020/https://a.b/?utm_source=x",
        "https://web.archive.org/web/2020/https://a.b/",
    ),
    # other places of a page
    ("https://example.com/a#b", "https://example.com/a"),
    ("https://example.com/#/a", "https://example.com/#/b"),
    ("https://github.com/a/b#readme-1", "https://github.com/a/b"),
    # GitHub: only owner and repository, only the readme that the first page shows
    ("https://github.com/a/b", "https://github.com/a/c"),
    ("https://github.com/a/b", "https://github.com/a/b/issues"),
    ("https://github.com/a/b", "https://github.com/a/b/tree/dev"),
    ("https://github.com/a/b", "https://github.com/a/b/tree/main/docs"),
    ("https://github.com/a/b", "https://github.com/a/b/blob/main/docs/README.md"),
    ("https://github.com/a/b", "https://github.com/a/b/blob/dev/README.md"),
    ("https://github.com/a/b", "https://github.com/a/b/blob/main/README_zh.md"),
    ("https://github.com/a/b", "https://github.com/a/b/blob/main/README.zh-CN.md"),
    ("https://github.com/a/b", "https://github.com/a/b.github.io"),
    ("https://github.com/a/b", "https://github.com/a/b?tab=License-1-ov-file"),
    ("https://github.com/a/b", "https://gist.github.com/a/b"),
    ("https://github.com/a/b/blob/main/X.md", "https://github.com/a/b/blob/main/x.md"),
    ("https://gitlab.com/A/b", "https://gitlab.com/a/b"),
    # arXiv
    ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03763"),
    ("https://arxiv.org/abs/cs/9901001", "https://arxiv.org/abs/math/9901001"),
    ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/list/1706.03762"),
    ("https://arxiv.org/html/1706.03762#S4", "https://arxiv.org/abs/1706.03762"),
    ("https://alphaxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03762"),
    # DOI
    ("https://doi.org/10.1000/182", "https://doi.org/10.1000/183"),
    ("https://example.org/10.1000/AB", "https://example.org/10.1000/ab"),
    # YouTube
    ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dqw4w9wgxcq"),
    ("https://youtu.be/abc", "https://youtube.com/abc"),
    ("https://youtu.be/abc?t=30", "https://youtube.com/watch?v=abc"),
    ("https://youtube.com/watch?v=abc", "https://youtube.com/watch?v=abc&list=x"),
    ("https://youtube.com/watch?v=abc", "https://youtube.com/shorts/abc"),
    # Hugging Face
    ("https://huggingface.co/a/b", "https://huggingface.co/datasets/a/b"),
    ("https://huggingface.co/a/b", "https://huggingface.co/spaces/a/b"),
    ("https://huggingface.co/datasets/a/b", "https://huggingface.co/spaces/a/b"),
    ("https://huggingface.co/a/b", "https://huggingface.co/a/b/tree/v2"),
    ("https://huggingface.co/a/b", "https://huggingface.co/a/b/blob/main/config.json"),
]

SAME = [
    # scheme, host, port
    ("https://example.com", "http://example.com"),
    ("https://example.com", "HTTPS://EXAMPLE.com"),
    ("https://example.com", "https://www.example.com"),
    ("https://example.com", "https://example.com:443"),
    ("https://example.com", "http://example.com:80/"),
    ("https://example.com", "https://example.com./"),
    ("https://me@example.com:81", "http://me@www.example.com:081/"),
    ("https://bücher.example/", "https://xn--bcher-kva.example"),
    ("https://BÜCHER.example/", "https://xn--bcher-kva.example"),
    ("https://例え.jp", "https://xn--r8jz45g.jp"),
    ("https://[2001:DB8::1]/a", "http://[2001:db8::1]:80/a"),
    # path
    ("https://example.com", "https://example.com/"),
    ("https://example.com/a", "https://example.com/a/"),
    ("https://example.com/a?b=1", "https://example.com/a/?b=1"),
    ("https://example.com/a/c", "https://example.com/a/./b/../c"),
    ("https://example.com/a", "https://example.com/%61"),
    ("https://example.com/~a", "https://example.com/%7Ea"),
    ("https://example.com/%2f", "https://example.com/%2F"),
    ("https://example.com/比", "https://example.com/%E6%AF%94"),
    ("https://example.com/a b", "https://example.com/a%20b"),
    ("https://en.wikipedia.org/wiki/C_(x)", "https://en.wikipedia.org/wiki/C_%28x%29"),
    (" https://example.com\n", "https://example.com"),
    # parameters
    ("https://example.com/?a=1&b=2", "https://example.com/?b=2&a=1"),
    ("https://example.com/?a=1&b=2", "https://example.com/?a=1&amp;b=2"),
    ("https://example.com/?a=比", "https://example.com/?a=%E6%AF%94"),
    ("https://example.com/?a=1", "https://example.com/?a=1&"),
    ("https://example.com/", "https://example.com/?"),
    ("https://example.com/", "https://example.com/?utm_source=x&UTM_Medium=y"),
    ("https://example.com/?a=1", "https://example.com/?fbclid=x&a=1&gclid=y&spm=z"),
    # fragment
    ("https://example.com/a", "https://example.com/a#"),
    ("https://example.com/a", "https://example.com/a#readme"),
    ("https://example.com/a", "https://example.com/a#:~:text=some%20words"),
    ("https://example.com/a#b", "https://example.com/a#b:~:text=some%20words"),
    ("https://example.com/a#比", "https://example.com/a#%E6%AF%94"),
    # GitHub
    ("https://github.com/a/b", "http://www.github.com/A/B/"),
    ("https://github.com/a", "https://github.com/A"),
    ("https://github.com/a/b", "https://github.com/a/b.git"),
    ("https://github.com/a/b", "https://github.com/a/b#readme"),
    ("https://github.com/a/b", "https://github.com/a/b?tab=readme-ov-file"),
    ("https://github.com/a/b#use", "https://github.com/a/b?tab=readme-ov-file#use"),
    ("https://github.com/a/b", "https://github.com/a/b/tree/main"),
    ("https://github.com/a/b", "https://github.com/a/b/blob/main/README.md"),
    ("https://github.com/a/b", "https://github.com/a/b/blob/master/README"),
    ("https://github.com/a/b", "https://github.com/a/b/tree/HEAD/readme.rst"),
    ("https://github.com/a/b#use", "https://github.com/A/b/blob/master/README.md#use"),
    ("https://github.com/a/b/issues/1", "https://github.com/A/B/issues/1"),
    # arXiv
    ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/pdf/1706.03762"),
    ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/pdf/1706.03762v5.pdf"),
    ("https://arxiv.org/abs/1706.03762", "http://www.arxiv.org/html/1706.03762v7"),
    ("https://arxiv.org/abs/1706.03762", "https://ar5iv.org/abs/1706.03762"),
    ("https://arxiv.org/abs/1706.03762", "https://ar5iv.labs.arxiv.org/html/1706.03762"),
    ("https://arxiv.org/abs/0706.0001", "https://export.arxiv.org/abs/0706.0001v2"),
    ("https://arxiv.org/abs/cs/9901001", "https://arxiv.org/pdf/cs/9901001v1.pdf"),
    ("https://arxiv.org/abs/math/0309136", "https://arxiv.org/abs/math.GT/0309136"),
    ("https://arxiv.org/abs/hep-th/9901001", "https://ar5iv.org/html/hep-th/9901001"),
    # DOI
    ("https://doi.org/10.1000/AbC", "http://dx.doi.org/10.1000/aBc"),
    ("https://doi.org/10.1147/rd.435.0707", "https://doi.org/10.1147%2Frd.435.0707"),
    # YouTube
    ("https://youtu.be/abc", "https://www.youtube.com/watch?v=abc"),
    ("https://youtu.be/abc", "https://m.youtube.com/watch?v=abc"),
    ("https://youtu.be/abc?t=30", "https://youtube.com/watch?t=30&v=abc"),
    ("https://youtu.be/abc", "https://youtu.be/abc?si=xyz"),
    ("https://youtu.be/abc", "https://www.youtube.com/watch?v=abc&ab_channel=CNET"),
    # Hugging Face
    ("https://huggingface.co/a/b", "https://hf.co/A/B"),
    ("https://huggingface.co/a/b", "https://huggingface.co/a/b/tree/main"),
    ("https://huggingface.co/a/b", "https://huggingface.co/a/b/blob/main/README.md"),
    ("https://huggingface.co/datasets/a/b", "https://huggingface.co/datasets/A/b/tree/main"),
]

NOT_COMPARED = [
    *("", "#a", "a.md", "../a.md", "/a", "//example.com/a", "www.example.com"),
    *("mailto:a@example.com", "ftp://example.com", "httpx://example.com", "javascript:alert(1)"),
    *("https:", "https:/example.com", "https://", "https:///a", "https://?a", "https://:80"),
    *("https://a..b", "https://...", "https://.com", "https://a b", "https://{{ host }}/"),
    *("https://<host>/", "https://a:b", "https://a:65536", "https://a:99999999999999999999"),
    *("https://[::1", "https://[x]", "https://a%", "https://example.com，"),
]

# left: as written; right: without the tracking parameters
UNTOUCHED = [
    *("", "a.md?utm_source=x", "mailto:a@b.c?utm_source=x", "https://?utm_source=x"),
    "https://example.com/utm_source=x",
    "https://example.com/#utm_source=x",
    "https://example.com/#/a?utm_source=x",
    "https://example.com/?",
    "https://example.com/?&&a",
    "https://example.com/?a=utm_source",
    "https://example.com/?my_utm_source=x",
    # these may choose what is shown
    "https://example.com/?ref=a&source=b&from=c&si=d&s=e&t=f&feature=g&scene=h&trk=i",
    "https://example.com/?share_token=grants-access",
    "https://example.com/a b?utm_source=x",
    # what belongs to another URL
    "https://web.archive.org/web/2020/https://a.b/?utm_source=x",
    "https://archive.example/https%3A/a.b/../https:/c.d?utm_source=x",
    "https://validator.example/?uri=https://a.b/?c=1&utm_source=x",
    "https://validator.example/?uri=https%3A%2F%2Fa.b%2F%3Futm_source%3Dx",
]
CLEANED = [
    ("https://a.b?utm_source=x", "https://a.b"),
    ("https://a.b/?utm_source=x&utm_medium=y", "https://a.b/"),
    ("https://a.b/?utm_source=x#c", "https://a.b/#c"),
    ("https://a.b/?c=1&utm_source=x", "https://a.b/?c=1"),
    ("https://a.b/?utm_source=x&c=1", "https://a.b/?c=1"),
    ("https://a.b/?d=1&fbclid=x&c=%7e&c=é#e", "https://a.b/?d=1&c=%7e&c=é#e"),
    ("https://a.b/?c=1&amp;gclid=x&amp;d=2", "https://a.b/?c=1&amp;d=2"),
    ("https://a.b/?gclid=x&amp;d=2", "https://a.b/?d=2"),
    ("HTTP://WWW.A.B:80/./?spm=1.x", "HTTP://WWW.A.B:80/./"),
    ("https://a.b/?utm%5Fsource=x", "https://a.b/"),
    (" https://a.b/?c&utm_source=x \n", " https://a.b/?c \n"),
    ("https://a.b/?&utm_source=x&", "https://a.b/"),
    ("https://a.b/?c=d?e&utm_source=x", "https://a.b/?c=d?e"),
    ("https://youtu.be/abc?si=x&t=3", "https://youtu.be/abc?t=3"),
    ("https://x.com/a/status/1?s=20", "https://x.com/a/status/1"),
    ("https://mp.weixin.qq.com/s?sn=1&from=timeline", "https://mp.weixin.qq.com/s?sn=1"),
    ("https://detail.tmall.com/?scm=1&id=2", "https://detail.tmall.com/?id=2"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical(one) is not None
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("url", NOT_COMPARED)
def test_what_is_no_web_address_has_no_canonical_form(url: str) -> None:
    assert canonical(url) is None


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_page_has_one_form(one: str, other: str) -> None:
    assert canonical(one) is not None
    assert canonical(one) == canonical(other)


def test_the_form_is_a_url() -> None:
    assert canonical("http://www.Example.com/a/?c&b=é#d") == "https://example.com/a?b=%C3%A9&c#d"


@pytest.mark.parametrize("url", UNTOUCHED)
def test_other_parameters_are_left_alone(url: str) -> None:
    assert tracking_parameters(url) == []
    assert without_tracking(url) == url


@pytest.mark.parametrize(("url", "clean"), CLEANED)
def test_tracking_parameters_are_removed(url: str, clean: str) -> None:
    assert without_tracking(url) == clean
    assert tracking_parameters(clean) == []


def test_a_span_covers_name_and_value() -> None:
    url = "https://a.b/?c=1&amp;utm_source=x&fbclid"
    assert tracking_parameters(url) == [("utm_source", Span(21, 33)), ("fbclid", Span(34, 40))]
    assert url[21:33] == "utm_source=x"


class TestSitesOfTheUser:
    def test_they_extend_the_table(self) -> None:
        sites = (
            *SITES,
            Site(
                hosts=("www.Wiki.example", "*.wiki.example"),
                rewrites=((r"(?:[a-z]+\.)?wiki\.example/p/(\d+)", r"wiki.example/?page=\1"),),
                caseless="/team",
                tracking=("via", "x_*"),
                drop=("theme=dark",),
            ),
            Site(hosts=("github.com",), drop=("plain",)),
        )

        def same(one: str, other: str) -> bool:
            return canonical(one, sites) == canonical(other, sites)

        assert same("https://wiki.example/p/7", "https://de.wiki.example/p/7?via=a&x_b=c")
        assert same("https://wiki.example/p/7", "https://wiki.example/?page=7&theme=dark")
        assert same("https://wiki.example/TEAM/a", "https://wiki.example/team/a")
        assert same("https://github.com/a/b.git?plain=1", "https://github.com/A/b")
        assert not same("https://wiki.example/TEAM/a", "https://wiki.example/team/A")
        assert not same("https://wiki.example/?theme=light", "https://wiki.example/")
        assert not same("https://notwiki.example/?via=a", "https://notwiki.example/")
        assert without_tracking("https://wiki.example/?via=a&b", sites) == "https://wiki.example/?b"

    def test_they_may_replace_it(self) -> None:
        assert canonical("https://github.com/A/b.git", []) == "https://github.com/A/b.git"
        assert canonical("https://a.b/?utm_source=x", []) == "https://a.b"

    @pytest.mark.parametrize(
        ("site", "problem"),
        [
            (Site(("a.b",), rewrites=(("(", ""),)), "missing"),
            (Site(("a.b",), rewrites=(("(a)", r"\2"),)), "invalid group"),
            (Site(("a.b",), rewrites=(("(a)", r"\g<b>"),)), "unknown group"),
            (Site(("a.b",), caseless="["), "unterminated"),
        ],
    )
    def test_a_wrong_expression_is_told(self, site: Site, problem: str) -> None:
        assert re.search(problem, site.problem() or "")

    def test_the_own_table_is_right(self) -> None:
        assert [site.problem() for site in SITES] == [None] * len(SITES)
        assert all(name == name.lower() for name in TRACKING)


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("", ""),
        ("a+b", "a+b"),
        ("100%", "100%"),
        ("%zz%4", "%zz%4"),
        ("%ff", "%ff"),
        ("%00", "%00"),
        ("%E6%AF", "%E6%AF"),
        ("%2520", "%20"),
        ("a%20b", "a b"),
        ("%E6%af%94", "比"),
        ("%41%ff%42%E6%AF%94%80", "A%ffB比%80"),
    ],
)
def test_unquote(text: str, decoded: str) -> None:
    assert unquote(text) == decoded


@pytest.mark.parametrize(
    ("destination", "parts"),
    [
        ("", ("", None)),
        ("a.md", ("a.md", None)),
        ("a%23.md", ("a%23.md", None)),
        ("#", ("", "")),
        ("a.md#", ("a.md", "")),
        ("a.md?b#c#d", ("a.md?b", "c#d")),
    ],
)
def test_split_fragment(destination: str, parts: tuple[str, str | None]) -> None:
    assert split_fragment(destination) == parts


# Addresses put together from parts that mean something, so that most are URLs.
_HOSTS = [
    *(host.replace("*", "shop") for site in SITES for host in site.hosts),
    *(
        "example.com",
        "WWW.www.example.com",
        "例え。jp",
        "xn--r8jz45g.jp",
        "[::1]",
        "a.b.",
        "www.com",
    ),
]
_PARTS = [
    *("/", "/a", "/B", "/.", "/..", "//", ".git", "/tree/main", "/blob/master", "/README.md", "v2"),
    *(
        "/abs",
        "/pdf",
        "/1706.03762",
        "/math.GT/0309136",
        ".pdf",
        "/10.1000%2fA",
        "/https:",
        "/datasets",
    ),
    *("%", "%2F", "%2e", "%C3%A9", "é", " ", "\\", "|", ";", "+", "@", ":", "://x?y", "\ud800"),
]
_PARAMETERS = [
    *("a=1", "b", "v=x", "", "amp;", "c=%26", "é=%c3%A9", "tab=readme-ov-file", "u=https://x/?y"),
    *("utm_source=x", "UTM_medium", "utm%5fid=1", "fbclid=z", "si=1", "scm=1", "from=timeline"),
]
_FRAGMENTS = ["", "#", "#readme", "#a", "#/b", "#:~:text=c", "#d:~:text=e", "#é#", "#?utm_id=1"]
_PATHS = st.lists(st.sampled_from(_PARTS), max_size=5).map("".join)


@st.composite
def _queries(draw: st.DrawFn) -> str:
    parameters = draw(st.lists(st.sampled_from(_PARAMETERS), max_size=5))
    separators = st.sampled_from(["&", "&amp;"])
    query = "".join(parameter + draw(separators) for parameter in parameters)
    return f"?{query}" if draw(st.booleans()) else f"?{query}".rstrip("&?")


_URLS = st.builds(
    "{}://{}{}{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["", "", "", "me@", "m%65:@@"]),
    st.sampled_from(_HOSTS),
    st.sampled_from(["", "", "", ":80", ":8080", ":"]),
    _PATHS.map(lambda path: path if path.startswith("/") or not path else f"/{path}"),
    _queries(),
    st.sampled_from(_FRAGMENTS),
)
_TEXTS = st.text(st.characters()) | st.text(st.characters()).map("https://{}".format) | _URLS


@settings(max_examples=200)
@given(_TEXTS)
def test_canonical_never_raises_and_is_idempotent(text: str) -> None:
    form = canonical(text)
    assert form is None or canonical(form) == form


@settings(max_examples=200)
@given(_TEXTS)
def test_without_tracking_is_idempotent_and_leads_to_the_same_page(text: str) -> None:
    clean = without_tracking(text)
    assert without_tracking(clean) == clean
    assert tracking_parameters(clean) == []
    assert canonical(clean) == canonical(text)


@settings(max_examples=100)
@given(_TEXTS)
def test_tracking_parameters_are_where_they_say(text: str) -> None:
    for name, span in tracking_parameters(text):
        assert text[span.start - 1] in "?&;"
        assert text[span.start : span.end].startswith(name)
        assert span.end == len(text) or text[span.end] in "&# \t\n\f\r"


@settings(max_examples=100)
@given(st.lists(st.sampled_from(_PARAMETERS), unique=True), st.data())
def test_the_order_of_parameters_does_not_matter(
    parameters: list[str], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(parameters))
    url = "https://example.com/?"
    assert canonical(url + "&".join(mixed)) == canonical(url + "&".join(parameters))


@settings(max_examples=100)
@given(st.text(st.characters()))
def test_unquote_reads_what_is_encoded(text: str) -> None:
    encoded = "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "replace"))
    assert unquote(encoded) == text.encode("utf-8", "replace").decode().replace("\0", "%00")
