"""The version of what is built."""

from __future__ import annotations

from importlib.metadata import version

from tooling.building.versions import VERSION


def test_it_is_the_one_that_the_program_says() -> None:
    assert version("tandem") == VERSION
