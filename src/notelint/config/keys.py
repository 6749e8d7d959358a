"""What each key of a configuration means, with an example; options of rules are in their pages."""

from __future__ import annotations

from typing import Any

from notelint.text.startup import NamedTuple


class Key(NamedTuple):
    """The description of a key, a sentence or more, and a value that someone may write."""

    description: str
    example: Any


_NAMES = "names of rules and categories; `default` means all rules that are on by default, `all` "
_NAMES += "every rule"
_GLOB = (
    "`*` is any text within a name, `**` across folders, `?` a character; a pattern without `/` is "
    "a name at any depth, one that names a folder means all below it. Patterns are relative to the "
    "folder of the configuration"
)

KEYS = {
    "select": Key(
        f"The rules that are on, and no others: {_NAMES}. To add rules to those that are on by "
        "default, use `extend-select`.",
        ["default", "image-alt"],
    ),
    "extend-select": Key(f"Rules that are on beside the selected ones: {_NAMES}.", ["image-alt"]),
    "ignore": Key(f"Rules that are off: {_NAMES}.", ["heading-skip"]),
    "severity": Key(
        "The severity of problems, `error` or `warning`, by rule or category. A rule overrides its "
        "category.",
        {"heading-skip": "error", "toc": "warning"},
    ),
    "fail-on": Key(
        "Which problems make the exit status 1: `error` means errors only, `warning` all, `never` "
        "none.",
        "error",
    ),
    "include": Key(
        f"Files that are notes beside those in `.md` and `.markdown`: suffixes or patterns. "
        f"{_GLOB}.",
        [".mdx", "docs/**/*.qmd"],
    ),
    "exclude": Key(
        f"Files and folders that are not read, also if a call names them: patterns. {_GLOB}. A "
        "configuration inside of an excluded folder is not read either.",
        ["vendor/", "*.gen.md"],
    ),
    "per-file": Key(
        "Settings for the notes that a pattern matches, on top of the others: `select`, "
        "`extend-select`, `ignore`, `severity`, `rules`, `toc`. What such a part ignores, no "
        f"`--select` turns on. {_GLOB}.",
        {"CHANGELOG.md": {"ignore": ["duplicate-heading"]}},
    ),
    "rules": Key(
        "Options of single rules; `notelint rules NAME` explains them.",
        {"duplicate-link": {"across-files": True}},
    ),
    "cache-dir": Key(
        "The folder of the cache, inside the repository; by default the user's own for caches.",
        "build/notelint",
    ),
    "toc": Key("How `notelint toc` and `fix` write tables of contents.", {"min-level": 2}),
    "toc.title": Key(
        "The line above the list; by default an existing one is kept, and a new table gets "
        "doctoc's.",
        "## Contents",
    ),
    "toc.no-title": Key("No line above the list.", True),
    "toc.min-level": Key("The highest level of headings listed; 2 leaves out the title.", 2),
    "toc.max-level": Key("The lowest level of headings listed.", 3),
    "toc.all": Key("List the headings above the table as well.", True),
    "toc.update-only": Key("Only refresh tables that are there; put none into other notes.", True),
    "toc.ordered": Key("Number the entries.", True),
    "toc.bullet": Key("The marker of entries: `-`, `*` or `+`.", "*"),
    "toc.indent": Key(
        "The spaces by which a level is indented, from 2 to 4; by default as the flavor needs.", 4
    ),
    "toc.min-headings": Key("A note with fewer headings gets no new table.", 4),
    "toc.flavor": Key("The site whose anchors are written.", "gitlab"),
    "links": Key(
        "How `notelint links` requests external links. Where the notes of a run have several "
        "configurations, the one of the current folder says how; `ignore` is that of each note.",
        {"ignore": ["corp.example"]},
    ),
    "links.timeout": Key("The most seconds for one request, from the look-up of the host on.", 10),
    "links.total-timeout": Key(
        "The most seconds for all requests; links without an answer by then are unknown. By "
        "default there is no such limit.",
        600,
    ),
    "links.concurrency": Key("The most requests under way at once.", 8),
    "links.per-host": Key("The most requests under way at once to one host.", 1),
    "links.spacing": Key("The least seconds between two requests to one host.", 1),
    "links.retries": Key("How often to repeat a request that a host puts off.", 1),
    "links.max-wait": Key(
        "The most seconds to wait for a host that puts requests off; one that asks for more is "
        "given up.",
        30,
    ),
    "links.max-redirects": Key("The most redirects to follow for one link.", 5),
    "links.max-body": Key("The most bytes to read of a page, in search of an anchor.", 1_000_000),
    "links.ignore": Key(
        "Links that are not requested: patterns, no regular expressions; `*` is any text. One with "
        "`://` is compared with the whole address. Any other begins with a host, which also stands "
        "for its subdomains, and may go on with a path. One that does not end in `*` means all "
        "below it, too.",
        ["corp.example", "github.com/*/settings", "http://localhost:*"],
    ),
    "links.accept": Key(
        "Statuses of HTTP that count as alive, beside those from 200 to 299.", [418]
    ),
    "links.headers": Key(
        "Headers to send to a site: a host, or an origin such as `http://wiki.example:8000`. "
        "`${NAME}` is a variable of the environment, if the caller allows it by `--send-env NAME`.",
        {"wiki.example": {"Authorization": "Bearer ${WIKI_TOKEN}"}},
    ),
    "links.user-agent": Key("What requests say of who sends them.", "link check of example.org"),
    "links.sites": Key(
        "Sites on which several addresses lead to one page, for all rules that compare links.",
        [{"hosts": ["wiki.example"], "tracking": ["from"]}],
    ),
    "links.sites.hosts": Key(
        "Hosts, without `www.`; `*.example.com` is every host under `example.com`.",
        ["wiki.example", "*.wiki.example"],
    ),
    "links.sites.rewrites": Key(
        "Pairs of a regular expression, which matches the whole of host and path, and what "
        "replaces it.",
        [["[^/]+(/.*)", "wiki.example\\1"]],
    ),
    "links.sites.caseless": Key(
        "A regular expression for the start of the path that is compared without case.", "/wiki/"
    ),
    "links.sites.tracking": Key(
        "Parameters that only track readers; they are reported and removed.", ["from", "utm_*"]
    ),
    "links.sites.drop": Key("Parameters that do not change what is shown.", ["tab=readme"]),
    "links.sites.wraps": Key(
        "Paths of pages that only lead to another address, with the parameter that holds it.",
        ["/redirect?url"],
    ),
}
