"""The states of an entry as chips, and its links as words, for either side."""

from PySide6.QtCore import QCoreApplication

from desktop.ui.links import host_of
from desktop.ui.widgets.chip import ChipLook
from domain.entries import EntryStatus

LONGEST_LINK = 44  # characters of an address on its button


def status_look(status: EntryStatus) -> ChipLook:
    """The status of an entry: words, an icon and a colour."""
    match status:
        case EntryStatus.PENDING:
            return ChipLook(_tr("Waiting"), "clock", "pending")
        case EntryStatus.REVIEWED:
            return ChipLook(_tr("Reviewed"), "eye", "scheduled")
        case EntryStatus.NEEDS_WORK:
            return ChipLook(_tr("Needs work"), "edit", "canceled")
        case EntryStatus.APPROVED:
            return ChipLook(_tr("Approved"), "check-circle", "completed")
        case _:
            return ChipLook(_tr("Draft"), "entries")


def link_words(url: str) -> str:
    """Where a link leads, short enough for a button; the host always stands in full."""
    host = host_of(url)
    rest = url.removeprefix("https://").partition("/")[2]
    words = f"{host}/{rest}" if rest else host
    most = max(len(host), LONGEST_LINK)
    return words if len(words) <= most else f"{words[:most]}\N{HORIZONTAL ELLIPSIS}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Entries", text)
