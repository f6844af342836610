"""How an import words its rows: who each one is, and what has become of it."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.account.rosters import MOST_ROWS, Problem, RosterRow
from desktop.ui.admin.looks import role_words
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.row_look import RowLook

PROBLEMS = {
    Problem.NO_NAME: QT_TRANSLATE_NOOP("Import", "The name is missing."),
    Problem.BAD_NAME: QT_TRANSLATE_NOOP("Import", "The name is too long or has strange signs."),
    Problem.BAD_EMAIL: QT_TRANSLATE_NOOP("Import", "This is no e-mail address."),
    Problem.TWICE: QT_TRANSLATE_NOOP("Import", "The e-mail address stands twice in the file."),
    Problem.TAKEN: QT_TRANSLATE_NOOP("Import", "Already here with this e-mail address."),
    Problem.BAD_ROLE: QT_TRANSLATE_NOOP("Import", "The role is neither student nor mentor."),
    Problem.UNKNOWN_COHORT: QT_TRANSLATE_NOOP("Import", "There is no such cohort."),
    Problem.UNKNOWN_MENTOR: QT_TRANSLATE_NOOP("Import", "There is no such mentor."),
    Problem.AMBIGUOUS_COHORT: QT_TRANSLATE_NOOP("Import", "Several cohorts have this name."),
    Problem.AMBIGUOUS_MENTOR: QT_TRANSLATE_NOOP(
        "Import", "Several mentors have this name; put the e-mail address there."
    ),
    Problem.MENTOR_OF_MENTOR: QT_TRANSLATE_NOOP("Import", "A mentor has no mentor."),
}
UNREADABLE = {
    "too_large": QT_TRANSLATE_NOOP("Import", "This file is larger than 1 MB."),
    "too_many": QT_TRANSLATE_NOOP("Import", "This file has more than %1 people; take it in parts."),
    "no_text": QT_TRANSLATE_NOOP("Import", "This is no CSV file. Save the table as CSV first."),
    "no_columns": QT_TRANSLATE_NOOP(
        "Import", "The first line has to name the columns, with name and email among them."
    ),
    "empty": QT_TRANSLATE_NOOP("Import", "There is nobody in this file."),
    "no_file": QT_TRANSLATE_NOOP("Import", "This file cannot be read."),
}


class State(Enum):
    """What has become of a row."""

    READY = auto()
    WRONG = auto()
    ADDED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """A row with its state; `key` is the same for each try, `reason` why it failed."""

    row: RosterRow
    key: str
    state: State
    reason: str = ""
    code: str = ""
    expires_at: str = ""

    @property
    def id(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        """Whether it can be added, perhaps in another try."""
        return self.state in {State.READY, State.FAILED}


def unreadable_words(code: str) -> str:
    """Why a file cannot be taken."""
    return _tr(str(UNREADABLE[code])).replace("%1", str(MOST_ROWS))


def reason_words(row: ImportRow) -> str:
    """All that is wrong with a row, or why it was not added."""
    if row.state is State.FAILED:
        return row.reason
    return " ".join(_tr(str(PROBLEMS[problem])) for problem in row.row.problems)


def state_words(row: ImportRow) -> str:
    words = {
        State.READY: _tr("Ready"),
        State.WRONG: _tr("Cannot be added"),
        State.ADDED: _tr("Added"),
        State.FAILED: _tr("Not added"),
    }
    return words[row.state]


def import_row(row: ImportRow) -> RowLook:
    """The row as it stands in the preview; one that was added shows its code."""
    person = row.row
    parts = (
        _tr("Line %1").replace("%1", str(person.line)),
        person.email,
        role_words(person.role),
        person.cohort,
        _tr("with %1").replace("%1", person.mentor) if person.mentor else "",
        _tr("Code: %1").replace("%1", row.code) if row.code else "",
    )
    told = " · ".join(part for part in parts if part)
    reason = reason_words(row)
    chips = {
        State.READY: ("check", "scheduled"),
        State.WRONG: ("x-circle", "canceled"),
        State.ADDED: ("check-circle", "completed"),
        State.FAILED: ("warning", "pending"),
    }
    return RowLook(
        title=person.name or _tr("Nameless"),
        subtitle=f"{reason} {told}" if reason else told,
        avatar=person.name or "?",
        chip=ChipLook(state_words(row), *chips[row.state]),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)
