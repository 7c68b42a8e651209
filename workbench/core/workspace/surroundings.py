"""What a request has around it, as data: variables, and what it takes over from its folders and its collection."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.core.choices import Choices
from workbench.core.draft import Auth, Field
from workbench.core.request import Request
from workbench.core.variables import Scope


@dataclass(frozen=True, slots=True)
class AddedField:
    """A header field that a person did not write into a request.

    ``why`` says where it is from or why it is not sent; ``value`` may be words for what is not known yet.
    """

    name: str
    value: str = field(repr=False)
    why: str


@dataclass(frozen=True, slots=True)
class InheritedField:
    """A header field that will be sent unless the request has one of this name; ``where`` it is from, in words."""

    field: Field
    where: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``scope`` is without the request's own variables.

    ``choices`` are those in force without the request's own, variables filled in; ``choices_from`` says in
    words where each is from, by the field's name. ``auth`` is what ``InheritAuth`` comes to here.
    ``fallback`` is how a request goes that says nothing at all (the person's preferences).
    ``files`` is the folder that paths of body files are relative to, empty without a collection.
    """

    scope: Scope = Scope()
    auth: Auth | None = None
    auth_from: str = ""
    headers: tuple[InheritedField, ...] = ()
    choices: Choices = Choices()
    choices_from: Mapping[str, str] = field(default_factory=dict)
    environment: str = ""
    files: str = ""
    fallback: Request = Request()
    warnings: tuple[str, ...] = ()
