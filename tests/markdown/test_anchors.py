"""Anchors of headings, as github.com, gitlab.com and bitbucket.org make them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.markdown.anchors import Flavor, Slugger, accepted_anchors, slug


def anchors(*texts: str, flavor: Flavor = "github") -> list[str]:
    slugger = Slugger(flavor)
    return [slugger.next(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "install",
        "snake_case",
        "a-b",
        "-a-",
        "标题",
        "ｆｕｌｌ",
        "naïve",
        "ⓐ",
        "a‿b",
        "x1",
        "ⅳ",
        "हिन्दी",
        "",
    ],
)
def test_an_anchor_is_its_own_anchor(text: str) -> None:
    assert slug(text) == text


def test_only_symbols_that_are_alphabetic_are_kept() -> None:
    stay = "\u24d0\u24e9\U0001f130\U0001f149\U0001f150\U0001f169\U0001f170\U0001f189"
    go = "\u24b5\u24ea\U0001f12f\U0001f14a\U0001f14f\U0001f16a\U0001f16f\U0001f18a"
    assert slug(f"a{stay}{go}b") == f"a{stay}b"


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("What's new?", "whats-new"),
        ("A & B", "a--b"),
        ("C++ / C#", "c--c"),
        ("1. First step", "1-first-step"),
        ("ПРИВЕТ, мир", "привет-мир"),
        ("中文，标题。（一）", "中文标题一"),
        ("🚀 rocket", "-rocket"),
        ("tail 🚀", "tail-"),
        ("❤️ heart", "\ufe0f-heart"),  # the variation selector is a mark
        (":ok_hand: x", "ok_hand-x"),
        ("a\u3000b\u00a0c\td", "abcd"),  # no white space but U+0020 leaves a hyphen
        ("x² ① ½", "x--"),
        ("Ⓐ", "ⓐ"),
        ("👩\u200d💻 dev", "-dev"),
        ("  two  spaces ", "--two--spaces-"),
        ("???", ""),
    ],
)
def test_github(text: str, anchor: str) -> None:
    assert slug(text) == anchor


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("This heading has  multiple spaces and --- hyphens",
         "this-heading-has--multiple-spaces-and-----hyphens"),
        ("3.5 in it (and parentheses)", "35-in-it-and-parentheses"),
        ("Unicode in it: 한글", "unicode-in-it-한글"),
        ("x² ①", "x²-①"),
        ("Ⓐ", ""),
    ],
)  # fmt: skip
def test_gitlab(text: str, anchor: str) -> None:
    assert slug(text, "gitlab") == anchor


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Getting Started", "markdown-header-getting-started"),
        ("A & B -- C", "markdown-header-a-b-c"),
        ("Ąžuolynas", "markdown-header-azuolynas"),
    ],
)
def test_bitbucket(text: str, anchor: str) -> None:
    assert slug(text, "bitbucket") == anchor


def test_repeated_anchors_get_the_first_free_number() -> None:
    assert anchors("echo", "echo", "echo 1", "echo-1", "echo") == [
        "echo",
        "echo-1",
        "echo-1-1",
        "echo-1-2",
        "echo-2",
    ]
    assert anchors("dup", "dup", "dup-1") == ["dup", "dup-1", "dup-1-1"]
    assert anchors("dup-1", "dup", "dup") == ["dup-1", "dup", "dup-2"]


def test_empty_anchors_are_numbered_too() -> None:
    assert anchors("?", "!", "constructor") == ["", "-1", "constructor"]


def test_bitbucket_numbers_with_an_underscore() -> None:
    assert anchors("a", "a", flavor="bitbucket") == ["markdown-header-a", "markdown-header-a_1"]


def test_anchors_with_and_without_joiners_are_accepted() -> None:
    assert accepted_anchors(["👩\u200d💻 dev", "plain"]) == {"-dev", "\u200d-dev", "plain"}


@given(st.lists(st.sampled_from(["a", "b", "a-1", "a 1", "a-1-1", "b-2", "?"]), max_size=12))
@settings(max_examples=200)
def test_anchors_are_unique_and_cover_the_older_numbering(texts: list[str]) -> None:
    unique = anchors(*texts)
    assert len(set(unique)) == len(texts)
    seen: dict[str, int] = {}
    for text in texts:
        base = slug(text)
        count = seen[base] = seen.get(base, -1) + 1
        assert (f"{base}-{count}" if count else base) in accepted_anchors(texts)


@given(st.text())
@settings(max_examples=200)
def test_the_slug_of_a_slug_is_the_same(text: str) -> None:
    once = slug(text)
    assert " " not in once
    assert slug(once) == once
