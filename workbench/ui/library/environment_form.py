"""One environment being edited: what it is called, what it adds to, its variables and its TLS choices."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.core.choices import read, write
from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.draft import Environment
from workbench.core.i18n import _
from workbench.core.visible import isolated, visible
from workbench.ui.library.dots import dot
from workbench.ui.library.secret_strip import SecretStrip
from workbench.ui.look import theme
from workbench.ui.models.environment_rows import EnvironmentRows
from workbench.ui.request.tls.identity_chip import IdentityChip
from workbench.ui.request.tls.trust_choice import TrustChoice
from workbench.ui.widgets.edit_table import EditTable
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.variables import Variables

COLOURS = (
    ("", _("none")),
    ("#2e8b57", _("green")),
    ("#2f6fd0", _("blue")),
    ("#7c5cd6", _("violet")),
    ("#c99700", _("yellow")),
    ("#d9730d", _("orange")),
    ("#c0262d", _("red")),
    ("#70767d", _("grey")),
)


class EnvironmentForm(QWidget):
    """``environment()`` and ``show_environment()``; ``changed`` when a person did something.

    Secret values come and go by the signals of ``strip`` and of ``rows``.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environment = Environment()
        self._showing = False
        self._variables = Variables(self)
        self.rows = EnvironmentRows(self)
        self.strip = SecretStrip(self)
        self._name = QLineEdit(self)
        self._colour = QComboBox(self)
        self._extends = QComboBox(self)
        self._dotenv = QLineEdit(self, placeholderText=_(".env file, relative to the collection's folder"))
        self._identity = IdentityChip(self)
        self._trust = TrustChoice(self)
        self._trust.setAutoDefault(False)  # in a dialog it would look like the one to press
        self.table = EditTable(_("Variables of the environment"), self.rows, self._variables, self)
        self._lay_out()
        self._connect()

    def environment(self) -> Environment:
        """What is shown."""
        self.table.commit()
        variables = tuple(row for row in self.rows.rows() if row.name or row.value)
        choices = replace(read(variables), identity=self._identity.choice(), trust=self._trust.choice())
        return replace(
            self._environment,
            name=self._name.text().strip(),
            color=str(self._colour.currentData() or ""),
            extends=str(self._extends.currentData() or ""),
            dotenv=self._dotenv.text().strip(),
            variables=variables if choices == read(variables) else write(variables, choices),
        )

    def show_environment(self, environment: Environment, others: Sequence[str], kept: Sequence[str]) -> None:
        """Show ``environment``; it may extend ``others``; the secrets ``kept`` have values on this computer."""
        self._showing = True
        self._environment = environment
        self._name.setText(environment.name)
        self._show_colour(environment.color)
        self._extends.clear()
        self._extends.addItem(_("(none)"), "")
        for name in others:
            self._extends.addItem(visible(name), name)
        if environment.extends and environment.extends not in others:
            self._extends.addItem(_("{name} · missing").format(name=isolated(environment.extends)), environment.extends)
        self._extends.setCurrentIndex(max(self._extends.findData(environment.extends), 0))
        self._dotenv.setText(environment.dotenv)
        self.rows.show_rows(environment.variables)
        self.rows.show_kept(kept)
        self._show_choices()
        self._showing = False
        self.show_secret()

    def show_stock(self, identities: Sequence[IdentityRow], bundles: Sequence[BundleRow]) -> None:
        """Offer these identities and trust bundles."""
        self._identity.show_identities(identities)
        self._trust.show_bundles(bundles)

    def show_secret(self, typed: Mapping[str, str | None] | None = None) -> None:
        """Show the strip for the variable with the cursor, if that is a secret one."""
        row = self.rows.row(self.table.currentIndex())
        name = row.name if row.secret else ""
        self.strip.show_variable(name, kept=self.rows.is_kept(name), typed=(typed or {}).get(name))

    def edit_name(self) -> None:
        """Put the cursor into the name."""
        self._name.setFocus()
        self._name.selectAll()

    def _lay_out(self) -> None:
        for widget, name in (
            (self._name, _("Name")),
            (self._colour, _("Colour")),
            (self._extends, _("Extends")),
            (self._dotenv, _(".env file")),
            (self._identity, _("Identity")),
            (self._trust, _("Trust")),
        ):
            widget.setAccessibleName(name)
        for value, words in COLOURS:
            self._colour.addItem(dot(value), words, value)
        named = QHBoxLayout()
        named.setSpacing(theme.SPACE)
        named.addWidget(self._name, 1)
        named.addWidget(self._colour)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(theme.SPACE - 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        label = Label(_("&Name"), self)
        label.setBuddy(self._name)
        form.addRow(label, named)
        form.addRow(_("E&xtends"), self._extends)
        form.addRow(_(".&env file"), self._dotenv)
        form.addRow(_("&Identity"), self._identity)
        form.addRow(_("&Trust"), self._trust)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.strip)

    def _connect(self) -> None:
        self._name.textEdited.connect(self._tell)
        self._colour.activated.connect(self._tell)
        self._extends.activated.connect(self._tell)
        self._dotenv.textEdited.connect(self._tell)
        self._identity.chosen.connect(self._choose)
        self._trust.chosen.connect(self._choose)
        self.rows.edited.connect(self._follow_rows)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self.show_secret())

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()

    def _choose(self) -> None:
        choices = replace(read(self.rows.rows()), identity=self._identity.choice(), trust=self._trust.choice())
        self.rows.show_rows(write(self.rows.rows(), choices))
        self._tell()

    def _follow_rows(self) -> None:
        if not self._showing:
            self._show_choices()
            self.show_secret()
            self._tell()

    def _show_choices(self) -> None:
        choices = read(self.rows.rows())
        self._identity.show_choice(choices.identity)
        self._trust.show_choice(choices.trust)

    def _show_colour(self, colour: str) -> None:
        place = self._colour.findData(colour)
        if place < 0:
            self._colour.addItem(dot(colour), colour, colour)
            place = self._colour.count() - 1
        self._colour.setCurrentIndex(place)
