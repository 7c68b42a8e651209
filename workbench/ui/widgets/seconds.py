"""A number of seconds, or no limit."""

from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from workbench.core.i18n import _


class Seconds(QDoubleSpinBox):
    """``seconds()`` None means that there is no limit, which is shown in words at the low end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0.0, 86_400.0)
        self.setDecimals(1)
        self.setSingleStep(5.0)
        self.setSuffix(_(" s"))
        self.setSpecialValueText(_("no limit"))

    def seconds(self) -> float | None:
        """The limit."""
        return self.value() or None

    def show_seconds(self, seconds: float | None) -> None:
        """Show a limit or that there is none."""
        self.setValue(seconds or 0.0)
