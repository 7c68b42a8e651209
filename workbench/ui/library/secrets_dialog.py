"""Secret variables without an environment: their values lie in this computer's keyring and in no file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import visible
from workbench.ui.library.quiet_label import quiet_label
from workbench.ui.library.secret_strip import SecretStrip
from workbench.ui.look import theme
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.message import Message


class SecretsDialog(QDialog):
    """``save_requested`` carries values by name, None to forget one; the dialog stays until ``accept`` or an error.

    ``reveal_requested`` carries a name; ``show_secret`` answers.
    """

    save_requested = Signal(object)  # dict[str, str | None], which a Signal(dict) would convert
    reveal_requested = Signal(str)

    def __init__(self, title: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(visible(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._kept = frozenset(names)
        self._typed: dict[str, str | None] = {}
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Secret variables"))
        self._new = QLineEdit(self, placeholderText=_("Name of another variable"))
        self._new.setAccessibleName(_("Name of another variable"))
        self._add = QPushButton(_("&Add"), self)
        self._add.setAutoDefault(False)
        self._strip = SecretStrip(self)
        self._message = Message(self)
        self._buttons = ButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        # A role that accepts would close the dialog before the answer is known.
        self._save = self._buttons.addButton(_("Sa&ve"), QDialogButtonBox.ButtonRole.ActionRole)
        self._save.setDefault(True)
        self._lay_out()
        self._connect()
        for name in sorted(names):
            self._list.addItem(_item(name))
        self._list.setCurrentRow(0)
        self._consider()

    def show_secret(self, name: str, value: str) -> None:
        """Show the value that was asked for."""
        self._strip.show_value(name, value)

    def show_error(self, error: WorkbenchError) -> None:
        """Say what is wrong, and let the person try again."""
        self._consider()
        words = " ".join(part for part in (error.title, error.detail, error.hint) if part)
        self._message.show_words(words, theme.Tone.BAD)

    def _lay_out(self) -> None:
        words = _(
            "Requests use them as {{variables}} in every environment. The values lie in the keyring; whoever gets"
            " the files does not get them."
        )
        about = quiet_label(words, self)
        about.setAlignment(Qt.AlignmentFlag.AlignLeft)
        new = QHBoxLayout()
        new.setSpacing(theme.SPACE)
        new.addWidget(self._new, 1)
        new.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(about)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._strip)
        layout.addLayout(new)
        layout.addWidget(self._message)
        layout.addWidget(self._buttons)
        self.resize(560, 420)

    def _connect(self) -> None:
        self._list.itemSelectionChanged.connect(self._show)
        self._new.textChanged.connect(lambda _text: self._consider())
        self._new.returnPressed.connect(self._add_variable)
        self._add.clicked.connect(self._add_variable)
        self._strip.value_set.connect(self._set)
        self._strip.cleared.connect(self._forget)
        self._strip.reveal_requested.connect(self._reveal)
        self._save.clicked.connect(self._ask)
        self._buttons.rejected.connect(self.reject)

    def _names(self) -> list[str]:
        return [_name(self._list.item(row)) for row in range(self._list.count())]

    def _show(self) -> None:
        selected = self._list.selectedItems()
        name = _name(selected[0]) if selected else ""
        kept = name in self._kept and self._typed.get(name, "") is not None
        self._strip.show_variable(name, kept=kept, typed=self._typed.get(name))

    def _consider(self) -> None:
        wanted = self._new.text().strip()
        self._add.setEnabled(bool(wanted) and wanted not in self._names())
        self._save.setEnabled(bool(self._typed))
        self._message.show_words("")

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
        self._consider()

    def _forget(self, name: str) -> None:
        if name in self._kept:
            self._typed[name] = None
        else:
            self._typed.pop(name, None)
        self._list.takeItem(self._list.currentRow())
        self._show()
        self._consider()

    def _reveal(self, name: str) -> None:
        typed = self._typed.get(name)
        if typed is not None:
            self._strip.show_value(name, typed)
        else:
            self.reveal_requested.emit(name)

    def _ask(self) -> None:
        self._save.setEnabled(False)
        self.save_requested.emit(dict(self._typed))


def _item(name: str) -> QListWidgetItem:
    item = QListWidgetItem(visible(name))
    item.setData(Qt.ItemDataRole.UserRole, name)
    return item


def _name(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))
