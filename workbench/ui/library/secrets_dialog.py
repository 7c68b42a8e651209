"""Secret variables without an environment: their values lie in this computer's keyring and in no file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from workbench.core.i18n import _
from workbench.core.visible import visible
from workbench.ui.library.quiet_label import quiet_label
from workbench.ui.library.secret_strip import SecretStrip
from workbench.ui.look import theme
from workbench.ui.widgets.answered_dialog import AnsweredDialog


class SecretsDialog(AnsweredDialog):
    """``save_requested`` carries values by name, None to forget one.

    ``reveal_requested`` carries a name; ``show_secret`` answers.
    """

    save_requested = Signal(object)  # dict[str, str | None], which a Signal(dict) would convert
    reveal_requested = Signal(str)

    def __init__(self, title: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(title, _("Sa&ve"), parent)
        self._kept = frozenset(names)
        self._typed: dict[str, str | None] = {}
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Secret variables"))
        self._new = QLineEdit(self, placeholderText=_("Name of another variable"))
        self._new.setAccessibleName(_("Name of another variable"))
        self._add = QPushButton(_("&Add"), self)
        self._add.setAutoDefault(False)
        self._strip = SecretStrip(self)
        self._lay_out()
        self._connect()
        for name in sorted(names):
            self._list.addItem(_item(name))
        self._list.setCurrentRow(0)
        self.consider()

    def show_secret(self, name: str, value: str) -> None:
        """Show the value that was asked for."""
        self._strip.show_value(name, value)

    def _lay_out(self) -> None:
        words = _(
            "Requests use them as {{variables}} in every environment. The values are stored in the "
            "keyring, not in the collection's files."
        )
        about = quiet_label(words, self)
        about.setAlignment(Qt.AlignmentFlag.AlignLeft)
        new = QHBoxLayout()
        new.setSpacing(theme.SPACE)
        new.addWidget(self._new, 1)
        new.addWidget(self._add)
        self.lay_out(about, self._list, self._strip, new, growing=self._list)
        self.resize(560, 420)

    def _connect(self) -> None:
        self._list.itemSelectionChanged.connect(self._show)
        self._new.textChanged.connect(self.consider)
        self._new.returnPressed.connect(self._add_variable)
        self._add.clicked.connect(self._add_variable)
        self._strip.value_set.connect(self._set)
        self._strip.cleared.connect(self._forget)
        self._strip.reveal_requested.connect(self._reveal)

    def _names(self) -> list[str]:
        return [_name(self._list.item(row)) for row in range(self._list.count())]

    def _show(self) -> None:
        selected = self._list.selectedItems()
        name = _name(selected[0]) if selected else ""
        kept = name in self._kept and self._typed.get(name, "") is not None
        self._strip.show_variable(name, kept=kept, typed=self._typed.get(name))

    def ready(self) -> bool:
        """Something has to have changed."""
        return bool(self._typed)

    def consider(self) -> None:
        """Something was typed."""
        super().consider()
        wanted = self._new.text().strip()
        self._add.setEnabled(bool(wanted) and wanted not in self._names())

    def _add_variable(self) -> None:
        wanted = self._new.text().strip()
        if wanted and wanted not in self._names():
            self._list.addItem(_item(wanted))
            self._list.setCurrentRow(self._list.count() - 1)
            self._new.clear()
            self._strip.focus_value()

    def _set(self, name: str, value: str) -> None:
        self._typed[name] = value
        self._show()
        self.consider()

    def _forget(self, name: str) -> None:
        if name in self._kept:
            self._typed[name] = None
        else:
            self._typed.pop(name, None)
        self._list.takeItem(self._list.currentRow())
        self._show()
        self.consider()

    def _reveal(self, name: str) -> None:
        typed = self._typed.get(name)
        if typed is not None:
            self._strip.show_value(name, typed)
        else:
            self.reveal_requested.emit(name)

    def ask(self) -> bool:
        """Ask for the values to be kept."""
        self.save_requested.emit(dict(self._typed))
        return True


def _item(name: str) -> QListWidgetItem:
    item = QListWidgetItem(visible(name))
    item.setData(Qt.ItemDataRole.UserRole, name)
    return item


def _name(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))
