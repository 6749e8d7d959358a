"""Many links of a note into one folder or to one anchor that is not there are one finding."""

from __future__ import annotations

import json
from typing import Any

import pytest

import notelint as library
from conftest import Run, Write

PAPERS = [f"- [{n}](papers/{n % 3}/{n}.pdf)" for n in range(6)] + [
    f"![{n}](papers/{n}.png)" for n in range(6)
]
F = "known.json"


def told(run: Run, *options: str) -> list[Any]:
    found: list[Any] = json.loads(run("check", "--output-format", "json", *options).out)["findings"]
    return found


def note(lines: list[str]) -> str:
    return "# A\n\n" + "\n\n".join(lines) + "\n"


def test_they_are_told_at_the_first_naming_ten_more(notelint: Run, write: Write) -> None:
    write("a.md", note(PAPERS))
    write("b.md", note(PAPERS[:9]))
    for _ in range(2):  # the second time from the cache
        first, *others = told(notelint)
        assert first["message"] == "12 links lead into `papers/`, which does not exist"
        assert (first["line"], first["column"]) == (3, 7)
        assert len(first["related"]) == 10
        assert first["related"][0]["message"] == "`papers/1/1.pdf`"
        assert [each["path"] for each in others] == ["b.md"] * 9


def test_an_anchor(notelint: Run, write: Write) -> None:
    write("a.md", note(["[x](#gone) [x](b.md#gone)"] * 10))
    write("b.md", "# B\n\nText.\n")
    assert [each["message"] for each in told(notelint)] == [
        "10 links lead to `#gone`, for which there is no heading or id",
        "10 links lead to `#gone` in `b.md`, for which there is no heading or id",
    ]
    (found,) = library.lint_text(note(["[x](#gone)"] * 10))
    assert found.message.startswith("10 links lead to `#gone`")


def test_links_without_a_destination(notelint: Run, write: Write) -> None:
    write("a.md", note([f"a [gift {n}]() and [{n}](#)" for n in range(9)] + ["[gift]()"]))
    found = [each["message"] for each in told(notelint)]
    assert found == [
        "10 links have no destination",
        *["link leads only to the top of the page"] * 9,
    ]


def test_a_folder_that_is_nearly_called_so(notelint: Run, write: Write) -> None:
    write("paper/x.txt", "")
    write("a.md", note(PAPERS))
    (found,) = told(notelint)
    assert found["message"].endswith("which does not exist; did you mean `paper/`?")


def test_what_is_suppressed_does_not_count(notelint: Run, write: Write) -> None:
    quiet = "<!-- notelint-disable-next-line missing-file -->\n" + PAPERS[0]
    write("a.md", note([quiet, *PAPERS[1:11]]))
    (found,) = told(notelint)
    assert found["message"].startswith("10 links")
    assert found["line"] == 6
    write("a.md", note([quiet, *PAPERS[1:10]]))
    assert [each["rule"] for each in told(notelint)] == ["missing-file"] * 9


def test_what_is_known_does_not_count(notelint: Run, write: Write) -> None:
    write("a.md", note(PAPERS[:10]))
    notelint("check", "--write-baseline", F)
    assert told(notelint, "--baseline", F) == []
    write("a.md", note(PAPERS[:11]))
    (found,) = told(notelint, "--baseline", F)
    assert found["message"] == "image `papers/4.png` does not exist"
    write("a.md", note(PAPERS[:8]))
    assert told(notelint, "--baseline", F) == []


def test_all_that_can_be_are_fixed(notelint: Run, write: Write) -> None:
    for number in range(11):
        write(f"new/{number}-the-name-of-a-paper.md", "# A\n\nText.\n")
    lines = [f"[{n}](old/{n}-the-name-of-a-paper.md)" for n in range(12)]
    path = write("a.md", note(lines))
    (found,) = told(notelint)
    assert found["message"] == "12 links lead into `old/`, which does not exist"
    assert len(found["fix"]["edits"]) == 11
    assert found["fix"]["message"].endswith("; 11 of 12 in all")
    notelint("fix", "--unsafe")
    assert path.read_text() == note(
        [*(each.replace("old", "new") for each in lines[:11]), lines[11]]
    )


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_a_fingerprint_does_not_depend_on_their_number(
    notelint: Run, write: Write, form: str
) -> None:
    marks = []
    for lines in (PAPERS, PAPERS[1:]):
        write("a.md", note(lines))
        (found,) = found_in(json.loads(notelint("check", "--output-format", form).out))
        marks.append(found.get("partialFingerprints") or found["fingerprint"])
    assert marks[0] == marks[1]


def found_in(report: Any) -> list[Any]:
    found: list[Any] = report if isinstance(report, list) else report["runs"][0]["results"]
    return found
