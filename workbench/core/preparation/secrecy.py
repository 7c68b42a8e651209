"""Which texts of a draft hold a secret when their variables are filled in."""

from workbench.core.masking.names import is_secret_name
from workbench.core.variables import Scope, tokens


def carries_secret(text: str, scope: Scope) -> bool:
    """Whether a variable in ``text``, or on the way from there, is secret or has a name that says so."""
    seen: set[str] = set()
    waiting = [text]
    while waiting:
        for token in tokens(waiting.pop()):
            if token.name in seen:
                continue
            seen.add(token.name)
            value = scope.find(token.name)
            if is_secret_name(token.name) or (value is not None and value.secret):
                return True
            if value is not None:
                waiting.append(value.text)
    return False
