"""`docs/operations.md`, word for word: its commands make a group, its tables are what is there."""

import asyncio
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvicorn
from uuid_utils import uuid7

from desktop.account.api import Api, Grant
from desktop.settings import Settings as Start
from desktop.sync.socketio_link import SocketIOLink
from desktop.trust import Trust
from domain.members import Role
from domain.wire import Pull
from syncserver.__main__ import _parser
from syncserver.metrics import Metrics
from syncserver.settings import PREFIX, Settings
from syncserver.sockets.server import PING_INTERVAL_S
from tests.test_readme import at_a_terminal

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
BLOCKS = [block.splitlines() for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)]
GROUP = BLOCKS[0]
UNITS = ROOT / "packaging" / "relay"
PASSWORD = "a pass phrase of my own"


def test_a_group_takes_at_most_ten_commands() -> None:
    assert 1 <= len(GROUP) <= 10


def test_each_file_that_it_names_is_there() -> None:
    linked = re.findall(r"\]\(\.\./([^)#:]+)\)", TEXT)
    named = re.findall(r"`(packaging/[^`*]+)`", TEXT)

    assert linked
    assert [name for name in [*linked, *named] if not (ROOT / name).exists()] == []


def test_every_setting_has_its_row_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (?:`([^`]*)`)? ?\|", TEXT, re.MULTILINE))

    defaults = Settings(data=Path())
    expected = {name: shown(getattr(defaults, name)) for name in Settings.__struct_fields__}
    assert rows == expected | {"data": ""}


def shown(value: object) -> str:
    if value in (None, "", []):
        return ""
    return msgspec.json.encode(value).decode().strip('"') if not isinstance(value, Path) else ""


def test_every_figure_has_its_row() -> None:
    rows = re.findall(r"^\| (`tandem_[^|]*) \|", TEXT, re.MULTILINE)

    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert told == {family.name for family in Metrics().registry.collect()}


def test_every_command_of_the_relay_is_one_that_it_knows() -> None:
    known = [
        line.partition("tandem-relay ")[2]
        for block in BLOCKS
        for line in block
        if "-relay " in line
    ]

    for words in [one for one in known if one and not one.startswith("-")]:
        _parser().parse_args(shlex.split(words.removesuffix(" &&")))


@pytest.mark.parametrize("name", ["tandem-relay", "tandem-relay-backup"])
def test_a_service_runs_a_command_that_the_relay_knows(name: str) -> None:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNITS / f"{name}.service")

    words = shlex.split(unit["Service"]["ExecStart"])
    command = shlex.split(words[-1].removeprefix("exec ")) if words[0] == "/bin/sh" else words

    assert command[0] == "/opt/tandem/bin/tandem-relay"
    given = _parser().parse_args(command[1:])
    assert given.data == Path("/var/lib/tandem")


def test_an_upgrade_backs_up_under_a_new_name_and_stops_where_that_fails() -> None:
    (block,) = [
        one for one in BLOCKS if any("pip install --quiet --upgrade" in line for line in one)
    ]

    assert re.search(r"backup .*upgrade-\$\(date \+%F-%H%M%S\)\.sqlite", block[0])
    assert all(line.endswith(" &&") for line in block[:-1])


@pytest.mark.skipif(os.name == "nt", reason="it is for systemd")
def test_only_the_backups_of_the_timer_end(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    names = ("2026-01-02-030405.sqlite", "before.sqlite", "upgrade-2026-01-02-030405.sqlite")
    for name in names:
        (folder / name).touch()
        os.utime(folder / name, (0, 0))
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNITS / "tandem-relay-backup.service")
    words = shlex.split(unit["Service"]["ExecStartPost"])

    subprocess.run([one.replace("/var/backups/tandem", str(folder)) for one in words], check=True)

    assert sorted(one.name for one in folder.iterdir()) == sorted(names[1:])


def test_the_proxys_patience_is_told_by_the_pings_of_the_relay() -> None:
    proxy = (UNITS / "nginx.conf").read_text("utf-8")

    assert f"silent for {PING_INTERVAL_S} seconds at most" in proxy


