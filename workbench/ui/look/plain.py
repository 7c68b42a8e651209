"""Text from elsewhere, ready for the places where Qt would take it for something else.

A tooltip guesses whether its text is HTML, and HTML opens files: ``<img src="//host/share">`` is enough to send a
Windows user's password hash to the host. Menus, buttons and tabs take ``&`` for a mnemonic. Labels are
``widgets.label.Label``; what cannot be seen is made visible by ``core.visible``.
"""

from PySide6.QtGui import Qt

from workbench.core.visible import visible, visible_lines

_LONGEST_TIP = 2_000  # characters; more covers the screen and says nothing


def tip(words: str) -> str:
    """``words`` as a tooltip that shows them as they are, shortened when they are very long."""
    shown = visible_lines(words if len(words) <= _LONGEST_TIP else words[:_LONGEST_TIP] + "…")
    return Qt.convertFromPlainText(shown) if Qt.mightBeRichText(shown) else shown


def caption(words: str) -> str:
    """``words`` as the text of a menu's entry, a button or a tab: visible, each ``&`` itself."""
    return visible(words).replace("&", "&&")
