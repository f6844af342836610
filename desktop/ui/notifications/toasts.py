"""A notification outside the window, whatever shows it."""

import re
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

LONGEST_TITLE, LONGEST_BODY = 120, 300
OPEN = "open"
# Line breaks, what has no letter, and what turns the direction of letters around.
UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class ToastAction:
    """A button of a toast."""

    key: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """What is told, and where a click leads.

    Attributes:
        key: another toast with the same key takes its place.
        path: the place in the window that it is about, "" for the window itself.
        actions: its buttons; a click on the toast itself is `OPEN`, which needs no button.
        stays: until the person has dealt with it.
    """

    key: str
    title: str
    body: str = ""
    path: str = ""
    actions: tuple[ToastAction, ...] = ()
    stays: bool = False
    has_sound: bool = False


class Delivery(Protocol):
    """Shows toasts; a toast that cannot be shown is refused by `show`, not lost in silence."""

    async def show(self, toast: Toast) -> bool:
        """Whether it stands on the screen now."""
        ...

    async def update(self, toast: Toast) -> bool:
        """Put it without a sound in the place of its forerunner; false where none stands."""
        ...

    async def withdraw(self, key: str) -> None:
        """Take it away, if it is there."""
        ...

    async def close(self) -> None:
        """Take everything away, for good."""
        ...


class Pressed(QObject):
    """What the person did with a toast.

    Signals:
        action: the toast's key, and `OPEN` or the key of a button.
        closed: the key of a toast that the person put away.
    """

    action = Signal(str, str)
    closed = Signal(str)


def one_line(text: str, longest: int) -> str:
    """Words of somebody's on one line, without letters that hide or turn the others."""
    words = " ".join(UNSEEN.sub(" ", text).split())
    return words if len(words) <= longest else f"{words[: longest - 1]}\N{HORIZONTAL ELLIPSIS}"
