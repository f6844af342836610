"""Where log lines go: a file that cannot grow without end, and the terminal."""

import asyncio
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

FILE = "tandem.log"
MAX_BYTES, KEPT = 1_000_000, 3
SEARCHES = ("httpx", "httpcore")  # they tell each address, with what was searched for in it
FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"

log = logging.getLogger(__name__)


class PrivateFile(RotatingFileHandler):
    """A log file that only its owner can read, as each of the files that it is turned over to."""

    def _open(self) -> Any:
        Path(self.baseFilename).touch(0o600)
        return super()._open()


def start(folder: Path, level: int = logging.INFO) -> None:
    """Send log lines to the folder's file, and warnings to the terminal.

    A folder that cannot be written leaves the terminal alone: no log is no reason not to start.
    """
    root = logging.getLogger()
    root.setLevel(level)
    for name in SEARCHES:
        logging.getLogger(name).setLevel(logging.WARNING)
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    handlers: list[logging.Handler] = [terminal]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handlers.append(
            PrivateFile(folder / FILE, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
        )
    except OSError as error:
        print(f"Tandem keeps no log: {error}", file=sys.stderr)  # noqa: T201 - no log to write to
    for handler in handlers:
        handler.setFormatter(logging.Formatter(FORM))
        root.addHandler(handler)


def stop() -> None:
    """Close the handlers that `start` has added."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if one.formatter and one.formatter._fmt == FORM]:  # noqa: SLF001
        root.removeHandler(handler)
        handler.close()


def report_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """For `sys.excepthook`: what nobody has caught is a bug and stands in the log once."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("A bug", exc_info=(kind, error, trace))


def report_loop_bug(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For `loop.set_exception_handler`: likewise."""
    log.critical("A bug: %s", context.get("message"), exc_info=context.get("exception"))
