"""What the tests of the live connections plan and change: sessions of Mia with Ana."""

from domain.planning import CreateSchedule, UpdateSchedule
from domain.rooms import student_room
from tests.builders import a_plan, id_of, second_ahead
from tests.end2end.relays import Served


def title(number: int) -> UpdateSchedule:
    return UpdateSchedule(id=id_of("Mia with Ana, in three days"), title=f"Talk {number}")


def a_talk(relay: Served, name: str = "one more", days: int = 9) -> CreateSchedule:
    start = second_ahead(of=relay.world.now, days=days)
    return a_plan(id_of(name), relay.world.ana, start=start)


def anas_room(relay: Served) -> str:
    return student_room(relay.world.ana)
