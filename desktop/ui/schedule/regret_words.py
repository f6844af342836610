"""Who can't make it to a session and why, in words: on its row, in its details, for a group."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.store.regrets import Regret
from desktop.store.schedules import Attendee, Session
from desktop.ui.workspace import Workspace
from domain.instants import moment
from domain.schedules import Status


def regret_line(session: Session, workspace: Workspace) -> str:
    """For the row of a session that is still on: who can't come, and of a single one why."""
    said = session.regrets
    if not said or session.schedule.status is not Status.SCHEDULED:
        return ""
    if len(said) > 1:
        names = ", ".join(_first(one) for one in said)
        return _n("%n can't make it: %1", len(said)).replace("%1", names)
    [one] = said
    return _with_reason(_line_of(one, session, workspace), one)


def regret_facts(session: Session, workspace: Workspace) -> str:
    """A line for each of them, with the whole name; also once the session is over."""
    return "\n".join(
        _with_reason(_own() if one.user_id == workspace.me.id else _name(one), one)
        for one in session.regrets
    )


def group_words(attendees: Sequence[Attendee], session: Session, *, is_led: bool) -> str:
    """How many a group is, and for its mentor how many of them come and are marked."""
    total, missing = len(attendees), len(session.regrets)
    if not total:
        return ""
    parts = [_n("%n students", total)]
    if is_led:
        marked = sum(one.mark is not None for one in attendees)
        is_on = session.schedule.status is Status.SCHEDULED
        parts += [
            _n("%n come", total - missing) if is_on and 0 < missing < total else "",
            _n("%n can't make it", missing) if missing else "",
            _n("%n marked", marked) if marked else "",
        ]
    return " · ".join(part for part in parts if part)


def _line_of(one: Regret, session: Session, workspace: Workspace) -> str:
    if one.user_id == workspace.me.id:
        return _own()
    is_over = moment(session.schedule.end_time) <= workspace.now()
    template = _tr("%1 says it did not work out") if is_over else _tr("%1 can't make it")
    return template.replace("%1", _first(one))


def _with_reason(words: str, one: Regret) -> str:
    return f"{words}: {one.reason}" if one.reason else words


def _own() -> str:
    return _tr("You told your mentor")


def _name(one: Regret) -> str:
    return one.name or _tr("A student")


def _first(one: Regret) -> str:
    return one.name.split(" ")[0] or _tr("A student")


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Sessions", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sessions", text)
