"""What a collection from elsewhere may use: nothing of the person's, until they agreed to it.

A collection's files are written by whoever wrote them, and whoever opens them presses Send. So a folder that was not
made here by this program is *restricted*: its requests are sent like any other, but what they want of the person's
(``Thing``) must have been agreed to, thing by thing, for exactly that value and that host.

::

    wants_of(request, scope, …)      what the files ask for of a request that is ready to be sent
    GuardedEnvironment               process.env.X, held back until X was agreed to
    hand_chosen(draft)               what a draft itself names: the person's own act where they put it there
    Agreements(home)                 which folders are restricted, and what was agreed to
    NotAgreed                        not-agreed, with the list of what is missing

Only what the collection's files ask for counts. What the person chose in the window for this tab, or typed as
an option, is their own act.
"""

from typing import TYPE_CHECKING

from workbench.core.lazily import lazily
from workbench.core.want import Thing, Want

if TYPE_CHECKING:
    from workbench.core.agreement.environment import GuardedEnvironment
    from workbench.core.agreement.hand import Ask, hand_chosen
    from workbench.core.agreement.refusal import NotAgreed
    from workbench.core.agreement.store import Agreements
    from workbench.core.agreement.wants import Asking, chosen_by_collection, wants_of

__all__ = [
    "Agreements",
    "Ask",
    "Asking",
    "GuardedEnvironment",
    "NotAgreed",
    "Thing",
    "Want",
    "chosen_by_collection",
    "hand_chosen",
    "wants_of",
]

# The window asks what a hand chose before storage and authorization are loaded.
_MODULES = {
    "Agreements": "store",
    "Ask": "hand",
    "Asking": "wants",
    "GuardedEnvironment": "environment",
    "NotAgreed": "refusal",
    "chosen_by_collection": "wants",
    "hand_chosen": "hand",
    "wants_of": "wants",
}
__getattr__ = lazily(__name__, _MODULES)