def test_a_container_is_reached_by_its_proxy_alone_and_believes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = re.search(r"podman run -d .*", (UNITS / "Containerfile").read_text("utf-8"))
    assert run is not None
    words = shlex.split(run[0])
    name, _, trusted = words[words.index("-e") + 1].partition("=")
    monkeypatch.setenv(name, trusted)

    assert words[words.index("-p") + 1] == "127.0.0.1:8470:8470"
    assert uvicorn.Config("", proxy_headers=True).forwarded_allow_ips == "*"


def test_the_timer_is_of_a_service_that_is_there() -> None:
    timers = list(UNITS.glob("*.timer"))

    assert timers
    assert [one for one in timers if not one.with_suffix(".service").exists()] == []


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[str], Start]]:
    """What the commands printed, and how the last one starts a desktop for the relay they serve."""
    copy = tmp_path_factory.mktemp("operations") / "checkout"
    kept = shutil.ignore_patterns(".git", ".venv*", "node_modules", ".*_cache", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=kept)
    own = {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
    environment = {**own, "TANDEM_PORT": "0"}  # another program may have the usual port
    printed = []
    for line in GROUP[:-2]:
        status, said = at_a_terminal(line, copy, environment, answer=f"{PASSWORD}\n")
        assert status == 0, f"{line}\n{said}"
        printed.append(said)
    serving = subprocess.Popen(
        GROUP[-2].split(), cwd=copy, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert serving.stdout is not None
        port = serving.stdout.readline().rpartition(":")[2].strip()
        words = GROUP[-1].replace(":8470", f":{port}").split()
        assert words[0] == "relay/bin/tandem"
        assert (copy / words[0]).exists()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(copy)
            start = Start.load(words[1:], {})
        yield printed, start
    finally:
        serving.terminate()
        serving.communicate(timeout=30)


@pytest.mark.slow
async def test_five_people_come_in_over_tls(group: tuple[list[str], Start]) -> None:
    printed, start = group
    join = codes(printed, "joinCode")
    invitations = codes(printed, "code")
    assert start.server is not None
    assert start.server.startswith("https://localhost:")
    api = Api(start.server, trust=Trust(start.ca_file))

    try:
        grants = [
            await api.login("you@example.org", PASSWORD),
            await api.register(a_person("mentor", 1, invitation=invitations[0])),
            await api.register(a_person("mentor", 2, invitation=invitations[1])),
            await api.register(a_person("student", 1, joinCode=join[0])),
            await api.register(a_person("student", 2, joinCode=join[0])),
        ]
        rooms = [await rooms_of(start, grant) for grant in grants]
    finally:
        await api.close()

    assert [grant.user.role for grant in grants] == [
        Role.ADMIN,
        Role.MENTOR,
        Role.MENTOR,
        Role.STUDENT,
        Role.STUDENT,
    ]
    assert all("mentors" in one for one in rooms[:3])
    assert not any("mentors" in one for one in rooms[3:])


def codes(printed: list[str], name: str) -> list[str]:
    return re.findall(rf'"{name}": "([^"]+)"', "".join(printed))


def a_person(role: str, n: int, **code: str) -> dict[str, str]:
    return {
        "role": role,
        "name": f"The {role} {n}",
        "email": f"{role}{n}@example.org",
        "password": PASSWORD,
        "timeZone": "Europe/Berlin",
        **code,
    }


async def rooms_of(start: Start, grant: Grant) -> set[str]:
    """The rooms that this person's desktop can pull over its live line."""
    assert start.server is not None
    link = SocketIOLink(start.server, trust=Trust(start.ca_file))
    heard: list[Any] = []
    async with asyncio.timeout(30):
        welcome = await link.connect(grant.access_token, str(uuid7()), heard.append)
        pulled = await link.pull(Pull(cursors={room: [0] for room in welcome.heads}))
        await link.close()
    return {page.room for page in pulled.rooms}
