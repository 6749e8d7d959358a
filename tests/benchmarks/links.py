"""How long many links take, against the best that the limits allow, and how much memory.

    python tests/benchmarks/links.py                      # 5,000 links, 50 hosts, 50 ms an answer
    python tests/benchmarks/links.py --urls 300 --body 1000    # pages of 1,000 kB, all searched

The hosts are addresses of this machine (127.0.0.1 and up: on macOS they have to be set up first).
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import resource
import sys
import time
from multiprocessing.connection import Connection

from notelint.online.link_check import check_urls
from notelint.online.online_settings import OnlineSettings


def main() -> None:
    """Run one measurement, and print it."""
    options = _options()
    ready, child = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    server = context.Process(target=_serve, args=(child, options), daemon=True)
    server.start()
    port = ready.recv()
    fragment = "#missing" if options.body else ""
    urls = [
        f"http://127.0.0.{number % options.hosts + 1}:{port}/{number}{fragment}"
        for number in range(options.urls)
    ]
    settings = OnlineSettings(
        allow_private=True,
        concurrency=options.concurrency,
        per_host=options.per_host,
        spacing=options.spacing,
    )
    before = _peak()
    start = time.perf_counter()
    report = check_urls(urls, settings)
    seconds = time.perf_counter() - start
    server.terminate()
    best = _best(options)
    counts = {status.value: count for status, count in report.by_status().items() if count}
    print(f"{report.requests} requests, {counts}")
    print(f"{seconds:.1f} s, best possible {best:.1f} s, factor {seconds / best:.2f}")
    print(
        f"processor {time.process_time():.1f} s; memory {before:.0f} MB before, {_peak():.0f} peak"
    )


def _options() -> argparse.Namespace:
    defaults = OnlineSettings()
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--urls", type=int, default=5000)
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--delay", type=float, default=0.05, help="seconds before an answer")
    parser.add_argument("--body", type=int, default=0, help="kB of each page, read for an anchor")
    parser.add_argument("--concurrency", type=int, default=defaults.concurrency)
    parser.add_argument("--per-host", type=int, default=defaults.per_host)
    parser.add_argument("--spacing", type=float, default=defaults.spacing)
    return parser.parse_args()


def _best(options: argparse.Namespace) -> float:
    """The time that the limits and the servers leave, were all else free."""
    each = -(-options.urls // options.hosts)
    return float(
        max(
            options.urls * options.delay / options.concurrency,
            each * options.delay / options.per_host,
            (each - 1) * options.spacing + options.delay,
        )
    )


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _serve(ready: Connection, options: argparse.Namespace) -> None:
    body = b"<h1 id=a>A page</h1>" + b"<p class=x>Words of a page.</p>\n" * (options.body * 32)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(options.delay)
                writer.write(head if request.startswith(b"HEAD") else head + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def serve() -> None:
        port = 0
        for number in range(options.hosts):
            server = await asyncio.start_server(answer, f"127.0.0.{number + 1}", port)
            port = server.sockets[0].getsockname()[1]
        ready.send(port)
        await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
