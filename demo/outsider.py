"""Whether those who must not know have learned anything: windows, disks and wires."""

from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

from demo.desk import Desk
from demo.stage import Stage
from demo.stories import Secret, Story


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
        await _must_find(stage, story.insider, story.name, _texts(story.secrets))
        for name in story.outsiders:
            await _must_not_find(stage, name, story.name, _texts(story.secrets))
        if story.drafts:
            await _must_find(stage, story.author, story.name, _texts(story.drafts), on_wire=False)
            for name in (story.insider, *story.outsiders):
                await _must_not_find(stage, name, story.name, _texts(story.drafts))


def _texts(secrets: Sequence[Secret]) -> list[str]:
    return [text for secret in secrets for text in (secret.words, secret.id)]


async def _must_find(
    stage: Stage, name: str, story: str, secrets: list[str], *, on_wire: bool = True
) -> None:
    """Find it with who knows it, so that a search that finds nothing elsewhere is worth something.

    What this desk wrote itself need not have come back to it by wire.
    """
    for where, found in [each async for each in _places(stage, name, secrets)]:
        if not found and (on_wire or "wire" not in where):
            raise Leak(f"the search finds nothing of {story} in {where}, where it must be")


async def _must_not_find(stage: Stage, name: str, story: str, secrets: list[str]) -> None:
    for where, found in [each async for each in _places(stage, name, secrets)]:
        if found:
            raise Leak(f"“{found[0]}” of {story} was found in {where}")


async def _places(
    stage: Stage, name: str, secrets: list[str]
) -> AsyncIterator[tuple[str, list[str]]]:
    """Each place of one desk, with the secrets that were found there."""
    desk = stage.desks[name]
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
