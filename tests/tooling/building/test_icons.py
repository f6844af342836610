"""The program's icon in the forms that systems want."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tooling.building.icons import SIZES, rendered, write_icons

pytestmark = pytest.mark.usefixtures("qapp")


def test_every_size_is_written_and_so_are_the_forms_of_other_systems(
    qapp: QApplication, tmp_path: Path
) -> None:
    written = write_icons(tmp_path / "icons")

    assert list(written) == list(SIZES)
    for size, path in written.items():
        assert QImage(str(path)).width() == size
    for name in ("tandem.ico", "tandem.icns"):
        assert not QImage(str(tmp_path / "icons" / name)).isNull()


def test_it_is_drawn_on_nothing() -> None:
    image = rendered(64)

    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(32, 32).alpha() == 255


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "tandem-16.png").mkdir()

    with pytest.raises(OSError, match="could not be written"):
        write_icons(tmp_path)
