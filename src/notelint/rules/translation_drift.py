from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from notelint.rules.base import FileFacts, Finding, Related, Workspace, rule
from notelint.rules.shared.translation_differences import Drift, first_drift
from notelint.rules.shared.translation_sections import comparable_sections
from notelint.text.startup import NamedTuple
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.languages import CODE, is_english, language_of

_LANG, _ORIGINAL = "{lang}", "en"


class Options(NamedTuple):
    """``names``: how translations are called."""

    names: tuple[str, ...] = ()


@rule(options=Options)
def translation_drift(
    facts: FileFacts, workspace: Workspace, options: Options
) -> Iterator[Finding]:
    """A translation that lacks what its original has, or the other way round.

    Why: readers of the translation miss something, or read what is no longer true.

    Off by default: most translations lag behind, and not everyone means to keep them up to date.

    Two notes are a pair if one links to the other near its top by the name or the code of a
    language, such as `English`, `简体中文` or `zh-CN`. The original is the one without a language
    in its name, or the English one.

    The sections are compared, and in each section the number of code blocks and pictures, and the
    targets of links. Only the first difference is reported; for a missing section, with the commit
    since which it is missing, if git knows. Nothing is reported of notes that share less than three
    quarters of their sections: they are different texts.

    Not compared are thanks, sponsors, invitations, tables of contents, badges, links to sites for
    readers of one language, and what a translation says of itself.

    Option `names` (none): the names of translations that do not link to each other, with `{lang}`
    for the language; the original has the same name without one, or is in English (`en`). A pattern
    that ends in `/` means all notes below such a folder, such as `docs/{lang}/`.

    In these examples the original is `example.en.md`, with the sections *Install*, *Use*, *Options*
    and *Licence*.

    Bad:

    ```markdown
    # 笔记

    [English](example.en.md)

    ## 安装

    ## 使用

    ## 许可证
    ```

    Good:

    ```markdown
    # 笔记

    [English](example.en.md)

    ## 安装

    ## 使用

    ## 选项

    ## 许可证
    ```
    """
    if not (facts.profile.languages or options.names):
        return
    if path := _original_of(facts, workspace, options.names):
        original = _known(path, workspace)
        if original and (drift := _drift(facts, original, workspace)):
            span = drift.here.span if drift.here else facts.profile.span
            related = (Related(drift.there.span, "in the original", path),) if drift.there else ()
            message = _message(drift, f"`{path}`") + _since(drift, path, workspace)
            yield Finding(span, message, None, related, _key(drift))
        return
    for path in _linked(facts, workspace):
        if not _is_original(facts.path, path):
            continue
        translation = _known(path, workspace)
        if translation is None or facts.path in _linked(translation, workspace):
            continue  # reported there
        if drift := _drift(translation, facts, workspace):
            span = drift.there.span if drift.there else facts.profile.span
            related = (Related(drift.here.span, "in the translation", path),) if drift.here else ()
            message = _message(drift, "this note", translation=f"the translation `{path}`")
            message += _since(drift, facts.path, workspace)
            yield Finding(span, message, None, related, f"{path} {_key(drift)}")


def _drift(translation: FileFacts, original: FileFacts, workspace: Workspace) -> Drift | None:
    return first_drift(
        comparable_sections(translation, workspace), comparable_sections(original, workspace)
    )


def _since(drift: Drift, original: str, workspace: Workspace) -> str:
    """Since which commit a section is missing, if git knows."""
    if drift.kind != "missing" or drift.there is None:
        return ""
    commit = workspace.line_history.since(original, drift.there.line, drift.there.text)
    return f" (since commit {commit})" if commit else ""


def _key(drift: Drift) -> str:
    return f"{drift.kind} {drift.there.text if drift.there else ''}"


def _message(drift: Drift, original: str, translation: str = "this translation") -> str:
    there = f"`{drift.there.text}` (line {drift.there.line})" if drift.there else ""
    here = f"`{drift.here.text}` (line {drift.here.line})" if drift.here else ""
    mine, its = drift.numbers
    if drift.kind == "missing":
        return f"{translation} lacks the section {there} of {original}"
    if drift.kind == "moved":
        return f"{translation} has the section {there} of {original} in another place"
    if drift.kind == "added":
        return f"{translation} has a section that {original} lacks: {here}"
    if drift.kind == "link":
        link = f"lacks the link to `{drift.link}`"
        return f"{translation} {link} in the section {there} of {original}"
    if drift.kind == "sections":
        return f"{translation} has {mine} sections, {original} has {its}; near {there or here}"
    things = drift.kind if mine == 1 else f"{drift.kind}s"
    return f"{translation} has {mine} {things} in a section where {original} has {its}: {there}"


def _original_of(facts: FileFacts, workspace: Workspace, names: Sequence[str]) -> str | None:
    """The note that the one of *facts* is a translation of, by *names* or by its links."""
    for name in names:
        for path in _by_name(facts.path, name):
            if path != facts.path and workspace.tree.exists(path):
                return path
    found = [
        path
        for path, text in _linked(facts, workspace).items()
        if _is_original(path, facts.path)
        or (not language_of(path) and not language_of(facts.path) and is_english(text))
    ]
    without_language = (path for path in found if not language_of(path))
    return next(without_language, found[0] if found else None)


def _linked(facts: FileFacts, workspace: Workspace) -> dict[str, str]:
    """The notes that the one of *facts* links near its top by the name of a language."""
    found: dict[str, str] = {}
    for destination, text in facts.profile.languages:
        to = workspace.resolve(destination, facts.path)
        path = workspace.page(to.path) if to.kind == "local" else None
        if path and workspace.tree.is_folder(path):
            path = workspace.page(posixpath.join(path, "README"))
        if path and path != facts.path and path.lower().endswith(SUFFIXES):
            found.setdefault(path, text)
    return found


def _known(path: str, workspace: Workspace) -> FileFacts | None:
    """The facts of the note at *path*; the answer depends on its whole text."""
    return None if workspace.is_excluded(path) else workspace.all_of(path)


def _is_original(path: str, other: str) -> bool:
    """Whether the note at *path* is the original of the one at *other*, by their languages."""
    mine, its = language_of(path), language_of(other)
    if not mine:
        return bool(its) and not _has_suffix(path, other)
    return is_english(mine) and bool(its) and not is_english(its)


def _has_suffix(path: str, other: str) -> bool:
    """Whether the note at *path* is called as the one at *other*, and something after that."""
    stem, name = (posixpath.basename(each).rpartition(".")[0].lower() for each in (path, other))
    base = name.removesuffix(language_of(name + ".md")).rstrip("._-")
    return bool(base) and re.match(rf"{re.escape(base)}[._-]", stem) is not None


def _by_name(path: str, name: str) -> Iterator[str]:
    """The paths that the original of *path* may have, by the pattern *name*."""
    start, _, end = name.partition(_LANG)
    if "/" in name.rstrip("/"):
        before = f"({re.escape(start.lstrip('/'))})"
    else:  # a name at any depth
        before = f"((?:[^/]+/)*{re.escape(start)})"
    after = f"({re.escape(end)}.*)" if name.endswith("/") else f"({re.escape(end)})"
    found = re.fullmatch(f"{before}{CODE}{after}", path, re.IGNORECASE)
    if found is None:
        return
    language = path[len(found[1]) : len(path) - len(found[2])]
    if not name.endswith("/"):
        yield found[1].rstrip("._-") + found[2]
    if language.casefold() != _ORIGINAL:
        yield found[1] + _ORIGINAL + found[2]
