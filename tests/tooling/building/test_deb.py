"""The Debian package, as far as it can be looked at without a build."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path

import pytest

from tooling.building.deb import control_text, make_deb, packages_of
from tooling.programs import CannotStart

pytestmark = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="only Debian has dpkg-deb")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder that looks like the built program."""
    folder = tmp_path / "tandem"
    (folder / "_internal").mkdir(parents=True)
    shutil.copy("/bin/true", folder / "tandem")
    return folder


def test_a_package_holds_the_program_and_what_a_desktop_looks_for(
    program: Path, tmp_path: Path
) -> None:
    made = make_deb(program, "1.2.3", tmp_path, compression="gzip")

    listed = subprocess.run(
        ["dpkg-deb", "--contents", made], capture_output=True, text=True, check=True
    ).stdout
    for wanted in (
        "./usr/lib/tandem/tandem",
        "./usr/bin/tandem -> ../lib/tandem/tandem",
        "./usr/share/applications/tandem.desktop",
        "./usr/share/icons/hicolor/48x48/apps/tandem.png",
        "./usr/share/metainfo/org.tandem.desktop.metainfo.xml",
        "./usr/share/man/man1/tandem.1.gz",
    ):
        assert wanted in listed
    assert all(" root/root " in line for line in listed.splitlines())


def test_it_says_version_size_and_what_it_needs(program: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(program, tree / "usr" / "lib" / "tandem")
    (tree / "more").write_bytes(bytes(40_000))

    fields = dict(
        line.split(": ", 1)
        for line in control_text(tree, "1.2.3", "amd64").splitlines()
        if not line.startswith(" ")
    )

    assert fields["Version"] == "1.2.3"
    assert int(fields["Installed-Size"]) >= 40_000 // 1024
    assert "libc6 (>= 2." in fields["Depends"]
    assert "libegl1" in fields["Depends"]


def test_a_library_is_known_by_its_package_wherever_it_is_said_to_lie() -> None:
    [libc] = Path("/lib").glob("*/libc.so.6")

    assert packages_of([libc]) == packages_of([Path(f"/usr{libc}")]) == {"libc6"}


def test_a_refusal_is_a_sentence(program: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="dpkg-deb refused"):
        make_deb(program, "no version", tmp_path)


def test_the_manual_is_readable() -> None:
    text = Path("packaging/linux/tandem.1").read_text("utf-8")

    assert gzip.decompress(gzip.compress(text.encode())).decode() == text
    for option in ("data", "server", "minimized", "version"):
        assert f"\\-\\-{option}" in text
