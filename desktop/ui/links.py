"""Opens a link of somebody else's: only https, and only after its host was shown."""

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.confirm_dialog import ConfirmDialog, ask

OpenUrl = Callable[[str], object]


def in_browser(url: str) -> None:
    """Hand the link to the system's browser."""
    QDesktopServices.openUrl(QUrl(url))


def host_of(url: str) -> str:
    """The host that an https link leads to, in letters that cannot be mistaken, or "" for none."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port not in (None, 443) else ""
    except ValueError:
        return ""
    return host + port if parts.scheme == "https" and host else ""


def ask_to_open(
    parent: QWidget, title: str, url: str, open_url: OpenUrl = in_browser
) -> ConfirmDialog | None:
    """Show where the link leads and open it when the person agrees; None for one that may not."""
    host = host_of(url)
    if not host:
        return None
    sentence = _tr("This opens %1 in your browser.").replace("%1", host)
    return ask(parent, title, sentence, _tr("Open link"), lambda: open_url(url))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Links", text)
