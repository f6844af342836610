"""Where the window stood."""

from pathlib import Path

import pytest

from desktop.window_place import WindowPlace


def test_the_window_gets_its_place_back(tmp_path: Path) -> None:
    WindowPlace(tmp_path / "new").save({"page": "today"})

    assert WindowPlace(tmp_path / "new").load() == {"page": "today"}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff"])
def test_a_damaged_file_reads_as_empty_and_can_be_written_again(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "window.json").write_bytes(content)
    place = WindowPlace(tmp_path)

    assert place.load() == {}
    place.save({"page": "today"})
    assert place.load() == {"page": "today"}


def test_a_window_closes_though_its_place_cannot_be_kept(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "window.json").mkdir(parents=True)  # what stands in the way of the replacing
    place = WindowPlace(folder)

    place.save({"page": "today"})

    assert place.load() == {}
    assert [path.name for path in folder.iterdir()] == ["window.json"]
