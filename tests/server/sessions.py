"""Random sessions of an editor: what is told in the end is what the command line says.

What is open, changed, saved and closed, and what changes on the disk, is chosen by a seed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from server.talker import Message, Talker, environment, position

NOTES = ("a.md", "b.md", "sub/c.md", "sub/笔记.md", "new.md", "sub/deep/d.md", "ignored/e.md")
OTHERS = ("pic.png", "sub/run.py", "Sub2/x.md", "sub/other.markdown", "LICENSE")
CONFIGURATIONS = (
    "extend-select: [heading-skip, image-alt]\n",
    "ignore: [duplicate-link]\n",
    "rules:\n  duplicate-link:\n    across-files: true\n",
    "exclude: [b.md]\n",
    "include: [LICENSE]\n",
    "select: [no-such-rule]\n",
    "severity: {missing-file: warning}\n",
    "extend-select: [unused-asset, toc-missing]\n",
)
LINES = (
    "# Title", "## Two", "## 二 😀", "## Two", "### Deep", "#### Deeper", "", "", "text 😀 text",
    "[x](b.md#two)", "[x](sub/c.md#two-1)", "[x](a.md)", "[y](../a.md#title)", "[z](#two)",
    "- [one](https://example.org/a)", "- [one](https://example.org/a/)", "![](pic.png)",
    '<img src="pic.PNG">', "[l](sub/run.py#L3)", "[l](run.py#L2)", "[n](new.md)", "[d](deep/d.md)",
    "[r][label]", "[label]: b.md#two", "[label]: sub/笔记.md", "😀[](x.md)", "[w](sub\\c.md)",
    "<!-- START doctoc generated TOC please keep comment here to allow auto update -->",
    "<!-- END doctoc generated TOC please keep comment here to allow auto update -->",
    "<!-- notelint-disable-line missing-file -->", "<!-- notelint-disable-file -->", "```", "`x`",
    "<details>", "</details>", "[u](https://e.org/?utm_source=x)", "[m](missing/one.md)",
    "[k](new.md#title)", "[o](sub/other.markdown#title)", "[g](ignored/e.md)", "<<<<<<< HEAD",
    "[x](#title) and [x](#Title)", "| a | b |", "|---|---|", "| 1 | 2 |", "==", "1. a", "   - b",
    "<!-- index:start -->", "<!-- index:end -->", "- [B](b.md)", "[English](b.md) | 中文", "---",
)  # fmt: skip


class Session:
    """An editor with *server* over its folder, which acts by *chance*."""

    def __init__(self, server: Talker, chance: random.Random, *, git: bool) -> None:
        assert server.root
        self.server = server
        self.root = server.root
        self.chance = chance
        self.open: dict[str, str] = {}
        self.steps: list[str] = []
        self._git = git

    def begin(self) -> None:
        """Write a few notes before anything is open."""
        for name in (*NOTES[:4], *OTHERS):
            if self.chance.random() < 0.7:
                self._write(name, self._text())

    def act(self) -> None:
        """Do one thing."""
        choice = self.chance.choice
        what = self.chance.choices(
            ("open", "change", "save", "close", "disk", "remove", "configure", "ignore"),
            (4, 8, 3, 2, 4, 2, 1, 1),
        )[0]
        name = choice(NOTES if what != "disk" else NOTES + OTHERS)
        self.steps.append(f"{what} {name}")
        if what == "configure":
            name = ".notelint.yaml"
            self._disk(name, choice(CONFIGURATIONS) if self.chance.random() < 0.7 else None)
        elif what == "ignore" and self._git:
            self._disk(".gitignore", choice(("ignored/\n", "*.png\n", "sub/deep\n", "")))
        elif what == "disk":
            self._disk(name, self._text())
        elif what == "remove":
            self._disk(name, None)
        elif what == "open" and name not in self.open:
            text = self._read(name)
            self.open[name] = self._text() if text is None else text
            self.server.open(name, self.open[name])
        elif what in ("change", "save", "close") and self.open:
            self._of_open(what, choice([*self.open]))

    def _of_open(self, what: str, name: str) -> None:
        self.steps[-1] = f"{what} {name}"
        if what == "change":
            self.server.change(
                name, *(self._change(name) for _ in range(self.chance.choice((1, 2))))
            )
        elif what == "save":
            self._write(name, self.open[name])
            uri = {"uri": self.server.uri(name)}
            self.server.tell("textDocument/didSave", {"textDocument": uri})
        else:
            del self.open[name]
            self.server.close(name)

    def _change(self, name: str) -> Message:
        text = self.open[name]
        if self.chance.random() < 0.2:
            self.open[name] = self._text()
            return {"text": self.open[name]}
        places = [i for i in range(len(text) + 1) if text[i - 1 : i + 1] != "\r\n"]
        a, b = sorted(self.chance.choices(places, k=2))
        b = min(b, a + 12) if min(b, a + 12) in places else a
        new = self.chance.choice((self.chance.choice(LINES), "\n", "x", "", "😀", "\r\n"))
        self.open[name] = text[:a] + new + text[b:]
        if "\r\n" in (new[-1:] + text[b : b + 1], text[a - 1 : a] + new[:1]):
            # a line end made of two parts is one place less for the next change
            return {"text": self.open[name]}
        return {"range": {"start": position(text, a), "end": position(text, b)}, "text": new}

    def _text(self) -> str:
        end = self.chance.choice(("\n", "\n", "\r\n"))
        return end.join(self.chance.choices(LINES, k=self.chance.randint(0, 14))) + end

    def _read(self, name: str) -> str | None:
        try:
            return (self.root / name).read_bytes().decode()
        except OSError:
            return None

    def _write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def _disk(self, name: str, text: str | None) -> None:
        if text is not None:
            self._write(name, text)
        elif (self.root / name).exists():
            (self.root / name).unlink()
        self.server.watched(name)

    # ------------------------------------------------------------------ what is compared

    def told(self) -> dict[str, list[Any]]:
        """What the server told of each open note, in the form of the command line."""
        self.server.quiet()
        found = {}
        for name, text in self.open.items():
            uri = self.server.uri(name)
            sent = self.server.pushed.get(uri, [])
            found[name] = [self._finding(each, name, text) for each in sent]
        return found

    def _finding(self, sent: Message, name: str, text: str) -> Message:
        related = [
            {
                "path": os.path.relpath(each["location"]["uri"][len(self.server.uri("")) :], "/"),
                "message": each["message"],
            }
            for each in sent.get("relatedInformation", [])
        ]
        for each in related:
            from urllib.parse import unquote

            each["path"] = unquote(each["path"])
        start, end = sent["range"]["start"], sent["range"]["end"]
        params = {
            "textDocument": {"uri": self.server.uri(name)},
            "range": sent["range"],
            "context": {"diagnostics": [sent], "only": ["quickfix"]},
        }
        fix = None
        for action in self.server.ask("textDocument/codeAction", params):
            if (
                action["diagnostics"][0]["data"] == sent["data"]
                and action["data"]["operation"] == "fix"
            ):
                whole = self.server.ask("codeAction/resolve", action)
                (change,) = whole["edit"]["documentChanges"]
                fix = {
                    "safety": "safe" if action.get("isPreferred") else "unsafe",
                    "edits": [
                        {**_range(each["range"], text), "text": each["newText"]}
                        for each in change["edits"]
                    ],
                }
        return {
            "path": name,
            **_range({"start": start, "end": end}, text),
            "rule": sent["code"],
            "severity": {1: "error", 2: "warning"}[sent["severity"]],
            "message": sent["message"],
            "fix": fix,
            "related": related,
        }

    def said(self, copy: Path) -> dict[str, list[Any]]:
        """What the command line says of the open notes, were they saved: in a *copy*."""
        if copy.exists():
            shutil.rmtree(copy)
        shutil.copytree(self.root, copy, symlinks=True)
        for name, text in self.open.items():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(text.encode())
        arguments = ["check", "--no-cache", "--output-format", "json", ".", *self.open]
        ran = subprocess.run(
            [sys.executable, "-m", "notelint", *arguments],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
            env=environment(),
        )
        findings = json.loads(ran.stdout)["findings"] if ran.stdout else []
        found: dict[str, list[Any]] = {name: [] for name in self.open}
        for each in findings:
            del each["category"]
            for one in each["related"]:
                del one["line"], one["column"]
            if each["fix"]:
                del each["fix"]["message"]
            if each["path"] in found:
                found[each["path"]].append(each)
        return found


def _range(where: Message, text: str) -> Message:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def column(at: Message) -> int:
        line = lines[at["line"]].encode("utf-16-le")[: 2 * at["character"]]
        return len(line.decode("utf-16-le")) + 1

    return {
        "line": where["start"]["line"] + 1, "column": column(where["start"]),
        "end_line": where["end"]["line"] + 1, "end_column": column(where["end"]),
    }  # fmt: skip
