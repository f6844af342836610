"""Where the window stood when it was closed, for all accounts of this computer."""

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


class WindowPlace:
    """A small JSON file in the data folder, replaced as a whole; no secret is ever in it.

    A missing or damaged file reads as empty, and a disk that takes no more is passed over: a
    window's place is not worth a start or an end that fails.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "window.json"

    def load(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def save(self, values: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(json.dumps(values, ensure_ascii=False, indent=1))

    def _write(self, text: str) -> None:
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix="window-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):  # the first error is the one that matters
                Path(name).unlink()
            raise
