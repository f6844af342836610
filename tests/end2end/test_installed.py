"""The Debian package: installed, played with, upgraded and removed on this very machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import installed
from desktop.launching.desktop_entry import program_of, value_of
from tooling.building.__main__ import build_program
from tooling.building.deb import make_deb
from tooling.building.versions import VERSION

PROGRAM, ENTRY = Path("/usr/bin/tandem"), Path("/usr/share/applications/tandem.desktop")
NEXT = f"{VERSION}+next"


def _lacking() -> list[str]:
    if sys.platform != "linux" or os.geteuid() != 0:
        return ["the rights to install"]
    return [name for name in ("dpkg", "dpkg-deb", "ldd") if not shutil.which(name)]


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(_lacking()), reason="it needs Debian, as root"),
    pytest.mark.skipif(PROGRAM.exists(), reason="a Tandem is installed already"),
]


@pytest.fixture(scope="module")
def program() -> Path:
    return build_program()


@pytest.fixture(scope="module")
def package(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_deb(program, VERSION, tmp_path_factory.mktemp("package"), compression="gzip")


@pytest.fixture(scope="module")
def _installed(package: Path) -> Iterator[None]:
    """The package on this machine, and gone from it in the end."""
    _dpkg("--install", str(package))
    yield
    if PROGRAM.exists():
        _dpkg("--purge", "tandem")


def _dpkg(*words: str) -> None:
    finished = subprocess.run(["dpkg", *words], capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_build_has_no_gtk_and_no_code_of_tests_or_relay(program: Path) -> None:
    names = {str(path.relative_to(program)) for path in program.rglob("*")}

    assert [name for name in names if "gtk" in name or "gdk" in name] == []
    assert [name for name in names if "qml" in name.lower() or "webengine" in name.lower()] == []
    strange = ("tests", "demo", "bench", "tooling", "syncserver", "pytest", "hypothesis")
    assert [name for name in names if name.removeprefix("_internal/").startswith(strange)] == []
    assert any(name.endswith("resources/translations/tandem_en.qm") for name in names)


@pytest.mark.usefixtures("_installed")
def test_it_says_its_version_without_python_on_the_path() -> None:
    finished = subprocess.run(
        [PROGRAM, "--version"], env={"PATH": "/nonexistent"}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip

    assert finished.stdout.strip() == f"Tandem {VERSION}"


@pytest.mark.usefixtures("_installed")
def test_the_desktop_finds_it_with_icon_links_and_manual() -> None:
    entry = ENTRY.read_text("utf-8")
    files = _said("dpkg", "--listfiles", "tandem").splitlines()

    assert shutil.which(program_of(entry)) == str(PROGRAM)
    assert "x-scheme-handler/tandem" in value_of(entry, "MimeType")
    for size in ("16x16/apps/tandem.png", "256x256/apps/tandem.png", "scalable/apps/tandem.svg"):
        assert f"/usr/share/icons/hicolor/{size}" in files
    assert "/usr/share/man/man1/tandem.1.gz" in files
    assert "/usr/share/doc/tandem/copyright" in files


@pytest.mark.skipif(bool(installed.missing()), reason="it needs a screen that nobody sees")
@pytest.mark.usefixtures("_installed")
async def test_the_installed_program_passes_the_four_stories(
    capsys: pytest.CaptureFixture[str],
) -> None:
    is_good = await installed.tell(PROGRAM, list(installed.STORIES))

    said = capsys.readouterr().out
    assert is_good, said
    assert said == "T1 ok\nT2 ok\nT3 ok\nT4 ok\n"


@pytest.mark.usefixtures("_installed")
def test_it_is_upgraded_and_removed_and_leaves_the_persons_data(
    program: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "data" / "tandem.txt"
    kept.parent.mkdir()
    kept.write_text("the person's own")

    _dpkg("--install", str(make_deb(program, NEXT, tmp_path, compression="gzip")))

    assert _said("dpkg-query", "--show", "--showformat=${Version}", "tandem") == NEXT
    assert PROGRAM.exists()

    _dpkg("--purge", "tandem")

    assert not PROGRAM.exists()
    assert not ENTRY.exists()
    assert not Path("/usr/lib/tandem").exists()
    assert kept.read_text() == "the person's own"
