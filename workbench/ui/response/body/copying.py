"""A response's parts on the clipboard, in the form that somebody wants."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QImage

from workbench.core.content.lines import HexLines, Lines
from workbench.core.content.preparing import Form
from workbench.core.content.work import Work
from workbench.core.exchange import Response
from workbench.core.i18n import _
from workbench.ui.look.words import size_words
from workbench.ui.response.body.forms import BodyFacts, make, order_for
from workbench.ui.widgets.running import Run

LIMIT = 20_000_000
"""Bytes that are put on the clipboard at most."""

_FORMS = {"body": Form.RAW, "pretty": Form.PRETTY, "minified": Form.MINIFIED}


class Copier:
    """``tell`` gets a sentence on how it went where that cannot be seen."""

    def __init__(self, run: Run, tell: Callable[[str], None]) -> None:
        self._run, self._tell = run, tell

    def copy(self, what: str, response: Response, facts: BodyFacts, shown: Lines) -> None:
        """Copy ``shown``, the ``body``, it ``pretty`` or ``minified``, or the ``headers``."""
        if what == "headers":
            self._put("\r\n".join(f"{name}: {value}" for name, value in response.headers))
        elif what == "shown":
            self._copy_lines(shown)
        elif not facts.kind.is_text and not facts.drawing:
            self._tell(_("This body is not text: save it instead."))
        else:
            self._make(_FORMS[what], response, facts)

    def copy_image(self, image: QImage) -> None:
        """Copy a picture as such."""
        QGuiApplication.clipboard().setImage(image)

    def _make(self, form: Form, response: Response, facts: BodyFacts) -> None:
        body = response.body
        if body.size > LIMIT:
            self._refuse()
            return

        def work() -> str | None:
            made = make(body, order_for(facts, form), Work())
            return None if made is None or made[0].size > LIMIT else made[0].whole()

        self._run(work, lambda text: self._refuse() if text is None else self._put(text))

    def _copy_lines(self, lines: Lines) -> None:
        size = lines.size
        if size > LIMIT or (isinstance(lines, HexLines) and lines.count > LIMIT // 100):
            self._refuse()
        else:
            self._run(lambda: lines.piece(0, size), self._put)

    def _put(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def _refuse(self) -> None:
        self._tell(
            _("More than {limit} cannot be copied to the clipboard: save the body instead.").format(
                limit=size_words(LIMIT)
            )
        )
