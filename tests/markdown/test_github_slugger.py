"""Anchors against github-slugger, another implementation: https://github.com/Flet/github-slugger.

It comes from the npm registry, and is skipped where there is no Node.js.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from notelint.markdown.anchors import Slugger

NODE, NPM = shutil.which("node"), shutil.which("npm")
SCRIPT = """
import Slugger from "github-slugger";
import { readFileSync } from "node:fs";
const notes = JSON.parse(readFileSync(0, "utf8"));
const slugs = notes.map((headings) => {
  const slugger = new Slugger();
  return headings.map((heading) => slugger.slug(heading));
});
process.stdout.write(JSON.stringify(slugs));
"""
TEXT = """
Intro a A b-c d_e f.g
C++ C# .NET 2.0 v1.2.3 100% and/or a&b 'q' "q" `x` (y) [z] {w} ~ ^ = $5 @x
简介 安装，使用。 （一） 「引」 ：冒号 ！
全角字 はじめに ー・ 한국어 Привет ЁЖ Straße İI ǅ ﬁ é e\u0301
عربى ไทย हिन्दी 🚀 ⚡️ ① Ⅷ ² ½ – — … • · → № ™ ª _a_ -- --- a--b - _ __
"""
WORDS = TEXT.split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the script, and what it imports."""
    if not NODE or not NPM:
        pytest.skip("needs Node.js")
    folder = tmp_path_factory.mktemp("slugger")
    (folder / "package.json").write_text('{"private": true}')
    (folder / "slugs.mjs").write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [NPM, "install", "--silent", "github-slugger@2"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"npm: {done.stderr.strip()[-200:]}")
    return folder


def test_the_same_anchors(folder: Path) -> None:
    chosen = random.Random(0)
    notes = [
        [" ".join(chosen.choices(WORDS, k=chosen.randint(1, 4))) for _ in range(8)]
        for _ in range(2_000)
    ]
    notes += [["a", "a-1", "a", "a", "a-1", "a-1-1"], ["A", "a", "a 1", "a"], ["", "", "!"]]
    done = subprocess.run(
        [str(NODE), "slugs.mjs"],
        cwd=folder,
        input=json.dumps(notes),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    differing = {}
    for headings, theirs in zip(notes, json.loads(done.stdout), strict=True):
        slugger = Slugger()
        for heading, their in zip(headings, theirs, strict=True):
            our = slugger.next(heading)
            if our != their:
                names = [unicodedata.name(char, "?") for char in set(our) ^ set(their)]
                differing[heading] = (our, their, names)
    assert differing == {}
