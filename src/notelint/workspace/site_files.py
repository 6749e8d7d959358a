"""File names of site generators: those that show which one a tree is for, and those of pages."""

from __future__ import annotations

HUGO = (
    "archetypes", "hugo.toml", "hugo.yaml",
    *(f"config/_default/{name}.{suffix}" for name in ("hugo", "config")
      for suffix in ("toml", "yaml", "yml")),
)  # fmt: skip
_GENERATORS = (
    "_config.yml", "_config.toml", "docusaurus.config.js",
    "docusaurus.config.ts", "gatsby-config.js", "gatsby-config.ts", "conf.py", "astro.config.mjs",
    "astro.config.ts", "next.config.js", "next.config.mjs", "next.config.ts", "nuxt.config.js",
    "nuxt.config.ts", "svelte.config.js", "antora.yml", "_quarto.yml", ".vitepress", ".vuepress",
    "_layouts", "eleventy.config.js", ".eleventy.js", "pelicanconf.py", "docfx.json",
    *HUGO,
)  # fmt: skip
MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
# Files that mark the source of a generated site, which has a root of its own.
SITE_FILES = (
    *_GENERATORS, *MKDOCS, "book.toml", "SUMMARY.md", "_sidebar.md", "coverpage.md",
)  # fmt: skip
# Files of generators that list the content of a folder automatically.
LISTING_SITE_FILES = (
    *_GENERATORS, "_config.yaml", "hugo.json", "docusaurus.config.mjs", "sidebars.js",
    "sidebars.ts", "_toc.yml", "eleventy.config.mjs", "mint.json", "docs.json", ".obsidian",
    "zensical.toml", "quartz.config.ts", ".foam", "logseq", "meta.json", "_meta.json", "_meta.js",
    "_meta.ts", "_category_.json", "retype.yml", "config.toml", "starlight.config.ts", ".pages",
)  # fmt: skip
# Files of the generators whose anchors differ from GitHub's: they merge hyphens, and strip them at
# the ends. The notes of the site are beside such a file, or below one of MKDOCS.
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
