"""``notelint links``: ask for the external links, and report the dead and the moved."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.cli import common
from notelint.cli.output import add_output, report
from notelint.config.errors import ConfigError

if TYPE_CHECKING:
    from notelint.cli.common import Inputs
    from notelint.commands.links import LinesOf, LinkRun
    from notelint.config.model import Config
    from notelint.engine.linter import RulesFor
    from notelint.online.online_settings import OnlineSettings
    from notelint.online.results import LinkReport, Outcome, Status

_INTERRUPTED = 130  # as shells say it


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    common.add_paths(parser)
    parser.add_argument(
        "--fix", action="store_true", help="put in the new address of what has moved for good"
    )
    common.add_force(parser)
    parser.add_argument(
        "--strict", action="store_true", help="also fail on links of which nobody can tell"
    )
    parser.add_argument(
        "--suggest-archive",
        action="store_true",
        help="ask the Wayback Machine for copies of the dead",
    )
    parser.add_argument(
        "--since",
        metavar="REF",
        help="only links on lines changed since the work left this git revision",
    )
    group = parser.add_argument_group("network")
    group.add_argument("--timeout", type=float, metavar="SECONDS", help="for one request (20)")
    group.add_argument(
        "--concurrency", type=int, metavar="N", help="requests at once, to all hosts (24)"
    )
    group.add_argument(
        "--refresh", action="store_true", help="ask anew for what the cache has an answer to"
    )
    group.add_argument("--no-cache", action="store_true", help="neither read nor keep answers")
    group.add_argument(
        "--allow-private",
        action="store_true",
        help="ask addresses that are not public, too; never for notes of strangers",
    )
    group.add_argument(
        "--trust-env",
        action="store_true",
        help="use the proxy, the certificates and the .netrc file that the environment names",
    )
    group.add_argument(
        "--send-env",
        metavar="NAME",
        type=_variable,
        action="append",
        default=[],
        help="let headers of a configuration found in the tree hold this environment variable",
    )
    common.add_rules(parser)
    add_output(parser)


def _variable(name: str) -> str:
    if not (name.isascii() and name.isidentifier()):
        raise argparse.ArgumentTypeError("must be the name of an environment variable")
    return name


def run(options: argparse.Namespace) -> int:
    """Ask, fix if wanted, and report; the exit status."""
    from notelint.commands.links import LinkRun
    from notelint.engine.web_links import Answers
    from notelint.online.link_check import check_urls

    inputs = common.inputs(options)
    settings = _settings(options, inputs.config)
    links = LinkRun(inputs.files, _rules_for(options, inputs), _lines(options.since))
    if links.report.files and not links.judged:
        if options.select:
            raise ConfigError("--select names neither `dead-link` nor `moved-link`")
        common.tell(["nothing to ask for: `dead-link` and `moved-link` are off here"])
    with _progress(len(links.places), options.quiet) as on_result:
        asked = check_urls(links.places, settings, on_result)
    copies = _copies(asked, settings) if options.suggest_archive and not asked.interrupted else {}
    answers = Answers(asked.outcomes, copies)
    found = links.finish(answers, fix=options.fix and not asked.interrupted, force=options.force)
    found.problems[:0] = inputs.problems
    common.tell_fixed(found)
    status = report(found, options)
    return _conclude(status, asked, links, options)


def _lines(since: str | None) -> LinesOf:
    """The lines of each note whose links are asked for."""
    if since is None:
        return lambda note: None
    from notelint.commands.since import Changed

    return Changed(since).lines


def _rules_for(options: argparse.Namespace, inputs: Inputs) -> RulesFor:
    from notelint.engine.rule_sets import RuleSets

    return RuleSets(inputs.config, common.layer(options))


def _settings(options: argparse.Namespace, config: Config) -> OnlineSettings:
    import os

    from notelint.config.tokens import expand
    from notelint.online.online_settings import OnlineSettings
    from notelint.workspace.git import repository_root

    wanted = dict(config.links)
    allowed = None if config.given else options.send_env
    wanted["headers"], problems = expand(wanted.get("headers", {}), os.environ, allowed)
    common.tell(problems)
    for name in ("timeout", "concurrency"):
        if (value := getattr(options, name)) is not None:
            wanted[name] = value
    folder = None if options.no_cache else common.cache_folder(config)
    here = os.getcwd()
    kept = folder and folder.file("links", "sqlite", repository_root(here) or here)
    try:
        return OnlineSettings(
            **wanted,
            allow_private=options.allow_private,
            trust_env=options.trust_env,
            cache_path=Path(kept) if kept else None,
            cache_key=folder.content_key if folder else b"",
            refresh=options.refresh,
        )
    except ValueError as error:
        raise ConfigError(str(error)) from None


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[str, Outcome], None] | None]:
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from collections import Counter

    from notelint.cli.progress import Progress
    from notelint.report.link_summary import counted

    counts: Counter[Status] = Counter()
    with Progress() as bar:

        def on_result(url: str, outcome: Outcome) -> None:
            counts[outcome.status] += 1
            bar(counts.total(), total, counted(counts))

        yield on_result


def _copies(asked: LinkReport, settings: OnlineSettings) -> dict[str, str]:
    """Addresses of copies of the pages that are gone."""
    from notelint.online.address import fault
    from notelint.online.link_check import archived
    from notelint.online.results import Status

    gone = [url for url, _ in asked.with_status(Status.DEAD) if not fault(url)]
    return archived(gone, settings)


def _conclude(status: int, asked: LinkReport, links: LinkRun, options: argparse.Namespace) -> int:
    """Say on standard error how the asking went; the exit status."""
    from notelint.online.results import Status
    from notelint.report.link_summary import render
    from notelint.report.plain_text import count

    unknown = dict(asked.with_status(Status.UNKNOWN))
    if asked.interrupted:
        left = len(links.places) - len(asked.outcomes)
        common.tell([f"interrupted; {count(left, 'link')} not asked for"])
    if asked.offline:
        number = count(len(unknown), "link")
        common.tell([f"the network cannot be reached: nothing is known of {number}"])
    elif options.strict:
        common.tell(
            f"{place.path}:{place.line}:{place.column}: unknown: {outcome.reason}: {url}"
            for url, outcome in unknown.items()
            for place in links.places[url]
        )
    if options.output_format == "text" and not options.quiet and not asked.offline:
        print(common.for_log(render(asked)), end="", file=sys.stderr)
    if asked.interrupted:
        return _INTERRUPTED
    return max(status, int(options.strict and bool(unknown)))
