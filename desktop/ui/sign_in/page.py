"""The page before one is in: sign in, register, or set a forgotten password anew."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop.ui import icons
from desktop.ui.sign_in.forms import Form, RegisterForm, ResetForm, SignInForm
from desktop.ui.theme import Theme
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.scrolled_page import ScrolledPage

CARD_WIDTH = 440


class SignInPage(QWidget):
    """Who are you, and where is your group? It asks, and decides nothing.

    Logo and motto give way where the form would have to be scrolled for their sake.

    Signals:
        sign_in_asked: server, email, password as a dict.
        register_asked: the role, and the fields of the form as a dict.
        reset_asked: server, email, code, newPassword as a dict.
        link_pasted: the text of a pasted join link.
        later_asked: back to the local work, without signing in.
        doctor_asked: what is wrong on the way to this address.
    """

    sign_in_asked = Signal(object)
    register_asked = Signal(str, object)
    reset_asked = Signal(object)
    link_pasted = Signal(str)
    later_asked = Signal()
    doctor_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signInPage")
        self.banner = Banner(theme)
        self.link = QLineEdit()
        self.link.setPlaceholderText("tandem://join?server=…")
        self.link_field = FormField(
            theme,
            self.tr("Join link"),
            self.link,
            hint=self.tr("If you have one: it fills in server and code."),
        )
        self.forms: dict[str, Form] = {
            "sign_in": SignInForm(theme),
            "student": RegisterForm(theme, "student"),
            "mentor": RegisterForm(theme, "mentor"),
            "reset": ResetForm(theme),
        }
        self.ways = FilterBar(
            self.tr("What do you want to do?"),
            [
                ("sign_in", self.tr("Sign in")),
                ("student", self.tr("New student")),
                ("mentor", self.tr("New mentor")),
            ],
        )
        self.doctor = push_button(self.tr("Connection doctor…"), "quiet")
        self.doctor.hide()  # until the relay could not be reached
        self.forgot = push_button(self.tr("Forgot password?"), "quiet")
        self.back = push_button(self.tr("Back to sign in"), "quiet")
        self.later = push_button(self.tr("Later"), "quiet")
        self.later.setToolTip(self.tr("Everything you do meanwhile is kept on this computer."))
        self.later.hide()  # before the first time there is nothing to go back to
        self._lay_out(theme)

        self.ways.chosen.connect(self.show_way)
        self.forgot.clicked.connect(lambda: self.show_way("reset"))
        self.back.clicked.connect(lambda: self.show_way("sign_in"))
        self.later.clicked.connect(self.later_asked)
        self.doctor.clicked.connect(lambda: self.doctor_asked.emit(self.form.text("server")))
        self.link.textChanged.connect(self._on_link)
        self.link.returnPressed.connect(self._focus_first_empty)
        self.forms["sign_in"].submitted.connect(self.sign_in_asked)
        self.forms["student"].submitted.connect(lambda v: self.register_asked.emit("student", v))
        self.forms["mentor"].submitted.connect(lambda v: self.register_asked.emit("mentor", v))
        self.forms["reset"].submitted.connect(self.reset_asked)
        self.show_way("sign_in")

    @property
    def form(self) -> Form:
        """The form that is shown."""
        return self.forms[self.way]

    def show_way(self, way: str) -> None:
        """Show one of "sign_in", "student", "mentor" and "reset"; server and e-mail go along."""
        if hasattr(self, "way"):
            old = self.form
            kept = [key for key in ("server", "email") if key in old.fields]
            shared: dict[str, str] = {key: old.text(key) for key in kept}
            self.forms[way].fill(shared)
        self.way = way
        if way in self.ways.buttons:
            self.ways.choose(way)
        self.ways.setVisible(way != "reset")
        self.link_field.setVisible(way in {"student", "mentor"})
        self.forgot.setVisible(way == "sign_in")
        self.back.setVisible(way == "reset")
        for key, form in self.forms.items():
            form.setVisible(key == way)
        self.banner.hide()
        self.doctor.hide()
        self._adorn()
        self._focus_first_empty()

    def fill(self, values: Mapping[str, str]) -> None:
        """Put what is known already into all forms."""
        for form in self.forms.values():
            form.fill(values)
        self._focus_first_empty()

    def offer_later(self) -> None:
        """Give a way back to the local work, by a button and by Escape."""
        self.later.show()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.later_asked)

    @property
    def has_way_back(self) -> bool:
        """Whether there is local work to go back to."""
        return not self.later.isHidden()

    @property
    def is_busy(self) -> bool:
        """Whether the relay is being asked."""
        return not self.form.button.isEnabled()

    def show_busy(self, words: str = "") -> None:
        """Say what is being done, or with "" that it is over."""
        self.form.show_busy(words)
        self.ways.setEnabled(not words)
        if words:
            self.banner.hide()
            self.doctor.hide()

    def show_trouble(self, sentence: str, errors: Mapping[str, str] | None = None) -> None:
        """Show why it did not work: at the fields where it belongs to one, else above the form."""
        self.show_busy()
        left = self.form.show_errors(errors or {})
        if left or not errors:
            self.banner.show_message("error", " ".join(left.values()) or sentence)
            self.scroll_area.ensureWidgetVisible(self.banner)

    def offer_doctor(self) -> None:
        """Let the person look at what is wrong on the way to the relay."""
        self.doctor.show()

    def show_notice(self, sentence: str) -> None:
        self.banner.show_message("success", sentence)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adorn()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._adorn()  # only now all parts are as high as they look
        self._focus_first_empty()  # a place in the window is not remembered from before it is in it

    def _adorn(self) -> None:
        """Show logo and motto where there is room for them and all of the form."""
        for ornament in self._ornaments:
            ornament.show()
        margins = self.scroll_area.column.contentsMargins()
        needed = self._card.heightForWidth(CARD_WIDTH) + margins.top() + margins.bottom()
        for ornament in self._ornaments:
            ornament.setVisible(needed <= self.height())

    def _focus_first_empty(self) -> None:
        for key in self.form.fields:
            if not self.form.text(key):
                self.form.edit(key).setFocus()
                return

    def _on_link(self, text: str) -> None:
        self.link_field.set_error("")
        if not text.strip():
            return
        is_typing = self.link.hasFocus()
        self.link_pasted.emit(text.strip())
        if is_typing:  # a link is one already before its last letter
            self.link.setFocus()

    def _lay_out(self, theme: Theme) -> None:
        card = self._card = Card()
        card.setFixedWidth(CARD_WIDTH)
        inside = card.body
        inside.setContentsMargins(24, 16, 24, 16)
        inside.setSpacing(12)
        inside.addLayout(self._heading())
        inside.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self.banner)
        inside.addWidget(self.link_field)
        for form in self.forms.values():
            inside.addWidget(form)
        links = QHBoxLayout()
        links.addStretch(1)
        links.addWidget(self.doctor)
        links.addWidget(self.forgot)
        links.addWidget(self.back)
        links.addWidget(self.later)
        links.addStretch(1)
        inside.addLayout(links)
        self.scroll_area = ScrolledPage()
        center = self.scroll_area.column
        center.setContentsMargins(16, 8, 16, 8)
        center.addStretch(1)
        row = QHBoxLayout()  # an alignment would take the height that the words need at full width
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        center.addLayout(row)
        center.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.scroll_area)

    def _heading(self) -> QVBoxLayout:
        logo = QLabel()
        logo.setPixmap(icons.app_icon().pixmap(QSize(48, 48)))
        logo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        name = WrapLabel("Tandem", size="title", strong=True)
        name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.motto = WrapLabel(self.tr("Mentors and students, in step. Offline too."), tone="muted")
        self.motto.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._ornaments = (logo, self.motto)
        column = QVBoxLayout()
        column.setSpacing(4)
        for widget in (logo, name, self.motto):
            column.addWidget(widget)
        return column
