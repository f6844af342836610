"""The diagnostics bundle: all that helps, and nothing that is somebody's."""

import json
import zipfile
from pathlib import Path

import pytest

from desktop.diagnostics import Parts, write_bundle


def parts(folder: Path, **more: object) -> Parts:
    log = folder / "tandem.log"
    log.write_text("INFO Ana Ortiz signed in as ana@example.org with Bearer abc.def\n", "utf-8")
    given: dict[str, object] = {
        "about": "Tandem 1",
        "settings": {"server": "https://me:pw@host"},
        "doctor": "Good.",
    }
    given |= {"logs": [log, folder / "gone.log"], "names": ["Ana Ortiz"], "counts": {"users": 2}}
    return Parts(**{**given, **more})  # type: ignore[arg-type]


def test_it_holds_everything_but_secrets_names_and_addresses(tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"

    write_bundle(file, parts(tmp_path))

    with zipfile.ZipFile(file) as bundle:
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert set(texts) == {
        "README.txt",
        "about.txt",
        "settings.json",
        "doctor.txt",
        "counts.json",
        "logs/tandem.log",
        "logs/gone.log",
    }
    assert texts["logs/tandem.log"] == "INFO [hidden] signed in as [hidden] with [hidden]\n"
    assert texts["logs/gone.log"].startswith("This file could not be read")
    assert json.loads(texts["counts.json"]) == {"users": 2}
    assert "pw" not in texts["settings.json"]
    assert file.stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        write_bundle(tmp_path / "missing" / "bundle.zip", parts(tmp_path))

    assert [path.name for path in tmp_path.iterdir() if "bundle" in path.name] == []


@pytest.mark.parametrize("home", ["/home/jos\N{LATIN SMALL LETTER E WITH ACUTE}", r"C:\Users\ana"])
def test_the_persons_folder_is_hidden_however_json_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setattr(Path, "home", lambda: home)

    write_bundle(tmp_path / "b.zip", parts(tmp_path, settings={"data": f"{home}/tandem", "n": 1}))

    with zipfile.ZipFile(tmp_path / "b.zip") as bundle:
        assert json.loads(bundle.read("settings.json")) == {"data": "~/tandem", "n": 1}
