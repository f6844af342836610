"""Settings: command line, then environment, then the folder's relay.toml, then the default."""

import os
import tomllib
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from domain.wire import MESSAGE_LIMIT, PUSH_LIMIT

T = TypeVar("T")
PREFIX = "TANDEM_"
FILE = "relay.toml"

Count = Annotated[int, Meta(ge=1)]
Port = Annotated[int, Meta(ge=0, le=65_535)]


class WrongSetting(Exception):
    """A setting that cannot be used; the text says which one and why."""


class CommandOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What single commands are told, each an option, a variable and a key as the settings are."""

    name: str | None = None
    email: str | None = None
    admin_name: str | None = None
    admin_email: str | None = None
    password_stdin: bool = False

    @classmethod
    def load(cls, directory: Path, environment: Mapping[str, str] = os.environ) -> "CommandOptions":
        """What the environment and the folder's file say. Raises `WrongSetting`."""
        names = cls.__struct_fields__
        merged = {**_from_file(directory / FILE), **_from_environment(environment, names)}
        return _converted({name: merged[name] for name in names if name in merged}, cls)


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that a person who runs a relay may choose.

    Each field is the option `--the-field`, the variable `TANDEM_THE_FIELD` and the key `the_field`
    of `relay.toml`. Sizes are in bytes, times in the unit that ends the name.
    """

    data: Path
    host: str = "127.0.0.1"
    port: Port = 8470
    tls_cert: Path | None = None
    tls_key: Path | None = None
    behind_proxy: bool = False
    open_registration: bool = False
    desktop_version: str = ""
    cors_origins: list[str] = []
    metrics_token: str = ""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "text"] = "json"

    access_token_s: Count = 900
    refresh_token_days: Count = 60
    refresh_retry_s: Count = 600
    invitation_days: Count = 14
    reset_code_hours: Count = 24
    password_memory_kib: Annotated[int, Meta(ge=8)] = 64 * 1024
    password_rounds: Count = 3

    sign_in_tries: Count = 10
    sign_in_window_s: Count = 900
    code_tries: Count = 30
    body_bytes: Count = MESSAGE_LIMIT
    message_bytes: Count = MESSAGE_LIMIT
    push_commands: Annotated[int, Meta(ge=1, le=PUSH_LIMIT)] = PUSH_LIMIT
    pushes_per_second: Count = 30
    connections_per_device: Count = 5
    connections_per_person: Count = 20
    send_queue_messages: Count = 256
    page_rows: Count = 100
    page_rows_most: Count = 500
    copy_page_rows: Count = 2000

    @classmethod
    def load(
        cls,
        directory: Path,
        environment: Mapping[str, str] = os.environ,
        options: Mapping[str, Any] | None = None,
    ) -> "Settings":
        """The settings of the relay in this folder; options that are None count as not given.

        Raises:
            WrongSetting: with a sentence for the person who set it.
        """
        of_commands = CommandOptions.__struct_fields__
        from_file = _from_file(directory / FILE)
        merged = {
            **{name: value for name, value in from_file.items() if name not in of_commands},
            **_from_environment(environment, cls.__struct_fields__),
            **{name: value for name, value in (options or {}).items() if value is not None},
            "data": str(directory),
        }
        settings = _converted(merged, cls)
        if (settings.tls_cert is None) != (settings.tls_key is None):
            raise WrongSetting("Give --tls-cert and --tls-key together.")
        if settings.tls_cert and settings.behind_proxy:
            raise WrongSetting("Give either a certificate or --behind-proxy.")
        return settings

    @property
    def is_private(self) -> bool:
        """Whether what goes over the wire is protected: loopback, TLS, or a proxy that does it."""
        return self.tls_cert is not None or self.behind_proxy or is_loopback(self.host)


def _converted(values: dict[str, Any], kind: type[T]) -> T:
    try:
        return msgspec.convert(values, kind, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise WrongSetting(f"A setting is wrong: {_plain(str(error))}.") from error


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _from_file(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{path} cannot be read.") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongSetting(f"{path} is no TOML file: {error}.") from error
    return {name.replace("-", "_"): value for name, value in values.items()}


def _from_environment(environment: Mapping[str, str], names: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in names:
        text = environment.get(PREFIX + name.upper(), "").strip()
        if text:
            found[name] = [part.strip() for part in text.split(",")] if _is_list(name) else text
    return found


def _is_list(name: str) -> bool:
    return isinstance(getattr(Settings(data=Path()), name, None), list)


def _plain(message: str) -> str:
    """The words of msgspec without their marks, the setting's name first."""
    reason, _, place = message.replace("`", "").partition(" - at $.")
    return f"{place}: {reason}" if place else reason


def _path(_kind: type[Any], value: Any) -> Path:
    """The only type of a setting that msgspec does not know."""
    return Path(str(value))
