"""Blanks in addresses, as notes have them in angle brackets and attributes."""

from __future__ import annotations

from commands.links.conftest import Run, Write
from online.web import Web, status


def test_a_page_whose_address_has_a_blank(links: Run, write: Write, web: Web) -> None:
    web.routes["/a%20b.pdf"] = status(200)
    url = web.url("/a b.pdf")
    write("a.md", f'[a](<{url}>) <a href="{url}">b</a> ![c](<{web.url("/c d.png")}>)\n')
    ran = links("--quiet")
    assert ran.out.count("dead-link") == 1
    assert "/c d.png` is dead: 404" in ran.out
    assert web.asked("/a%20b.pdf") == ["HEAD"]
