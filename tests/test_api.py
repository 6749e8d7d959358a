"""The package as a library: texts in, findings or texts out, and nothing else touched."""

from __future__ import annotations

import inspect
import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings

import notelint
from conftest import Run, Write
from strategies import documents

MESSY = "# A\n\n![]()\n\n- https://example.org/a\n- [a](http://www.example.org/a/)\n"


def names(
    text: str | bytes,
    path: str = "<text>",
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
) -> list[str]:
    return [each.rule for each in notelint.lint_text(text, path, select=select, ignore=ignore)]


# ------------------------------------------------------------------ what stays silent


def test_other_files_are_not_judged() -> None:
    text = "# A\n\n[b](b.md), [c](b.md#no-such), [d](/d/e), ![e](../e.png), [f](run.py#L99)\n"
    assert notelint.lint_text(text, "notes/a.md") == []


def test_a_comment_about_other_files_may_be_needed() -> None:
    for rule in ("missing-file", "broken-anchor", "links"):
        assert names(f"# A\n\n<!-- notelint-disable-next-line {rule} -->\n[b](b.md#x)\n") == []


def test_no_configuration_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".notelint.yaml").write_text("ignore: [empty-image]\nno such key: 1\n")
    monkeypatch.chdir(tmp_path)
    assert names("# A\n\n![]()\n") == ["empty-image"]


def test_the_disk_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# A\n\n[b](b.md#x), [c](c.md)\n"
    monkeypatch.chdir(tmp_path)
    before = notelint.lint_text(text, "a.md")
    for name in ("a.md", "b.md", "C.md"):
        (tmp_path / name).write_text("# Something else\n")
    assert notelint.lint_text(text, "a.md") == before == []


# ------------------------------------------------------------------ what is found


def test_findings_in_order_with_their_places() -> None:
    image, link = notelint.lint_text(MESSY, "notes/a.md")
    assert (image.path, image.rule, image.range.start) == ("notes/a.md", "empty-image", (3, 1))
    assert (link.rule, link.range.start, link.related[0].range.start) == (
        "duplicate-link",
        (6, 3),
        (5, 3),
    )


def test_anchors_of_the_text_itself() -> None:
    text = "# A\n\n[x](#no-such), [y](a.md#neither), [z](#A)\n"
    assert names(text, path="a.md") == ["broken-anchor", "broken-anchor", "anchor-case"]


def test_a_comment_that_suppresses_nothing() -> None:
    assert names("# A\n\n<!-- notelint-disable-next-line empty-image -->\nText.\n") == [
        "unused-suppression"
    ]


def test_rules_are_selected_as_on_the_command_line() -> None:
    assert names(MESSY, select=["images"]) == ["empty-image"]
    assert names(MESSY, ignore=["empty-image"]) == ["duplicate-link"]
    assert names("![](a.png)\n", select=["image-alt", "missing-title"]) == [
        "image-alt",
        "missing-title",
    ]


def test_an_unknown_rule() -> None:
    with pytest.raises(ValueError, match="unknown rule or category `no-such`"):
        names("# A\n", select=["no-such"])
    with pytest.raises(ValueError, match="did you mean `empty-image`"):
        names("# A\n", ignore=["emty-image"])


def test_bytes_that_are_not_utf8() -> None:
    assert names(b"# A\n\n![]()\n\xff\n") == ["not-utf8"]
    assert notelint.fix_text(b"# A\n\n![]()\n\xff\n") == b"# A\n\n![]()\n\xff\n"


def test_the_same_as_the_command_where_no_other_file_matters(notelint: Run, write: Write) -> None:
    from notelint import lint_text

    write("a.md", MESSY)
    found = json.loads(notelint("check", "--output-format", "json", "a.md").out)["findings"]
    assert [(each["line"], each["column"], each["message"]) for each in found] == [
        (*each.range.start, each.message) for each in lint_text(MESSY, "a.md")
    ]


# ------------------------------------------------------------------ fixing


def test_safe_fixes_and_the_others() -> None:
    safe = "# A\n\n- https://example.org/a\n- [a](http://www.example.org/a/)\n"
    assert notelint.fix_text(MESSY).replace("\n\n\n", "\n\n") == safe
    twice = safe.replace("[a](http://www.", "https://www.").replace("/a/)", "/a/")
    assert "www" not in notelint.fix_text(twice, unsafe=True)
    assert notelint.fix_text(MESSY, ignore=["images"]) == MESSY


