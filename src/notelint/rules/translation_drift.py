from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import FileFacts, Finding, Related, Workspace, rule
from notelint.rules.shared.drift import Drift, first_drift
from notelint.rules.shared.skeleton import skeleton
from notelint.rules.shared.translations import is_original, known, linked, originals
from notelint.text.startup import NamedTuple


class Options(NamedTuple):
    """``names``: how translations are called."""

    names: tuple[str, ...] = ()


@rule(options=Options)
def translation_drift(
    facts: FileFacts, workspace: Workspace, options: Options
) -> Iterator[Finding]:
    """A translation that lacks what its original has, or the other way round.

    Why: readers of the translation miss something, or read what is no longer true. Two notes are a
    pair where one links to the other near its top by the name or the code of a language, such as
    `English`, `简体中文` or `zh-CN`. The original is the one without a language in its name, or the
    English one. Everything is compared that does not depend on the language: the sections, and in
    each the number of code blocks and pictures, and the targets of links. The first difference is
    reported, and for a missing section the commit since which it is missing, if git knows. Notes
    that share less than three quarters of their sections are different texts: nothing is reported.

    Off by default: most translations lag behind, and not everyone means to keep them. Not compared
    are thanks, sponsors, invitations, tables of contents, badges, links to sites for readers of one
    language, and what a translation says of itself.

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
    if not (facts.about.languages or options.names):
        return
    for path in originals(facts, workspace, options.names):
        original = known(path, workspace)
        if original and (drift := _drift(facts, original, workspace)):
            span = drift.here.span if drift.here else facts.about.span
            related = (Related(drift.there.span, "in the original", path),) if drift.there else ()
            message = _message(drift, f"`{path}`") + _since(drift, path, workspace)
            yield Finding(span, message, None, related, _key(drift))
        return
    for path in linked(facts, workspace):
        if not is_original(facts.path, path):
            continue
        translation = known(path, workspace)
        if translation is None or facts.path in linked(translation, workspace):
            continue  # reported there
        if drift := _drift(translation, facts, workspace):
            span = drift.there.span if drift.there else facts.about.span
            related = (Related(drift.here.span, "in the translation", path),) if drift.here else ()
            message = _message(drift, "this note", translation=f"the translation `{path}`")
            message += _since(drift, facts.path, workspace)
            yield Finding(span, message, None, related, f"{path} {_key(drift)}")


def _drift(translation: FileFacts, original: FileFacts, workspace: Workspace) -> Drift | None:
    return first_drift(skeleton(translation, workspace), skeleton(original, workspace))


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
