"""Names by which a tree shows that a site is made of it, and how, and which files its pages are."""

from __future__ import annotations

# A file of one of these names marks the source of a generated site, with a root of its own.
SITE_FILES = (
    "_config.yml", "_config.toml", "mkdocs.yml", "mkdocs.yaml", "book.toml", "hugo.toml",
    "hugo.yaml", "docusaurus.config.js", "docusaurus.config.ts", "gatsby-config.js",
    "gatsby-config.ts", "conf.py", "astro.config.mjs", "astro.config.ts", "next.config.js",
    "next.config.mjs", "next.config.ts", "nuxt.config.js", "nuxt.config.ts", "svelte.config.js",
    "antora.yml", "_quarto.yml", "SUMMARY.md", "_sidebar.md", "coverpage.md", ".vitepress",
    ".vuepress", "_layouts", "archetypes", "eleventy.config.js", ".eleventy.js",
)  # fmt: skip
# Of these, and no others, anchors are not GitHub's: hyphens are merged, and none is left at the
# ends. What is made into a site lies beside one of the first, and below one of the others.
OWN_ANCHORS = (
    "conf.py", "_quarto.yml", "_sidebar.md", "eleventy.config.js", ".eleventy.js",
    *(f".{kind}/config.{suffix}" for kind in ("vitepress", "vuepress")
      for suffix in ("js", "ts", "mjs", "mts")),
)  # fmt: skip
OWN_BELOW = ("mkdocs.yml", "mkdocs.yaml")
SITE_FOLDERS = ("", "docs", "website", "site", "src", "book")
PAGE = (
    "{}.md",
    "{}.markdown",
    "{}.mdx",
    "{}/index.md",
    "{}/README.md",
    "{}.html",
    "{}/index.html",
)
