"""YAML as plain data, within limits of time and memory; imported only if there is YAML to read."""

from __future__ import annotations

from typing import Any

from notelint.config.errors import ConfigError
from notelint.config.key_path import KeyPath, is_name, unquoted
from notelint.config.strict_toml import decoded
from notelint.text.limits import MAX_BRACKETS, has_many_brackets
from notelint.text.yaml_loader import Loader, yaml

_MAX_CHARS = 128 * 1024  # characters; the parser takes a few seconds for as many
_MAX_NUMBER_CHARS = 40  # characters; the time to read a number grows with their square
_READ = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "timestamp"))


class _Loader(Loader):
    """Loads plain data only: no aliases, tags, merge keys, repeated keys or long numbers."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node. Raises MarkedYAMLError for an alias, a tag or a long number."""
        reader: Any = self
        event = reader.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise _error("aliases (`*name`) are not supported", event)
        if getattr(event, "tag", None) is not None:
            raise _error("tags (`!name`) are not supported", event)
        event.anchor = None  # without aliases, nothing refers to it
        node = super().compose_node(parent, index)
        if node is not None and node.tag in _READ and len(node.value) > _MAX_NUMBER_CHARS:
            raise _error("a number is too long", node)
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """The mapping of *node*. Raises MarkedYAMLError for a merge key or a repeated key."""
        seen = set()
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise _error("merge keys (`<<`) are not supported", key)
            if not isinstance(key.value, str):
                continue
            if key.value in seen:
                name = f" `{key.value}`" if is_name(key.value) else ""
                raise _error(f"duplicate key{name}", key)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_END = "the end of the file"


def _error(problem: str, at: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(None, None, problem, at.start_mark)


def parse(data: bytes, key_path: KeyPath) -> object:
    """Parse *data*, a YAML file. Raises :class:`ConfigError` with a one-line message."""
    text = decoded(data, key_path.file)
    if len(text) > _MAX_CHARS:
        why = f"over {_MAX_CHARS} characters"
        raise ConfigError(f"{key_path.file}: too large for a configuration ({why})")
    if has_many_brackets(text):
        raise ConfigError(f"{key_path.file}: not valid YAML: more than {MAX_BRACKETS} brackets")
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        why = unquoted(str(error.problem or error.context)).replace("'<stream end>'", _END)
        raise ConfigError(f"{key_path.file}: not valid YAML: {why}{at}") from None
    except yaml.reader.ReaderError as error:
        why = f"unacceptable character U+{error.character:04X}"
        raise ConfigError(f"{key_path.file}: not valid YAML: {why}") from None
    except (yaml.YAMLError, ValueError, OverflowError):  # 2024-13-01, "\\UFFFFFFFF"
        why = "invalid number, date or character"
        raise ConfigError(f"{key_path.file}: not valid YAML: {why}") from None
    except RecursionError:
        raise ConfigError(f"{key_path.file}: not valid YAML: nested too deeply") from None
