"""A note of any text, looked at with every rule that there is, among other files."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import notelint.rules as rules
from notelint.commands.command_settings import FixSettings
from notelint.commands.fix_notes import FixRun
from notelint.config.configs import Configs
from notelint.config.model import Config, Layer
from notelint.diagnostics import RunReport
from notelint.engine.note_path import note_at
from notelint.engine.rule_sets import RuleSets
from notelint.engine.run import Run
from notelint.engine.session import sessions

EVERYTHING = tuple(sorted(rules.CATALOG))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder with many pictures, made once."""
    made = tempfile.TemporaryDirectory()
    assets = Path(made.name, "assets")
    assets.mkdir()
    for number in range(0, 2000, 7):
        (assets / f"y{number}.png").touch()
    return made


def judged(text: str, *, fix: bool = False) -> RunReport:
    """The report of a run over a note of *text*; with *fix*, of what all its fixes leave."""
    folder = Path(_folder().name).resolve()
    (folder / "a.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    active = RuleSets(Configs(Config(str(folder))), Layer(select=EVERYTHING))
    run = Run(sessions([note_at("a.md", str(folder))]), active)
    return FixRun(run, FixSettings(unsafe=True)).fix() if fix else run.check()
