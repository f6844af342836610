"""What the built program leaves out."""

from __future__ import annotations

import pytest

from tooling.building.trimming import is_used, trimmed

PLUGINS = "PySide6/Qt/plugins"
LINKED = {
    "/plugins/libqxcb.so": ["libxcb.so.1", "libc.so.6"],
    "/plugins/libqgtk3.so": ["libgtk-3.so.0"],
    "/system/libgtk-3.so.0": ["libpango.so.0"],
    "/system/libxcb.so.1": ["libXau.so.6"],
}


def needed_by(path: str) -> list[str]:
    return LINKED.get(path, [])


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        (f"{PLUGINS}/platforms/libqxcb.so", True),
        (f"{PLUGINS}/platforms/libqwayland.so", True),
        (f"{PLUGINS}/platforms/libqvnc.so", False),
        (f"{PLUGINS}/platformthemes/libqgtk3.so", False),
        (f"{PLUGINS}/imageformats/libqsvg.so", True),
        (f"{PLUGINS}/imageformats/libqtiff.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6\\plugins\\imageformats\\qtiff.dll", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/lib/libQt6Gui.so.6", True),
        ("resources/style.qss", True),
    ],
)
def test_only_plugins_that_it_uses_are_in_the_program(name: str, is_kept: bool) -> None:
    assert is_used(name) is is_kept


def test_what_only_a_plugin_needed_goes_with_it() -> None:
    entries = [
        (f"{PLUGINS}/platforms/libqxcb.so", "/plugins/libqxcb.so", "BINARY"),
        (f"{PLUGINS}/platformthemes/libqgtk3.so", "/plugins/libqgtk3.so", "BINARY"),
        *(
            (name, f"/system/{name}", "BINARY")
            for name in ("libgtk-3.so.0", "libpango.so.0", "libxcb.so.1", "libXau.so.6")
        ),
    ]

    left = [name for name, _, _ in trimmed(entries, needed_by)]

    assert left == [f"{PLUGINS}/platforms/libqxcb.so", "libxcb.so.1", "libXau.so.6"]


def test_python_itself_and_links_stay_though_nothing_is_linked_to_them() -> None:
    entries = [
        ("libpython3.11.so.1.0", "/lib/libpython3.11.so.1.0", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("resources/style.qss", "/src/style.qss", "DATA"),
    ]

    assert trimmed(entries, needed_by) == entries
