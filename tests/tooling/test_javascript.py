"""Installing the JavaScript client."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tooling.javascript import prepare_javascript


class Npm:
    """An npm that notes down what it is asked."""

    def __init__(self, code: int = 0) -> None:
        self.asked: list[Sequence[str]] = []
        self._code = code

    def __call__(self, command: Sequence[str]) -> int:
        self.asked.append(command)
        return self._code


def test_what_is_missing_is_installed_from_the_lock_file(tmp_path: Path) -> None:
    npm = Npm()

    prepare_javascript(tmp_path, lambda _name: "/bin/npm", npm)

    [command] = npm.asked
    assert list(command[:4]) == ["/bin/npm", "ci", "--prefix", str(tmp_path)]


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "node_modules").mkdir()
    npm = Npm()

    prepare_javascript(tmp_path, lambda _name: "/bin/npm", npm)

    assert npm.asked == []


def test_without_npm_it_says_what_is_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare_javascript(tmp_path, lambda _name: None, Npm())

    assert "skipped: npm is not installed." in capsys.readouterr().err


def test_an_npm_that_fails_does_not_keep_the_other_tests_from_running(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare_javascript(tmp_path, lambda _name: "/bin/npm", Npm(code=1))

    assert "skipped: npm could not install it." in capsys.readouterr().err
