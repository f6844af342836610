"""The Debian package: the built program with its desktop entry, icons, link handler and manual."""

from __future__ import annotations

import gzip
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.launching.desktop_entry import entry_text
from tooling.building.icons import SOURCE, write_icons
from tooling.programs import ROOT, CannotStart

if TYPE_CHECKING:
    from collections.abc import Iterable

LINUX = ROOT / "packaging" / "linux"
HOME = Path("usr/lib/tandem")
MAINTAINER = "Tandem <hello@example.org>"
DESCRIPTION = """Plan sessions, keep in step: mentors and students
 Mentors and students plan sessions, write and review learning entries, and see
 at once what the other did. Each computer holds a full local copy of what its
 person may see, so everything works without a network."""
ENTRY = {
    "GenericName": "Mentoring",
    "Categories": "Education;Office;",
    "Keywords": "mentor;student;session;entry;",
    "MimeType": "x-scheme-handler/tandem;",
    "StartupWMClass": "tandem",
    "StartupNotify": "true",
}
# What Qt opens by itself and no library names.
OPENED = ("libegl1", "libgl1", "libfontconfig1", "fonts-dejavu-core | fonts-liberation")


def make_deb(program: Path, version: str, into: Path, *, compression: str = "xz") -> Path:
    """The package of the one-folder program, written into the folder `into`.

    Raises:
        CannotStart: the system has no `dpkg-deb`, or it refused.
    """
    if shutil.which("dpkg-deb") is None:
        raise CannotStart("A .deb is made by `dpkg-deb`, which only Debian and its kin have.")
    architecture = _said("dpkg", "--print-architecture")
    tree = into / f"tandem_{version}_{architecture}"
    shutil.rmtree(tree, ignore_errors=True)
    _fill(tree, program)
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(control_text(tree, version, architecture), "utf-8")
    made = tree.with_name(f"{tree.name}.deb")
    options = ("--root-owner-group", f"-Z{compression}", "--build")
    _said("dpkg-deb", *options, str(tree), str(made))
    shutil.rmtree(tree)
    return made


def control_text(tree: Path, version: str, architecture: str) -> str:
    """What the package manager reads; the size is in KiB."""
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file())
    fields = {
        "Package": "tandem",
        "Version": version,
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size // 1024),
        "Depends": ", ".join(sorted({*depended_on(tree / HOME), *OPENED})),
        "Recommends": "gnome-keyring | keepassxc | kwalletmanager",
        "Section": "education",
        "Priority": "optional",
        "Homepage": "https://example.org/tandem",
        "Description": DESCRIPTION,
    }
    return "".join(f"{key}: {value}\n" for key, value in fields.items())


def depended_on(folder: Path) -> set[str]:
    """The packages that the program in `folder` needs, of the C library at least this one."""
    _, libc = platform.libc_ver()
    found = packages_of(needed(folder))
    return {f"{name} (>= {libc})" if name == "libc6" else name for name in found}


def needed(folder: Path) -> set[Path]:
    """The system's libraries that what lies in `folder` is linked to."""
    inside = os.environ | {"LD_LIBRARY_PATH": str(folder / "_internal")}
    programs = [path for path in folder.rglob("*") if ".so" in path.name and not path.is_symlink()]
    finished = subprocess.run(
        ["ldd", str(folder / "tandem"), *map(str, programs)],
        env=inside,
        capture_output=True,
        text=True,
        check=False,  # of something that is linked to nothing it says so, as an error
    )
    found = {Path(path) for path in re.findall(r"=> (/\S+)", finished.stdout)}
    return {path for path in found if folder not in path.parents}


def packages_of(libraries: Iterable[Path]) -> set[str]:
    """The Debian packages that these libraries are from."""
    # Older systems have /lib beside /usr/lib, and know a file by one of both names only.
    names = {name for path in libraries for name in (str(path), f"/usr{path}", str(path)[4:])}
    finished = subprocess.run(
        ["dpkg", "--search", *sorted(names)],
        capture_output=True,
        text=True,
        check=False,  # it does not know all of the names
    )
    return {line.split(":")[0] for line in finished.stdout.splitlines() if ": /" in line}


def _fill(tree: Path, program: Path) -> None:
    shutil.copytree(program, tree / HOME, symlinks=True)
    share = tree / "usr" / "share"
    _link(tree / "usr" / "bin" / "tandem", "../lib/tandem/tandem")
    entry = entry_text(["tandem"], ENTRY, takes_link=True)
    _write(share / "applications" / "tandem.desktop", entry.encode())
    icons = share / "icons" / "hicolor"
    for size, path in write_icons(ROOT / "build" / "icons").items():
        _write(icons / f"{size}x{size}" / "apps" / "tandem.png", path.read_bytes())
    _write(icons / "scalable" / "apps" / "tandem.svg", SOURCE.read_bytes())
    metainfo = LINUX / "org.tandem.desktop.metainfo.xml"
    _write(share / "metainfo" / metainfo.name, metainfo.read_bytes())
    _write(share / "man" / "man1" / "tandem.1.gz", _packed(LINUX / "tandem.1"))
    doc = share / "doc" / "tandem"
    _write(doc / "copyright", (ROOT / "LICENSE").read_bytes())
    _write(doc / "changelog.gz", _packed(ROOT / "CHANGELOG.md"))


def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _link(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _said(*command: str) -> str:
    try:
        finished = subprocess.run(command, capture_output=True, text=True, check=True)
    except subprocess.CalledProcessError as error:
        raise CannotStart(f"{command[0]} refused: {error.stderr.strip()}") from None
    return finished.stdout.strip()
