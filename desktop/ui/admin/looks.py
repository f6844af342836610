"""How Administration words what it shows: people, their roles, invitations, cohorts."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.account.administration import Invitation, UserAccount
from desktop.ui.times import ago_words, moment_words
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.workspace import Workspace
from domain.instants import moment
from domain.members import Role

ROLES = {
    Role.STUDENT: QT_TRANSLATE_NOOP("Admin", "Student"),
    Role.MENTOR: QT_TRANSLATE_NOOP("Admin", "Mentor"),
    Role.ADMIN: QT_TRANSLATE_NOOP("Admin", "Admin"),
}


def role_words(role: Role) -> str:
    return _tr(str(ROLES[role]))


def user_row(user: UserAccount, workspace: Workspace) -> RowLook:
    """A person as a row of the list of all."""
    parts = (user.email, role_words(user.role), seen_words(user, workspace))
    return RowLook(
        title=user.name,
        subtitle=" · ".join(parts),
        avatar=user.name,
        chip=state_chip(user),
        is_dimmed=not user.is_active,
    )


def state_chip(user: UserAccount) -> ChipLook | None:
    """What is out of the ordinary about a person's account."""
    if not user.is_active:
        return ChipLook(_tr("Deactivated"), "x-circle")
    return ChipLook(_tr("Admin"), "key", "scheduled") if user.role is Role.ADMIN else None


def seen_words(user: UserAccount, workspace: Workspace) -> str:
    """When they were last here."""
    if not user.last_seen_at:
        return _tr("never signed in")
    when = ago_words(workspace.local(user.last_seen_at), workspace)
    return _tr("last seen %1").replace("%1", when)


def until_words(expires_at: str, workspace: Workspace) -> str:
    """Until when a code can be used."""
    when = moment_words(workspace.local(expires_at), workspace)
    return _tr("It can be used once, until %1.").replace("%1", when)


def invitation_row(invitation: Invitation, names: dict[str, str], workspace: Workspace) -> RowLook:
    """An invitation; `names` by id are those of the people who are known here."""
    made = moment_words(workspace.local(invitation.created_at), workspace)
    by = names.get(invitation.created_by or "", "")
    origin = "" if invitation.created_by else _tr("Made at the relay")
    if by:
        origin = _tr("Made by %1").replace("%1", by)
    parts = [origin, made, _end_words(invitation, names, workspace)]
    withdraw = RowAction("withdraw", _tr("Withdraw…"), "trash", in_words=True)
    is_open = is_usable(invitation, workspace)
    return RowLook(
        title=_tr("Invitation for a mentor"),
        subtitle=" · ".join(part for part in parts if part),
        chip=_invitation_chip(invitation, workspace),
        actions=(withdraw,) if is_open else (),
        is_dimmed=not is_open,
    )


def is_usable(invitation: Invitation, workspace: Workspace) -> bool:
    return not invitation.used_at and moment(invitation.expires_at) > workspace.now()


def row_text(look: RowLook) -> str:
    """A row in one line, for a screen reader."""
    parts = (look.title, look.chip.text if look.chip else "", look.subtitle, look.pending)
    return ", ".join(part for part in parts if part)


def _end_words(invitation: Invitation, names: dict[str, str], workspace: Workspace) -> str:
    if invitation.used_at:
        when = moment_words(workspace.local(invitation.used_at), workspace)
        by = names.get(invitation.used_by or "", "")
        used = _tr("used by %1").replace("%1", by) if by else _tr("used")
        return f"{used} · {when}"
    when = moment_words(workspace.local(invitation.expires_at), workspace)
    words = _tr("valid until %1") if is_usable(invitation, workspace) else _tr("ended %1")
    return words.replace("%1", when)


def _invitation_chip(invitation: Invitation, workspace: Workspace) -> ChipLook:
    if invitation.used_at:
        return ChipLook(_tr("Used"), "check-circle", "completed")
    if is_usable(invitation, workspace):
        return ChipLook(_tr("Open"), "key", "scheduled")
    return ChipLook(_tr("Expired"), "clock")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
