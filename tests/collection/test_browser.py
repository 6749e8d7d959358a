"""The page in a browser, where one is installed: Chromium, driven by Playwright."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

from collection.test_page import hostile
from conftest import Run, Write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)

pytestmark = pytest.mark.skipif(_CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Seen(NamedTuple):
    """An open page; what it asked for, and what it said."""

    page: Page
    requests: list[str]
    said: list[str]


@pytest.fixture
def opened(browser: Browser, notelint: Run, tmp_path: Path) -> Callable[..., Seen]:
    """Make the report, and open it; without *scripts* these are turned off."""

    def see(*arguments: str, scripts: bool = True, scheme: Scheme = "light") -> Seen:
        assert notelint("report", "--output-file", "page.html", *arguments).status == 0
        context = browser.new_context(java_script_enabled=scripts, color_scheme=scheme)
        page = context.new_page()
        seen = Seen(page, [], [])
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda error: seen.said.append(str(error)))
        page.on("dialog", lambda dialog: seen.said.append(dialog.message))
        page.goto((tmp_path / "page.html").as_uri())
        return seen

    return see


def notes(write: Write) -> None:
    """An index of three notes, one of which nothing links."""
    write("README.md", "# Index\n\n- [Aä](a.md)\n- [B](b.md)\n")
    write("a.md", "# A\n\nOne two three. [gone](gone.md) [b](b.md)\n")
    write("b.md", "# B 笔记\n\n" + "Many words. " * 30 + "\n\n[x]() [y]()\n")
    write("c.md", "# C\n\nNothing.\n")


def names(page: Page) -> list[str]:
    """The notes that the table shows, in its order."""
    cells = page.locator("#notes-table tbody tr:visible td:first-child")
    found: list[str] = cells.evaluate_all(
        "all => all.map((each) => each.firstChild.textContent.trim())"
    )
    return found


def test_it_asks_for_nothing_and_is_silent(
    opened: Callable[..., Seen], write: Write, tmp_path: Path
) -> None:
    hostile(write)
    seen = opened()
    seen.page.locator("#choose").fill("b.md")
    assert seen.page.locator("#chosen").inner_text() == "b.md"
    assert [each for each in seen.requests if each != (tmp_path / "page.html").as_uri()] == []
    assert seen.said == []
    assert seen.page.locator("img").count() == 0


def test_sorting_by_mouse_and_keys(opened: Callable[..., Seen], write: Write) -> None:
    notes(write)
    page = opened().page
    assert names(page) == ["b.md", "a.md", "README.md", "c.md"]
    head = page.locator("#notes-table th")
    head.get_by_role("button", name="Words").click()
    assert names(page)[0] == "b.md"
    assert head.nth(5).get_attribute("aria-sort") == "descending"
    head.get_by_role("button", name="Words").press("Enter")
    assert names(page)[-1] == "b.md"
    head.get_by_role("button", name="Note").press("Space")
    assert names(page) == sorted(names(page))
    head.get_by_role("button", name="Links in").click()
    assert names(page)[0] == "b.md"


def test_filtering(opened: Callable[..., Seen], write: Write) -> None:
    notes(write)
    page = opened().page
    page.locator("#filter").fill("笔记")
    assert names(page) == ["b.md"]
    assert page.locator("#shown").inner_text() == "1 of 4 notes"
    page.locator("#filter").fill("")
    page.locator("#only-problems").check()
    assert names(page) == ["b.md", "a.md"]
    page.locator("#only-problems").uncheck()
    page.locator("#only-unreachable").check()
    assert names(page) == ["c.md"]


def test_choosing_a_note(opened: Callable[..., Seen], write: Write) -> None:
    notes(write)
    seen = opened("--around", "README.md")
    page = seen.page
    labels = page.locator("#graph text")
    assert labels.all_text_contents() == ["README.md", "a.md", "b.md"]
    page.locator("#choose").fill("b.md")
    assert sorted(labels.all_text_contents()) == ["README.md", "a.md", "b.md"]
    assert page.locator("#graph .c text").text_content() == "b.md"
    assert page.locator("#graph path").count() == 3
    page.locator("#graph [aria-label='a.md']").press("Enter")
    assert page.locator("#graph .c text").text_content() == "a.md"
    page.locator("#notes-table tr", has_text="c.md").locator("td").nth(3).click()
    assert labels.all_text_contents() == ["c.md"]
    assert page.evaluate("document.querySelector('#around').getBoundingClientRect().top < 500")
    width = page.locator("#graph").bounding_box()
    page.locator("#larger").click()
    larger = page.locator("#graph").bounding_box()
    assert width
    assert larger
    assert larger["width"] > width["width"]
    assert seen.said == []


def test_a_tile_filters_the_table(opened: Callable[..., Seen], write: Write) -> None:
    notes(write)
    write("deep: er/a b.md", "# Deep\n\n" + "word " * 90)
    write("deep: er/c.md", "# Deep\n\n" + "word " * 90)
    page = opened().page
    page.locator(".map g", has_text="a b").last.click()
    assert names(page) == ["deep: er/a b.md", "deep: er/c.md"]  # up to the colon
    page.locator(".map g").filter(has_text=re.compile(r"^b\.md: ")).click()
    assert page.locator("#filter").input_value() == "b.md"


@pytest.mark.parametrize("width", [320, 400, 640])
def test_a_narrow_page(opened: Callable[..., Seen], write: Write, width: int) -> None:
    notes(write)
    write("a-name-without-any-blank-that-is-much-too-long-for-a-narrow-page.md", "# A\n\n[x]()\n")
    page = opened().page
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    widths = page.locator("th:visible").evaluate_all("all => all.map((each) => each.clientWidth)")
    assert min(widths) > 30
    cell = page.locator("#notes-table td").first.bounding_box()
    assert cell
    assert cell["width"] > 150


def test_the_script_draws_what_python_draws(opened: Callable[..., Seen], write: Write) -> None:
    def name(n: int) -> str:
        return f"第{n}篇，名字很长也不写完整的笔记 llama.md" if n % 3 else f"n{n}/README.md"

    write("README.md", "# Hub\n\n" + "".join(f"- [{n}](<{name(n)}>)\n" for n in range(80)))
    for n in range(80):
        end = os.path.relpath(name((n * 7 + 1) % 80), os.path.dirname(name(n)) or ".")
        top = os.path.relpath("README.md", os.path.dirname(name(n)) or ".")
        write(name(n), f"# N{n}\n\n[next](<{end}>) [up]({top})\n")
    for chosen in ("README.md", name(7)):
        drawn = [
            (
                page.locator("#graph text").all_text_contents(),
                page.eval_on_selector_all(
                    "#graph path", "all => all.map((each) => each.getAttribute('d')).sort()"
                ),
                page.locator("#left-out").inner_text(),
            )
            for scripts in (True, False)
            for page in [opened("--around", chosen, scripts=scripts).page]
        ]
        assert drawn[0] == drawn[1]
        texts, lines, left = drawn[0]
        assert len(texts) == 60
        assert len(lines) > 59
        assert left == "21 more notes are not shown"


def test_the_same_facts_without_scripts(opened: Callable[..., Seen], write: Write) -> None:
    notes(write)
    texts = []
    for scripts in (True, False):
        page = opened(scripts=scripts).page
        assert page.locator(".tools:visible").count() == (2 if scripts else 0)
        tables = page.locator("main table tbody, main ol, main ul, .facts").all_text_contents()
        texts.append((tables, page.locator("h1, h2, h3").all_text_contents()))
    assert texts[0] == texts[1]
    assert any("gone.md" in each for each in texts[1][0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_text_has_contrast(
    opened: Callable[..., Seen], write: Write, scheme: Scheme, language: str
) -> None:
    notes(write)
    page = opened("--language", language, scheme=scheme).page
    assert page.locator("html").get_attribute("lang") == language
    ratios = page.evaluate(_RATIOS)
    assert len(ratios) > 50
    assert [each for each in ratios if each[1] < 4.5] == []


# Of each element with text of its own: the ratio of its color to the background behind it, as
# WCAG 2 defines it. In a drawing that is what the rectangle before the text is filled with.
_RATIOS = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = (color) => color.slice(0, 3).map((each) => each / 255)
    .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")].filter((each) =>
    !each.closest("script, title, datalist") &&
    [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
  ).map((each) => {
    const drawn = each instanceof SVGElement, style = getComputedStyle(each);
    const rect = drawn && each.parentElement.querySelector("rect");
    const front = light(parse(drawn ? style.fill : style.color));
    const back = light(rect ? parse(getComputedStyle(rect).fill) : behind(each));
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    return [each.textContent.slice(0, 40), ratio];
  });
}"""
