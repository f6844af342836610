"""Which place belongs to which system."""

from __future__ import annotations

from pathlib import Path

from desktop.launching.links import claim_links


def test_linux_has_an_entry(tmp_path: Path) -> None:
    claim_links(["/opt/tandem"], {"HOME": str(tmp_path), "XDG_DATA_DIRS": "none"}, "linux")

    assert (tmp_path / ".local/share/applications/tandem.desktop").exists()


def test_a_mac_has_it_in_the_bundle(tmp_path: Path) -> None:
    claim_links(["/opt/tandem"], {"HOME": str(tmp_path)}, "darwin")

    assert list(tmp_path.glob("*/**/*.desktop")) == []
