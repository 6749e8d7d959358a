"""File names that show which site generator a tree is for, and which files are its pages."""

from __future__ import annotations

_GENERATORS = (
    "_config.yml", "_config.toml", "hugo.toml", "hugo.yaml", "docusaurus.config.js",
    "docusaurus.config.ts", "gatsby-config.js", "gatsby-config.ts", "conf.py", "astro.config.mjs",
    "astro.config.ts", "next.config.js", "next.config.mjs", "next.config.ts", "nuxt.config.js",
    "nuxt.config.ts", "svelte.config.js", "antora.yml", "_quarto.yml", ".vitepress", ".vuepress",
    "_layouts", "archetypes", "eleventy.config.js", ".eleventy.js",
)  # fmt: skip
MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
# A file of one of these names marks the source of a generated site, with a root of its own.
SITE_FILES = (
    *_GENERATORS, *MKDOCS, "book.toml", "SUMMARY.md", "_sidebar.md", "coverpage.md",
)  # fmt: skip
# The files of generators that list what lies in a folder by themselves.
LISTING_SITE_FILES = (
    *_GENERATORS, "_config.yaml", "hugo.json", "docusaurus.config.mjs", "sidebars.js",
    "sidebars.ts", "_toc.yml", "eleventy.config.mjs", "mint.json", "docs.json", ".obsidian",
    "zensical.toml", "quartz.config.ts", ".foam", "logseq", "meta.json", "_meta.json", "_meta.js",
    "_meta.ts", "_category_.json", "retype.yml", "config.toml", "starlight.config.ts", ".pages",
)  # fmt: skip
# Of these, and no others, anchors are not GitHub's: hyphens are merged, and none is left at the
# ends. What is made into a site lies beside one of these, or below one of MKDOCS.
OWN_ANCHORS = (
    "conf.py", "_quarto.yml", "_sidebar.md", "eleventy.config.js", ".eleventy.js", ".gitbook",
    ".gitbook.yaml",
    *(f".{kind}/config.{suffix}" for kind in ("vitepress", "vuepress")
      for suffix in ("js", "ts", "mjs", "mts")),
)  # fmt: skip
SITE_FOLDERS = ("", "docs", "website", "site", "src", "book")
MORE_SITE_FOLDERS = (*SITE_FOLDERS, "doc", "www", "blog")
PAGE = (
    "{}.md",
    "{}.markdown",
    "{}.mdx",
    "{}/index.md",
    "{}/README.md",
    "{}.html",
    "{}/index.html",
)
