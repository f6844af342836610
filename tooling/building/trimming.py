"""What the built program leaves out: plugins of Qt's that nothing uses, and what only they need."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    # PyInstaller's: the name in the folder, where it is from, its kind.
    Entry = tuple[str, str, str]

# On Windows and macOS PySide6 has them in other folders: what lies below is called the same.
KEPT_PLUGINS = (
    "iconengines/*svgicon*",
    "imageformats/*svg*",
    "networkinformation/*",
    "platforminputcontexts/*",
    "platforms/*xcb*",
    "platforms/*wayland*",
    "platforms/*offscreen*",
    "platforms/*windows*",
    "platforms/*cocoa*",
    "platformthemes/*xdgdesktopportal*",
    "styles/*",
    "wayland-*/*",
    "xcbglintegrations/*",
)
UNUSED = (
    "PySide6/translations/*",
    "PySide6/Qt/translations/*",
    "*libQt6Egl*",
    "yaml/*",
    "setuptools/*",
)


def trimmed(entries: Iterable[Entry], needed_by: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The entries without unused ones, and without shared libraries that nothing left needs.

    `needed_by` names the libraries, without folders, that the library at a path is linked to.
    """
    left = [entry for entry in entries if is_used(entry[0])]
    loose = {_name(entry[0]): entry for entry in left if _is_loose(entry)}
    asked = [entry for entry in left if not _is_loose(entry) and entry[2] != "SYMLINK"]
    kept: set[str] = set()
    while asked:
        for name in needed_by(asked.pop()[1]):
            if name in loose and name not in kept:
                kept.add(name)
                asked.append(loose[name])
    return [entry for entry in left if not _is_loose(entry) or _name(entry[0]) in kept]


def is_used(name: str) -> bool:
    """Whether the file of this name in the program's folder is one that it uses."""
    path = name.replace("\\", "/")
    if any(fnmatch(path, pattern) for pattern in UNUSED):
        return False
    _, is_plugin, below = path.partition("/plugins/")
    if not (path.startswith("PySide6/") and is_plugin):
        return True
    return any(fnmatch(below, pattern) for pattern in KEPT_PLUGINS)


def _is_loose(entry: Entry) -> bool:
    """Whether it is there only because something is linked to it: a library of the system."""
    name, _, kind = entry
    is_python = name.startswith("libpython")  # which the program opens by itself
    return kind == "BINARY" and "/" not in name and ".so" in name and not is_python


def _name(path: str) -> str:
    return PurePosixPath(path).name
