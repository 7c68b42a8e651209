"""A person's changes to a jar: kept on the disk at once, and undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.cookies.cookie import Cookie
from workbench.core.cookies.jar import Jar
from workbench.core.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class CookieChange:
    """What was done to a jar: ``gone`` are no more, or not as they were; ``come`` are new, or as they are now."""

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


class CookieEditor:
    """One jar. What changes it may raise ``StorageError``: it is changed then, but not on the disk."""

    def __init__(self, jar: Jar) -> None:
        self._jar = jar

    def cookies(self) -> tuple[Cookie, ...]:
        """All of them."""
        return self._jar.cookies()

    def keep(self, former: Cookie | None, cookie: Cookie) -> CookieChange:
        """Keep ``cookie`` in place of ``former``, and of one with its key. Raises ``CookieRefused``."""
        before = {one.key: one for one in self._jar.cookies()}
        kept = self._jar.put(cookie)
        gone = {key: before[key] for key in (kept.key, former.key if former else kept.key) if key in before}
        if former is not None and former.key != kept.key:
            self._jar.remove(former)
        self._jar.save()
        return CookieChange(tuple(gone.values()), (kept,))

    def remove(self, cookies: Sequence[Cookie]) -> CookieChange:
        """Forget these."""
        keys = {one.key for one in cookies}
        gone = tuple(one for one in self._jar.cookies() if one.key in keys)
        for one in gone:
            self._jar.remove(one)
        self._jar.save()
        return CookieChange(gone)

    def clear(self, domain: str) -> CookieChange:
        """Forget all of ``domain`` and below it; everything when it is empty."""
        gone = self._jar.clear(domain or None)
        self._jar.save()
        return CookieChange(gone)

    def undo(self, change: CookieChange) -> CookieChange:
        """Take ``change`` back; what servers have set since then stays."""
        there = set(self._jar.cookies())
        for one in change.come:
            if one in there:
                self._jar.remove(one)
        self._jar.restore(change.gone)
        self._jar.save()
        return CookieChange()
