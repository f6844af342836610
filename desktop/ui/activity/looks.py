"""How what happened looks in the feed."""

from PySide6.QtCore import QCoreApplication

from desktop.store.feed import Happening
from desktop.ui.activity.about import about
from desktop.ui.activity.runs import Part, Run, run_sentence
from desktop.ui.activity.sentences import detail, face, sentence
from desktop.ui.times import clock_words
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.workspace import Workspace

FOLD = "fold"
Row = Happening | Run | Part


def feed_row(row: Row, workspace: Workspace) -> RowLook:
    """A deed, several like ones as one, or one of those."""
    match row:
        case Run():
            return _run_row(row, workspace)
        case Part():
            return _deed_row(row.happening, workspace, is_part=True)
        case _:
            return _deed_row(row, workspace)


def feed_text(row: Row, workspace: Workspace) -> str:
    """What a screen reader says."""
    look = feed_row(row, workspace)
    parts = (look.title, look.subtitle, look.trailing, look.pending)
    return ", ".join(part for part in parts if part)


def _deed_row(happening: Happening, workspace: Workspace, *, is_part: bool = False) -> RowLook:
    activity = happening.activity
    return RowLook(
        title=sentence(
            activity, happening.actor_name, workspace.me, student_name=happening.student_name
        ),
        subtitle=about(activity, workspace),
        avatar="" if is_part else _face(happening, workspace),
        bar="border" if is_part else "",
        trailing=clock_words(workspace.local(activity.recorded_at)),
        pending=_tr("waiting to send") if happening.is_pending else "",
        is_dimmed=is_part,
    )


def _run_row(run: Run, workspace: Workspace) -> RowLook:
    newest, oldest = run.newest.activity, run.parts[-1].activity
    first = clock_words(workspace.local(oldest.recorded_at))
    last = clock_words(workspace.local(newest.recorded_at))
    words, icon = _tr("Show each of them"), "chevron-down"
    if run.is_unfolded:
        words, icon = _tr("Show them as one"), "chevron-up"
    return RowLook(
        title=run_sentence(run, workspace.me),
        subtitle="" if run.is_unfolded else _latest(run),
        avatar=_face(run.newest, workspace),
        trailing=last if first == last else f"{first}\N{EN DASH}{last}",
        pending=_tr("waiting to send") if any(one.is_pending for one in run.parts) else "",
        actions=(RowAction(FOLD, words, icon, is_steady=True),),
    )


def _latest(run: Run) -> str:
    """What belongs to the newest of them."""
    more = detail(run.newest.activity)
    return _tr("Last: %1").replace("%1", more) if more else ""


def _face(happening: Happening, workspace: Workspace) -> str:
    return face(happening.activity, happening.actor_name, workspace.me)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Activity", text)
