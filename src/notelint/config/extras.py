"""The error that a package of an extra is not installed, and the command that installs it.

Facts: PEP 610 (``direct_url.json``), PEP 508 (``notelint[extra] @ URL``); pipx and uv mark the
environments that they make for one program.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit
from urllib.request import url2pathname

from notelint.config.errors import ConfigError
from notelint.project_urls import distribution, without_credentials


def not_installed(package: str, extra: str) -> ConfigError:
    """The error that *package*, which *extra* installs, is not there."""
    return ConfigError(f"{package} is not installed; run `{_command(extra, Path(sys.prefix))}`")


def _command(extra: str, environment: Path) -> str:
    wanted, editable = _requirement(extra)
    if (environment / "pipx_metadata.json").exists():
        return f"pipx install --force {quote(wanted)}"
    if (environment / "uv-receipt.toml").exists():
        return f"uv tool install {quote(wanted)}"
    return f"pip install {'-e ' if editable else ''}{quote(wanted)}"


def _requirement(extra: str) -> tuple[str, bool]:
    """What to install: notelint with *extra* from where it came from; whether it is editable."""
    plain = f"notelint[{extra}]"
    found = distribution(sys.path)
    try:
        data = json.loads((found and found.read_text("direct_url.json")) or "{}")
        if not data:
            return plain, False
        address = without_credentials(str(data["url"]))
        if "dir_info" in data:
            editable = data["dir_info"].get("editable") is True
            return f"{url2pathname(urlsplit(address).path)}[{extra}]", editable
        if vcs := data.get("vcs_info"):
            address = f"{vcs['vcs']}+{address}@{vcs['commit_id']}"
        if folder := data.get("subdirectory"):
            address += f"#subdirectory={folder}"
        return f"{plain} @ {address}", False
    except (AttributeError, KeyError, TypeError, ValueError):
        return plain, False
