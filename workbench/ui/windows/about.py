"""Help: what this program is made of, and which keys do what."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

import workbench
from workbench.core.i18n import _
from workbench.ui.actions import Actions, Command
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.models.table import Column, TableModel
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.views import RowTable

Work = Callable[[Callable[[], Any], Callable[[Any], object]], object]
_PICTURE = 48
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class AboutDialog(QDialog):
    """Name, versions to copy into a report, where new ones come from and changes are told."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About mTLS Workbench"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(theme.SPACE * 2)
        self._facts.setVerticalSpacing(theme.SPACE // 2)
        self._known: tuple[tuple[str, str], ...] = ()
        buttons = ButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = buttons.addButton(_("Copy Versions"), QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setIcon(icon("copy"))
        self._copy.setEnabled(False)
        self._copy.clicked.connect(self._copy_versions)
        buttons.rejected.connect(self.reject)
        changes = Label(
            _(
                "New versions come from where you got this one: the program never checks for updates. "
                "Changes are listed in the CHANGELOG.md that comes with it. MIT licence."
            ),
            wordWrap=True,
        )
        changes.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.SPACE * 2,) * 4)
        layout.setSpacing(theme.SPACE * 2)
        layout.addLayout(self._heading())
        layout.addLayout(self._facts)
        layout.addWidget(changes)
        layout.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        work(_versions, self._show)

    def words(self) -> str:
        """The versions, a line each."""
        return "\n".join(f"{name} {version}" for name, version in self._known)

    def _heading(self) -> QHBoxLayout:
        picture = Label()
        picture.setPixmap(icon("trust", theme.Tone.GOOD).pixmap(_PICTURE, _PICTURE))
        title = Label(_("mTLS Workbench {version}").format(version=workbench.__version__))
        title.setFont(theme.scaled_font(1.4, bold=True))
        words = QVBoxLayout()
        words.addWidget(title)
        words.addWidget(
            Label(_("Manage client identities, send requests over mutual TLS, and see what TLS did."), wordWrap=True)
        )
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE * 2)
        row.addWidget(picture)
        row.addLayout(words, 1)
        return row

    def _show(self, known: tuple[tuple[str, str], ...]) -> None:
        self._known = known
        for name, version in known:
            label = Label(version)
            label.setTextInteractionFlags(_SELECTABLE)
            label.setAccessibleName(f"{name}: {version}")
            self._facts.addRow(name, label)
        self._copy.setEnabled(True)
        QTimer.singleShot(0, self, self._fit)  # the new labels are shown, and count, from the next round on

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _copy_versions(self) -> None:
        QGuiApplication.clipboard().setText(self.words())


class ShortcutsDialog(QDialog):
    """Every command with the keys that it has now; more is in the preferences."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns: tuple[Column[Command], ...] = (
            Column(_("Action"), lambda command: command.words),
            Column(_("Menu"), lambda command: command.menu.replace("&", "")),
            Column(_("Keys"), lambda command: keys_words(actions.keys(command.id)), spoken=_spoken_keys(actions)),
        )
        self._model = TableModel(columns, self)
        table = RowTable(_("Keyboard shortcuts"), self._model)
        table.stretch_column(0)
        filter_line = QLineEdit(clearButtonEnabled=True, placeholderText=_("Search actions or keys"))
        filter_line.setAccessibleName(_("Search actions or keys"))
        filter_line.textChanged.connect(lambda text: self._show(actions, text))
        buttons = ButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        change = buttons.addButton(_("Change…"), QDialogButtonBox.ButtonRole.ActionRole)
        change.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        for widget in (filter_line, table, buttons):
            layout.addWidget(widget)
        self._show(actions, "")
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 80, metrics.height() * 32)

    def _show(self, actions: Actions, wanted: str) -> None:
        wanted = wanted.casefold()
        self._model.show_rows(
            [
                command
                for command in actions.commands
                if actions.keys(command.id)
                and wanted in f"{command.words} {keys_words(actions.keys(command.id))}".casefold()
            ]
        )


def keys_words(keys: tuple[str, ...]) -> str:
    """Key sequences as this platform writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(text, QKeySequence.SequenceFormat.PortableText).toString(native) for text in keys)


def _spoken_keys(actions: Actions) -> Callable[[Command], str]:
    return lambda command: keys_words(actions.keys(command.id)).replace("+", " ") or _("none")


def _versions() -> tuple[tuple[str, str], ...]:
    from workbench.core.versions import versions

    return tuple(versions())
