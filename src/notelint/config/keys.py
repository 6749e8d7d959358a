"""The meaning of each configuration key, with an example; options of rules are in their pages."""

from __future__ import annotations

from typing import Any

from notelint.text.startup import NamedTuple


class Key(NamedTuple):
    """The description of a key, a sentence or more, and a value that someone may write."""

    description: str
    example: Any


_NAMES = (
    "The list takes rules and categories; `default` stands for all rules that are on by default, "
    "`all` for every rule."
)
_GLOB = (
    "`*` matches any text within a name, `**` any folders, `?` one character. A pattern without "
    "`/` matches a name at any depth; one that matches a folder covers everything in it. Patterns "
    "are relative to the folder of the configuration."
)

KEYS = {
    "select": Key(
        f"Turn on these rules and no others. {_NAMES} To keep the default rules and add some, use "
        "`extend-select`.",
        ["default", "image-alt"],
    ),
    "extend-select": Key(f"Turn on these rules as well. {_NAMES}", ["image-alt"]),
    "ignore": Key(f"Turn off these rules. {_NAMES}", ["heading-skip"]),
    "severity": Key(
        "The severity of a rule or a category: `error` or `warning`. A rule overrides its "
        "category.",
        {"heading-skip": "error", "toc": "warning"},
    ),
    "fail-on": Key(
        "The problems that make a command exit with 1: `error` for errors only, `warning` for "
        "errors and warnings, `never` for none.",
        "error",
    ),
    "include": Key(
        f"Files to read as notes besides `.md` and `.markdown`: suffixes or patterns. {_GLOB}",
        [".mdx", "docs/**/*.qmd"],
    ),
    "exclude": Key(
        "Patterns of files and folders to skip, even when they are named on the command line. "
        f"{_GLOB} A configuration inside an excluded folder is not read either.",
        ["vendor/", "*.gen.md"],
    ),
    "per-file": Key(
        "Settings that apply only to the notes that match a pattern: `select`, `extend-select`, "
        "`ignore`, `severity`, `rules`, `toc`. `--select` does not turn on a rule that is ignored "
        f"here. {_GLOB}",
        {"CHANGELOG.md": {"ignore": ["duplicate-heading"]}},
    ),
    "rules": Key(
        "Options of individual rules. `notelint rules NAME` explains those of a rule.",
        {"duplicate-link": {"across-files": True}},
    ),
    "cache-dir": Key(
        "The cache folder. It must be inside the repository; by default the cache is in your own "
        "cache folder.",
        "build/notelint",
    ),
    "toc": Key("How `notelint toc` and `fix` write tables of contents.", {"min-level": 2}),
    "toc.title": Key(
        "The line above the list. By default an existing line is kept, and a new table gets "
        "doctoc's.",
        "## Contents",
    ),
    "toc.no-title": Key("Write no line above the list.", True),
    "toc.min-level": Key("The highest heading level to list; 2 leaves out the title.", 2),
    "toc.max-level": Key("The lowest heading level to list.", 3),
    "toc.all": Key("List the headings above the table too.", True),
    "toc.update-only": Key("Refresh existing tables only; create none.", True),
    "toc.ordered": Key("Number the entries.", True),
    "toc.bullet": Key("The marker of entries: `-`, `*` or `+`.", "*"),
    "toc.indent": Key(
        "The number of spaces per level, from 2 to 4. The default depends on the flavor.", 4
    ),
    "toc.min-headings": Key("The number of headings a note needs to get a new table.", 4),
    "toc.flavor": Key("The site for which anchors are written.", "gitlab"),
    "links": Key(
        "How `notelint links` requests external links. If the notes have several configurations, "
        "that of the current folder applies; only `ignore` is taken from each note's own.",
        {"ignore": ["corp.example"]},
    ),
    "links.timeout": Key(
        "The time limit of one request, in seconds, including the DNS lookup.", 10
    ),
    "links.total-timeout": Key(
        "The time limit of the whole run, in seconds. Links that have not answered by then count "
        "as unknown. By default there is no limit.",
        600,
    ),
    "links.concurrency": Key("The maximum number of requests at a time.", 8),
    "links.per-host": Key("The maximum number of requests to one host at a time.", 1),
    "links.spacing": Key("The minimum time between two requests to one host, in seconds.", 1),
    "links.retries": Key("How often to retry a request when the host asks to wait (429, 503).", 1),
    "links.max-wait": Key(
        "The maximum time to wait when a host asks to, in seconds. A request is given up if the "
        "host asks for more.",
        30,
    ),
    "links.max-redirects": Key("The maximum number of redirects to follow for one link.", 5),
    "links.max-body": Key(
        "The maximum number of bytes of a page to search for an anchor.", 1_000_000
    ),
    "links.ignore": Key(
        "Patterns of links not to request. `*` matches any text. A pattern with `://` is compared "
        "with the whole address. Any other pattern is a host, which covers its subdomains, and may "
        "have a path. A pattern covers everything below its path.",
        ["corp.example", "github.com/*/settings", "http://localhost:*"],
    ),
    "links.accept": Key("HTTP status codes that count as alive, besides 200 to 299.", [418]),
    "links.headers": Key(
        "Headers to send to a site, which is a host or an origin such as "
        "`http://wiki.example:8000`. `${NAME}` is replaced by the environment variable if the "
        "command has `--send-env NAME`.",
        {"wiki.example": {"Authorization": "Bearer ${WIKI_TOKEN}"}},
    ),
    "links.user-agent": Key("The `User-Agent` header.", "link check of example.org"),
    "links.sites": Key(
        "Sites that serve one page under several addresses. All rules that compare links use this.",
        [{"hosts": ["wiki.example"], "tracking": ["from"]}],
    ),
    "links.sites.hosts": Key(
        "Hosts, without `www.`. `*.example.com` matches every subdomain of `example.com`.",
        ["wiki.example", "*.wiki.example"],
    ),
    "links.sites.rewrites": Key(
        "Pairs of a regular expression and its replacement. The expression must match the host and "
        "the path as a whole.",
        [["[^/]+(/.*)", "wiki.example\\1"]],
    ),
    "links.sites.caseless": Key(
        "A regular expression. The start of a path that it matches is compared without case.",
        "/wiki/",
    ),
    "links.sites.tracking": Key(
        "Query parameters that only track readers. They are reported and removed.",
        ["from", "utm_*"],
    ),
    "links.sites.drop": Key(
        "Query parameters that make no difference to the page. They are ignored in comparisons.",
        ["tab=readme"],
    ),
    "links.sites.wraps": Key(
        "Paths of redirect pages, each with the query parameter that holds the real address.",
        ["/redirect?url"],
    ),
}
