"""A registry in memory."""

from __future__ import annotations


class MemoryRegistry:
    """Keeps texts by key and name, as the person's registry does."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}

    def read(self, key: str, name: str) -> str | None:
        return self._texts.get((key, name))

    def write(self, key: str, name: str, text: str) -> None:
        self._texts[key, name] = text

    def remove(self, key: str, name: str) -> None:
        self._texts.pop((key, name), None)
