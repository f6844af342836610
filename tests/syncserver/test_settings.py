"""Settings: where they come from, in which order, and how wrong ones are told."""

from pathlib import Path

import pytest

from syncserver.settings import CommandOptions, Settings, WrongSetting, is_loopback


def test_without_anything_given_all_is_default(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path, {})

    assert settings == Settings(data=tmp_path)
    assert (settings.host, settings.port) == ("127.0.0.1", 8470)


def test_an_option_beats_the_environment_and_that_beats_the_file(tmp_path: Path) -> None:
    (tmp_path / "relay.toml").write_text('port = 1\nhost = "::1"\nsign-in-tries = 3\n', "utf-8")
    environment = {"TANDEM_PORT": "2", "TANDEM_HOST": "localhost"}

    settings = Settings.load(tmp_path, environment, {"port": 3, "host": None})

    assert (settings.port, settings.host, settings.sign_in_tries) == (3, "localhost", 3)


@pytest.mark.parametrize("text", ["1", "true"])
def test_the_environment_opens_registration(tmp_path: Path, text: str) -> None:
    assert Settings.load(tmp_path, {"TANDEM_OPEN_REGISTRATION": text}).open_registration


def test_an_empty_variable_is_not_given(tmp_path: Path) -> None:
    assert Settings.load(tmp_path, {"TANDEM_PORT": ""}).port == 8470


def test_a_list_is_separated_by_commas(tmp_path: Path) -> None:
    environment = {"TANDEM_CORS_ORIGINS": "https://a.example, https://b.example"}

    settings = Settings.load(tmp_path, environment)

    assert settings.cors_origins == ["https://a.example", "https://b.example"]


@pytest.mark.parametrize(
    ("file", "environment", "named"),
    [
        ("prot = 1", {}, "prot"),
        ("port = [", {}, "relay.toml"),
        ("", {"TANDEM_PORT": "many"}, "port"),
        ("", {"TANDEM_SIGN_IN_TRIES": "0"}, "sign_in_tries"),
        ("", {"TANDEM_TLS_CERT": "cert.pem"}, "--tls-key"),
    ],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, file: str, environment: dict[str, str], named: str
) -> None:
    (tmp_path / "relay.toml").write_text(file, "utf-8")

    with pytest.raises(WrongSetting, match=named):
        Settings.load(tmp_path, environment)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "relay.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(WrongSetting, match=r"relay\.toml"):
        Settings.load(tmp_path, {})


def test_a_certificate_and_a_proxy_exclude_each_other(tmp_path: Path) -> None:
    options = {"tls_cert": "c", "tls_key": "k", "behind_proxy": True}

    with pytest.raises(WrongSetting, match="either"):
        Settings.load(tmp_path, {}, options)


@pytest.mark.parametrize(
    ("options", "is_private"),
    [
        ({}, True),
        ({"host": "localhost"}, True),
        ({"host": "0.0.0.0"}, False),  # noqa: S104 - only compared
        ({"host": "relay.example"}, False),
        ({"host": "0.0.0.0", "behind_proxy": True}, True),  # noqa: S104
        ({"host": "0.0.0.0", "tls_cert": "c", "tls_key": "k"}, True),  # noqa: S104
    ],
)
def test_only_loopback_tls_and_a_proxy_are_private(
    tmp_path: Path, options: dict[str, object], is_private: bool
) -> None:
    assert Settings.load(tmp_path, {}, options).is_private is is_private


def test_loopback_has_more_than_one_address() -> None:
    assert is_loopback("127.8.8.8")
    assert is_loopback("::1")
    assert not is_loopback("10.0.0.1")


def test_what_commands_are_told_stands_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "relay.toml").write_text('port = 1\nadmin-name = "Ada"\nname = "A"\n', "utf-8")
    environment = {"TANDEM_NAME": "B", "TANDEM_PASSWORD_STDIN": "1", "TANDEM_PORT": "2"}

    told = CommandOptions.load(tmp_path, environment)

    assert told == CommandOptions(name="B", admin_name="Ada", password_stdin=True)
    assert Settings.load(tmp_path, {}).port == 1


def test_a_wrong_option_of_a_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="password_stdin"):
        CommandOptions.load(tmp_path, {"TANDEM_PASSWORD_STDIN": "perhaps"})
