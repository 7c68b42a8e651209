"""What to do about a file that was changed in two places: a message with a button for each answer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.core.visible import visible_lines
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.sign import Sign


class ConflictBar(QFrame):
    """``answered`` carries the name of an answer; the bar stays until ``close_quietly``, since nothing else answers."""

    answered = Signal(str)

    def __init__(
        self, title: str, detail: str, answers: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.setAccessibleName(visible_lines(title))
        self.setAccessibleDescription(visible_lines(detail))
        sign = Sign(self)
        sign.show_icon(icon(theme.Tone.WARNING.value, theme.Tone.WARNING))
        self._buttons: list[QPushButton] = []
        heading = Label(title, self, wordWrap=True)
        heading.setFont(theme.scaled_font(1.0, bold=True))
        about = Label(detail, self, wordWrap=True)
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE // 4)
        words.addWidget(heading)
        words.addWidget(about)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.SPACE] * 4)
        row.setSpacing(theme.SPACE)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for name, text in answers:
            button = QPushButton(text, self)
            button.clicked.connect(lambda _on=False, name=name: self.answered.emit(name))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            self._buttons.append(button)

    def focus_first(self) -> None:
        """Give the keyboard to the first answer."""
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_quietly(self) -> None:
        """Take it away."""
        self.hide()
        self.deleteLater()
