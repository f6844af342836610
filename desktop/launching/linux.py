"""Linux desktops: an autostart entry, and an entry that opens links."""

import logging
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.launching.desktop_entry import ID, entry_text, program_of, value_of

log = logging.getLogger(__name__)

ICON = Path(__file__).parents[2] / "resources" / "icons" / "tandem.svg"
SCHEME_TYPE = "x-scheme-handler/tandem"
TOOL_S = 10.0  # a tool of the desktop's that takes longer is left alone
OFF = "X-GNOME-Autostart-enabled"


class Autostart:
    """An entry in the person's autostart folder.

    Source: Desktop Application Autostart Specification 0.5.
    """

    def __init__(self, environment: Mapping[str, str], command: Sequence[str]) -> None:
        self.file = _folder(environment, "CONFIG", ".config") / "autostart" / f"{ID}.desktop"
        self._command = command

    def is_on(self) -> bool:
        text = _read(self.file)
        is_hidden = value_of(text, "Hidden") == "true" or value_of(text, OFF) == "false"
        return bool(text) and not is_hidden

    def turn_on(self) -> None:
        _write(self.file, entry_text(self._command, {OFF: "true"}))

    def turn_off(self) -> None:
        self.file.unlink(missing_ok=True)


class LinkEntry:
    """The program's own entry among the person's applications, with its icon."""

    def __init__(self, environment: Mapping[str, str], command: Sequence[str]) -> None:
        self._environment = environment
        self._command = command
        data = _folder(environment, "DATA", ".local/share")
        self.file = data / "applications" / f"{ID}.desktop"
        self.icon = data / "icons" / "hicolor" / "scalable" / "apps" / f"{ID}.svg"

    def claim(self) -> None:
        """Write the entry, unless the person or a package has one whose program is there."""
        entries = [self.file, *(folder / "applications" / f"{ID}.desktop" for folder in self._all)]
        if any(shutil.which(program_of(_read(entry))) for entry in entries):
            return
        _write(self.icon, ICON.read_text("utf-8"))
        _write(
            self.file, entry_text(self._command, {"MimeType": f"{SCHEME_TYPE};"}, takes_link=True)
        )
        self._run("update-desktop-database", str(self.file.parent))
        self._run("xdg-mime", "default", self.file.name, SCHEME_TYPE)

    @property
    def _all(self) -> list[Path]:
        """Where the system's own applications are."""
        named = self._environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        return [Path(folder) for folder in named.split(":") if folder.startswith("/")]

    def _run(self, tool: str, *words: str) -> None:
        """Have the desktop read it at once; without the tool it does so in its own time."""
        path = shutil.which(tool, path=self._environment.get("PATH"))
        if path is None:
            return
        try:
            subprocess.run(  # noqa: S603  a tool of the desktop's, with our own words
                [path, *words],
                env=self._environment,
                capture_output=True,
                timeout=TOOL_S,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            log.info("%s did not work: %s", tool, error)


def _folder(environment: Mapping[str, str], kind: str, customary: str) -> Path:
    """The person's own folder; a relative name is to be ignored, says the standard."""
    named = environment.get(f"XDG_{kind}_HOME", "")
    if named.startswith("/"):
        return Path(named)
    return Path(environment.get("HOME") or Path.home()) / customary


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""


def _write(file: Path, text: str) -> None:
    """Put the whole file in its place, or leave what is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    try:
        new.write_text(text, "utf-8")
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
        raise
