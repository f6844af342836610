"""What has become of each row of an import, for a file; and the question before it is lost."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.ui.admin.import_looks import ImportRow, reason_words, state_words
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.confirm_dialog import ConfirmDialog

RESULT = ("line", "name", "email", "role", "cohort", "mentor", "state", "code", "until", "reason")


def result_row(row: ImportRow) -> dict[str, str]:
    """A row of the file, by the columns of `RESULT`."""
    person = row.row
    return {
        "line": str(person.line),
        "name": person.name,
        "email": person.email,
        "role": person.role.value,
        "cohort": person.cohort,
        "mentor": person.mentor,
        "state": state_words(row),
        "code": row.code,
        "until": row.expires_at,
        "reason": reason_words(row),
    }


class LoseCodesDialog(ConfirmDialog):
    """Asks before codes that are told once make room for another file; they can be exported."""

    def __init__(
        self,
        parent: QWidget,
        count: int,
        export: Callable[[], object],
        then: Callable[[], object],
    ) -> None:
        """`export` is what the person rather does, `then` what loses the `count` codes."""
        super().__init__(
            parent,
            _tr("Choose another file?"),
            _n("The codes of %n people are shown only here, and go with their rows.", count),
            _tr("Choose a file…"),
            danger=True,
        )
        self.export_button = push_button(_tr("Export the result…"))
        self.buttons.insertWidget(self.buttons.count() - 1, self.export_button)
        self.export_button.clicked.connect(self.reject)
        self.export_button.clicked.connect(lambda: export())
        self.accepted.connect(lambda: then())


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Import", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)
