"""What was done to a jar, so that it can be taken back."""

from dataclasses import dataclass

from workbench.core.cookies import Cookie
from workbench.core.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Change:
    """``gone`` are no more, or not as they were; ``come`` are new, or as they are now."""

    gone: tuple[Cookie, ...] = ()
    come: tuple[Cookie, ...] = ()

    @property
    def words(self) -> str:
        """What happened, in a sentence without values; empty when nothing was lost."""
        if self.come or not self.gone:
            return ""
        if len(self.gone) == 1:
            cookie = self.gone[0]
            return _("“{name}” of {domain} was deleted.").format(name=cookie.name, domain=cookie.domain)
        return ngettext("{n} cookie was deleted.", "{n} cookies were deleted.", len(self.gone)).format(n=len(self.gone))
