"""How the connection may be made: every TLS choice but identity and trust, and how HTTP is spoken over it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.core.choices import NONE, PREFIX, Choices, read, write
from workbench.core.draft import SENSITIVE, Draft, Settings
from workbench.core.exchange import Failure, Spot
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.workspace.surroundings import Surroundings
from workbench.ui.look import plain, theme
from workbench.ui.request.request_page import RequestPage
from workbench.ui.request.tls.tls_fields import (
    FIELDS,
    SETTINGS,
    ChoiceField,
    FieldGroup,
    SettingField,
    danger,
    proxy_words,
    trouble,
)
from workbench.ui.widgets.group import Group as GroupBox
from workbench.ui.widgets.inheriting_combo import InheritingCombo
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.variables import Variables, watch_line

_COLUMN = 270  # pixels that a column needs at least
_ENVIRONMENT, _THIS = "environment", "this"


class TLSPage(RequestPage):
    """Empty fields inherit; what is inherited stands in them in grey. ``shared``: the choices of a folder."""

    def __init__(self, variables: Variables, parent: QWidget | None = None, *, shared: bool = False) -> None:
        super().__init__(parent)
        self._inherited = Surroundings()
        self._shared = shared
        self._shown = Choices()
        self._showing = False
        self._variables = variables
        self._inputs = {each.name: self._input(each) for each in FIELDS}
        self._settings = [(each, self._setting(each)) for each in SETTINGS]
        self._no_sni = QCheckBox(_("Send no server name"))
        self._proxy_choice = InheritingCombo(
            ((_ENVIRONMENT, _("use system proxy")), (NONE, _("none")), (_THIS, _("this one:")))
        )
        self._proxy_choice.setAccessibleName(_("Proxy"))
        self._proxy = self._line("http://proxy.example:3128", _("http, https or socks5 URL"))
        self._proxy.setAccessibleName(_("Proxy URL"))
        self._sensitive = QCheckBox(_("Sensitive: store its bodies neither in the history nor for the next start"))
        self._loud = Message(self)
        self._lay_out()
        self.show_draft(Draft())
        self._watch()

    def choices(self) -> Choices:
        """The choices of this page; the others as they were shown."""
        values = {name: _value(widget) for name, widget in self._inputs.items()}
        if self._no_sni.isChecked():
            values["sni"] = NONE
        chosen = self._proxy_choice.value()
        values["proxy"] = (_text(self._proxy) or None) if chosen == _THIS else chosen
        return replace(self._shown, **values)

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with these choices; identity and trust stay those of ``draft``."""
        present = read(draft.variables)
        wanted = replace(self.choices(), identity=present.identity, trust=present.trust)
        if wanted != present:
            draft = replace(draft, variables=write(draft.variables, wanted))
        settings = self._read_settings(draft.settings)
        if settings != draft.settings:
            draft = replace(draft, settings=settings)
        sensitive = SENSITIVE in draft.tags
        if self._sensitive.isChecked() != sensitive:
            tags = tuple(tag for tag in draft.tags if tag != SENSITIVE)
            draft = replace(draft, tags=tags if sensitive else (*tags, SENSITIVE))
        return draft

    def show_draft(self, draft: Draft) -> None:
        """Show the choices of ``draft``."""
        shown = read(draft.variables)
        self._showing = True
        self._shown = shown
        for name, widget in self._inputs.items():
            value = getattr(shown, name)
            _show(widget, "" if name == "sni" and value == NONE else value)
        self._no_sni.setChecked(shown.sni == NONE)
        proxy = shown.proxy
        self._proxy_choice.show_value(proxy if proxy in (None, NONE, _ENVIRONMENT) else _THIS)
        _show(self._proxy, proxy if proxy not in (None, NONE, _ENVIRONMENT) else "")
        for each, widget in self._settings:
            _show(widget, each.read(draft.settings) or None)
        self._sensitive.setChecked(SENSITIVE in draft.tags)
        self._showing = False
        self._consider()

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Show in grey what empty fields inherit."""
        self._inherited = surroundings
        for each in FIELDS:
            inherited = getattr(surroundings.choices, each.name)
            where = surroundings.choices_from.get(each.name, "")
            _show_default(self._inputs[each.name], _default_words(each, surroundings.fallback, inherited, where))
        for setting, widget in self._settings:
            _show_default(widget, setting.default(surroundings.fallback))
        proxy = surroundings.choices.proxy
        where = surroundings.choices_from.get("proxy", "")
        self._proxy_choice.show_default(_inherited_words(proxy, where) if proxy else proxy_words(surroundings.fallback))
        self._consider()

    def show_pin(self, sha256: str) -> None:
        """Show that only this certificate or public key is accepted, and go there."""
        pin = self._inputs["pin"]
        if isinstance(pin, QLineEdit):
            pin.setText(sha256)
            pin.setCursorPosition(0)
            pin.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(pin)

    def trouble(self) -> str:
        """What is wrong with the choices, in one sentence, or the empty string."""
        for each, widget in self._settings:
            if not _fits(each, widget):
                return _("“{field}” must be a number.").format(field=each.words)
        return trouble(self.choices(), self._inherited.choices, self._inherited.fallback)

    def go_to_trouble(self) -> None:
        """Put the keyboard into the field that is wrong."""
        widget = next((widget for each, widget in self._settings if not _fits(each, widget)), None)
        if widget is None:
            chosen = self.choices()
            wrong = (each.name for each in FIELDS if trouble(_only(chosen, each.name)))
            widget = self._inputs[next(wrong, "tls_min")]
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(widget)

    def enter(self) -> None:
        """Put the keyboard into the first field."""
        self._inputs[FIELDS[0].name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def point_at(self, _failure: Failure, spot: Spot) -> None:
        """Go to the choice that cannot be used."""
        field = spot.name.removeprefix(PREFIX).replace("-", "_")
        widget = self._proxy if field == "proxy" else self._inputs.get(field)
        if widget is None:
            self.enter()
        else:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        needed = max(_COLUMN, *(group.minimumSizeHint().width() for group in self._groups)) + 2 * theme.SPACE
        wanted = max(1, min(event.size().width() // needed, len(self._groups)))
        if wanted != self._shown_columns:
            self._arrange(wanted)

    def _arrange(self, columns: int) -> None:
        self._shown_columns = columns
        for place, group in enumerate(self._groups):
            self._columns.removeWidget(group)
            self._columns.addWidget(group, place // columns, place % columns)
            self._columns.setColumnStretch(place, 1 if place < columns else 0)

    def _read_settings(self, settings: Settings) -> Settings:
        for each, widget in self._settings:
            text = _value(widget) or ""
            if text == each.read(settings):
                continue
            try:
                settings = each.write(settings, text)
            except ValueError:  # said by trouble(); what was there before stays
                continue
        return settings

    def _input(self, each: ChoiceField) -> QWidget:
        widget = InheritingCombo(each.values) if each.values else self._line("", each.tip)
        if isinstance(widget, QComboBox):
            widget.setToolTip(plain.tip(each.tip))
        _show_default(widget, each.default(self._inherited.fallback))
        widget.setAccessibleName(each.words)
        return widget

    def _setting(self, each: SettingField) -> QWidget:
        widget = InheritingCombo(each.values) if each.values else self._line("", each.tip)
        _show_default(widget, each.default(self._inherited.fallback))
        widget.setAccessibleName(each.words)
        return widget

    def _line(self, placeholder: str, tip: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(placeholder)
        line.setToolTip(plain.tip(tip))
        line.setMinimumWidth(110)
        watch_line(line, self._variables)
        return line

    def _lay_out(self) -> None:
        inside = QWidget(self)
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(theme.SPACE * 2)
        self._columns.setVerticalSpacing(theme.SPACE * 2)
        self._groups = [GroupBox(group.value, self._form(group), inside) for group in FieldGroup]
        self._arrange(len(self._groups))
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, theme.SPACE, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._loud)
        layout.addLayout(self._columns)
        layout.addWidget(self._sensitive)
        self._sensitive.setVisible(not self._shared)
        layout.addStretch(1)
        self._scroll = QScrollArea(self, widgetResizable=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(inside)
        self.column.addWidget(self._scroll, 1)

    def _form(self, group: FieldGroup) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(theme.SPACE // 2 + 1)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for each in FIELDS:
            if each.group is group:
                form.addRow(each.words, self._inputs[each.name])
                if each.name == "sni":
                    form.addRow("", self._no_sni)
        if group is FieldGroup.SERVER:
            form.addRow(_("Proxy"), self._proxy_choice)
            form.addRow("", self._proxy)
        if group is FieldGroup.HTTP:
            for setting, widget in self._settings:
                form.addRow(setting.words, widget)
        return form

    def _watch(self) -> None:
        for line in self.findChildren(QLineEdit):
            line.textChanged.connect(self._tell)
        for combo in self.findChildren(InheritingCombo):
            combo.chosen.connect(self._tell)
        for box in (self._no_sni, self._sensitive):
            box.toggled.connect(self._tell)

    def _tell(self) -> None:
        if not self._showing:
            self._consider()
            self.changed.emit()

    def _consider(self) -> None:
        self._inputs["sni"].setEnabled(not self._no_sni.isChecked())
        self._proxy.setVisible(self._proxy_choice.value() == _THIS)
        wrong = self.trouble()
        words = wrong or danger(self.choices(), self._inherited.choices, self._inherited.fallback)
        self._loud.show_words(words, theme.Tone.BAD if wrong else theme.Tone.WARNING)


def _fits(each: SettingField, widget: QWidget) -> bool:
    try:
        each.write(Settings(), _value(widget) or "")
    except ValueError:
        return False
    return True


def _only(choices: Choices, name: str) -> Choices:
    return replace(Choices(), **{name: getattr(choices, name)})


def _default_words(each: ChoiceField, fallback: Request, inherited: str | None, where: str) -> str:
    if inherited is None:
        return each.default(fallback)
    return _inherited_words(dict(each.values).get(inherited, inherited), where)


def _inherited_words(value: str, where: str) -> str:
    if not where:
        return _("inherited: {value}").format(value=value)
    return _("inherited: {value} · from {where}").format(value=value, where=where)


def _text(line: QLineEdit) -> str:
    return line.text().strip()


def _value(widget: QWidget) -> str | None:
    if isinstance(widget, InheritingCombo):
        return widget.value()
    return (_text(widget) or None) if isinstance(widget, QLineEdit) else None


def _show(widget: QWidget, value: str | None) -> None:
    if isinstance(widget, InheritingCombo):
        widget.show_value(value)
    elif isinstance(widget, QLineEdit) and widget.text() != (value or ""):
        widget.setText(value or "")
        widget.setCursorPosition(0)


def _show_default(widget: QWidget, words: str) -> None:
    if isinstance(widget, InheritingCombo):
        widget.show_default(words)
    elif isinstance(widget, QLineEdit):
        widget.setPlaceholderText(words)
