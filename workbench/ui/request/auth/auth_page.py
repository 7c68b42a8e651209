"""How the request says who is asking, besides the TLS identity."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workbench.core.draft import Auth, Draft, InheritAuth, OAuth2Auth, OtherAuth
from workbench.core.exchange import Failure, Spot
from workbench.core.i18n import _
from workbench.core.workspace.surroundings import Surroundings
from workbench.ui.look import theme
from workbench.ui.request.auth.auth_fields import KINDS, auth_words, kind_of
from workbench.ui.request.auth.auth_form import AuthForm
from workbench.ui.request.request_page import RequestPage, Wish, from_words
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.variables import Variables

_OTHER = "other"


class AuthEditor(QWidget):
    """``auth()`` and ``show_auth()``; forms of kinds that were left keep what was typed."""

    changed = Signal()
    sign_in_wanted = Signal()

    def __init__(self, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._variables = variables
        self._auth: Auth | None = InheritAuth()
        self._inherited = ""
        self._forms: dict[str, AuthForm] = {}
        self._kind = QComboBox(self)
        for key, kind in KINDS.items():
            self._kind.addItem(kind.words, key)
        label = Label(_("T&ype"), self)
        label.setBuddy(self._kind)
        self._kind.setAccessibleName(_("Authorization type"))
        self._about = Label(parent=self, wordWrap=True)
        self._given: Auth | None = None
        self._signs_in = False
        self._anew = QPushButton(_("Sign in a&gain"), self)
        self._anew.setToolTip(_("Delete the current access tokens, so that the next request gets a new one"))
        self._anew.clicked.connect(self.sign_in_wanted)
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, theme.SPACE, 0)
        self._column.addStretch(1)
        scroll = QScrollArea(self, widgetResizable=True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._inside)
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE)
        bar.addWidget(label)
        bar.addWidget(self._kind)
        bar.addSpacing(theme.SPACE)
        bar.addWidget(self._about, 1)
        bar.addWidget(self._anew)
        self._kind.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(bar)
        layout.addWidget(scroll, 1)
        self.setFocusProxy(self._kind)
        self._kind.activated.connect(self._choose)
        self._show_kind()

    def auth(self) -> Auth | None:
        """What is chosen; a kind that this program cannot do stays what it was."""
        key = kind_of(self._auth)
        return self._forms[key].auth() if key in self._forms else self._auth

    def show_auth(self, auth: Auth | None) -> None:
        """Show ``auth``."""
        if auth != self.auth():
            self._auth = auth
            self._show_kind()

    def offer_sign_in(self) -> None:
        """Offer to sign in anew, where tokens are used."""
        self._signs_in = True
        self._show_about()

    def show_inherited(self, auth: Auth | None, where: str) -> None:
        """Say what ``InheritAuth`` comes to."""
        self._given = auth
        words = auth_words(auth) if not isinstance(auth, InheritAuth) else _("(none)")
        self._inherited = " · ".join(
            part for part in (_("Inherited: {auth}").format(auth=words), from_words(where)) if part
        )
        self._show_about()

    def point_at(self, spot: Spot) -> None:
        """Put the keyboard into the field that holds what is wrong; what is inherited is not mended here."""
        form = self._forms.get(kind_of(self._auth))
        if form is None or not form.point_at(spot):
            self._kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        key = str(self._kind.currentData())
        if key == kind_of(self._auth) or key == _OTHER:
            return
        self._auth = self._forms[key].auth() if key in self._forms else KINDS[key].empty
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        key = kind_of(self._auth)
        place = self._kind.findData(_OTHER)
        if key == _OTHER and place < 0:
            self._kind.addItem(auth_words(self._auth), _OTHER)
        self._kind.setCurrentIndex(self._kind.findData(key))
        if key in KINDS and KINDS[key].fields and self._auth is not None:
            self._form(key).show_auth(self._auth)
        for each, form in self._forms.items():
            form.setVisible(each == key)
        self._show_about()

    def _form(self, key: str) -> AuthForm:
        if key not in self._forms:
            form = self._forms[key] = AuthForm(KINDS[key], self._variables, self._inside)
            form.changed.connect(self.changed)
            self._column.insertWidget(self._column.count() - 1, form)
        return self._forms[key]

    def _show_about(self) -> None:
        if isinstance(self._auth, OtherAuth):
            words = _("Kept in the file unchanged, but not supported: nothing is sent.")
        else:
            words = KINDS[kind_of(self._auth)].about
        if isinstance(self._auth, InheritAuth) and self._inherited:
            words = f"{words} {self._inherited}"
        self._about.setText(words)
        effective = self._given if isinstance(self._auth, InheritAuth) else self._auth
        self._anew.setVisible(self._signs_in and isinstance(effective, OAuth2Auth))


class AuthPage(RequestPage):
    """The page around ``AuthEditor``."""

    def __init__(self, variables: Variables, parent: QWidget | None = None, *, shared: bool = False) -> None:
        super().__init__(parent)
        self.editor = AuthEditor(variables, self)
        self.column.addWidget(self.editor, 1)
        self.setFocusProxy(self.editor)
        self.editor.changed.connect(self.changed)
        self.editor.sign_in_wanted.connect(lambda: self.wished.emit(Wish.SIGN_IN))
        if not shared:
            self.editor.offer_sign_in()

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with what is chosen."""
        auth = self.editor.auth()
        return draft if auth == draft.auth else replace(draft, auth=auth)

    def show_draft(self, draft: Draft) -> None:
        """Show how ``draft`` authenticates."""
        self.editor.show_auth(draft.auth)

    def point_at(self, _failure: Failure, spot: Spot) -> None:
        """Go to the field."""
        self.editor.point_at(spot)

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Say what inheriting comes to."""
        self.editor.show_inherited(surroundings.auth, surroundings.auth_from)
