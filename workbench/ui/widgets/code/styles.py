"""Spans of a tokenizer as Qt's layouts take them."""

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextLayout

from workbench.ui.widgets.code.syntax import Span, TokenKind, colour


class TokenStyles:
    """The formats of all tokens on the palette in force when this was made."""

    def __init__(self) -> None:
        self._formats = {token: _style(token) for token in TokenKind}

    def ranges(self, spans: Sequence[Span]) -> list[QTextLayout.FormatRange]:
        """A range for each span."""
        return [self._range(span) for span in spans]

    def _range(self, span: Span) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = span.start, span.length, self._formats[span.token]
        return made


def _style(token: TokenKind) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(colour(token))
    style.setFontItalic(token is TokenKind.COMMENT)
    return style
