"""A screen that nobody sees, with a session bus of its own; both end with all that was started."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from pathlib import Path

NEEDED = ("Xvfb", "dbus-daemon")
PATIENCE_S = 20.0
FRAMEBUFFER = "Xvfb_screen0"
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


async def light_up(
    exits: AsyncExitStack, folder: Path, environment: Mapping[str, str], size: str
) -> dict[str, str]:
    """Start screen and bus until `exits` closes; the environment of programs on them.

    Their files lie in `folder`, what the screen shows among them (`FRAMEBUFFER`).
    """
    inside = {**environment, "XDG_RUNTIME_DIR": str(folder)}
    options = ("-displayfd", "1", "-screen", "0", size, "-fbdir", str(folder))
    inside["DISPLAY"] = f":{await said(exits, inside, 'Xvfb', *options)}"
    bus = folder / "bus.conf"
    bus.write_text(BUS.format(folder=folder))
    inside["DBUS_SESSION_BUS_ADDRESS"] = await said(
        exits, inside, "dbus-daemon", f"--config-file={bus}", "--nofork", "--print-address"
    )
    return inside


async def said(exits: AsyncExitStack, inside: Mapping[str, str], *command: str) -> str:
    """The first line of a program that goes on until the end."""
    process = await started(exits, inside, *command, stdout=PIPE)
    assert process.stdout is not None  # noqa: S101  it is piped
    async with asyncio.timeout(PATIENCE_S):
        return (await process.stdout.readline()).decode().strip()


async def started(
    exits: AsyncExitStack, inside: Mapping[str, str], *command: str, stdout: int = DEVNULL
) -> Process:
    """A program that is ended when `exits` closes, with all that it has started itself."""
    process = await asyncio.create_subprocess_exec(
        *command, env=inside, stdin=DEVNULL, stdout=stdout, stderr=DEVNULL, start_new_session=True
    )
    exits.push_async_callback(_ended, process)
    return process


async def _ended(process: Process) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    await process.wait()
