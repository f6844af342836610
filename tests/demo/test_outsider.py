"""The search for what outsiders must not know: it finds leaks, and notices its own blindness."""

from pathlib import Path
from typing import Any

import pytest

from demo.desk import Desk
from demo.outsider import Leak, check_outsiders
from demo.relay import RelayProcess
from demo.stage import Stage
from demo.stories import MentorPlans, Secret, Story

TITLE, ROW_ID = "Tests that tell a story", "01900000-0000-7000-8000-000000000001"


class Seat(Desk):
    """A desk whose window shows what it is told to."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder, {}, relay_port=1)
        self.data.mkdir()
        self.shown = ""

    async def ask(self, do: str, *, within_s: float = 0, **what: Any) -> Any:
        assert (do, what["what"]) == ("look_at", "found")
        return [secret for secret in what["secrets"] if secret in self.shown]

    def learn(self, words: str) -> None:
        """Show it, keep it and receive it."""
        self.shown += words
        (self.data / "replica.sqlite").write_bytes(b"\0SQLite" + words.encode())
        self.link.received += words.encode()


@pytest.fixture
def story() -> Story:
    story = MentorPlans()
    story.secrets.append(Secret(TITLE, ROW_ID))
    return story


@pytest.fixture
def seats(tmp_path: Path) -> dict[str, Seat]:
    """The student who knows, and two people who know nothing."""
    seats = {name: Seat(name, tmp_path) for name in ("jamal", "amina", "wanjiku")}
    seats["jamal"].learn(f"{TITLE} {ROW_ID}")
    return seats


async def check(seats: dict[str, Seat], story: Story, folder: Path) -> None:
    relay = RelayProcess(folder / "relay", {}, folder / "log")
    await check_outsiders(Stage(relay, dict(seats), "CODE"), [story])


async def test_outsiders_who_know_nothing_are_well(
    seats: dict[str, Seat], story: Story, tmp_path: Path
) -> None:
    await check(seats, story, tmp_path)


async def test_a_row_in_the_outsiders_window_is_a_leak(
    seats: dict[str, Seat], story: Story, tmp_path: Path
) -> None:
    seats["amina"].shown = f"Tomorrow, {TITLE}"

    with pytest.raises(Leak, match="in the window of amina"):
        await check(seats, story, tmp_path)


async def test_an_id_in_the_outsiders_files_is_a_leak(
    seats: dict[str, Seat], story: Story, tmp_path: Path
) -> None:
    (seats["wanjiku"].data / "replica.sqlite-wal").write_bytes(b"\0" + ROW_ID.encode() + b"\0")

    with pytest.raises(Leak, match="in the files of wanjiku"):
        await check(seats, story, tmp_path)


async def test_a_title_on_the_outsiders_wire_is_a_leak(
    seats: dict[str, Seat], story: Story, tmp_path: Path
) -> None:
    seats["amina"].link.received += f'42["sync:changes",{{"title":"{TITLE}"}}]'.encode()

    with pytest.raises(Leak, match="in the wire of amina"):
        await check(seats, story, tmp_path)


async def test_a_search_that_finds_nothing_where_it_must_is_not_trusted(
    seats: dict[str, Seat], story: Story, tmp_path: Path
) -> None:
    seats["jamal"].link.received.clear()

    with pytest.raises(Leak, match="the search finds nothing of T4 in the wire of jamal"):
        await check(seats, story, tmp_path)


async def test_a_wire_that_cannot_be_read_is_not_trusted(
    seats: dict[str, Seat], story: Story, tmp_path: Path
) -> None:
    seats["amina"].link.received += b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b"

    with pytest.raises(Leak, match="cannot be searched"):
        await check(seats, story, tmp_path)
