"""The words of the page itself, in English and in Chinese."""

from __future__ import annotations

LANGUAGES = ("en", "zh-CN")

# In English and in Chinese; of the labels with a number, also the English singular.
_LABELS: dict[str, tuple[str, ...]] = {
    "title": ("State of the notes in {0}", "{0} 笔记概况"),
    "at": ("Commit {0} of {1}", "提交 {0}（{1}）"),
    "notes": ("notes", "篇笔记", "note"),
    "words": ("words", "字", "word"),
    "links": ("links", "个链接", "link"),
    "pictures": ("pictures", "张图片", "picture"),
    "problems": ("problems", "个问题", "problem"),
    "errors": ("errors", "个错误", "error"),
    "warnings": ("warnings", "个警告", "warning"),
    "error": ("error", "错误"),
    "warning": ("warning", "警告"),
    "unreachable": ("unreachable notes", "篇不可达的笔记", "unreachable note"),
    "all-well": ("No problems.", "没有发现问题。"),
    "affected": (
        "{0} of {1} notes have problems, most of all: ",
        "{1} 篇笔记中有 {0} 篇存在问题，最多的是：",
    ),
    "frequent": ("Most frequent: ", "最常见的问题："),
    "no-index": (
        "Unknown: no README.md or other index leads to the notes, or a site generator lists them.",
        "无从判断：没有 README.md 等索引指向这些笔记，或者它们由站点生成器列出。",
    ),
    "since": ("Since the last recorded run, {0}: ", "与上次记录（{0}）相比："),
    "since-baseline": ("Against the baseline: ", "与基线相比："),
    "no-change": ("nothing changed", "没有变化"),
    "new": ("{0} new problems", "新增 {0} 个问题", "{0} new problem"),
    "gone": ("{0} problems gone", "消除 {0} 个问题", "{0} problem gone"),
    "folders": ("Folders", "文件夹"),
    "folders-about": (
        "Area: words. Number: problems. Color: problems per note:",
        "面积表示字数，数字表示问题数，颜色表示平均每篇的问题数：",
    ),
    "folder": ("Folder", "文件夹"),
    "here": ("(top)", "（根目录）"),
    "rest": ("{0} smaller notes", "{0} 篇较短的笔记"),
    "Notes": ("Notes", "笔记"),
    "note": ("Note", "笔记"),
    "Problems": ("Problems", "问题"),
    "in": ("Links in", "入链"),
    "out": ("Links out", "出链"),
    "changed": ("Last change", "最后修改"),
    "Words": ("Words", "字数"),
    "is-unreachable": ("unreachable", "不可达"),
    "row-about": (
        "A click on a row shows the notes around it.",
        "点击一行，查看该笔记的链接关系。",
    ),
    "filter": ("Filter by path or title", "按路径或标题筛选"),
    "only-problems": ("with problems", "只看有问题的"),
    "only-unreachable": ("unreachable", "只看不可达的"),
    "shown": ("{0} of {1} notes", "共 {1} 篇，显示 {0} 篇"),
    "by-rule": ("Problems by rule", "各规则的问题"),
    "none": ("None.", "无。"),
    "left": ("{0} more: notelint check --select {1}", "另有 {0} 个：notelint check --select {1}"),
    "more": ("{0} more", "另有 {0} 项"),
    "graph": ("Links between notes", "笔记之间的链接"),
    "around": ("Around a note", "单篇笔记的链接关系"),
    "around-about": (
        "Notes within two links: on the left those that lead to it, on the right where it leads.",
        "两步之内的笔记：左边链接到它，右边是它链接到的。",
    ),
    "choose": ("Choose a note", "选择一篇笔记"),
    "larger": ("Larger", "放大"),
    "smaller": ("Smaller", "缩小"),
    "left-out": ("{0} more notes are not shown", "另有 {0} 篇笔记未显示"),
    "hubs": ("Hubs", "枢纽"),
    "Unreachable": ("Unreachable notes", "不可达的笔记"),
    "unreachable-about": (
        "No way leads to them from an index such as README.md.",
        "从 README.md 等索引出发无法到达。",
    ),
    "dead-ends": ("Dead ends", "死胡同"),
    "dead-ends-about": (
        "Other notes link to them, and they lead to no note.",
        "有笔记链接到它们，但它们不再链接到任何笔记。",
    ),
    "islands": ("Islands", "孤岛"),
    "islands-about": (
        "Groups that link each other, apart from the largest one.",
        "彼此相连，但与最大的一组不连通的笔记。",
    ),
    "alone": ("Notes without links to or from others", "孤立的笔记"),
    "duplicates": ("Pages listed in several notes", "多篇笔记都列出的页面"),
    "page": ("Page", "页面"),
    "Pictures": ("Pictures", "图片"),
    "unused": ("Unused", "未使用"),
    "heaviest": ("Heaviest", "体积最大"),
    "size": ("Size", "大小"),
    "hosts": ("External hosts", "外部网站"),
    "host": ("Host", "网站"),
    "Links": ("Links", "链接"),
    "addresses": ("Addresses", "地址"),
    "state": ("State known from notelint links", "notelint links 已知的状态"),
    "alive": ("alive", "正常"),
    "moved": ("moved", "已迁移"),
    "dead": ("dead", "失效"),
    "unknown": ("unknown", "未知"),
    "skipped": ("skipped", "跳过"),
    "oldest": ("Oldest notes that many link to", "久未修改却常被链接的笔记"),
    "trend": ("Trend", "趋势"),
    "trend-about": (
        "All problems (solid) and errors (dashed) in recorded runs.",
        "历次记录的问题总数（实线）和错误数（虚线）。",
    ),
    "run": ("Run", "运行"),
    "this-run": ("This run", "本次"),
    "Errors": ("Errors", "错误"),
    "Warnings": ("Warnings", "警告"),
    "comma": (", ", "，"),
    "contents": ("Contents", "目录"),
}


class Labels:
    """The labels in *language*, one of :data:`LANGUAGES`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._index = LANGUAGES.index(language)

    def __call__(self, key: str, *values: object) -> str:
        """The label *key*, with *values*, if there are any, in their places."""
        text = _LABELS[key][self._index]
        return text.format(*values) if values else text

    def noun(self, number: int, key: str) -> str:
        """The label *key* of *number* things, in the singular or the plural."""
        one = abs(number) == 1 and not self._index
        return _LABELS[key][2] if one else self(key)

    def count(self, number: int, key: str) -> str:
        """*number* with the label *key* of what is counted."""
        text = self.noun(number, key)
        figure = self.number(number)
        return text.format(figure) if "{" in text else f"{figure} {text}"

    def number(self, number: int) -> str:
        """*number* as people read it."""
        return f"{number:,}"
