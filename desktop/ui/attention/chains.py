"""What is said of an audit log that was changed or cut: of which room, and what one can do."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.store.chains import Break
from desktop.store.names import names_of
from desktop.ui.attention.cards import ChainItem
from desktop.ui.times import moment_words
from desktop.ui.workspace import Workspace
from domain.chains import Finding
from domain.rooms import room_kind, room_subject

CHANGED = QT_TRANSLATE_NOOP(
    "Attention",
    "The relay's record of who changed what there is not the one that this computer has seen: "
    "something in it was changed or taken out, or a backup was put in place by hand. Tell whoever "
    "runs the relay. Your own work is safe; what the relay has now is copied anew.",
)
CUT = QT_TRANSLATE_NOOP(
    "Attention",
    "The relay's record of who changed what there ends sooner than this computer has seen: its end "
    "is missing, or a backup was put in place by hand. Tell whoever runs the relay. Your own work "
    "is safe; what the relay has now is copied anew.",
)


def chain_item(found: Break, workspace: Workspace) -> ChainItem:
    """The card of one room."""
    title = _tr("The history of %1 was altered").replace("%1", room_words(found.room, workspace))
    when = moment_words(workspace.local(found.at), workspace)
    facts = [
        (_tr("Noticed"), when),
        (_tr("At the relay"), found.found or "\N{EN DASH}"),
        (_tr("To be checked by"), check_words(found)),
    ]
    if found.kept_in:
        facts.insert(1, (_tr("Kept here"), found.kept_in))
    return ChainItem(
        id=found.id,
        title=title,
        sentence=_tr(CUT if found.finding is Finding.CUT else CHANGED),
        facts=tuple(facts),
    )


def check_words(found: Break) -> str:
    """The command with which whoever runs the relay holds its log against what was seen here."""
    return f"tandem-relay verify-audit --data DIR --seen {found.room} {found.version} {found.known}"


def room_words(room: str, workspace: Workspace) -> str:
    """What people call a room: `the sessions and entries of Ana Ruiz`."""
    subject = room_subject(room)
    name = workspace.query(names_of, [subject]).get(subject, "") if subject else ""
    match room_kind(room):
        case "user":
            return _tr("your account, drafts and inbox")
        case "student" if subject == workspace.me.id:
            return _tr("your sessions and entries")
        case "student":
            words = _tr("the sessions and entries of %1")
            return words.replace("%1", name or _tr("a student"))
        case "cohort":
            words = _tr("the cohort %1")
            return words.replace("%1", name) if name else _tr("a cohort")
        case _:
            return _tr("the list of students and mentors")


def _tr(text: object) -> str:
    """The words in the person's language; `QT_TRANSLATE_NOOP` is typed as giving any object."""
    return QCoreApplication.translate("Attention", str(text))
