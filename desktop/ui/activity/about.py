"""What an activity is about, beside its sentence, and when it happened, in short."""

from desktop.ui.activity.sentences import detail
from desktop.ui.times import clock_words, moment_words, short_day_words, today
from desktop.ui.workspace import Workspace
from domain.activities import Activity


def about(activity: Activity, workspace: Workspace) -> str:
    """When the session is that it tells of, and the reason or the words that belong to it."""
    start = activity.params.get("startTime")
    when = moment_words(workspace.local(start), workspace) if isinstance(start, str) else ""
    return " · ".join(part for part in (when, detail(activity)) if part)


def when_words(activity: Activity, workspace: Workspace) -> str:
    """`09:30`, or the day when that was another one."""
    at = workspace.local(activity.recorded_at)
    is_today = at.date() == today(workspace)
    return clock_words(at) if is_today else short_day_words(at.date(), workspace)
