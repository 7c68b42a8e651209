"""Names of a GraphQL schema, offered while one types a document."""

from collections.abc import Callable, Sequence

from workbench.core.bodies.graphql_names import Shape, names_at
from workbench.core.i18n import _
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.widgets.variables import Offer
from workbench.ui.widgets.variables.completion import Completion
from workbench.ui.widgets.variables.text import TextField

_MOST = 200  # names that are offered at a time


class SchemaNames:
    """What ``Completion`` offers in a GraphQL document; ``shape`` may change."""

    name = _("Names in the schema")
    closing = ""
    least = 1

    def __init__(self, shape: Callable[[], Shape]) -> None:
        self._shape = shape

    def begun(self, before: str) -> str | None:
        """What was typed of a name."""
        found = names_at(before, self._shape())
        return found[0] if found is not None and found[1] else None

    def offers(self, before: str) -> Sequence[Offer]:
        """Names that begin so, then names that hold it."""
        found = names_at(before, self._shape())
        if found is None:
            return ()
        typed, names = found[0].casefold(), found[1]
        first = [one for one in names if one.name.casefold().startswith(typed)]
        rest = [one for one in names if typed in one.name.casefold() and one not in first]
        return [Offer(one.name, one.note) for one in (*first, *rest)[:_MOST]]


def complete_names(code: CodeEdit, shape: Callable[[], Shape]) -> Completion:
    """Offer the names of ``shape`` in ``code`` from now on."""
    made = Completion(_Whole(code), SchemaNames(shape))
    added = [0]

    def note(_place: int, _removed: int, count: int) -> None:
        added[0] = count

    def follow() -> None:
        if added[0] <= 1 and code.hasFocus():  # typed, not pasted
            made.look()

    code.document().contentsChange.connect(note)
    code.textChanged.connect(follow)
    code.cursorPositionChanged.connect(lambda: made.look() if made.isVisible() else None)
    return made


class _Whole(TextField):
    """The document before the cursor, not only its line."""

    def __init__(self, code: CodeEdit) -> None:
        super().__init__(code)
        self._code = code

    def before(self) -> str:
        cursor = self._code.textCursor()
        line = super().before()
        above = "\n".join(self._code.text().split("\n")[: cursor.blockNumber()])
        return f"{above}\n{line}" if above else line
