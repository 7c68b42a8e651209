"""An answer that was kept with its request, to show what to expect."""

from dataclasses import dataclass, field

from workbench.core.draft import Field, Param


@dataclass(frozen=True, slots=True)
class Example:
    """A request as it was sent and the response to it.

    ``body_kind`` is ``json``, ``text``, ``xml``, ``html`` or ``binary``; the body of the last is base64.
    """

    name: str = ""
    description: str = ""
    method: str = ""
    url: str = field(default="", repr=False)
    request_headers: tuple[Field, ...] = ()
    params: tuple[Param, ...] = ()
    request_body: str = field(default="", repr=False)
    request_body_kind: str = ""
    status: int = 0
    reason: str = ""
    headers: tuple[Field, ...] = ()
    body: str = field(default="", repr=False)
    body_kind: str = "text"
