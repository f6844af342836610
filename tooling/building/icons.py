"""The program's icon in the forms that systems want: PNG in many sizes, .ico, .icns."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tooling.programs import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

SOURCE = ROOT / "resources" / "icons" / "tandem.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)  # pixels; those of the hicolor theme
ICO_SIZE = 256
# What a Mac's icon file calls a PNG file of this size.
ICNS_TYPES = {128: b"ic07", 256: b"ic08", 512: b"ic09"}


def write_icons(folder: Path) -> dict[int, Path]:
    """Write all forms into `folder`; the PNG files by their size.

    Raises:
        OSError: one could not be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    images = {size: rendered(size) for size in SIZES}
    written = {size: folder / f"tandem-{size}.png" for size in SIZES}
    for size, path in written.items():
        _save(images[size], path)
    _save(images[ICO_SIZE], folder / "tandem.ico")
    (folder / "tandem.icns").write_bytes(
        icns({size: path.read_bytes() for size, path in written.items()})
    )
    return written


def rendered(size: int) -> QImage:
    """The icon, `size` pixels wide and high, on nothing."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    return image


def icns(images: Mapping[int, bytes]) -> bytes:
    """A Mac's icon file with these PNG files, by their size in pixels."""
    parts = [
        kind + struct.pack(">I", len(images[size]) + 8) + images[size]
        for size, kind in ICNS_TYPES.items()
    ]
    body = b"".join(parts)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def windows_version(version: str) -> Any:
    """What Windows shows among the program's properties; made on Windows only."""
    from PyInstaller.utils.win32 import versioninfo as info

    numbers = tuple(int(part) for part in version.split("."))[:3]
    four = (*numbers, *(0,) * (4 - len(numbers)))
    texts = {
        "FileDescription": "Tandem",
        "FileVersion": version,
        "InternalName": "tandem",
        "OriginalFilename": "tandem.exe",
        "ProductName": "Tandem",
        "ProductVersion": version,
    }
    strings = [info.StringStruct(name, text) for name, text in texts.items()]
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=four, prodvers=four),
        kids=[
            info.StringFileInfo([info.StringTable("040904B0", strings)]),
            info.VarFileInfo([info.VarStruct("Translation", [1033, 1200])]),
        ],
    )


def _save(image: QImage, path: Path) -> None:
    if not image.save(str(path)):
        raise OSError(f"{path} could not be written.")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    write_icons(Path(sys.argv[1]))
