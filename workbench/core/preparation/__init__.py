"""From what a person wrote to what is sent: variables filled in, inheritance followed, everything checked.

::

    prepare(draft, scope, folder=…, inherited=…, fallback=…) ──> Request
                 address        URL, path variables, query
                 inheritance    headers, authorization and settings of folders and collection
                 core.bodies    body and Content-Type
                 core.auth      authorization
                 core.choices   TLS, proxy, phases' timeouts
    generated_headers(request)   what HTTP adds to it
    preview(draft, scope)        its URL as far as it is known, for people to look at

What is wrong is a ``DraftError`` that says at which place of the draft.
"""

from workbench.core.preparation.address import destination, preview
from workbench.core.preparation.inheritance import (
    Inherited,
    inherited_auth,
    inherited_headers,
    inherited_settings,
)
from workbench.core.preparation.places import DraftError, Place
from workbench.core.preparation.preparing import generated_headers, prepare, settled

__all__ = [
    "DraftError",
    "Inherited",
    "Place",
    "destination",
    "generated_headers",
    "inherited_auth",
    "inherited_headers",
    "inherited_settings",
    "prepare",
    "preview",
    "settled",
]
