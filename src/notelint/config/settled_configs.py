"""The configurations of a run with their options checked."""

from __future__ import annotations

from typing import Any

from notelint.config.config_files import with_line
from notelint.config.configs import Configs
from notelint.config.errors import ConfigError
from notelint.config.model import Config


class SettledConfigs:
    """The settled configuration of each file (see :func:`~notelint.config.validate.settled`)."""

    def __init__(self, configs: Configs) -> None:
        self._configs = configs
        # by the id of a configuration, which is kept so that its id stays
        self._settled: dict[int, tuple[Config, Config | ConfigError]] = {}

    def __getstate__(self) -> tuple[object, ...]:
        return self._configs, [*self._settled.values()]

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._configs, settled = state
        self._settled = {id(pair[0]): pair for pair in settled}  # ids differ between processes

    def of(self, file: str) -> Config:
        """The configuration of the absolute path *file*. Raises :class:`ConfigError`."""
        found = self._settle(self._configs.of(file))
        if isinstance(found, ConfigError):
            raise found
        return found

    def errors(self) -> list[ConfigError]:
        """The errors in the configurations that were settled so far."""
        found = (settled for _, settled in self._settled.values())
        return [each for each in found if isinstance(each, ConfigError)]

    def known(self) -> list[Config]:
        """The settled configurations that are known so far, and not wrong."""
        found = map(self._settle, self._configs.known())
        return [each for each in found if isinstance(each, Config)]

    def require_one(self) -> None:
        """Settle the configurations known so far. Raises :class:`ConfigError` if all are wrong."""
        self.known()
        errors = self.errors()
        if len(errors) == len(self._settled):
            raise errors[0]

    def _settle(self, config: Config) -> Config | ConfigError:
        if id(config) not in self._settled:
            from notelint.config.validate import settled

            try:
                self._settled[id(config)] = config, settled(config)
            except ConfigError as error:
                self._settled[id(config)] = config, with_line(error)
        return self._settled[id(config)][1]
