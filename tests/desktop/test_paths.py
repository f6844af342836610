"""Tests of where files live."""

from pathlib import Path

import pytest

from desktop.paths import account_folder, data_folder, log_folder

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


def test_each_account_at_each_relay_has_a_folder_of_its_own() -> None:
    folders = {
        account_folder(Path("/data"), url, user)
        for url in ("http://localhost:8470", "https://relay.example.org")
        for user in ("mia", "noah")
    }

    assert len(folders) == 4
    assert {folder.parent for folder in folders} == {Path("/data/accounts")}


def test_the_folder_of_an_account_says_which_relay_it_belongs_to() -> None:
    folder = account_folder(Path("/data"), "https://Relay.Example.org:8470/", "mia")

    assert folder.name.startswith("relay-example-org-8470-")
    assert folder == account_folder(Path("/data"), "https://Relay.Example.org:8470", "mia")


def test_a_relay_without_a_readable_name_has_a_folder_too() -> None:
    assert account_folder(Path("/data"), "://", "mia").name.startswith("relay-")


def test_logs_lie_beside_the_data() -> None:
    assert log_folder(Path("/data")) == Path("/data/logs")