def test_what_no_fix_touches_stays_as_it_is() -> None:
    text = "\ufeff# A  \r\n\n![x](a\\b.png)\t\r\ntext"
    fixed = text.replace("a\\b", "a/b")
    assert notelint.fix_text(text) == fixed
    assert notelint.fix_text(text.encode()) == fixed.encode()


@settings(max_examples=100)
@given(documents)
def test_a_second_time_changes_nothing(text: str) -> None:
    fixed = notelint.fix_text(text, unsafe=True)
    assert notelint.fix_text(fixed, unsafe=True) == fixed
    assert notelint.lint_text(text) == notelint.lint_text(text)


# ------------------------------------------------------------------ as a module


def test_public_names() -> None:
    for name in notelint.__all__:
        assert name in dir(notelint)
        assert getattr(notelint, name) is getattr(notelint, name)
    assert not hasattr(notelint, "no_such_thing")


def test_a_document() -> None:
    doc = notelint.Document.of("# A\n\n[b](c.md)\n")
    assert [each.slug for each in doc.headings] == ["a"]
    assert [doc.slice(each.target) for each in doc.links] == ["c.md"]


def test_functions_and_findings_travel_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(notelint.lint_text)) is notelint.lint_text
    found = notelint.lint_text(MESSY)
    assert pickle.loads(pickle.dumps(found)) == found


def test_to_import_the_package_loads_nothing_of_it() -> None:
    code = "import sys, notelint; print(*(m for m in sys.modules if m.startswith('notelint')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.split() == [b"notelint"]


# ------------------------------------------------------------------ files, tables, rules


def test_files_are_checked_as_by_the_command(
    notelint: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import notelint as api

    monkeypatch.chdir(tmp_path)
    write("a.md", MESSY)
    write("own.yaml", "ignore: [images]\n")
    lines = notelint("check", "--quiet").out.splitlines()
    assert [str(each) for each in api.check()] == lines
    assert [each.rule for each in api.check(["a.md"], config="own.yaml")] == ["duplicate-link"]
    with pytest.raises(api.NotelintError, match=r"no\.md") as told:
        api.check([tmp_path / "no.md", "a.md"])
    assert len(told.value.diagnostics) == 2


def test_a_table_of_contents() -> None:
    made = notelint.toc_text("# A\n\n## B\n")
    assert "- [A](#a)\n  - [B](#b)\n" in made
    assert notelint.toc_text(made) == made
    assert notelint.toc_text(b"# A\n", update_only=True) == b"# A\n"
    with pytest.raises(notelint.NotelintError, match="min-level and max-level must be"):
        notelint.toc_text("# A\n", min_level=3, max_level=2)


def test_rules_are_listed() -> None:
    assert notelint.rules() == notelint.all_rules()
    assert "empty-image" in [each.name for each in notelint.all_rules()]


def test_wrong_types_are_told() -> None:
    with pytest.raises(TypeError, match="text must be str or bytes, not int"):
        notelint.lint_text(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="select must be a list of names, not str"):
        notelint.lint_text("x", select="toc")
    with pytest.raises(TypeError, match=r"a path must be str or os\.PathLike, not int"):
        notelint.check([3])  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"a path must be str or os\.PathLike, not int"):
        notelint.check(3)  # type: ignore[arg-type]


def test_the_fields_of_a_diagnostic_are_shown() -> None:
    shown = inspect.signature(notelint.Diagnostic).parameters
    assert [*shown][:4] == ["path", "range", "rule", "category"]
    assert shown["related"].default == ()
    assert all(inspect.getdoc(getattr(notelint.Diagnostic, each)) for each in shown)
    assert inspect.getdoc(notelint.Diagnostic.path) == (
        "the file, relative to the current folder, with ``/``"
    )
    (found,) = notelint.lint_text("![]()\n")
    assert found._asdict()["rule"] == "empty-image"


def test_a_document_is_made_of_text() -> None:
    assert [each.text for each in notelint.Document("# A\n").headings] == ["A"]
    assert notelint.Document(b"\xef\xbb\xbf# A\n").source.bom
    with pytest.raises(TypeError, match="text must be str or bytes, not int"):
        notelint.Document(3)  # type: ignore[arg-type]
