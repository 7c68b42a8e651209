"""``not-agreed``: the failure that holds a request back."""

from collections.abc import Sequence

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _, ngettext
from workbench.core.want import Want, thing_words


class NotAgreed(WorkbenchError):
    """A request of a collection from elsewhere wants something that nobody agreed to. ``wants`` is what is missing."""

    code = "not-agreed"

    def __init__(self, collection: str, wants: Sequence[Want]) -> None:
        super().__init__(
            ngettext(
                "The collection “{name}” wants to use {n} thing that you have not agreed to.",
                "The collection “{name}” wants to use {n} things that you have not agreed to.",
                len(wants),
            ).format(name=collection, n=len(wants)),
            detail="\n".join(want_line(want) for want in wants),
            hint=_(
                "Nothing was sent. Agree only if you know why the collection needs this and trust the host with it."
            ),
        )
        self.wants = tuple(wants)


def want_line(want: Want) -> str:
    """Thing, what, for whom, and which part of the collection asks, in one line."""
    words = _("{thing}: {words}, for {host}").format(
        thing=want.thing.value, words=thing_words(want.thing, want.what), host=want.host
    )
    return _("{words} ({source})").format(words=words, source=want.source) if want.source else words
