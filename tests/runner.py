"""A GitHub runner, as far as an action and its log can tell.

Facts: docs.github.com, "Metadata syntax" and "Workflow commands"; actions/runner, ActionCommand.cs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MOST = 10  # annotations of a kind that a step shows
ANNOTATIONS = ("error", "warning", "notice")
_COMMANDS = {
    *ANNOTATIONS,
    *("debug", "group", "endgroup", "add-mask", "add-path", "set-env", "set-output", "echo"),
    *("save-state", "add-matcher", "remove-matcher", "stop-commands", "internal-set-repo-path"),
}
_CACHE = re.compile(r"actions/cache/(restore|save)@[0-9a-f]{40}")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.S)


@dataclass(frozen=True)
class Command:
    """A line of the log that the runner obeys."""

    name: str
    properties: Mapping[str, str]
    data: str


@dataclass
class Outcome:
    """What a job's user sees of the action."""

    success: bool = True
    log: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def commands(self) -> list[Command]:
        """All that the runner obeyed."""
        return obeyed(self.log)

    def annotations(self, kind: str) -> list[Command]:
        """The annotations of a kind, also those that GitHub would not show."""
        return [each for each in self.commands if each.name == kind]


def obeyed(log: str) -> list[Command]:
    """The commands in *log*, by the rules of the runner."""
    found: list[Command] = []
    token = None
    for line in re.split(r"\r\n|\r|\n", log):
        known = _COMMANDS | ({token} if token else set())
        command = _new_form(line, known) or _old_form(line, known)
        if token:
            token = None if command and command.name == token else token
        elif command:
            found.append(command)
            token = command.data if command.name == "stop-commands" else None
    return found


def _new_form(line: str, known: set[str]) -> Command | None:
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, given = line[2:end].partition(" ")
    if name.casefold() not in known:
        return None
    pairs = (pair.partition("=") for pair in given.strip().split(",") if pair)
    properties = {key: _unescaped(value, ":,") for key, _, value in pairs if key and value}
    return Command(name.casefold(), properties, _unescaped(line[end + 2 :], ""))


def _old_form(line: str, known: set[str]) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name = line[start + 3 : end].partition(" ")[0].casefold()
    return Command(name, {}, line[end + 1 :]) if name in known else None


def _unescaped(text: str, more: str) -> str:
    for char in "\r\n" + more + "%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


class Runner:
    """Runs an action or a job in *workspace*; *temp* is for what a runner keeps elsewhere."""

    def __init__(self, workspace: Path, temp: Path, event: Mapping[str, Any] | None = None) -> None:
        self.workspace, self.temp, self.event = workspace, temp, event or {}
        self.temp.mkdir(exist_ok=True)

    def run(
        self,
        action: Path,
        inputs: Mapping[str, str] | None = None,
        env: Mapping[str, str] | None = None,
        skip: str = "",
    ) -> Outcome:
        """Run the steps of *action* but the one named *skip*, in an environment of *env*."""
        meta = yaml.safe_load(action.read_text("utf-8"))
        given = {name: str(each.get("default", "")) for name, each in meta["inputs"].items()}
        given |= inputs or {}
        context: dict[str, Any] = {
            "inputs": given,
            "github": {"action_path": str(action.parent), "event": self.event},
            "runner": {"temp": str(self.temp)},
            "steps": {},
        }
        outcome = Outcome()
        for step in meta["runs"]["steps"]:
            condition = step.get("if", "'always'")
            if not (outcome.success or "always()" in condition) or step["name"] == skip:
                continue
            if _value(condition.replace("always()", "'x'"), context) in ("", False):
                continue
            if "uses" in step:
                self._cache(step, context)
            else:
                self._step(step, context, env or {}, outcome)
        for name, each in meta["outputs"].items():
            outcome.outputs[name] = resolve(each["value"], context)
        return outcome

    def job(
        self,
        workflow: Path,
        name: str,
        env: Mapping[str, str] | None = None,
        elsewhere: Collection[str] = (),
    ) -> Outcome:
        """Run the steps of a job with *env* for all; the workspace is what it checks out.

        The actions *elsewhere* need a forge, and are left out.
        """
        outcome, context = Outcome(), {"github": {"event": self.event}, "steps": {}}
        path = os.environ["PATH"]
        for step in yaml.safe_load(workflow.read_text("utf-8"))["jobs"][name]["steps"]:
            action, _, version = step.get("uses", "").partition("@")
            assert action in ("", "actions/checkout", "actions/setup-python", *elsewhere), action
            assert re.fullmatch(r"v\d+|[0-9a-f]{40}", version) or not action, "a known version"
            if action == "actions/setup-python":
                subprocess.run([sys.executable, "-m", "venv", self.temp / "python"], check=True)
                path = f"{self.temp / 'python' / 'bin'}:{path}"
            elif outcome.success and not action:
                given = {"PATH": path, **(env or {})}
                self._step({"shell": "bash", **step}, context, given, outcome)
        return outcome

    def _cache(self, step: Any, context: dict[str, Any]) -> None:
        """Restore or save as GitHub's own action does, in a folder for each key."""
        what = _CACHE.fullmatch(step["uses"])
        assert what, step["uses"]
        given = {name: resolve(value, context) for name, value in step["with"].items()}
        path, store = Path(given["path"]), self.temp.parent / "caches"
        store.mkdir(exist_ok=True)
        saved = store / given["key"]
        if what[1] == "save":
            if path.exists() and not saved.exists():
                shutil.copytree(path, saved)
            return
        starts = [given["key"], *given["restore-keys"].split()]
        latest = sorted(store.iterdir(), key=lambda each: -each.stat().st_ctime_ns)
        found = next((each for key in starts for each in latest if each.name.startswith(key)), None)
        if found:
            shutil.copytree(found, path, dirs_exist_ok=True)
        outputs = {"cache-hit": "true" if found == saved else "false" if found else ""}
        context["steps"][step["id"]] = {"outputs": outputs}

    def _step(
        self, step: Any, context: dict[str, Any], env: Mapping[str, str], outcome: Outcome
    ) -> None:
        was = outcome.success
        assert step["shell"] == "bash"
        script = self.temp / "step.sh"
        script.write_text(resolve(step["run"], context), "utf-8")
        files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_bytes(b"")
        result = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace / step.get("working-directory", "."),
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.temp),
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temp),
                **{name: str(file) for name, file in files.items()},
                **env,
                **{name: resolve(value, context) for name, value in step.get("env", {}).items()},
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        outcome.log += result.stdout.decode("utf-8")
        outcome.summary += files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        outcome.success = was and result.returncode == 0
        lines = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        context["steps"][step.get("id", "")] = {"outputs": outputs}


def resolve(text: str, context: Mapping[str, Any]) -> str:
    """*text* with its expressions evaluated: names, strings, ``==``, ``&&`` and ``||``."""
    return _EXPRESSION.sub(lambda match: str(_value(match[1], context)), text)


def _value(expression: str, context: Mapping[str, Any]) -> Any:
    expression = expression.strip()
    for operator in ("||", "&&", "!=", "=="):
        if operator in expression:
            left, right = expression.split(operator, 1)
            value = _value(left, context)
            if operator in ("==", "!="):
                return (value == _value(right, context)) is (operator == "==")
            return value if bool(value) is (operator == "||") else _value(right, context)
    if expression.startswith("'"):
        return expression[1:-1]
    value = context
    for name in expression.split("."):
        value = value.get(name, "") if isinstance(value, Mapping) else ""
    return value
