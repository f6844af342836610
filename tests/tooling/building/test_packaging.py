"""The files that go into packages agree with the project."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

from desktop.launching.desktop_entry import ID
from tooling.programs import ROOT

PACKAGING = ROOT / "packaging"
# Of the project's dependencies, those that only the desktop has.
DESKTOPS = ("PySide6", "qasync", "sqlite-utils", "keyring", "jeepney", "httpx")


def test_the_container_installs_what_the_relay_needs_of_the_projects_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (PACKAGING / "relay" / "requirements.txt").read_text("utf-8").splitlines()

    wanted = {one for one in project["dependencies"] if not one.startswith(DESKTOPS)}
    plain = {one.replace("[asyncio_client]", "") for one in wanted}
    assert {line for line in lines if not line.startswith("#")} == plain


def test_software_centres_find_the_desktop_entry() -> None:
    path = PACKAGING / "linux" / "org.tandem.desktop.metainfo.xml"
    component = ElementTree.fromstring(path.read_text("utf-8"))  # noqa: S314  our own file

    launchable = component.find("launchable")
    assert launchable is not None
    assert launchable.text == f"{ID}.desktop"


def test_what_was_not_run_says_so() -> None:
    for name in ("windows/tandem.nsi", "mac/make_dmg.sh"):
        assert "NOT RUN" in (PACKAGING / name).read_text("utf-8")
    assert "NOT BUILT" in Path(PACKAGING / "relay" / "Containerfile").read_text("utf-8")


def test_the_frozen_relay_takes_along_all_that_it_reads_beside_its_modules() -> None:
    spec = (ROOT / "relay.spec").read_text("utf-8")
    patterns = [ROOT / found for found in re.findall(r'\("(syncserver/[^"]+)", "syncserver', spec)]

    read = [
        path for path in (ROOT / "syncserver").rglob("*.*") if path.suffix in (".html", ".json")
    ]

    assert read
    for path in read:
        assert any(path.match(str(pattern)) for pattern in patterns), path
