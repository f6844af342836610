"""The stories with an installed program, as far as no program is needed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo import installed


def test_what_a_computer_lacks_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    code = installed.main(["tandem"])

    assert code == 2
    assert "This computer has no Xvfb" in capsys.readouterr().err


def test_there_is_a_story_for_each_that_the_demo_tells() -> None:
    assert list(installed.STORIES) == ["T1", "T2", "T3", "T4"]
