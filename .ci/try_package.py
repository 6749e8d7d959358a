"""Try the installed notelint: it finds, explains and repairs.

With a ``Repository`` in its metadata, what it links is in this repository; without, it links
nothing.
"""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTE = "# Title\n\n- ![]()\n- text\n"


def run(folder: str, *arguments: str) -> tuple[int, str]:
    """The exit status and output of notelint in *folder*."""
    script = str(Path(sys.executable).with_name("notelint"))
    done = subprocess.run(
        [script, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout


def on_terminal(folder: str, *arguments: str) -> str:
    """What notelint prints on a terminal that shows links, in *folder*."""
    script = str(Path(sys.executable).with_name("notelint"))
    ours, theirs = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR")}
    env |= {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}
    printed = b""
    with subprocess.Popen([script, *arguments], cwd=folder, env=env, stdout=theirs):
        os.close(theirs)
        with open(ours, "rb", buffering=0) as stream, suppress(OSError):  # Linux: nobody writes
            while data := stream.read(65536):
                printed += data
    return printed.decode("utf-8")


def main() -> None:
    """Stop with an error at the first thing that is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder, "a.md")
        note.write_text(NOTE, encoding="utf-8")
        status, out = run(folder, "check", "--output-format", "sarif")
        assert status == 1, out
        [rule] = json.loads(out)["runs"][0]["tool"]["driver"]["rules"]
        terminal = on_terminal(folder, "check")  # how a stranger finds from here to the page
        assert rule["id"] in terminal, terminal
        assert "notelint rules NAME" in terminal, terminal
        status, page = run(folder, "rules", rule["id"])
        assert (status, page.partition("\n")[0]) == (0, "empty-image"), page
        assert run(folder, "fix")[0] == 0
        assert note.read_text(encoding="utf-8") == "# Title\n\n- text\n"
        status, listed = run(folder, "rules", "--output-format", "json")
    addresses = [each["url"] for each in json.loads(listed)["rules"]]
    readme = re.sub(r"^```.*?^```$|`[^`\n]+`", "", _readme(), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)", readme)
    named = metadata("notelint").get_all("Project-URL") or []
    [repository] = [each[12:] for each in named if each.startswith("Repository, ")] or [""]
    repository = repository.rstrip("/").removesuffix(".git")
    if not repository:
        assert set(addresses) == {None}
        assert "helpUri" not in rule
    else:
        assert rule["helpUri"] in addresses
        assert f"\x1b]8;;{rule['helpUri']}" in terminal, terminal
        for address in [*addresses, *links]:
            path = re.sub(rf"^{re.escape(repository)}/(?:blob|raw)/HEAD/", "", address)
            assert path == address or (ROOT / path).is_file(), address
            assert path != address or address.startswith("https://"), address
    print(f"fine: {len(addresses)} rules, {len(links)} links, {repository or 'no address'}")


def _readme() -> str:
    about = metadata("notelint")
    return str(about.get_payload() or about["Description"])


if __name__ == "__main__":
    main()
