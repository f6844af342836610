"""Starts the program, once for each folder of data, and runs it until its window is closed."""

import sys
from collections.abc import Callable, Sequence

import qasync
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from desktop import logs
from desktop.account import rescue
from desktop.account.credentials import Credentials
from desktop.app.application import Application
from desktop.crashes import Crashes, about, hook
from desktop.paths import crash_folder, log_folder
from desktop.settings import Settings, program_version
from desktop.ui.garbage import GarbageCollection
from desktop.ui.language import Language
from desktop.ui.opened_links import LinkedApplication
from desktop.ui.single_instance import Silent, SingleInstance, Wish
from desktop.ui.theme import Theme


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program; a second start for the same folder raises the first one's window."""
    settings = Settings.load(sys.argv[1:] if arguments is None else arguments)
    if settings.backup:
        return rescue.back_up(settings.data, settings.backup)
    if settings.restore:
        return rescue.restore(settings.data, settings.restore)
    return start(settings, Credentials())


def start(
    settings: Settings,
    credentials: Credentials,
    began: Callable[[Application], object] = lambda application: None,
) -> int:
    """Run the program until its window is closed; `began` is called when the loop is about to.

    Gives the exit code: 1 where another program has the folder and does not answer, and where it
    ended with files that could not be opened.
    """
    app = _qt_application()
    instance = SingleInstance(settings.data)
    try:
        if not instance.enter(Wish(settings.link or "", settings.is_minimized)):
            return 0
    except Silent as silent:
        print(silent, file=sys.stderr)  # noqa: T201  there is no window of ours to say it in
        return 1
    logs.start(log_folder(settings.data))
    crashes = Crashes(crash_folder(settings.data), about(program_version()))
    crashes.watch()
    sys.excepthook = hook(crashes, logs.report_bug)
    language = Language(app)
    language.speak()
    application = Application(settings, Theme(app), credentials, language, crashes)
    application.window.closing.connect(instance.stop_listening)
    instance.wished.connect(application.take_wish)
    app.link_opened.connect(application.open_link)
    garbage = GarbageCollection(app)
    with qasync.QEventLoop(app) as loop:
        loop.set_exception_handler(logs.report_loop_bug)
        began(application)
        loop.run_until_complete(application.run())
    garbage.end()
    instance.close()
    crashes.stop()
    logs.stop()
    return application.exit_code


def _qt_application() -> LinkedApplication:
    QApplication.setApplicationName("tandem")
    QApplication.setApplicationDisplayName("Tandem")
    QApplication.setDesktopFileName("tandem")
    app = LinkedApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    if QLocale.system().language() is QLocale.Language.C:  # no locale is set
        QLocale.setDefault(QLocale("en_GB"))
    return app
