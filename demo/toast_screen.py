"""A screen that nobody sees, with a notification service that draws toasts there."""

import asyncio
import shutil
import struct
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from PySide6.QtGui import QImage

NEEDED = ("Xvfb", "dbus-daemon", "dunst", "dunstctl")
SCREEN = "480x200x24"
FRAMEBUFFER = "Xvfb_screen0"
PATIENCE_S = 20.0
LOOK_AGAIN_S = 0.1
# A session bus that starts no service by itself.
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def missing() -> list[str]:
    """The programs that it needs and that are not on this computer."""
    return [name for name in NEEDED if shutil.which(name) is None]


class ToastScreen:
    """Shows the toasts of all programs that were started in its `environment`."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self.environment = environment

    async def wait_for(self, least: int, *, patience_s: float = PATIENCE_S) -> None:
        """Wait until so many toasts stand there; for 0, until the service answers.

        Raises:
            TimeoutError: it does not come to that.
        """
        async with asyncio.timeout(patience_s):
            count = await self._ask("count", "displayed")
            while not count.isdigit() or int(count) < least:
                await asyncio.sleep(LOOK_AGAIN_S)
                count = await self._ask("count", "displayed")
        await asyncio.sleep(LOOK_AGAIN_S)  # until it is drawn

    async def clear(self) -> None:
        await self._ask("close-all")

    def save(self, path: Path) -> None:
        """Keep what the screen shows as an image."""
        if not picture_of((self._folder / FRAMEBUFFER).read_bytes()).save(str(path)):
            raise OSError(f"{path} could not be written.")

    async def _ask(self, *words: str) -> str:
        process = await asyncio.create_subprocess_exec(
            "dunstctl", *words, env=self.environment, stdout=PIPE, stderr=DEVNULL
        )
        said, _ = await process.communicate()
        return said.decode().strip()


@asynccontextmanager
async def toast_screen(folder: Path, environment: Mapping[str, str]) -> AsyncIterator[ToastScreen]:
    """Start screen, bus and service, whose files lie in this folder, and end them."""
    async with AsyncExitStack() as exits:
        inside = {**environment, "XDG_RUNTIME_DIR": str(folder)}
        options = ("-displayfd", "1", "-screen", "0", SCREEN, "-fbdir", str(folder))
        inside["DISPLAY"] = f":{await _said(exits, inside, 'Xvfb', *options)}"
        bus = folder / "bus.conf"
        bus.write_text(BUS.format(folder=folder))
        inside["DBUS_SESSION_BUS_ADDRESS"] = await _said(
            exits, inside, "dbus-daemon", f"--config-file={bus}", "--nofork", "--print-address"
        )
        await _started(exits, inside, "dunst")
        screen = ToastScreen(folder, inside)
        await screen.wait_for(0)
        yield screen


def picture_of(dump: bytes) -> QImage:
    """The image in an X window dump (XWD, version 7) of 32 bits a pixel, as Xvfb keeps it."""
    header = struct.unpack_from(">25I", dump)
    size, width, height, line, colors = header[0], header[4], header[5], header[12], header[19]
    pixels = dump[size + colors * 12 :]
    return QImage(pixels, width, height, line, QImage.Format.Format_RGB32).copy()


async def _said(exits: AsyncExitStack, inside: Mapping[str, str], *command: str) -> str:
    """The first line of a program that goes on until the end."""
    process = await _started(exits, inside, *command)
    assert process.stdout is not None  # noqa: S101  it is piped
    async with asyncio.timeout(PATIENCE_S):
        return (await process.stdout.readline()).decode().strip()


async def _started(exits: AsyncExitStack, inside: Mapping[str, str], *command: str) -> Process:
    process = await asyncio.create_subprocess_exec(
        *command, env=inside, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, start_new_session=True
    )
    exits.push_async_callback(_ended, process)
    return process


async def _ended(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    await process.wait()
