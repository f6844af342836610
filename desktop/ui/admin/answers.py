"""Brings an answer of the relay's to the form that asked, which may be closed when it comes."""

from collections.abc import Callable

from shiboken6 import isValid

from desktop.ui.admin.asking import field_errors
from desktop.ui.widgets.form_dialog import FormDialog
from desktop.ui.workspace import Workspace
from domain.commands import Command


def finish(form: FormDialog) -> None:
    """Close the form whose wish is done."""
    if isValid(form):
        form.accept()


def refuse(form: FormDialog, error: Exception, say: Callable[[str], object]) -> None:
    """Show in the form what was wrong; where it is closed, `say` it in its place."""
    _show(form, field_errors(error), say)


def save_here(
    workspace: Workspace,
    form: FormDialog,
    command: Command,
    *,
    then: Callable[[], object] | None = None,
) -> None:
    """Carry out on this computer what a form asks for, once for each press."""

    def done() -> None:
        finish(form)
        if then:
            then()

    form.send.setEnabled(False)
    workspace.do(
        command,
        done=done,
        refused=lambda refused: _show(form, {"": str(refused)}, workspace.say),
        failed=lambda words: _show(form, {"": words}, workspace.say),
    )


def _show(form: FormDialog, errors: dict[str, str], say: Callable[[str], object]) -> None:
    if isValid(form):
        form.show_errors(errors)
    if not (isValid(form) and form.isVisible()):
        say(" ".join(errors.values()))
