"""The environments of a collection: a list of them, and the chosen one to edit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.draft import Environment
from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import isolated, visible
from workbench.core.workspace.environment_edit import EnvironmentEdit
from workbench.ui.library.dots import dot
from workbench.ui.library.environment_edits import EnvironmentEdits
from workbench.ui.library.environment_form import EnvironmentForm
from workbench.ui.library.quiet_label import quiet_label
from workbench.ui.look import theme
from workbench.ui.widgets.answered_dialog import AnsweredDialog
from workbench.ui.widgets.message import Message


class EnvironmentsDialog(AnsweredDialog):
    """``save_requested`` carries what is to be written.

    ``reveal_requested`` carries environment and variable; ``show_secret`` answers.
    """

    save_requested = Signal(EnvironmentEdit)
    reveal_requested = Signal(str, str)

    def __init__(
        self,
        collection: Path,
        title: str,
        environments: Sequence[Environment],
        kept: Mapping[str, Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Environments of “{collection}”").format(collection=isolated(title)), _("&Save"), parent)
        self._edits = EnvironmentEdits(collection, environments, kept)
        self._place = -1
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Environments"))
        self._list.setIconSize(QSize(12, 12))
        self._list.setSpacing(theme.SPACE // 4)
        self._form = EnvironmentForm(self)
        self._pages = QStackedWidget(self)
        self._keyring = Message(self)
        self._new, self._copy, self._remove = (
            QPushButton(words, self) for words in (_("Ne&w"), _("&Duplicate"), _("&Remove"))
        )
        self._lay_out()
        self._connect()
        self._fill(0)

    def choose(self, name: str) -> None:
        """Show the environment called ``name``."""
        self._list.setCurrentRow(max(self._edits.place(name), 0))

    def show_stock(self, identities: Sequence[IdentityRow], bundles: Sequence[BundleRow]) -> None:
        """Offer these identities and trust bundles."""
        self._form.show_stock(identities, bundles)

    def show_keyring(self, error: WorkbenchError | None) -> None:
        """Say that secrets cannot be kept, and why."""
        words = " ".join(part for part in (error.title, error.hint) if part) if error is not None else ""
        self._keyring.show_words(words, theme.Tone.WARNING)

    def show_secret(self, environment: str, variable: str, value: str) -> None:
        """Show the value that was asked for."""
        if environment == self._edits.former(self._place):
            self._form.strip.show_value(variable, value)

    def _lay_out(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE // 2)
        for button in (self._new, self._copy, self._remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column.addLayout(buttons)
        words = _("An environment is a set of variables, such as the addresses and identities of a test system.")
        self._pages.addWidget(quiet_label(words, self))
        self._pages.addWidget(self._form)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(self._pages)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.setSizes([230, 660])
        split.setHandleWidth(theme.SPACE * 2)
        self.lay_out(split, self._keyring, growing=split)
        self.resize(960, 620)

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._go)
        self._new.clicked.connect(self._add)
        self._copy.clicked.connect(self._duplicate)
        self._remove.clicked.connect(self._take_away)
        self._form.changed.connect(self._take)
        self._form.rows.made_secret.connect(self._set_secret)
        self._form.rows.renamed.connect(self._rename_secret)
        self._form.strip.value_set.connect(self._set_secret)
        self._form.strip.cleared.connect(lambda name: self._set_secret(name, None))
        self._form.strip.reveal_requested.connect(self._reveal)

    def _fill(self, chosen: int) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for environment in self._edits.environments():
            self._list.addItem(QListWidgetItem(dot(environment.color), visible(environment.name)))
        self._list.blockSignals(False)
        self._place = -1
        count = self._list.count()
        self._list.setCurrentRow(min(chosen, count - 1))
        self._go(self._list.currentRow())

    def _go(self, place: int) -> None:
        self._take()
        self._place = place
        there = place >= 0
        self._pages.setCurrentIndex(1 if there else 0)
        for button in (self._copy, self._remove):
            button.setEnabled(there)
        if there:
            self._show()

    def _show(self) -> None:
        environments = self._edits.environments()
        others = [each.name for at, each in enumerate(environments) if at != self._place]
        self._form.show_environment(environments[self._place], others, self._edits.kept(self._place))
        self._form.show_secret(self._edits.typed(self._place))

    def _take(self) -> None:
        if self._place < 0:
            return
        environment = self._form.environment()
        self._edits.put(self._place, environment)
        item = self._list.item(self._place)
        if item is not None:
            item.setText(visible(environment.name))
            item.setIcon(dot(environment.color))
        self.consider()

    def _add(self) -> None:
        self._take()
        self._edits.add(Environment(name=_("New environment")))
        self._fill(len(self._edits.environments()) - 1)
        self._form.edit_name()

    def _duplicate(self) -> None:
        self._take()
        chosen = self._edits.environments()[self._place]
        self._edits.add(replace(chosen, name=_("{name} copy").format(name=chosen.name)))
        self._fill(len(self._edits.environments()) - 1)
        self._form.edit_name()

    def _take_away(self) -> None:
        place, self._place = self._place, -1
        self._edits.remove(place)
        self._fill(place)

    def _set_secret(self, name: str, value: str | None) -> None:
        self._edits.set_secret(self._place, name, value)
        self._form.rows.show_kept(self._edits.kept(self._place))
        if value is None or self._form.strip.name() != name:
            self._form.show_secret(self._edits.typed(self._place))

    def _rename_secret(self, before: str, after: str) -> None:
        self._edits.rename_secret(self._place, before, after)
        self._form.rows.show_kept(self._edits.kept(self._place))

    def _reveal(self, name: str) -> None:
        typed = self._edits.typed(self._place).get(name)
        if typed is not None:
            self._form.strip.show_value(name, typed)
        else:
            self.reveal_requested.emit(self._edits.former(self._place), self._edits.former_secret(self._place, name))

    def ready(self) -> bool:
        """Nothing may be wrong with any of them."""
        return not self._edits.trouble()

    def consider(self) -> None:
        """Say what is wrong."""
        super().consider()
        self.message.show_words(self._edits.trouble(), theme.Tone.BAD)

    def ask(self) -> bool:
        """Ask for all of them to be saved."""
        self._take()
        if self._edits.trouble():
            return False
        self.save_requested.emit(self._edits.edit())
        return True
