"""One cookie to be added or changed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from workbench.core.cookies import Cookie, CookieRefused
from workbench.core.cookies.editing import checked
from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.widgets.answered_dialog import AnsweredDialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.secret_line import SecretLine

_WEEK = timedelta(days=7)
_SAME_SITES = (("", _("not set")), ("Strict", "Strict"), ("Lax", "Lax"), ("None", "None"))


class CookieDialog(AnsweredDialog):
    """``save_requested`` carries a checked cookie. What is wrong is said below the field that it is about."""

    save_requested = Signal(Cookie)

    def __init__(self, cookie: Cookie | None, domain: str = "", parent: QWidget | None = None) -> None:
        """``cookie`` is to be changed; without it a new one is made, for ``domain``."""
        super().__init__(_("Edit Cookie") if cookie is not None else _("Add Cookie"), _("&Save"), parent)
        self._name = QLineEdit(self)
        self._value = SecretLine(self)
        self._domain = QLineEdit(self, placeholderText="api.example.org")
        self._below = QCheckBox(_("Also for &subdomains"), self)
        self._path = QLineEdit(self)
        self._kept = QComboBox(self)
        self._until = QDateTimeEdit(self, calendarPopup=True, displayFormat="yyyy-MM-dd HH:mm")
        self._same_site = QComboBox(self)
        self._secure = QCheckBox(_("&Secure: over TLS only"), self)
        self._http_only = QCheckBox(_("&HttpOnly: not available to scripts"), self)
        self._places: Mapping[str, tuple[QWidget, Message]] = {
            "name": (self._name, Message(self)),
            "value": (self._value, Message(self)),
            "domain": (self._domain, Message(self)),
            "path": (self._path, Message(self)),
            "expires": (self._until, Message(self)),
            "secure": (self._secure, Message(self)),
            "same_site": (self._same_site, Message(self)),
        }
        self._tried = False
        self._lay_out()
        self._connect()
        self._show(cookie or Cookie("", "", domain))
        self._name.setFocus()

    def cookie(self) -> Cookie:
        """What is typed, as it stands."""
        return Cookie(
            name=self._name.text().strip(),
            value=self._value.text(),
            domain=self._domain.text().strip(),
            path=self._path.text().strip(),
            host_only=not self._below.isChecked(),
            secure=self._secure.isChecked(),
            http_only=self._http_only.isChecked(),
            same_site=str(self._same_site.currentData()),
            expires=self._moment() if self._kept.currentData() else None,
        )

    def show_error(self, error: WorkbenchError) -> None:
        """Say what is wrong, below the field where it is about one."""
        super().show_error(error)
        if isinstance(error, CookieRefused):
            self.message.show_words("")
            self._point_at(error)

    def _show(self, cookie: Cookie) -> None:
        self._name.setText(cookie.name)
        self._value.setText(cookie.value)
        self._domain.setText(cookie.domain)
        self._below.setChecked(not cookie.host_only)
        self._path.setText(cookie.path)
        self._secure.setChecked(cookie.secure)
        self._http_only.setChecked(cookie.http_only)
        self._same_site.setCurrentIndex(max(self._same_site.findData(cookie.same_site), 0))
        self._kept.setCurrentIndex(0 if cookie.expires is None else 1)
        moment = cookie.expires or datetime.now(UTC) + _WEEK
        self._until.setDateTime(QDateTime.fromSecsSinceEpoch(int(moment.timestamp())))
        self._follow()

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._until.dateTime().toSecsSinceEpoch(), UTC)

    def _lay_out(self) -> None:
        self._kept.addItem(_("until the workspace is closed"), False)
        self._kept.addItem(_("until"), True)
        for value, words in _SAME_SITES:
            self._same_site.addItem(words, value)
        kept = QHBoxLayout()
        kept.setSpacing(theme.SPACE)
        kept.addWidget(self._kept)
        kept.addWidget(self._until)
        kept.addStretch(1)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(theme.SPACE - 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for title, name, below in (
            (_("Na&me"), "name", ()),
            (_("&Value"), "value", ()),
            (_("&Domain"), "domain", (self._below,)),
            (_("&Path"), "path", ()),
        ):
            self._add_row(form, title, self._places[name][0], (self._places[name][1], *below))
        label = Label(_("Expir&es"), self)
        label.setBuddy(self._kept)
        form.addRow(label, kept)
        form.addRow("", self._places["expires"][1])
        self._add_row(form, _("SameS&ite"), self._same_site, (self._places["same_site"][1],))
        for widget in (self._secure, self._places["secure"][1], self._http_only):
            form.addRow("", widget)
        self._kept.setAccessibleName(_("Expires"))
        self._until.setAccessibleName(_("Expiry date"))
        self.lay_out(form)
        self.setMinimumWidth(520)

    def _add_row(self, form: QFormLayout, title: str, widget: QWidget, below: tuple[QWidget, ...]) -> None:
        label = Label(title, self)
        label.setBuddy(widget)
        widget.setAccessibleName(title.replace("&", ""))
        form.addRow(label, widget)
        for one in below:
            form.addRow("", one)

    def _connect(self) -> None:
        for line in (self._name, self._value, self._domain, self._path):
            line.textEdited.connect(self.consider)
        for check in (self._below, self._secure, self._http_only):
            check.toggled.connect(self.consider)
        for combo in (self._kept, self._same_site):
            combo.currentIndexChanged.connect(self.consider)
        self._kept.currentIndexChanged.connect(self._follow)
        self._until.dateTimeChanged.connect(self.consider)

    def _follow(self) -> None:
        self._until.setVisible(bool(self._kept.currentData()))

    def consider(self) -> None:
        """Something was typed. Nobody is told what is missing before having had the time to type it."""
        if self._tried:
            self._check()

    def _check(self) -> Cookie | None:
        self._clear()
        try:
            return checked(self.cookie())
        except CookieRefused as refusal:
            self._point_at(refusal)
            return None

    def _clear(self) -> None:
        self.message.show_words("")
        for widget, message in self._places.values():
            message.show_words("")
            widget.setAccessibleDescription("")

    def _point_at(self, refusal: CookieRefused) -> None:
        widget, message = self._places[refusal.field]
        message.show_words(refusal.reason, theme.Tone.BAD)
        widget.setAccessibleDescription(refusal.reason)
        self.adjustSize()

    def ask(self) -> bool:
        """Ask for the cookie to be kept, or go to what is wrong with it."""
        self._tried = True
        cookie = self._check()
        if cookie is None:
            wrong = next(widget for widget, message in self._places.values() if message.words())
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.save_requested.emit(cookie)
        return True
