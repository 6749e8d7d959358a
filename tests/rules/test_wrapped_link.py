"""Pages that lead to another address, on sites of the user."""

from __future__ import annotations

from conftest import Run, Write


def test_a_site_of_the_user(notelint: Run, write: Write) -> None:
    write(
        ".notelint.yaml",
        "links:\n  sites:\n    - hosts: ['go.corp.example']\n      wraps: ['/out?to']\n",
    )
    note = write("a.md", "[a](https://go.corp.example/out?to=https%3A%2F%2Fa.org%2Fb&x=1)\n")
    other = write("b.md", "[a](https://go.corp.example/in?to=https%3A%2F%2Fa.org%2Fb)\n")
    text = other.read_text()
    assert notelint("fix", "--no-cache", "--select", "wrapped-link", ".").status == 0
    assert note.read_text() == "[a](https://a.org/b)\n"
    assert other.read_text() == text
