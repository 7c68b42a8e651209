"""Colours for the text of an editable document, by the tokenizers of ``syntax``."""

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from workbench.ui.widgets.syntax import Syntax, colour, tokenizer


class Highlighter(QSyntaxHighlighter):
    """Colours one document; ``show_syntax`` says what it is written in."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._tokenizer = tokenizer(Syntax.PLAIN)

    def show_syntax(self, syntax: Syntax) -> None:
        """Colour the document as ``syntax``."""
        self._tokenizer = tokenizer(syntax)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        if self._tokenizer is None:
            return
        spans, state = self._tokenizer(text, self.previousBlockState())
        for span in spans:
            style = QTextCharFormat()
            style.setForeground(colour(span.token))
            self.setFormat(span.start, span.length, style)
        self.setCurrentBlockState(state)
