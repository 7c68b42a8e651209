"""The TLS tab: what they proved to you, what both agreed on, what you proved to them."""

import enum
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from workbench.core.credentials import IdentityRow
from workbench.core.exchange import ClientAuthentication, Exchange
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.models.chain import TITLES as CHAIN_TITLES
from workbench.ui.models.chain import chain_nodes
from workbench.ui.models.facts import Fact, fact_columns
from workbench.ui.models.fitting_identities import fitting
from workbench.ui.models.proof import TITLES as PROOF_TITLES
from workbench.ui.models.proof import proof_nodes
from workbench.ui.models.table import TableModel
from workbench.ui.models.tree import Node, TreeModel
from workbench.ui.response.remedies import highest_authority
from workbench.ui.response.tls.tls_sentence import tls_sentence
from workbench.ui.response.tls.tls_words import (
    client_title,
    client_words,
    facts_in_short,
    peer_title,
    peer_words,
    summary_mark,
    tls_facts,
)
from workbench.ui.response.view import ResponseView
from workbench.ui.widgets.certificate_details import CertificateDetails
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.sentence import Sentence
from workbench.ui.widgets.views import LineTree, RowTable

_SIDE_HEIGHT = 16  # line heights


class _Shape(enum.Enum):
    """How the parts stand: from so many line heights of width on, and so many high at least; the tab scrolls."""

    WIDE = (76, _SIDE_HEIGHT)
    PAIRED = (48, 37)
    STACKED = (0, 61)


