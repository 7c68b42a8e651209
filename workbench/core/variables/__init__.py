"""Variables: ``{{name}}`` in whatever a person writes, and where the value comes from.

::

    layers_of(collection, folders, environment, draft, secrets) ──> Scope
    resolve(text, scope)      the text with every variable filled in, or a VariableError
    tokens(text)              where variables stand, for whoever colours or completes them
    look_up(name, scope)      what one variable is, resolved through

``templates`` finds the braces, ``scope`` knows the layers, ``resolution`` fills in, ``members`` looks into
objects, ``dynamic`` makes values up (``$guid``), ``inheritance`` follows environments and ``dotenv`` reads
``.env`` files.
Nothing here does I/O.
"""

from workbench.core.variables.dotenv import read_dotenv
from workbench.core.variables.dynamic import Dynamic, dynamic_variables
from workbench.core.variables.errors import VariableError
from workbench.core.variables.inheritance import inheritance
from workbench.core.variables.resolution import look_up, names, resolve, resolve_known, suggestions
from workbench.core.variables.scope import PROCESS, Layer, Scope, Value, layer_of_request, layers_of
from workbench.core.variables.templates import Token, template, tokens

__all__ = [
    "PROCESS",
    "Dynamic",
    "Layer",
    "Scope",
    "Token",
    "Value",
    "VariableError",
    "dynamic_variables",
    "inheritance",
    "layer_of_request",
    "layers_of",
    "look_up",
    "names",
    "read_dotenv",
    "resolve",
    "resolve_known",
    "suggestions",
    "template",
    "tokens",
]
