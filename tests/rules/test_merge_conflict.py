from __future__ import annotations

from notelint import lint_text

CONFLICT = """\
# Note

Words[^a] and [b].

<<<<<<< HEAD
## Data

One version

[b]: https://example.org/b
[^a]: Mine.
=======
## Data

Another version
=======

#### Detail

[b]: https://example.org/b
[^a]: Theirs.
>>>>>>> notes
"""


def test_two_versions_are_one_problem() -> None:
    assert [each.rule for each in lint_text(CONFLICT)] == ["merge-conflict"]


def test_without_the_markers_each_is_told() -> None:
    resolved = CONFLICT.replace("<<<<<<< HEAD\n", "").replace(">>>>>>> notes\n", "")
    found = {each.rule for each in lint_text(resolved)}
    assert {"duplicate-heading", "duplicate-definition", "duplicate-footnote"} <= found


def test_other_problems_of_such_a_note_are_told() -> None:
    found = [each.rule for each in lint_text(f"{CONFLICT}\n[c]()\n")]
    assert found == ["merge-conflict", "empty-link"]
