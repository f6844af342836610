"""A screen that nobody sees, with a notification service that draws toasts there."""

import asyncio
import shutil
import struct
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from PySide6.QtGui import QImage

from demo.unseen_screen import FRAMEBUFFER, PATIENCE_S, light_up, started
from demo.unseen_screen import NEEDED as SCREEN_NEEDS

NEEDED = (*SCREEN_NEEDS, "dunst", "dunstctl")
SCREEN = "480x200x24"
LOOK_AGAIN_S = 0.1


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
        inside = await light_up(exits, folder, environment, SCREEN)
        await started(exits, inside, "dunst")
        screen = ToastScreen(folder, inside)
        await screen.wait_for(0)
        yield screen


def picture_of(dump: bytes) -> QImage:
    """The image in an X window dump (XWD, version 7) of 32 bits a pixel, as Xvfb keeps it."""
    header = struct.unpack_from(">25I", dump)
    size, width, height, line, colors = header[0], header[4], header[5], header[12], header[19]
    pixels = dump[size + colors * 12 :]
    return QImage(pixels, width, height, line, QImage.Format.Format_RGB32).copy()
