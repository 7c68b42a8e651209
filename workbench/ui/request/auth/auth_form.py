"""The fields of one way to authenticate."""

from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from workbench.core.draft import Auth
from workbench.core.exchange import Spot
from workbench.core.i18n import _
from workbench.core.variables import tokens
from workbench.ui.look import theme
from workbench.ui.request.auth.auth_fields import AuthField, AuthKind, Input
from workbench.ui.request.faults import fault
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.secret_line import SecretLine
from workbench.ui.widgets.variables import Variables, watch_line

_WIDEST = 560


class AuthForm(QWidget):
    """``auth()`` and ``show_auth()``. What the form has no field for stays as it was shown."""

    changed = Signal()

    def __init__(self, kind: AuthKind, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._auth: Any = kind.empty
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(theme.SPACE)
        self._form.setVerticalSpacing(theme.SPACE // 2 + 1)
        self._inputs: dict[str, QWidget] = {each.name: self._input(each, variables) for each in kind.fields}
        self._note = Message(self)
        self._form.addRow("", self._note)
        self._showing = False
        self._arrange()

    def auth(self) -> Auth:
        """What is shown."""
        values = {each.name: self._value(each) for each in self._kind.fields}
        made: Auth = replace(self._auth, **values)
        return made

    def show_auth(self, auth: Auth) -> None:
        """Show ``auth``, which is of this form's kind."""
        self._auth = auth
        self._showing = True
        for each in self._kind.fields:
            _show(self._inputs[each.name], getattr(auth, each.name))
        self._showing = False
        self._arrange()

    def point_at(self, spot: Spot) -> bool:
        """Put the keyboard into the field that holds what is wrong; whether there is one."""
        for widget in self._inputs.values():
            if isinstance(widget, QLineEdit) and (place := fault(widget.text(), spot)) is not None:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                widget.setSelection(place[0], place[1] - place[0])
                return True
        return False

    def _input(self, each: AuthField, variables: Variables) -> QWidget:
        widget: QWidget
        if each.input is Input.CHECK:
            widget = box = QCheckBox(each.words)
            box.toggled.connect(self._tell)
            self._form.addRow("", box)
            return widget
        if each.input is Input.CHOICE:
            widget = combo = QComboBox()
            for value, words in each.choices:
                combo.addItem(words, value)
            combo.currentIndexChanged.connect(self._tell)
        else:
            widget = line = SecretLine() if each.input is Input.SECRET else QLineEdit()
            line.setPlaceholderText(each.hint)
            line.textChanged.connect(self._tell)
            watch_line(line, variables)
        widget.setMaximumWidth(_WIDEST)
        widget.setAccessibleName(each.words)
        self._form.addRow(each.words, widget)
        return widget

    def _value(self, each: AuthField) -> Any:
        widget = self._inputs[each.name]
        if isinstance(widget, QCheckBox):
            return widget.isChecked()
        if isinstance(widget, QComboBox):
            return each.choices[max(widget.currentIndex(), 0)][0]
        return widget.text() if isinstance(widget, QLineEdit) else ""

    def _tell(self) -> None:
        if not self._showing:
            self._arrange()
            self.changed.emit()

    def _arrange(self) -> None:
        auth = self.auth() if fields(self._auth) else self._auth
        for each in self._kind.fields:
            self._form.setRowVisible(self._inputs[each.name], each.wanted(auth))
        literal = any(
            each.input is Input.SECRET and each.wanted(auth) and _is_literal(getattr(auth, each.name))
            for each in self._kind.fields
        )
        words = _("When this is saved, the secret moves to the keyring and the file refers to it by a variable.")
        self._note.show_words(words if literal else "")


def _is_literal(text: str) -> bool:
    left, at = "", 0
    for token in tokens(text):
        left += text[at : token.start]
        at = token.end
    return bool((left + text[at:]).strip())


def _show(widget: QWidget, value: Any) -> None:
    if isinstance(widget, QCheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, QComboBox):
        places = (place for place in range(widget.count()) if widget.itemData(place) == value)
        widget.setCurrentIndex(next(places, 0))
    elif isinstance(widget, QLineEdit) and widget.text() != value:
        widget.setText(value)
