"""How the program is started: options, then environment, then what is customary."""

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop.paths import data_folder

LINK = "tandem://"
CA_FILE = "ca.pem"


@dataclass(frozen=True)
class Settings:
    """What holds for this start; what a person sets on this device is in the outbox.

    Attributes:
        server: the relay's address, None where the person is to be asked.
        is_minimized: start in the tray.
        link: a `tandem://` address to open, if any.
        backup, restore: a file to back up to, or to restore from, without a window.
        ca_file: further certificates to trust, for a relay that has one of its own.
    """

    data: Path
    server: str | None = None
    is_minimized: bool = False
    link: str | None = None
    ca_file: Path | None = None
    backup: Path | None = None
    restore: Path | None = None

    @property
    def own_data(self) -> Path | None:
        """The folder of local data where it is not the customary one."""
        return None if self.data == data_folder() else self.data

    @classmethod
    def load(
        cls, arguments: Sequence[str], environment: Mapping[str, str] = os.environ
    ) -> "Settings":
        """Read the command line; it ends the program for `--version`, `--help` and mistakes."""
        given = _parser().parse_args(arguments)
        named = _path(given.data or environment.get("TANDEM_DATA"))
        data = named or data_folder(environment)
        return cls(
            data=data,
            server=_address(given.server or environment.get("TANDEM_SERVER")),
            is_minimized=given.minimized or environment.get("TANDEM_MINIMIZED") == "1",
            link=given.link,
            ca_file=_path(given.ca_file or environment.get("TANDEM_CA_FILE")) or _kept(data),
            backup=_path(given.backup),
            restore=_path(given.restore),
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tandem", description="Plan sessions, keep in step.")
    parser.add_argument("--data", metavar="DIR", help="the folder of all local data")
    parser.add_argument("--server", metavar="URL", help="the relay's address")
    parser.add_argument("--ca-file", metavar="FILE", help="certificates to trust besides others")
    parser.add_argument("--minimized", action="store_true", help="start without a window")
    files = parser.add_mutually_exclusive_group()
    files.add_argument("--backup", metavar="FILE", help="write all local data there, and end")
    files.add_argument("--restore", metavar="FILE", help="have the next start take it back")
    parser.add_argument("--version", action="version", version=f"Tandem {program_version()}")
    parser.add_argument("link", nargs="?", type=_link, help="a tandem:// address to open")
    return parser


@cache
def program_version() -> str:
    """The installed version; of a program that is run from its sources, words."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("tandem")
    except PackageNotFoundError:
        return "(not installed)"


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


def _kept(data: Path) -> Path | None:
    """Certificates that lie in the data folder: a start from a menu has no options."""
    return data / CA_FILE if (data / CA_FILE).exists() else None


def _address(text: str | None) -> str | None:
    return text.strip().rstrip("/") if text else None


def _link(text: str) -> str:
    if not text.startswith(LINK):
        raise argparse.ArgumentTypeError(f"an address begins with {LINK}")
    return text
