"""Names that stand for ``{{variables}}`` while a text is read by a parser that knows none."""

import re


class Placeholders:
    """Replaces each variable of a text by a name that nothing else in it has, the same one for the same variable."""

    def __init__(self, text: str, variable: re.Pattern[str]) -> None:
        self._stem = "v"
        while self._stem in text:
            self._stem += "v"
        self._found: dict[str, str] = {}
        self.masked = variable.sub(lambda match: self._name(match[0]), text)

    def _name(self, variable: str) -> str:
        return self._found.setdefault(variable, f"{self._stem}{len(self._found)}_")

    def restored(self, text: str) -> str:
        """``text``, made from ``masked``, with the variables in it again."""
        variables = {name: variable for variable, name in self._found.items()}
        return re.sub(rf"{self._stem}\d+_", lambda match: variables[match[0]], text)
