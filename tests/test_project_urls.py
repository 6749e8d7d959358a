"""From a finding to its page: the address that the installed distribution names."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options

from installation import Installation
from notelint.rules import CATALOG

DOCS = Path(__file__).parent.parent / "docs"
SITE, FORGE = "https://docs.example.org/notelint", "https://git.example.org/team/notelint"
CASES = [
    ({"Documentation": f"{SITE}/"}, SITE, "/"),
    ({"Homepage": "https://example.org", "documentation": SITE, "Repository": FORGE}, SITE, "/"),
    ({"Documentation": f"{FORGE}/tree/main/docs"}, f"{FORGE}/tree/main/docs", ".md"),
    ({"Repository": f"{FORGE}.git"}, f"{FORGE}/blob/HEAD/docs", ".md"),
]


@pytest.mark.parametrize(("urls", "folder", "end"), CASES)
def test_every_address_is_that_of_a_page(
    tmp_path: Path, urls: dict[str, str], folder: str, end: str
) -> None:
    installed = Installation(tmp_path, urls=urls)
    listed = json.loads(installed.run(tmp_path, "rules", "--output-format", "json").out)["rules"]
    assert len(listed) == len(CATALOG)
    for rule in listed:
        path = rule["url"].removeprefix(f"{folder}/").removesuffix(end)
        assert (DOCS / f"{path}.md").is_file(), rule["url"]


def test_reports_lead_to_the_page(tmp_path: Path) -> None:
    installed = Installation(tmp_path, urls={"Documentation": SITE})
    (tmp_path / "a.md").write_text("# A\n\n![]()\n", "utf-8")
    page = f"{SITE}/rules/empty-image/"

    def output(form: str) -> str:
        return installed.run(tmp_path, "check", "--output-format", form, "a.md").out

    [run] = json.loads(output("sarif"))["runs"]
    assert run["tool"]["driver"]["informationUri"] == SITE
    [rule] = run["tool"]["driver"]["rules"]
    assert rule["helpUri"] == page
    assert json.loads(output("rdjsonl"))["code"] == {"value": "empty-image", "url": page}
    assert installed.run(tmp_path, "rules", "empty-image").out.endswith(f"\n{page}\n")


def test_the_summary_of_a_step_leads_to_the_page(tmp_path: Path) -> None:
    installed = Installation(tmp_path, urls={"Documentation": 'https://e.org/a|b"><b>'})
    (tmp_path / "a.md").write_text("# A\n\n![]()\n", "utf-8")
    installed.run(tmp_path, "check", "--summary-file", "summary", "a.md")
    for text in (
        (tmp_path / "summary").read_text("utf-8"),
        installed.run(tmp_path, "report", "--output-format", "markdown", "a.md").out,
    ):
        html = github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
        link = r'<td><a href="([^"]*)"><code>empty-image</code></a></td>'
        [address] = map(unescape, re.findall(link, html))
        assert address == 'https://e.org/a|b"><b>/rules/empty-image/'


def test_the_schema_has_an_address_in_the_documentation(tmp_path: Path) -> None:
    installed = Installation(tmp_path, urls={"Documentation": SITE})
    schema = json.loads(installed.run(tmp_path, "init", "--schema").out)
    assert (DOCS / schema["$id"].removeprefix(f"{SITE}/")).is_file()


@pytest.mark.parametrize(
    "urls",
    [
        None,
        {"Changelog": "https://example.org"},
        {"Documentation": "docs"},
        {"Documentation": "https://example.org/a b"},
        {"Documentation": "javascript:alert(1)"},
        {"Documentation": "https://example.org/\x1b]8"},
    ],
)
def test_without_an_address_nothing_is_linked(tmp_path: Path, urls: dict[str, str] | None) -> None:
    installed = Installation(tmp_path, urls=urls)
    (tmp_path / "a.md").write_text("# A\n\n![]()\n", "utf-8")
    [run] = json.loads(installed.run(tmp_path, "check", "--output-format", "sarif", "a.md").out)[
        "runs"
    ]
    assert "helpUri" not in run["tool"]["driver"]["rules"][0]
    assert "$id" not in json.loads(installed.run(tmp_path, "init", "--schema").out)


def test_a_distribution_in_the_folder_is_not_believed(tmp_path: Path) -> None:
    installed = Installation(tmp_path, urls={"Documentation": SITE})
    info = tmp_path / "clone" / "notelint-9.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: notelint\nVersion: 9\n"
        "Project-URL: Documentation, https://stranger.example.org\n",
        "utf-8",
    )
    ran = installed.run(info.parent, "rules", "empty-image", env={"PYTHONSAFEPATH": ""})
    assert SITE in ran.out
    assert "stranger" not in ran.out
