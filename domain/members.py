"""Members: a room's roster and access list, projected and never commanded."""

from enum import StrEnum

from domain.fields import Instant, Name, Zone
from domain.ids import Id, derived_id
from domain.records import Record


class Role(StrEnum):
    STUDENT = "student"
    MENTOR = "mentor"
    ADMIN = "admin"


class Access(StrEnum):
    READ = "read"
    NONE = "none"


class Member(Record, frozen=True, kw_only=True, tag="member"):
    """One person of a room, with the name that the others see; `none` is someone who left."""

    table = "members"
    lookups = (("room",), ("user_id",))

    user_id: Id
    name: Name
    role: Role
    time_zone: Zone
    access: Access
    since: Instant


def member_id(room: str, user_id: str) -> str:
    return derived_id("member", room, user_id)
