"""What this computer remembers for all accounts."""

from pathlib import Path

import pytest

from desktop.settings import DeviceSettings, WindowPlace


def test_a_value_is_there_after_a_restart(tmp_path: Path) -> None:
    DeviceSettings(tmp_path / "new").put("account", {"userId": "a"})

    assert DeviceSettings(tmp_path / "new").get("account") == {"userId": "a"}


def test_none_takes_a_value_away(tmp_path: Path) -> None:
    settings = DeviceSettings(tmp_path)
    settings.put("account", "a")

    settings.put("account", None)

    assert settings.get("account") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff"])
def test_a_damaged_file_reads_as_empty_and_can_be_written_again(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    settings = DeviceSettings(tmp_path)

    assert settings.get("account") is None
    settings.put("account", "a")
    assert settings.get("account") == "a"


def test_a_write_that_fails_leaves_the_old_values_and_no_other_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    settings = DeviceSettings(folder)
    settings.put("account", "a")
    (folder / "settings.json").rename(folder / "kept")
    (folder / "settings.json").mkdir()  # what stands in the way of the replacing

    with pytest.raises(OSError, match=r"settings\.json"):
        settings.put("account", "b")

    assert sorted(path.name for path in folder.iterdir()) == ["kept", "settings.json"]


def test_the_window_gets_its_place_back(tmp_path: Path) -> None:
    WindowPlace(DeviceSettings(tmp_path)).save({"page": "today"})

    assert WindowPlace(DeviceSettings(tmp_path)).load() == {"page": "today"}


def test_a_window_closes_though_its_place_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    place = WindowPlace(DeviceSettings(tmp_path))

    place.save({"page": "today"})

    assert place.load() == {}
