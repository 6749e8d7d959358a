"""``notelint links``: request the external links; report the dead and the moved."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.cli.common_options import add_common, add_switches
from notelint.cli.console import INTERRUPTED, for_log, print_fixed, print_messages
from notelint.cli.inputs import add_force, add_paths, add_since, cache_folder, inputs, layer
from notelint.cli.output import TEXT, add_output, print_report
from notelint.commands.command_settings import LinkSettings
from notelint.config.errors import ConfigError

if TYPE_CHECKING:
    from notelint.commands.link_run import LinkRun
    from notelint.config.configs import Configs
    from notelint.config.model import Config
    from notelint.online.online_settings import OnlineSettings
    from notelint.online.results import LinkReport, Outcome, Status


def arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    add_switches(parser, {"--fix": "update the addresses of pages that have moved permanently"})
    add_force(parser)
    more = {
        "--strict": "also report links whose state is unknown",
        "--suggest-archive": "suggest copies of dead pages in the Wayback Machine",
    }
    add_switches(parser, more)
    add_since(parser, "links")
    group = parser.add_argument_group("network")
    group.add_argument(
        "--timeout", type=float, metavar="SECONDS", help="for one request (default: 20)"
    )
    group.add_argument(
        "--concurrency",
        type=int,
        metavar="N",
        help="simultaneous requests to all hosts (default: 24)",
    )
    of_requests = {
        "--refresh": "request again what is cached",
        "--allow-private": "also request private addresses; not for notes of strangers",
        "--trust-env": "use the proxy, certificates and .netrc file of the environment",
    }
    add_switches(group, of_requests)
    group.add_argument(
        "--send-env",
        metavar="NAME",
        type=_variable,
        action="append",
        default=[],
        help="fill in this environment variable where `links.headers` of a repository names it",
    )
    add_output(parser)
    add_common(parser, jobs=False)
    parser.epilog = (
        "--exclude also takes patterns of links, as `links.ignore` in the configuration does: "
        "`https://example.com/*`, or a host such as `example.com`, with its subdomains."
    )


def _variable(name: str) -> str:
    if not (name.isascii() and name.isidentifier()):
        raise argparse.ArgumentTypeError("must be the name of an environment variable")
    return name


def _may_be_link(pattern: str) -> bool:
    """Whether a *pattern* of ``--exclude`` can be of links: it has not the form of one of files."""
    return "://" in pattern or not (pattern.startswith("*") or pattern.endswith("/"))


def run(options: argparse.Namespace) -> int:
    """Request the links, fix if wanted, and report; return the exit status."""
    from notelint.commands.link_run import check_links

    links, outcomes = check_links(_settings(options), lambda total: _progress(total, options.quiet))
    if links.report.files and not links.judged:
        print_messages(["nothing to request: `dead-link` and `moved-link` are off for these notes"])
    if not options.quiet:
        print_fixed(links.report)
    return _conclude(print_report(links.report, options), links, outcomes, options)


def _settings(options: argparse.Namespace) -> LinkSettings:
    found = inputs(options)
    print_messages(_without_effect(found.configs, found.files))
    online = _online_settings(options, found.configs.main)
    return LinkSettings(
        *found,
        cli_layer=layer(options),
        online=online,
        since=options.since,
        fix=options.fix,
        force=options.force,
        archive=options.suggest_archive,
        strict=options.strict,
    )


def _without_effect(configs: Configs, files: Sequence[str]) -> Iterator[str]:
    """Messages: which settings for requests of the *files* differ from those of the run."""
    main = configs.main
    for each, _ in configs.with_files(map(os.path.abspath, files)):
        keys = [key for key in each.links if key != "ignore"]
        differ = [key for key in keys if each.links[key] != main.links.get(key)]
        if differ:
            names = ", ".join(f"`links.{key.replace('_', '-')}`" for key in differ)
            have = "has" if len(differ) == 1 else "have"
            whose = main.file or "the defaults"
            yield f"{each.file}: {names} {have} no effect; this run takes {whose} for requests"


def _online_settings(options: argparse.Namespace, config: Config) -> OnlineSettings:
    from notelint.config.environment import expand
    from notelint.online.online_settings import OnlineSettings
    from notelint.workspace.git import repository_root

    wanted = dict(config.links)
    wanted["ignore"] = (*wanted.get("ignore", ()), *filter(_may_be_link, options.exclude))
    allowed = None if config.explicit else options.send_env
    wanted["headers"], problems = expand(wanted.get("headers", {}), os.environ, allowed)
    print_messages(problems)
    for name in ("timeout", "concurrency"):
        if (value := getattr(options, name)) is not None:
            wanted[name] = value
    folder = cache_folder(options, config)
    here = os.getcwd()
    cache = folder and folder.file("links", "sqlite", repository_root(here) or here)
    try:
        return OnlineSettings(
            **wanted,
            allow_private=options.allow_private,
            trust_env=options.trust_env,
            cache_path=Path(cache) if cache else None,
            cache_key=folder.content_key if folder else b"",
            refresh=options.refresh,
        )
    except ValueError as error:  # of an option: the configuration is valid
        raise ConfigError(f"--{error}") from None


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[str, Outcome], None]]:
    from collections import Counter

    from notelint.cli.tty import Progress
    from notelint.report.link_summary import counted

    counts: Counter[Status] = Counter()
    with Progress() as bar:

        def on_result(url: str, outcome: Outcome) -> None:
            counts[outcome.status] += 1
            if not quiet:
                bar(counts.total(), total, counted(counts))

        yield on_result


def _conclude(
    status: int, links: LinkRun, outcomes: LinkReport, options: argparse.Namespace
) -> int:
    """Print the summary of the requests to standard error; return the exit status."""
    from notelint.online.results import Status
    from notelint.report.link_summary import render
    from notelint.report.plain_text import count

    unknown = dict(outcomes.with_status(Status.UNKNOWN))
    if outcomes.interrupted:
        left = len(links.places) - len(outcomes.outcomes)
        print_messages([f"interrupted; {count(left, 'link')} not requested"])
    if outcomes.offline:
        number = count(len(unknown), "link")
        print_messages([f"the network cannot be reached: the state of {number} is unknown"])
    elif options.verbose:
        skipped = dict(outcomes.with_status(Status.SKIPPED))
        print_messages(
            f"{path}:{at.start.line}:{at.start.column}: {each.status.value}: {each.reason}: {url}"
            for url, each in {**unknown, **skipped}.items()
            for path, at, _ in links.places[url]
        )
    if options.output_format in TEXT and not options.quiet and not outcomes.offline:
        print(for_log(render(outcomes)), end="", file=sys.stderr)
    if outcomes.interrupted:
        return INTERRUPTED
    if outcomes.offline and options.strict and options.fail_on in (None, "warning"):
        return max(status, int(bool(unknown)))  # which are no findings then
    return status
