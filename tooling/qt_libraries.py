"""What Qt needs of a Linux system: the libraries and the font, and who installs them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tooling.programs import ROOT, CannotStart, run_aside, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tooling.programs import Run

# What Qt links to and a bare Linux may lack: library -> (Debian's package, Fedora's package).
LIBRARY_PACKAGES = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libOpenGL.so.0": ("libopengl0", "libglvnd-opengl"),
    "libICE.so.6": ("libice6", "libICE"),
    "libSM.so.6": ("libsm6", "libSM"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
}
FONT_PACKAGES = ("fonts-dejavu-core", "dejavu-sans-fonts")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
WINDOWLESS = ("lib/libQt6Widgets.so.6", "lib/libQt6Svg.so.6", "plugins/platforms/libqoffscreen.so")
WINDOWED = (*WINDOWLESS, "plugins/platforms/libqxcb.so")


class PackageManager(NamedTuple):
    """How this Linux installs packages."""

    program: str
    column: int  # of LIBRARY_PACKAGES and FONT_PACKAGES
    refresh: tuple[str, ...]
    install: tuple[str, ...]


APT = PackageManager(
    "apt-get",
    0,
    ("apt-get", "update"),
    ("apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"),
)
DNF = PackageManager("dnf", 1, (), ("dnf", "install", "-y"))


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether windows can be shown here."""
    if not platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def prepare_qt(parts: Iterable[str]) -> None:
    """Make sure that these parts of Qt find their libraries and a font; on Linux only.

    Raises:
        CannotStart: the sentence holds the command that installs what is missing.
    """
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return
    libraries = unmet_libraries(ROOT / ".venv", parts)
    fonts_missing = not has_font(FONT_FOLDERS)
    if libraries or fonts_missing:
        provide(libraries, fonts_missing=fonts_missing)


def provide(libraries: Sequence[str], *, fonts_missing: bool) -> None:
    manager = package_manager(shutil.which)
    if manager is None:
        missing = [*libraries, *(["a TrueType font"] if fonts_missing else [])]
        raise CannotStart(
            f"Qt needs what this system lacks: {', '.join(missing)}. "
            "Install it with your package manager, and run this command again."
        )
    packages = packages_for(libraries, fonts_missing=fonts_missing, manager=manager)
    install(packages, manager, is_root=os.geteuid() == 0, run=run_aside)


def unmet_libraries(venv: Path, parts: Iterable[str]) -> list[str]:
    """Names of the shared libraries that the parts of Qt in the venv do not find, sorted."""
    found: set[str] = set()
    for folder in venv.glob("lib/python*/site-packages/PySide6/Qt"):
        paths = [str(folder / part) for part in parts if (folder / part).exists()]
        listing = subprocess.run(
            ["ldd", *paths], capture_output=True, text=True, env={"LC_ALL": "C"}, check=False
        )
        found.update(not_found(listing.stdout))
    return sorted(found)


def not_found(listing: str) -> list[str]:
    """The libraries that the output of `ldd` calls missing."""
    return re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE)


def has_font(folders: Iterable[str]) -> bool:
    kinds = (".ttf", ".otf", ".ttc", ".pfb")
    return any(
        path.suffix.lower() in kinds
        for folder in folders
        for path in Path(folder).expanduser().rglob("*")
    )


def package_manager(which: Callable[[str], str | None]) -> PackageManager | None:
    return next((known for known in (APT, DNF) if which(known.program)), None)


def packages_for(
    libraries: Iterable[str], *, fonts_missing: bool, manager: PackageManager
) -> list[str]:
    """The packages that bring the libraries, sorted; a library outside the table is guessed."""
    packages = {
        LIBRARY_PACKAGES[library][manager.column]
        if library in LIBRARY_PACKAGES
        else guessed_package(library, manager)
        for library in libraries
    }
    if fonts_missing:
        packages.add(FONT_PACKAGES[manager.column])
    return sorted(packages)


def guessed_package(library: str, manager: PackageManager) -> str:
    """Package of `libfoo.so.1`: Debian names it libfoo1; dnf takes the library's name itself."""
    name, _, version = library.partition(".so.")
    if manager is APT:
        return f"{name}-{version}".lower() if name[-1:].isdigit() else f"{name}{version}".lower()
    return f"{library}()(64bit)"


def install(packages: Sequence[str], manager: PackageManager, *, is_root: bool, run: Run) -> None:
    """Install the packages as root on Debian; anywhere else name the command.

    Raises:
        CannotStart: it did not work, or it is for the person to do.
    """
    by_hand = shlex.join(["sudo", manager.program, "install", "-y", *packages])
    if not is_root or manager is not APT:
        raise CannotStart(
            f"Qt needs system libraries that are missing. Run `{by_hand}`, "
            "and then this command again."
        )
    say(f"Installing what Qt needs from the system: {' '.join(packages)}.")
    run(manager.refresh)  # when it fails, the lists may still be good enough
    if run([*manager.install, *packages]):
        raise CannotStart(
            f"The system libraries could not be installed. Run `{by_hand}` to see why, "
            "and then this command again."
        )
