"""``{{variables}}`` wherever text is typed: coloured and underlined, told on hover, completed while typing.

``Variables`` knows what there is; ``watch_line`` and ``watch_text`` bring it to a line edit or a text
editor, ``paint`` to cells of tables. All of them follow one ``Variables`` when its scope changes.
"""

from workbench.ui.widgets.variables.known import Offer, Standing, Variables
from workbench.ui.widgets.variables.line import watch_line
from workbench.ui.widgets.variables.marking import variable_formats
from workbench.ui.widgets.variables.text import watch_text

__all__ = ["Offer", "Standing", "Variables", "variable_formats", "watch_line", "watch_text"]
