"""What `check` calls fixable held against what `fix` does, over folders of notes.

    python tests/benchmarks/offers.py FOLDER...

Each folder is copied, checked, fixed with the safe fixes, checked, fixed with all, and checked
again. Every edit that `check` offers is also applied on its own, by nothing but lines and columns,
and the text must be one that the gate lets through. Not a part of the test run.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import notelint.rules as rules
from notelint.engine.gate import objection
from notelint.markdown.document import Document
from notelint.rules.effects import Effect, RemovesEntries
from notelint.text.source import Source

LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")
Findings = list[dict[str, Any]]


def run(folder: Path, *arguments: str) -> str:
    """What the command prints."""
    command = [sys.executable, "-m", "notelint", *arguments, "--no-cache", "--isolated"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode < 2 or "not UTF-8" in done.stderr, done.stderr
    return done.stdout


def offered(folder: Path, *, unsafe: bool) -> Findings:
    """The findings below *folder* that a fix is offered for."""
    told: Findings = json.loads(run(folder, "check", "--output-format", "json"))["findings"]
    return [each for each in told if each["fix"] and (unsafe or each["fix"]["safety"] == "safe")]


def texts(folder: Path) -> dict[str, bytes]:
    """The notes below *folder*."""
    notes = [path for path in folder.rglob("*") if path.suffix in (".md", ".markdown")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in notes if path.is_file()}


def applied(text: str, edits: Findings) -> str:
    """*text* with *edits* of a report, by nothing but their lines and columns."""
    lines = LINE.findall(text)
    for edit in sorted(edits, key=lambda each: (each["line"], each["column"]), reverse=True):
        first, last = edit["line"] - 1, edit["end_line"] - 1
        head, tail = lines[first][: edit["column"] - 1], lines[last][edit["end_column"] - 1 :]
        lines[first : last + 1] = [head + edit["text"] + tail]
    return "".join(lines)


def refused(folder: Path, findings: Findings) -> int:
    """How many of *findings*, each fixed alone, leave a text that the gate does not let through."""
    bad, docs = 0, {}
    for each in findings:
        if each["path"] not in docs:
            docs[each["path"]] = Document(Source.decode((folder / each["path"]).read_bytes()))
        doc = docs[each["path"]]
        effect = rules.get(each["rule"]).effect or Effect()
        if isinstance(effect, RemovesEntries):
            effect = RemovesEntries()
        text = applied(doc.source.text, each["fix"]["edits"])
        why = objection(doc, effect, Document(doc.source._replace(text=text)), 1)
        if why:
            bad += 1
            print(f"{each['path']}:{each['line']}: {each['rule']}: {why}")
    return bad


def compared(folder: Path, *, unsafe: bool) -> int:
    """How often `check` and `fix` differ over *folder*, which is fixed."""
    before, offers = texts(folder), offered(folder, unsafe=unsafe)
    bad = refused(folder, offers)
    run(folder, "fix", *(["--unsafe"] if unsafe else []), "--output-format", "json")
    after, left = texts(folder), offered(folder, unsafe=unsafe)
    changed = {path for path, text in before.items() if after[path] != text}
    promised = {each["path"] for each in offers}
    for path in sorted(changed ^ promised):
        print(f"{path}: {'changed, but not offered' if path in changed else 'offered in vain'}")
    for each in left:
        print(f"{each['path']}:{each['line']}: {each['rule']}: still offered after all fixes")
    kind = "all" if unsafe else "safe"
    print(f"{kind}: {len(offers)} offered in {len(promised)} notes, {len(changed)} changed")
    return bad + len(changed ^ promised) + len(left)


def main(folders: list[str]) -> int:
    """The exit status: 1 if anything that is offered is not applied, or the other way round."""
    bad = 0
    for name in folders:
        with tempfile.TemporaryDirectory() as temporary:
            copy = Path(temporary).resolve() / "notes"
            shutil.copytree(name, copy, symlinks=True)
            print(f"{name}: {len(texts(copy))} notes")
            bad += compared(copy, unsafe=False) + compared(copy, unsafe=True)
    print(f"{bad} differences")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
