"""What goes wrong between a ``{{name}}`` and its value."""

from workbench.core.errors import InvalidInput


class VariableError(InvalidInput):
    """A variable that is undefined, without a value or recursive, or braces that do not close.

    ``name`` is the variable's, empty for braces. ``way`` leads from the variable that stands in the text to
    ``name``. ``start`` and ``end`` say where in the text that was given the trouble stands.
    """

    def __init__(
        self,
        title: str,
        *,
        detail: str = "",
        hint: str = "",
        name: str = "",
        way: tuple[str, ...] = (),
        start: int = 0,
        end: int = 0,
    ) -> None:
        super().__init__(title, detail=detail, hint=hint)
        self.name = name
        self.way = way
        self.start = start
        self.end = end
