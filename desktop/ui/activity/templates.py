"""What can be said of an activity: one whole template for each kind and each reader."""

from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP

from domain.activities import Kind

NEWER = QT_TRANSLATE_NOOP("Activities", "{actor} did something that a newer Tandem can show")
NEWER_OWN = QT_TRANSLATE_NOOP("Activities", "You did something that a newer Tandem can show")


class SessionForms(NamedTuple):
    """Of a session: `with_student` for readers who have several, `own` for who did it."""

    plain: object
    with_student: object
    own: object
    own_with_student: object


SESSION: dict[str, SessionForms] = {
    Kind.SCHEDULE_CREATED: SessionForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} planned “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} planned “{title}” with {student}"),
        QT_TRANSLATE_NOOP("Activities", "You planned “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You planned “{title}” with {student}"),
    ),
    Kind.SCHEDULE_UPDATED: SessionForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} changed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} changed “{title}” with {student}"),
        QT_TRANSLATE_NOOP("Activities", "You changed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You changed “{title}” with {student}"),
    ),
    "moved": SessionForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} moved “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} moved “{title}” with {student}"),
        QT_TRANSLATE_NOOP("Activities", "You moved “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You moved “{title}” with {student}"),
    ),
    Kind.SCHEDULE_CANCELED: SessionForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} canceled “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} canceled “{title}” with {student}"),
        QT_TRANSLATE_NOOP("Activities", "You canceled “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You canceled “{title}” with {student}"),
    ),
    Kind.SCHEDULE_CANT_MAKE_IT: SessionForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} can't make it to “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} can't make it to “{title}” with {student}"),
        QT_TRANSLATE_NOOP("Activities", "You said that you can't make it to “{title}”"),
        QT_TRANSLATE_NOOP(
            "Activities", "You said that you can't make it to “{title}” with {student}"
        ),
    ),
    Kind.SCHEDULE_DELETED: SessionForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} deleted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} deleted “{title}” with {student}"),
        QT_TRANSLATE_NOOP("Activities", "You deleted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You deleted “{title}” with {student}"),
    ),
    Kind.SCHEDULE_ATTENDANCE_MARKED: SessionForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} marked the attendance of “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} marked {student}'s attendance of “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You marked the attendance of “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You marked {student}'s attendance of “{title}”"),
    ),
    "completed": SessionForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} marked “{title}” as completed"),
        QT_TRANSLATE_NOOP("Activities", "{actor} marked “{title}” with {student} as completed"),
        QT_TRANSLATE_NOOP("Activities", "You marked “{title}” as completed"),
        QT_TRANSLATE_NOOP("Activities", "You marked “{title}” with {student} as completed"),
    ),
    "scheduled": SessionForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} put “{title}” back on"),
        QT_TRANSLATE_NOOP("Activities", "{actor} put “{title}” with {student} back on"),
        QT_TRANSLATE_NOOP("Activities", "You put “{title}” back on"),
        QT_TRANSLATE_NOOP("Activities", "You put “{title}” with {student} back on"),
    ),
}
NEWER_SESSION = SessionForms(NEWER, NEWER, NEWER_OWN, NEWER_OWN)


class EntryForms(NamedTuple):
    """Of an entry, by who did it and who reads it.

    Attributes:
        to_author: to its author, of somebody else's deed.
        by_author: to mentors, of the author's own deed.
        to_others: to mentors, of another mentor's deed.
        own: to the author, of the own deed.
        own_as_mentor: to a mentor, of the own deed.
    """

    to_author: object
    by_author: object
    to_others: object
    own: object
    own_as_mentor: object


