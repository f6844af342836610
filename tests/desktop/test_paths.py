"""Tests of where files live."""

from pathlib import Path

import pytest

from desktop.paths import data_folder, log_folder

HOME = {"HOME": "/home/mia", "USERPROFILE": "/home/mia"}


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "/home/mia/.local/share/tandem"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/tandem"),
        ("linux", {"XDG_DATA_HOME": "not/absolute"}, "/home/mia/.local/share/tandem"),
        ("darwin", {}, "/home/mia/Library/Application Support/Tandem"),
        ("win32", {}, "/home/mia/AppData/Roaming/Tandem"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/Tandem"),
    ],
)
def test_data_lies_where_the_platform_has_it(
    platform: str, environment: dict[str, str], folder: str
) -> None:
    assert data_folder(HOME | environment, platform) == Path(folder)


def test_logs_lie_beside_the_data() -> None:
    assert log_folder(Path("/data")) == Path("/data/logs")
