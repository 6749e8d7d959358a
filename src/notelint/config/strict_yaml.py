"""YAML without its surprises; imported only where there is YAML to read."""

from __future__ import annotations

from typing import Any

import yaml

from notelint.config.errors import ConfigError
from notelint.config.place import Where


class _Loader(yaml.SafeLoader):
    """Plain data only: no aliases, which may unfold without end, and no key twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node, unless it is a reference to an earlier one."""
        if self.check_event(yaml.AliasEvent):
            reader: Any = self
            raise yaml.composer.ComposerError(
                None, None, "aliases (`*name`) are not supported", reader.peek_event().start_mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """The mapping of *node*, unless a key stands in it twice."""
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key `{key.value}` stands here twice", key.start_mark
                )
            if isinstance(key.value, str):
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def parse(text: str, where: Where) -> object:
    """The data of a YAML *text*. Raises :class:`ConfigError`, on one line, where it is none."""
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise ConfigError(f"{where.file}: not valid YAML: {error.problem}{at}") from None
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2024-13-01
        message = str(error).partition("\n")[0]
        raise ConfigError(f"{where.file}: not valid YAML: {message}") from None
    except RecursionError:
        raise ConfigError(f"{where.file}: not valid YAML: nested too deeply") from None