ENTRY: dict[str, EntryForms] = {
    Kind.ENTRY_CREATED: EntryForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}” of {student}"),
        QT_TRANSLATE_NOOP("Activities", "You submitted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You submitted “{title}” of {student}"),
    ),
    Kind.ENTRY_UPDATED: EntryForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} changed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} changed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} changed “{title}” of {student}"),
        QT_TRANSLATE_NOOP("Activities", "You changed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You changed “{title}” of {student}"),
    ),
    Kind.ENTRY_RESUBMITTED: EntryForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}” again"),
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}” again"),
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}” of {student} again"),
        QT_TRANSLATE_NOOP("Activities", "You submitted “{title}” again"),
        QT_TRANSLATE_NOOP("Activities", "You submitted “{title}” of {student} again"),
    ),
    Kind.ENTRY_WITHDRAWN: EntryForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} took “{title}” back"),
        QT_TRANSLATE_NOOP("Activities", "{actor} took “{title}” back"),
        QT_TRANSLATE_NOOP("Activities", "{actor} took “{title}” of {student} back"),
        QT_TRANSLATE_NOOP("Activities", "You took “{title}” back"),
        QT_TRANSLATE_NOOP("Activities", "You took “{title}” of {student} back"),
    ),
    "deleted": EntryForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} deleted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} deleted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} deleted “{title}” of {student}"),
        QT_TRANSLATE_NOOP("Activities", "You deleted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You deleted “{title}” of {student}"),
    ),
    "reviewed": EntryForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} reviewed your entry “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} reviewed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} reviewed “{title}” of {student}"),
        QT_TRANSLATE_NOOP("Activities", "You reviewed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You reviewed “{title}” of {student}"),
    ),
    "approved": EntryForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} approved your entry “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} approved “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} approved “{title}” of {student}"),
        QT_TRANSLATE_NOOP("Activities", "You approved “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You approved “{title}” of {student}"),
    ),
    "needs_work": EntryForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} asks for more work on your entry “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} asks for more work on “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} asks {student} for more work on “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You asked for more work on “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You asked {student} for more work on “{title}”"),
    ),
    "reopened": EntryForms(
        QT_TRANSLATE_NOOP(
            "Activities", "{actor} opened your approved entry “{title}” again: it needs more work"
        ),
        QT_TRANSLATE_NOOP("Activities", "{actor} opened the approved “{title}” again"),
        QT_TRANSLATE_NOOP("Activities", "{actor} opened the approved “{title}” of {student} again"),
        QT_TRANSLATE_NOOP("Activities", "You opened the approved “{title}” again"),
        QT_TRANSLATE_NOOP("Activities", "You opened the approved “{title}” of {student} again"),
    ),
    Kind.COMMENT_ADDED: EntryForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} commented on your entry “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} commented on “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} commented on “{title}” of {student}"),
        QT_TRANSLATE_NOOP("Activities", "You commented on “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "You commented on “{title}” of {student}"),
    ),
}
NEWER_ENTRY = EntryForms(NEWER, NEWER, NEWER, NEWER_OWN, NEWER_OWN)

# Of a cohort, by what changed; the last is for what only the cohort itself shows.
COHORT: dict[str, object] = {
    "created": QT_TRANSLATE_NOOP("Activities", "{actor} founded the cohort {cohort}"),
    "studentJoined": QT_TRANSLATE_NOOP("Activities", "{name} joined {cohort}"),
    "studentLeft": QT_TRANSLATE_NOOP("Activities", "{name} left {cohort}"),
    "mentorAdded": QT_TRANSLATE_NOOP("Activities", "{name} now mentors {cohort}"),
    "mentorRemoved": QT_TRANSLATE_NOOP("Activities", "{name} no longer mentors {cohort}"),
    "joinCode": QT_TRANSLATE_NOOP("Activities", "{actor} made a new join code for {cohort}"),
    "overlaps": QT_TRANSLATE_NOOP(
        "Activities", "Sessions of {cohort} overlap other sessions of {name}"
    ),
}
CHANGED_COHORT = QT_TRANSLATE_NOOP("Activities", "{actor} changed the cohort {cohort}")
# To the mentor who comes or goes, whoever has arranged it.
MY_COHORT: dict[str, object] = {
    "mentorAdded": QT_TRANSLATE_NOOP("Activities", "You now mentor {cohort}"),
    "mentorRemoved": QT_TRANSLATE_NOOP("Activities", "You no longer mentor {cohort}"),
}
OWN_COHORT: dict[str, object] = {
    "created": QT_TRANSLATE_NOOP("Activities", "You founded the cohort {cohort}"),
    "edited": QT_TRANSLATE_NOOP("Activities", "You changed the cohort {cohort}"),
    "joinCode": QT_TRANSLATE_NOOP("Activities", "You made a new join code for {cohort}"),
}


class AccountForms(NamedTuple):
    """Of an account that was closed or opened again; `own_…` for who did it."""

    closed: object
    opened: object
    own_closed: object
    own_opened: object


ACCOUNT: dict[str, AccountForms] = {
    Kind.STUDENT_STATE_CHANGED: AccountForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} closed the account of {student}"),
        QT_TRANSLATE_NOOP("Activities", "{actor} opened the account of {student} again"),
        QT_TRANSLATE_NOOP("Activities", "You closed the account of {student}"),
        QT_TRANSLATE_NOOP("Activities", "You opened the account of {student} again"),
    ),
    Kind.MENTOR_STATE_CHANGED: AccountForms(
        QT_TRANSLATE_NOOP("Activities", "{actor} closed the account of the mentor {mentor}"),
        QT_TRANSLATE_NOOP("Activities", "{actor} opened the account of the mentor {mentor} again"),
        QT_TRANSLATE_NOOP("Activities", "You closed the account of the mentor {mentor}"),
        QT_TRANSLATE_NOOP("Activities", "You opened the account of the mentor {mentor} again"),
    ),
}
NEWER_ACCOUNT = AccountForms(NEWER, NEWER, NEWER_OWN, NEWER_OWN)
