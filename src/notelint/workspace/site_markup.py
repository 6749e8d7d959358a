"""Markup that GitHub does not render, but the site generator of a tree may."""

from __future__ import annotations

import posixpath
import re

from notelint.text.startup import lazy_regex
from notelint.workspace.site_files import MKDOCS, SITE_FOLDERS
from notelint.workspace.tree import folders_above
from notelint.workspace.workspace import Workspace

# Files that configure the plugins of a site, or load scripts into its pages.
_TELLING = lazy_regex(
    r"_config\.(?:yml|toml)|mkdocs\.ya?ml|book\.(?:toml|json)|docusaurus\.config\.[cm]?[jt]s"
    r"|index\.html|config\.[cm]?[jt]s|custom-head\.html|head\.html|default\.html"
)
# Files of generators whose pages depend on what cannot be read here: themes, programs.
_UNKNOWN = lazy_regex(
    r"hugo\.(?:toml|ya?ml|json)|archetypes|gatsby-config\.[jt]s|astro\.config\.[cm]?[jt]s"
    r"|next\.config\.[cm]?[jt]s|conf\.py|antora\.yml|_quarto\.yml|\.?eleventy(?:\.config)?\.[cm]?js"
    r"|quartz\.config\.ts|(?:svelte|nuxt)\.config\.[cm]?[jt]s"
)
_ALERTS_SHOWN = lazy_regex(
    r"\.obsidian|\.quartz|\.vitepress|docfx\.json|\.openpublishing\.\w+\.config\.json"
)
_MATH = lazy_regex(r"mathjax|katex|arithmatex|math_?jax|latex|\bmath\b", re.IGNORECASE)
# A preprocessor of mdBook may add kinds of alerts.
_ALERTS = lazy_regex(
    r"callout|alert|admoni|obsidian|quartz|^\[preprocessor", re.IGNORECASE | re.MULTILINE
)
_JEKYLL = frozenset(("_layouts", "_includes", "_posts"))
_BELOW = ("_includes", "_layouts", ".vitepress", ".vuepress", "docs/.vitepress", "docs/.vuepress")


def shows_math(workspace: Workspace, note: str) -> bool:
    """Whether a page of the note at *note* may show LaTeX in brackets as a formula."""
    return _may_show(workspace, note, _MATH, None)


def shows_alerts(workspace: Workspace, note: str) -> bool:
    """Whether a page of the note at *note* may show alerts that GitHub does not know."""
    own = workspace.own_urls
    if own and any("gitlab" in home.host for home in own.homes):
        return True  # GitLab has alerts with a title
    return _may_show(workspace, note, _ALERTS, _ALERTS_SHOWN)


def shows_tables(workspace: Workspace, note: str, *, code: bool = False) -> bool:
    """Whether a page of the note at *note* may show a table that GitHub does not.

    Jekyll's parser needs neither a row of dashes nor equal numbers of cells. With *code*, the
    question is about a pipe in code, at which neither it nor the parser of MkDocs ends a cell.
    """
    folder, name = posixpath.split(note)
    for above in folders_above(note):
        names = workspace.tree.names(above)
        if code and above != folder and any(each in names for each in MKDOCS):
            return True
        if "_config.yml" in names and not _JEKYLL.isdisjoint(names):
            return not name.startswith("README")
    return False


def _may_show(
    workspace: Workspace, note: str, words: re.Pattern[str], own: re.Pattern[str] | None
) -> bool:
    key = "shows", posixpath.dirname(note), words.pattern
    return workspace.memoize_tree(key, lambda: _find(workspace, note, words, own))


def _find(
    workspace: Workspace, note: str, words: re.Pattern[str], own: re.Pattern[str] | None
) -> bool:
    tree = workspace.tree
    if own and "obsidian" in tree.text(".gitignore"):
        return True
    folders = dict.fromkeys((*folders_above(note), *SITE_FOLDERS))
    below = (posixpath.join(folder, each) for folder in folders for each in _BELOW)
    for folder in (*folders, *below):
        if not tree.is_folder(folder):
            continue
        for name in sorted(tree.names(folder)):
            if _UNKNOWN.fullmatch(name) or (own and own.fullmatch(name)):
                return True
            if _TELLING.fullmatch(name) and words.search(tree.text(posixpath.join(folder, name))):
                return True
    return False
