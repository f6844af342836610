"""Controls that say why they can't be used now, by tooltip and to a screen reader."""

from PySide6.QtWidgets import QWidget

OWN = "ownWords"


def allow(control: QWidget, is_allowed: bool, why_not: str) -> None:
    """Enable a control and leave it its own words, or disable it with the sentence why."""
    own = control.property(OWN)
    if is_allowed:
        if own is not None:
            control.setToolTip(own[0])
            control.setAccessibleDescription(own[1])
            control.setProperty(OWN, None)
    else:
        if own is None:
            words = [control.toolTip(), control.accessibleDescription()]
            control.setProperty(OWN, words)
        control.setToolTip(why_not)
        control.setAccessibleDescription(why_not)
    control.setEnabled(is_allowed)