class TLSView(ResponseView):
    """Shows one handshake, and which of ``show_identities`` would have done.

    ``trust_requested`` carries an authority to trust, ``pin_requested`` the SHA-256 of a public key
    to insist on, ``identity_requested`` the name of an identity to choose.
    """

    trust_requested = Signal(Certificate)
    pin_requested = Signal(str)
    identity_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = Sentence(_("TLS summary"), bold=True)
        self._peer = _Side(
            _("They proved to you"), _("Peer chain"), CHAIN_TITLES, _("Select a certificate to see its details.")
        )
        self._client = _Side(
            _("You proved to them"), _("Client proof"), PROOF_TITLES, _("Select a certificate to see its details.")
        )
        self._trust = QPushButton(_("Trust This CA…"))
        self._trust.setToolTip(_("Show the CA's certificate and add it to one of your trust bundles"))
        self._trust.clicked.connect(self._ask_for_trust)
        self._pin = QPushButton(_("Pin This Server"))
        self._pin.setToolTip(_("Send this request only to the holder of this server's key (SPKI SHA-256)"))
        self._pin.clicked.connect(self._ask_to_pin)
        self._use = QPushButton(_("Use This Identity"))
        self._use.setToolTip(_("Use it for this request"))
        self._use.clicked.connect(self._ask_for_identity)
        self._use.hide()
        self._peer.add_buttons(self._trust, self._pin)
        self._client.add_buttons(self._use)
        self._client.chosen.connect(self._offer_identity)
        self._identities: tuple[IdentityRow, ...] = ()
        self._facts: TableModel[Fact] = TableModel(fact_columns(), self)
        table = RowTable(_("TLS facts"), self._facts)
        table.stretch_column(1)
        self._agreed = _titled(_("Negotiated"), table)
        self._in_short = Label(wordWrap=True)
        self._in_short.setAccessibleName(_("Negotiated, in short"))
        self._in_short.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._pair = QSplitter(Qt.Orientation.Horizontal)
        self._pair.setChildrenCollapsible(False)
        self._pair.setHandleWidth(theme.SPACE * 2)
        self._sides = QSplitter()
        self._sides.setChildrenCollapsible(False)
        self._sides.setHandleWidth(theme.SPACE)
        self._shape: _Shape | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.addWidget(self._summary, 0, Qt.AlignmentFlag.AlignTop)
        self._room = QScrollArea(widgetResizable=True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the keyboard
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        scrolled = QVBoxLayout(inside)
        scrolled.setContentsMargins(0, 0, 0, 0)
        scrolled.addWidget(self._in_short)
        scrolled.addWidget(self._sides, 1)
        self._room.setWidget(inside)
        column.addWidget(self._room, 1)
        self._handshake: Handshake | None = None
        self._authentication = ClientAuthentication.UNKNOWN
        self._arrange(_Shape.WIDE)

    def show_exchange(self, exchange: Exchange) -> None:
        """Show what TLS did in it."""
        self._authentication = exchange.client_authentication
        self._show_handshake(exchange.handshake, tls_sentence(exchange))

    def _show_handshake(self, handshake: Handshake | None, summary: str) -> None:
        """Show what TLS did, or that there was none, with ``summary`` on top."""
        self._handshake = handshake
        self._room.setVisible(handshake is not None)
        shown = handshake or Handshake()
        self._summary.say(summary_mark(shown, self._authentication) if handshake else Mark.NONE, summary)
        self._facts.show_rows(tls_facts(shown) if handshake else ())
        self._in_short.setText(facts_in_short(shown))
        self._in_short.setVisible(handshake is not None and self._shape is _Shape.PAIRED)
        self._peer.show_proof(peer_title(shown.peer), *peer_words(shown.peer), chain_nodes(shown.peer))
        self._trust.setVisible(shown.peer.verified is None and highest_authority(shown.peer.presented) is not None)
        self._pin.setVisible(bool(shown.peer.presented))
        self._show_client()
        self._peer.choose(shown.peer.presented[:1])

    def show_identities(self, rows: Sequence[IdentityRow]) -> None:
        """Compare these with what the server asked for."""
        self._identities = tuple(rows)
        if self._handshake is not None:
            self._show_client()

    def _show_client(self) -> None:
        shown = self._handshake or Handshake()
        sent = shown.client.sent[:1]
        others = [row for row in fitting(self._identities, shown) if row.chain[:1] != sent]
        title, (mark, words) = client_title(self._authentication), client_words(shown, self._authentication)
        self._client.show_proof(title, mark, words, proof_nodes(shown.client, others))
        self._offer_identity(None)
        self._client.choose(sent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room for it."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A larger font has less room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        self._arrange(next(shape for shape in _Shape if self.width() >= shape.value[0] * line))
        self._sides.setMinimumHeight(self._shape.value[1] * line if self._shape is not None else 0)

    def _arrange(self, shape: _Shape) -> None:
        """Both proofs with what was agreed on between them, or below them in short first, or one above the other."""
        if shape is self._shape:
            return
        self._shape = shape
        paired = shape is _Shape.PAIRED
        self._in_short.setVisible(paired and self._handshake is not None)
        self._sides.setOrientation(Qt.Orientation.Horizontal if shape is _Shape.WIDE else Qt.Orientation.Vertical)
        for number, side in enumerate((self._peer, self._client) if paired else ()):
            self._pair.insertWidget(number, side)
        below = (self._pair, self._agreed) if paired else (self._peer, self._agreed, self._client)
        for number, part in enumerate(below):
            self._sides.insertWidget(number, part)
        self._pair.setParent(self._sides if paired else self)
        self._pair.setVisible(paired)
        self._sides.setSizes({_Shape.WIDE: [400, 260, 340], _Shape.PAIRED: [260, 150]}.get(shape, [210, 150, 210]))
        self._pair.setSizes([400, 400])

    def _ask_for_trust(self) -> None:
        chosen = self._peer.certificate()
        presented = self._handshake.peer.presented if self._handshake is not None else ()
        authority = chosen if chosen is not None and chosen.is_ca else highest_authority(presented)
        if authority is not None:
            self.trust_requested.emit(authority)

    def _ask_to_pin(self) -> None:
        if self._handshake is not None and self._handshake.peer.presented:
            self.pin_requested.emit(self._handshake.peer.presented[0].spki_sha256)

    def _offer_identity(self, item: object) -> None:
        self._use.setVisible(isinstance(item, IdentityRow))

    def _ask_for_identity(self) -> None:
        row = self._client.item()
        if isinstance(row, IdentityRow):
            self.identity_requested.emit(row.name)


class _Side(QWidget):
    chosen = Signal(object)  # IdentityRow | Certificate | None

    def __init__(self, title: str, tree_name: str, titles: tuple[str, ...], placeholder: str) -> None:
        super().__init__()
        self._sentence = Sentence(title)
        self._model = TreeModel(titles, self)
        self._tree = LineTree(tree_name, self._model)
        self._details = CertificateDetails(placeholder)
        self._details.setAccessibleName(_("{side}: certificate").format(side=title))
        self._tree.selectionModel().currentChanged.connect(self._choose)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._tree)
        halves.addWidget(self._details)
        halves.setSizes([170, 190])
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE // 2)
        self._heading = _Heading(title)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._sentence)
        self._column.addWidget(halves, 1)

    def add_buttons(self, *buttons: QPushButton) -> None:
        self._heading.add_buttons(*buttons)
        for button, after in pairwise((*buttons, self._tree)):
            self.setTabOrder(button, after)

    def show_proof(self, title: str, mark: Mark, words: str, nodes: tuple[Node, ...]) -> None:
        self._heading.set_title(title)
        self._sentence.say(mark, words)
        self._model.show_nodes(nodes)
        self._tree.setVisible(bool(nodes))
        self._details.show_certificate(None)
        self._details.setVisible(bool(nodes))

    def choose(self, wanted: tuple[Certificate, ...]) -> None:
        """Select the first line that shows the wanted certificate, if any is wanted."""
        for index in self._model.indexes():
            node = self._model.node(index)
            if node is not None and node.item in wanted:
                self._tree.setCurrentIndex(index)
                self._tree.scrollToTop()
                return

    def certificate(self) -> Certificate | None:
        item = self.item()
        if isinstance(item, IdentityRow):
            return item.certificate
        return item if isinstance(item, Certificate) else None

    def item(self) -> object:
        node = self._model.node(self._tree.currentIndex())
        return node.item if node is not None else None

    def _choose(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._details.show_certificate(self.certificate())
        self.chosen.emit(self.item())


def _titled(title: str, widget: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE // 2)
    column.addWidget(_Heading(title))
    column.addWidget(widget, 1)
    return whole


class _Heading(QWidget):
    """A title with room for buttons, so that headings side by side are equally high whether they have any."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._label = Label(title)
        self._label.setFont(theme.scaled_font(1.0, bold=True))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE // 2)
        self._row.addWidget(self._label)
        self._row.addStretch(1)
        self.setMinimumHeight(QPushButton(title).sizeHint().height())

    def set_title(self, title: str) -> None:
        """Show ``title`` from now on."""
        self._label.setText(title)

    def add_buttons(self, *buttons: QPushButton) -> None:
        for button in buttons:
            self._row.addWidget(button)
