"""Which measurements there are, and what becomes of one that fails."""

from __future__ import annotations

from importlib import import_module

import pytest

from bench.__main__ import main, measured, names


def test_each_file_of_the_folder_is_a_measurement() -> None:
    assert "imports" in names()
    assert all(callable(import_module(f"bench.{name}").measure) for name in names())


def test_an_unknown_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["importz"]) == 2
    assert "No measurement is called importz." in capsys.readouterr().err


def test_a_measurement_that_fails_is_named_and_reported(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert measured(["not_there"]) == ([], ["not_there"])
    assert "not_there failed: ModuleNotFoundError" in capsys.readouterr().err
