"""``notelint server``: a language server on standard input and output."""

from __future__ import annotations

import argparse

from notelint.cli.common_options import add_switches


def arguments(parser: argparse.ArgumentParser) -> None:
    about = "no effect, since the server uses nothing else; some editors pass it"
    add_switches(parser, {"--stdio": about})


def run(options: argparse.Namespace) -> int:
    """Serve until the editor ends it; return the exit status."""
    from importlib.util import find_spec

    if find_spec("pygls") is None:
        from notelint.config.extras import not_installed

        raise not_installed("pygls", "server")
    from notelint.server.lsp.language_server import serve

    return serve()
