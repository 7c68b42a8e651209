"""Where in a draft something is wrong."""

import contextlib
import enum
from collections.abc import Iterator

from workbench.core.errors import InvalidInput
from workbench.core.exchange import Spot
from workbench.core.i18n import _
from workbench.core.variables import VariableError


class Place(enum.Enum):
    """The parts of a draft."""

    METHOD = "method"
    URL = "url"
    PARAMS = "params"
    HEADERS = "headers"
    BODY = "body"
    AUTH = "auth"
    TLS = "tls"


class DraftError(InvalidInput):
    """Something in a draft that cannot be sent: ``place`` says in which part, ``name`` which header or parameter.

    ``cause`` is the error without the place, such as a ``VariableError`` with its position.
    """

    def __init__(self, place: Place, name: str, cause: InvalidInput) -> None:
        super().__init__(cause.title, detail=f"{_words(place, name)}: {cause.detail}", hint=cause.hint)
        self.place = place
        self.name = name
        self.cause = cause

    @property
    def spot(self) -> Spot:
        """The same as plain data, for an exchange's failure."""
        variable = ""
        if isinstance(self.cause, VariableError):
            variable = self.cause.way[0] if self.cause.way else self.cause.name
        # A named one may lie in a folder's defaults, where the person does not see it.
        return Spot(self.place.value, self.name, variable, self.detail if self.name else self.cause.detail)


@contextlib.contextmanager
def at(place: Place, name: str = "") -> Iterator[None]:
    """What is raised in here is wrong at ``place``."""
    try:
        yield
    except DraftError:
        raise
    except InvalidInput as error:
        raise DraftError(place, name, error) from error


def _words(place: Place, name: str) -> str:
    match place:
        case Place.METHOD:
            return _("Method")
        case Place.URL:
            return _("URL")
        case Place.PARAMS:
            return _("Path variable “{name}”").format(name=name)
        case Place.HEADERS:
            return _("Header “{name}”").format(name=name)
        case Place.BODY:
            return _("Body")
        case Place.AUTH:
            return _("Authorization, {where}").format(where=name) if name else _("Authorization")
        case Place.TLS:
            return _("Variable “{name}” of the TLS page").format(name=name) if name else _("TLS")
