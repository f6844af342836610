"""What the doctor finds: one value a step, which the window puts into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """What is looked at, in this order: each step needs those before it."""

    PROXY = "proxy"
    NAME = "name"
    REACH = "reach"
    TLS = "tls"
    VERSION = "version"
    CLOCK = "clock"
    TOKEN = "token"  # noqa: S105  the name of a step
    ROOMS = "rooms"
    CONTENTS = "contents"


class Verdict(StrEnum):
    """How a step came out."""

    GOOD = "good"
    NOTE = "note"  # works, but the person may want to know
    BAD = "bad"
    SKIPPED = "skipped"  # not looked at, because of what came before it


@dataclass(frozen=True, slots=True)
class RoomFinding:
    """One room that is not as the relay has it; `here` is None where it has not come yet."""

    room: str
    here: int | None
    there: int | None
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one step.

    Attributes:
        code: what was found, for the words and for tests, such as `refused`.
        facts: what the words name, by the name of its place in them.
        rooms: those that are not as they should be.
    """

    step: Step
    verdict: Verdict
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    rooms: tuple[RoomFinding, ...] = ()

    @property
    def ends_it(self) -> bool:
        """Whether the steps after it cannot be looked at."""
        return self.verdict is Verdict.BAD and self.step not in {Step.CLOCK, Step.ROOMS}


def good(step: Step, code: str, **facts: str) -> Finding:
    return Finding(step, Verdict.GOOD, code, facts)


def note(step: Step, code: str, **facts: str) -> Finding:
    return Finding(step, Verdict.NOTE, code, facts)


def bad(step: Step, code: str, **facts: str) -> Finding:
    return Finding(step, Verdict.BAD, code, facts)
