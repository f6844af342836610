"""Reports of crashes: written into the data folder, offered at the next start, and never sent."""

import faulthandler
import logging
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from desktop.redaction import redacted

RUNNING, REPORTS = "running.txt", "report-*.txt"
KEPT = 5

log = logging.getLogger(__name__)


class Crashes:
    """Notes what ends or shakes this run, and finds what did so to the one before.

    `about` heads each report: program, version and system. A folder that cannot be written leaves
    the log alone: no report is no reason not to start.
    """

    def __init__(
        self, folder: Path, about: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._folder = folder
        self._about = about
        self._now = now
        self._running: IO[str] | None = None
        self._told: set[str] = set()
        self.is_new = False

    def watch(self) -> None:
        """Begin: what a dead run has left becomes a report, and fatal signals are noted."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._take_over()
            running = self._folder / RUNNING
            running.touch(0o600)
            self._running = running.open("w", encoding="utf-8")
            faulthandler.enable(self._running)
        except OSError as error:
            log.info("No reports of crashes are kept: %s", error)

    def stop(self) -> None:
        """End in order: nothing is left of this run, but the reports that it wrote."""
        if self._running is None:
            return
        faulthandler.disable()
        self._running.close()
        self._running = None
        (self._folder / RUNNING).unlink(missing_ok=True)

    def note(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Keep what nobody has caught, once however often it happens."""
        told = "".join(traceback.format_exception(kind, error, trace))
        if self._running is None or told in self._told:
            return
        self._told.add(told)
        try:
            self._write("An error that nobody has caught", told)
        except OSError as trouble:
            log.info("No report was kept: %s", trouble)

    def reports(self) -> list[Path]:
        """All that are kept, the newest first."""
        return sorted(self._folder.glob(REPORTS), reverse=True)

    def forget(self, report: Path) -> None:
        """Delete one report; the others stay."""
        report.unlink(missing_ok=True)

    def _take_over(self) -> None:
        left = self._folder / RUNNING
        dump = left.read_text("utf-8", errors="replace") if left.exists() else ""
        if dump.strip():
            self._write("The program was ended by the system", dump)
        self.is_new = bool(self.reports())

    def _write(self, what: str, details: str) -> None:
        at = self._now()
        report = self._folder / f"report-{at:%Y%m%d-%H%M%S-%f}.txt"
        report.touch(0o600)
        head = f"{what}.\n{self._about}\n{at:%Y-%m-%d %H:%M:%S} UTC\n\n"
        report.write_text(redacted(head + details), "utf-8")
        for old in self.reports()[KEPT:]:
            old.unlink(missing_ok=True)


def hook(crashes: Crashes, also: Callable[..., None]) -> Callable[..., None]:
    """For `sys.excepthook`: a report of it, and what else is to be done (the log)."""

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, Exception):  # nobody's Ctrl+C is a fault
            crashes.note(kind, error, trace)
        also(kind, error, trace)

    return report


def about(version: str) -> str:
    """Program, version and system, in one line."""
    return f"Tandem {version}, Python {sys.version.split()[0]}, {sys.platform}"
