"""A keyring in a file of the demo's own folder, so that the person's keyring stays untouched."""

import json
from pathlib import Path


class FileKeyring:
    """Keeps the sign-ins of invented people; a desktop that starts again finds them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get_password(self, service_name: str, username: str) -> str | None:
        return self._read().get(f"{service_name}/{username}")

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self._write({**self._read(), f"{service_name}/{username}": password})

    def delete_password(self, service_name: str, username: str) -> None:
        kept = self._read()
        kept.pop(f"{service_name}/{username}", None)
        self._write(kept)

    def _read(self) -> dict[str, str]:
        try:
            kept: dict[str, str] = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return kept

    def _write(self, kept: dict[str, str]) -> None:
        new = self._path.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(json.dumps(kept), "utf-8")
        new.replace(self._path)
