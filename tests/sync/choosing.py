"""Makes commands out of numbers and of what a desktop shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from domain.instants import second
from domain.records import Record
from domain.releases import HandOver, Sessions
from domain.students import MentorCard
from tests.builders import id_of
from tests.sync.devices import Device

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Chooser:
    """Makes one command out of numbers and of what a desktop shows."""

    def __init__(self, device: Device, numbers: Sequence[int]) -> None:
        self.device = device
        self._numbers = list(numbers)

    def number(self, below: int) -> int:
        """The next number, smaller than `below`; 0 when there are no more."""
        return self._numbers.pop(0) % below if self._numbers else 0

    def one(self, choices: Sequence[T]) -> T | None:
        return choices[self.number(len(choices))] if choices else None

    def row(self, kind: type[R]) -> R | None:
        return self.one(self.device.shown(kind))

    def id_of(self, kind: type[Record]) -> str:
        """The id of a row that is shown, or of nothing."""
        row = self.row(kind)
        return row.id if row else id_of("nothing")

    def word(self) -> str:
        return f"{('Blue', 'Green', 'Red')[self.number(3)]} of {self.device.name}"

    def new_id(self, kind: str) -> str:
        """The id of something new, which this device makes once."""
        return id_of(f"{kind} {self.device.name} {len(self.device.did)} {self.device.crashes}")

    def start(self) -> str:
        """One of a few whole hours of the next days, so that sessions overlap now and then."""
        now = self.device.network.loop.now().replace(minute=0, second=0, microsecond=0)
        return second(now + timedelta(hours=(3, 24, 25, 72, 96)[self.number(5)]))

    def sessions(self) -> Sessions:
        mentor = self.row(MentorCard)
        return HandOver(hand_over=mentor.id) if mentor and self.number(2) else "cancel"
