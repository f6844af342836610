"""Tests of reading how the program is started."""

from pathlib import Path

import pytest

from desktop.paths import data_folder
from desktop.settings import Settings


def test_without_anything_it_uses_what_is_customary(tmp_path: Path) -> None:
    settings = Settings.load([], {"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)})

    assert settings == Settings(data=settings.data, server=None, is_minimized=False, link=None)
    assert settings.data.is_relative_to(tmp_path)


def test_a_folder_that_is_not_the_customary_one_is_a_persons_own(tmp_path: Path) -> None:
    assert Settings(data_folder()).own_data is None
    assert Settings(tmp_path).own_data == tmp_path


def test_the_environment_says_more_than_custom_and_an_option_more_than_both() -> None:
    environment = {
        "TANDEM_DATA": "/from/environment",
        "TANDEM_SERVER": "http://environment/",
        "TANDEM_MINIMIZED": "1",
    }

    from_environment = Settings.load([], environment)
    from_options = Settings.load(
        ["--data", "/from/option", "--server", "http://option"], environment
    )

    assert from_environment == Settings(Path("/from/environment"), "http://environment", True)
    assert from_options == Settings(Path("/from/option"), "http://option", True)


def test_a_link_to_open_is_taken() -> None:
    settings = Settings.load(["--minimized", "tandem://schedules/1"], {"TANDEM_DATA": "/data"})

    assert (settings.is_minimized, settings.link) == (True, "tandem://schedules/1")


def test_a_link_of_another_program_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        Settings.load(["http://elsewhere"], {"TANDEM_DATA": "/data"})

    assert "tandem://" in capsys.readouterr().err


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        Settings.load(["--version"], {})

    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("Tandem ")


def test_certificates_are_named_by_option_or_environment(tmp_path: Path) -> None:
    environment = {"TANDEM_DATA": str(tmp_path), "TANDEM_CA_FILE": "/one.pem"}

    assert Settings.load([], environment).ca_file == Path("/one.pem")
    assert Settings.load(["--ca-file", "/two.pem"], environment).ca_file == Path("/two.pem")


def test_certificates_in_the_data_folder_hold_for_every_start(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").touch()

    assert Settings.load([], {"TANDEM_DATA": str(tmp_path)}).ca_file == tmp_path / "ca.pem"
