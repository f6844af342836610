"""What was said about an entry, as a thread asks for it."""

from __future__ import annotations

from desktop.store.comments import comments_on
from domain.comments import AddComment
from tests.builders import World, id_of
from tests.desktop.store.desks import Desk
from tests.desktop.ui.entries.written import said, written


def test_the_earliest_comes_first_with_the_name_of_who_said_it(world: World) -> None:
    entry, other = written(world), written(world, "other")
    said(world, entry, "Second.", by=world.ana, hours=-1)
    said(world, entry, "First.", hours=-2)
    said(world, other, "Elsewhere.")
    desk = Desk(world, world.ana).settle_in()

    found = comments_on(desk.replica, entry)

    assert [(one.author_name, one.comment.body) for one in found] == [
        ("Mia Stone", "First."),
        ("Ana Ruiz", "Second."),
    ]
    assert not any(one.is_pending for one in found)


def test_one_that_waits_to_be_sent_says_so(world: World) -> None:
    entry = written(world)
    desk = Desk(world, world.mia).settle_in()
    desk.do(a_comment_on(entry))

    [found] = comments_on(desk.replica, entry)

    assert found.is_pending


def a_comment_on(entry: str) -> AddComment:
    return AddComment(id=id_of("mine"), entry_id=entry, body="Mine.")
