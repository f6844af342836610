"""What can be said of a record of the audit log: one whole template for each kind of deed."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

# Of what somebody did to their own account: there is nobody else to name.
OWN: dict[str, object] = {
    "account.register": QT_TRANSLATE_NOOP("Audit", "{who} registered"),
    "account.update": QT_TRANSLATE_NOOP("Audit", "{who} changed their own account"),
    "account.change": QT_TRANSLATE_NOOP("Audit", "{who} changed their own account"),
    "account.deactivate": QT_TRANSLATE_NOOP("Audit", "{who} closed their own account"),
    "invitation.create": QT_TRANSLATE_NOOP("Audit", "{who} made an invitation for a mentor"),
    "invitation.withdraw": QT_TRANSLATE_NOOP("Audit", "{who} withdrew an invitation"),
    "audit.read": QT_TRANSLATE_NOOP("Audit", "{who} read the audit log"),
    "audit.export": QT_TRANSLATE_NOOP("Audit", "{who} saved the audit log as a file"),
}
# By the command and the kind of row that it is about in the first place.
DEEDS: dict[tuple[str, str], object] = {
    ("account.register", "account"): QT_TRANSLATE_NOOP("Audit", "{who} registered {thing}"),
    ("account.deactivate", "account"): QT_TRANSLATE_NOOP("Audit", "{who} deactivated {thing}"),
    ("account.reactivate", "account"): QT_TRANSLATE_NOOP("Audit", "{who} reactivated {thing}"),
    ("account.password", "account"): QT_TRANSLATE_NOOP("Audit", "{who} set a new password"),
    ("account.reset_password", "account"): QT_TRANSLATE_NOOP(
        "Audit", "{who} set a new password with a code"
    ),
    ("account.reset_code", "account"): QT_TRANSLATE_NOOP(
        "Audit", "{who} made a code for a new password of {thing}"
    ),
    ("account.register", "student_card"): QT_TRANSLATE_NOOP(
        "Audit", "{thing} came onto the list of students"
    ),
    ("account.register", "mentor_card"): QT_TRANSLATE_NOOP(
        "Audit", "{thing} came onto the list of mentors"
    ),
    ("student.claim", "student_card"): QT_TRANSLATE_NOOP(
        "Audit", "{who} became a mentor of {thing}"
    ),
    ("student.assign", "student_card"): QT_TRANSLATE_NOOP(
        "Audit", "{who} assigned {person} to {thing}"
    ),
    ("student.unassign", "student_card"): QT_TRANSLATE_NOOP(
        "Audit", "{who} ended the work of {person} with {thing}"
    ),
    ("student.move_cohort", "student_card"): QT_TRANSLATE_NOOP(
        "Audit", "{who} moved {thing} to another cohort"
    ),
    ("cohort.rotate_join_code", "cohort"): QT_TRANSLATE_NOOP(
        "Audit", "{who} made a new join code for {thing}"
    ),
    ("schedule.create", "schedule"): QT_TRANSLATE_NOOP("Audit", "{who} planned {thing}"),
    ("schedule.cancel", "schedule"): QT_TRANSLATE_NOOP("Audit", "{who} canceled {thing}"),
    ("schedule.complete", "schedule"): QT_TRANSLATE_NOOP(
        "Audit", "{who} marked {thing} as completed"
    ),
    ("schedule.reopen", "schedule"): QT_TRANSLATE_NOOP("Audit", "{who} put {thing} back on"),
    ("entry.create", "entry"): QT_TRANSLATE_NOOP("Audit", "{who} wrote {thing}"),
    ("entry.submit", "entry"): QT_TRANSLATE_NOOP("Audit", "{who} submitted {thing}"),
    ("entry.withdraw", "entry"): QT_TRANSLATE_NOOP("Audit", "{who} took {thing} back as a draft"),
    ("entry.review", "entry"): QT_TRANSLATE_NOOP("Audit", "{who} reviewed {thing}"),
    ("entry.reopen", "entry"): QT_TRANSLATE_NOOP("Audit", "{who} asked for more work on {thing}"),
    ("comment.resolve", "comment"): QT_TRANSLATE_NOOP("Audit", "{who} settled {thing}"),
    ("conflict.resolve", "conflict"): QT_TRANSLATE_NOOP("Audit", "{who} settled {thing}"),
}
MOVED = QT_TRANSLATE_NOOP("Audit", "{who} moved {thing}")
READ_OF = QT_TRANSLATE_NOOP("Audit", "{who} looked at the history of {thing}")
EXPORTED_OF = QT_TRANSLATE_NOOP("Audit", "{who} saved the history of {thing} as a file")
WROTE = QT_TRANSLATE_NOOP("Audit", "{who} wrote {thing}")
MADE = QT_TRANSLATE_NOOP("Audit", "{who} made {thing}")
DELETED = QT_TRANSLATE_NOOP("Audit", "{who} deleted {thing}")
CHANGED = QT_TRANSLATE_NOOP("Audit", "{who} changed {thing}")
# Of memberships: `thing` is what one may read.
LET_IN = QT_TRANSLATE_NOOP("Audit", "{who} gave {person} access to {thing}")
GOT_IN = QT_TRANSLATE_NOOP("Audit", "{person} got access to {thing}")
SHUT_OUT = QT_TRANSLATE_NOOP("Audit", "{who} ended the access of {person} to {thing}")
ACCESS_CHANGED = QT_TRANSLATE_NOOP("Audit", "{who} changed the access of {person} to {thing}")

# What a thing is called, with a name and without one.
NAMED: dict[str, object] = {
    "account": QT_TRANSLATE_NOOP("Audit", "the account of {name}"),
    "student_card": QT_TRANSLATE_NOOP("Audit", "the student {name}"),
    "mentor_card": QT_TRANSLATE_NOOP("Audit", "the mentor {name}"),
    "cohort": QT_TRANSLATE_NOOP("Audit", "the cohort {name}"),
    "cohort_card": QT_TRANSLATE_NOOP("Audit", "the listing of the cohort {name}"),
    "schedule": QT_TRANSLATE_NOOP("Audit", "the session “{name}”"),
    "entry": QT_TRANSLATE_NOOP("Audit", "the entry “{name}”"),
}
THINGS: dict[str, object] = {
    "account": QT_TRANSLATE_NOOP("Audit", "an account"),
    "student_card": QT_TRANSLATE_NOOP("Audit", "a student"),
    "mentor_card": QT_TRANSLATE_NOOP("Audit", "a mentor"),
    "member": QT_TRANSLATE_NOOP("Audit", "a membership"),
    "cohort": QT_TRANSLATE_NOOP("Audit", "a cohort"),
    "cohort_card": QT_TRANSLATE_NOOP("Audit", "the listing of a cohort"),
    "schedule": QT_TRANSLATE_NOOP("Audit", "a session"),
    "participant": QT_TRANSLATE_NOOP("Audit", "a place in a group session"),
    "attendance": QT_TRANSLATE_NOOP("Audit", "an attendance"),
    "entry": QT_TRANSLATE_NOOP("Audit", "an entry"),
    "entry_revision": QT_TRANSLATE_NOOP("Audit", "a version of an entry"),
    "comment": QT_TRANSLATE_NOOP("Audit", "a comment"),
    "conflict": QT_TRANSLATE_NOOP("Audit", "two changes that met"),
    "activity": QT_TRANSLATE_NOOP("Audit", "a line of the activity feed"),
    "inbox_mark": QT_TRANSLATE_NOOP("Audit", "a mark in an inbox"),
    "read_through": QT_TRANSLATE_NOOP("Audit", "a mark in an inbox"),
}
# Whose or what a room is, as one says whom a record without a name is about.
OF_STUDENT = QT_TRANSLATE_NOOP("Audit", "{thing} of {name}")
OF_COHORT = QT_TRANSLATE_NOOP("Audit", "{thing} of the cohort {name}")
ON_WORK = QT_TRANSLATE_NOOP("Audit", "{thing} on the work of {name}")
ROOMS: dict[str, object] = {
    "user": QT_TRANSLATE_NOOP("Audit", "the account of {name}"),
    "student": QT_TRANSLATE_NOOP("Audit", "what {name} shares with mentors"),
    "cohort": QT_TRANSLATE_NOOP("Audit", "the cohort {name}"),
    "mentors": QT_TRANSLATE_NOOP("Audit", "the list of all students and mentors"),
}
