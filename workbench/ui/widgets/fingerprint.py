"""A value to compare letter by letter or to copy: thumbprints, serial numbers, names."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from workbench.core.i18n import _
from workbench.core.visible import visible
from workbench.ui.look import theme
from workbench.ui.look.plain import tip


class ValueField(QWidget):
    """A read-only value under a name, with a button that copies it."""

    def __init__(self, name: str, parent: QWidget | None = None, *, fixed_width: bool = False) -> None:
        super().__init__(parent)
        self._value = ""
        self._field = QLineEdit(readOnly=True, frame=False)
        self._field.setAccessibleName(name)
        if fixed_width:
            self._field.setFont(theme.fixed_font())
        palette = self._field.palette()
        palette.setBrush(palette.ColorRole.Base, Qt.GlobalColor.transparent)
        self._field.setPalette(palette)
        self._copy = QToolButton(autoRaise=True)
        self._copy.setText(_("Copy"))
        self._copy.setAccessibleName(_("Copy {name}").format(name=name))
        self._copy.setToolTip(tip(self._copy.accessibleName()))
        self._copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._copy.clicked.connect(self._to_clipboard)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._field, 1)
        row.addWidget(self._copy)

    def value(self) -> str:
        """What is shown, as it is: only on the screen do escapes stand for what cannot be seen."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show ``value`` from its first letter."""
        self._value = value
        self._field.setText(visible(value))
        self._field.setCursorPosition(0)
        self._field.setToolTip(tip(value))
        self._copy.setEnabled(bool(value))

    def _to_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self._value)
