"""Kinds of notes, recognized by their path, for which some rules make no sense."""

from __future__ import annotations

import re

from notelint.text.startup import lazy_regex

CHANGELOG, STYLE_GUIDE, TEMPLATE = "changelog", "style guide", "template"
NAVIGATION = "navigation"

# The version, year or language in the name of a changelog, or a word for an old one.
_OF = (
    r"(?:[-_. ]+(?:v?\d[^\W_]*|x|old|archive|en|us|zh|cn|tw|hk|hans|hant|ja|jp|ko|kr|ru|de|fr|es"
    r"|it|pt|br))*"
)
# Many other notes have names that begin with "changes" or "history" in lower case.
_BEGINS = lazy_regex(
    rf"(?i:release[-_ ]?notes?(?![a-z])|(?:changes|history|releases|what'?s[-_ ]?new){_OF}\Z)"
    r"|(?:CHANGES|HISTORY|NEWS)(?![A-Za-z])"
)
_HOLDS = lazy_regex(
    r"(?<![a-z])change[-_ ]?logs?(?![a-z])|(?:更新|变更|變更)(?:日志|日誌|记录|紀錄|履歴)|変更履歴",
    re.IGNORECASE,
)
_STYLE_GUIDE = lazy_regex(r"(?:style|writing)[-_ ]?guide(?![a-z]{3})", re.IGNORECASE)
_CHANGELOGS = lazy_regex(r"change[-_ ]?logs?|release[-_ ]?notes|\.changesets?", re.IGNORECASE)
# The text that GitHub and GitLab begin an issue, a pull request or a discussion with.
_FORM = lazy_regex(
    r"(?:issue|pull_request|merge_request|discussion)_templates?(?:\.md)?", re.IGNORECASE
)


def is_form(path: str) -> bool:
    """Whether the note at *path* is what an issue or a pull request begins with."""
    return "_template" in path.lower() and any(_FORM.fullmatch(each) for each in path.split("/"))


def kinds_of(path: str) -> frozenset[str]:
    """The kinds of the note at *path*, which is from the root of its tree, with ``/``.

    A template or a style guide has that word in its name, or in the name of a folder around it. A
    changelog has one of the usual names, or is in a folder with such a name. The navigation of a
    docsify or mdBook site has fixed names.
    """
    *folders, name = path.split("/")
    found = set()
    if "template" in path.lower():
        found.add(TEMPLATE)
    if name in ("_sidebar.md", "_navbar.md", "_coverpage.md", "SUMMARY.md"):
        found.add(NAVIGATION)
    if _STYLE_GUIDE.search(path):
        found.add(STYLE_GUIDE)
    stem = name.rpartition(".")[0] or name
    if _HOLDS.search(stem) or _BEGINS.match(stem) or any(map(_CHANGELOGS.fullmatch, folders)):
        found.add(CHANGELOG)
    return frozenset(found)
