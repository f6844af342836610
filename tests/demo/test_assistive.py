"""Programs as assistive technology meets them; what it does there is shown in `end2end`."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo import assistive


async def test_without_its_bus_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assistive, "LAUNCHERS", (tmp_path / "nothing",))

    with pytest.raises(assistive.NotThere, match="at-spi2-core"):
        async with assistive.assistive({}):
            pass


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistive, "PATIENCE_S", 0.0)

    assert list(assistive.patience()) == []
