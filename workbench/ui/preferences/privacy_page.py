"""What the program tells about a person: nothing; and what it keeps, with the means to be rid of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class DataClearing:
    """Something kept that can be cleared: ``question`` is asked before, with ``title`` as the answer."""

    title: str
    question: str
    run: Callable[[], object] = field(repr=False, compare=False)


class PrivacyPage(QWidget):
    """Plain words, and a button for each clearing."""

    def __init__(self, clearings: Sequence[DataClearing], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: DataClearing | None = None
        self._banner = Banner(self)
        self._banner.accepted.connect(self._clear)
        buttons = QHBoxLayout()
        for clearing in clearings:
            button = QPushButton(clearing.title + "…", self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on, clearing=clearing: self._ask(clearing))
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.SPACE * 2,) * 4)
        layout.setSpacing(theme.SPACE)
        for words in _PROMISES:
            label = Label(words, wordWrap=True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            layout.addWidget(label)
        layout.addSpacing(theme.SPACE)
        layout.addLayout(buttons)
        layout.addWidget(self._banner)
        layout.addStretch(1)

    def _ask(self, clearing: DataClearing) -> None:
        self._asked = clearing
        self._banner.show_words(clearing.question, tone=theme.Tone.WARNING, action=clearing.title)

    def _clear(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            asked.run()


_PROMISES = (
    _("This program has no telemetry, no crash reports and no update checks."),
    _(
        "It makes no network connections on its own: it connects only to what a request names "
        "and to what that needs, such as a proxy, a token server or the target of a redirect."
    ),
    _(
        "Everything is stored on this computer. Private keys are encrypted; their passwords "
        "and the values of secret variables are stored only in the system keyring."
    ),
    _("Drafts are saved as you type, without their secrets, so that nothing is lost in a crash."),
)
