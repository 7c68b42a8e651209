"""Who chose the identity that is offered, in words."""

from workbench.core.choices import ASK, NONE, PREFIX
from workbench.core.i18n import _
from workbench.core.variables import Scope, Value
from workbench.core.visible import isolated

_IDENTITY = PREFIX + "identity"


def why_identity(scope: Scope) -> str:
    """Which layer of ``scope`` chose, and whose choices it goes before."""
    given = scope.all(_IDENTITY)
    if not given:
        return _(
            "No identity is set on this request, its folders, the environment or the collection, "
            "so no certificate is offered."
        )
    first, *others = given
    words = _("{choice} is set on the {where}.").format(choice=_words(first), where=first.layer)
    if not others:
        return words
    passed = "; ".join(_("of the {where} ({choice})").format(choice=_words(one), where=one.layer) for one in others)
    return _("{words} It goes before that {others}.").format(words=words, others=passed)


def _words(value: Value) -> str:
    text = value.text.strip()
    known = {NONE: _("No certificate"), ASK: _("Asked for every time")}
    return known.get(text, _("“{name}”").format(name=isolated(text)))
