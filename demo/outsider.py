"""Whether those who must not know have learned anything: windows, disks and wires."""

from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

from demo.desk import Desk
from demo.stage import Stage
from demo.stories import Story


class Leak(Exception):
    """Somebody learned what is not theirs, or the search itself is blind; the text says where."""


async def check_outsiders(stage: Stage, stories: Sequence[Story]) -> None:
    """Search everything that the outsiders have; and what an insider has, to trust the search.

    Raises:
        Leak: of the first thing that is wrong.
    """
    for story in stories:
        if not story.secrets:
            raise Leak(f"{story.name} left nothing to search for")
        for where, found in [each async for each in _places(stage, story.insider, story)]:
            if not found:
                raise Leak(f"the search finds nothing of {story.name} in {where}, where it must be")
        for name in story.outsiders:
            for where, found in [each async for each in _places(stage, name, story)]:
                if found:
                    raise Leak(f"“{found[0]}” of {story.name} was found in {where}")


async def _places(stage: Stage, name: str, story: Story) -> AsyncIterator[tuple[str, list[str]]]:
    """Each place of one desk, with the secrets that were found there."""
    desk = stage.desks[name]
    secrets = [text for secret in story.secrets for text in (secret.words, secret.id)]
    yield f"the window of {name}", await desk.found(secrets)
    yield f"the files of {name}", _found_in(_file_bytes(desk.data), secrets)
    yield f"the wire of {name}", _found_in([_wire(desk)], secrets)
    if name in stage.listeners:
        heard = stage.listeners[name].record().encode()
        yield f"the plain client of {name}", _found_in([heard], secrets)


def _wire(desk: Desk) -> bytes:
    """What came through the cable.

    Raises:
        Leak: it cannot be read.
    """
    record = bytes(desk.link.received)
    if b"content-encoding: gzip" in record.lower():
        raise Leak(f"the record of {desk.name}'s wire is packed and cannot be searched")
    return record


def _file_bytes(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.read_bytes()


def _found_in(contents: Sequence[bytes] | Iterator[bytes], secrets: Sequence[str]) -> list[str]:
    found: set[str] = set()
    for content in contents:
        found.update(secret for secret in secrets if secret.encode() in content)
    return sorted(found)
