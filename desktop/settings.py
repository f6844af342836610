"""What this computer remembers for all accounts: the last account and the window's place."""

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


class DeviceSettings:
    """A small JSON file in the data folder, replaced as a whole; no secret is ever in it.

    A missing or damaged file reads as empty: nothing in it is worth a start that fails.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "settings.json"

    def get(self, key: str) -> Any:
        """The value of a key, or None."""
        return self._read().get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep a JSON value; None takes the key away. Raises `OSError`: nothing was changed."""
        values = {**self._read(), key: value}
        if value is None:
            del values[key]
        self._write(values)

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def _write(self, values: dict[str, Any]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix="settings-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(values, file, ensure_ascii=False, indent=1)
            Path(name).replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):  # the first error is the one to tell
                Path(name).unlink()
            raise


class WindowPlace:
    """The window's own corner of the settings, as the window asks for it."""

    def __init__(self, settings: DeviceSettings) -> None:
        self._settings = settings

    def load(self) -> dict[str, Any]:
        values = self._settings.get("window")
        return values if isinstance(values, dict) else {}

    def save(self, values: dict[str, Any]) -> None:
        # A full disk must not keep a window from closing; its place is no loss.
        with contextlib.suppress(OSError):
            self._settings.put("window", values)
