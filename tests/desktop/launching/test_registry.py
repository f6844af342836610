"""The person's registry: the real one on Windows, that of the tests everywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from desktop.launching.registry import Registry, person_registry
from tests.desktop.launching.registries import MemoryRegistry

KEY = r"Software\Tandem Tests"


@pytest.fixture(params=["memory", "real"] if sys.platform == "win32" else ["memory"])
def registry(request: pytest.FixtureRequest) -> Iterator[Registry]:
    registry: Registry = MemoryRegistry() if request.param == "memory" else person_registry()
    yield registry
    registry.remove(KEY, "name")


def test_a_text_is_kept_until_it_is_removed(registry: Registry) -> None:
    registry.write(KEY, "name", "old")
    registry.write(KEY, "name", "new")
    assert registry.read(KEY, "name") == "new"

    registry.remove(KEY, "name")
    registry.remove(KEY, "name")

    assert registry.read(KEY, "name") is None
    assert registry.read(rf"{KEY}\none", "name") is None


if sys.platform != "win32":

    def test_elsewhere_there_is_none() -> None:
        with pytest.raises(OSError, match="Only Windows"):
            person_registry()
