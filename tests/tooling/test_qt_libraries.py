"""What Qt misses on a Linux system, and how it gets there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tooling.programs import CannotStart
from tooling.qt_libraries import (
    APT,
    DNF,
    has_font,
    has_screen,
    install,
    not_found,
    package_manager,
    packages_for,
    unmet_libraries,
)

LISTING = """\
\tlinux-vdso.so.1 (0x00007ffc3a9f2000)
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1c2a000000)
\tlibxcb-cursor.so.0 => not found
"""


class Runs:
    """Stands in for starting programs: keeps the commands, and answers with one code."""

    def __init__(self, code: int = 0) -> None:
        self.commands: list[list[str]] = []
        self._code = code

    def __call__(self, command: Sequence[str]) -> int:
        self.commands.append(list(command))
        return self._code


def test_the_listing_names_the_missing_libraries_only() -> None:
    assert not_found(LISTING) == ["libEGL.so.1", "libxcb-cursor.so.0"]


def test_a_folder_without_qt_misses_nothing(tmp_path: Path) -> None:
    assert unmet_libraries(tmp_path, ["lib/libQt6Widgets.so.6"]) == []


def test_debian_gets_its_package_names_sorted_and_once() -> None:
    libraries = ["libgthread-2.0.so.0", "libglib-2.0.so.0", "libEGL.so.1"]

    packages = packages_for(libraries, fonts_missing=True, manager=APT)

    assert packages == ["fonts-dejavu-core", "libegl1", "libglib2.0-0"]


def test_fedora_gets_its_own_names() -> None:
    packages = packages_for(["libxkbcommon-x11.so.0"], fonts_missing=True, manager=DNF)

    assert packages == ["dejavu-sans-fonts", "libxkbcommon-x11"]


@pytest.mark.parametrize(
    ("library", "package"), [("libXtst.so.6", "libxtst6"), ("libfoo2.so.0", "libfoo2-0")]
)
def test_a_library_outside_the_table_is_named_as_debian_names_them(
    library: str, package: str
) -> None:
    assert packages_for([library], fonts_missing=False, manager=APT) == [package]


def test_dnf_is_asked_for_an_unknown_library_by_its_own_name() -> None:
    packages = packages_for(["libfoo.so.2"], fonts_missing=False, manager=DNF)

    assert packages == ["libfoo.so.2()(64bit)"]


def test_apt_is_preferred_and_no_known_manager_is_none() -> None:
    assert package_manager(lambda _: "/usr/bin/x") is APT
    assert package_manager(lambda name: "/usr/bin/dnf" if name == "dnf" else None) is DNF
    assert package_manager(lambda _: None) is None


def test_root_on_debian_has_the_packages_installed_after_an_update() -> None:
    runs = Runs()

    install(["libegl1"], APT, is_root=True, run=runs)

    assert runs.commands[0] == ["apt-get", "update"]
    assert runs.commands[1][:2] == ["apt-get", "install"]
    assert runs.commands[1][-1] == "libegl1"


def test_anyone_else_is_given_the_command_and_nothing_is_run() -> None:
    runs = Runs()

    with pytest.raises(CannotStart, match="Run `sudo apt-get install -y libegl1 libgl1`"):
        install(["libegl1", "libgl1"], APT, is_root=False, run=runs)

    assert runs.commands == []


def test_fedora_is_given_the_command_even_as_root() -> None:
    with pytest.raises(CannotStart, match="Run `sudo dnf install -y libglvnd-egl`"):
        install(["libglvnd-egl"], DNF, is_root=True, run=Runs())


def test_an_installation_that_fails_names_the_command_that_shows_why() -> None:
    with pytest.raises(CannotStart, match=r"could not be installed\. Run `sudo apt-get install"):
        install(["libegl1"], APT, is_root=True, run=Runs(code=100))


def test_a_font_in_any_subfolder_counts(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "Sans.TTF").touch()

    assert has_font([str(tmp_path)])


def test_other_files_and_missing_folders_are_no_fonts(tmp_path: Path) -> None:
    (tmp_path / "fonts.dir").touch()

    assert not has_font([str(tmp_path), str(tmp_path / "missing")])


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_windows_can_be_shown_where_there_is_a_screen(
    environment: dict[str, str], platform: str, expected: bool
) -> None:
    assert has_screen(environment, platform) is expected
