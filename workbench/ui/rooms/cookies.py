"""The cookies in the worker: what the window does to the jar of its workspace, kept at once."""

from collections.abc import Sequence

from workbench.core.cookies import Cookie, Jar
from workbench.ui.cookies.change import Change


class CookieRoom:
    """One jar. What changes it may raise ``StorageError``: it is changed then, but not on the disk."""

    def __init__(self, jar: Jar) -> None:
        self._jar = jar

    def cookies(self) -> tuple[Cookie, ...]:
        """All of them."""
        return self._jar.cookies()

    def keep(self, former: Cookie | None, cookie: Cookie) -> Change:
        """Keep ``cookie`` in place of ``former``, and of one with its key. Raises ``CookieRefused``."""
        before = {one.key: one for one in self._jar.cookies()}
        kept = self._jar.put(cookie)
        gone = {key: before[key] for key in (kept.key, former.key if former else kept.key) if key in before}
        if former is not None and former.key != kept.key:
            self._jar.remove(former)
        self._jar.save()
        return Change(tuple(gone.values()), (kept,))

    def remove(self, cookies: Sequence[Cookie]) -> Change:
        """Forget these."""
        keys = {one.key for one in cookies}
        gone = tuple(one for one in self._jar.cookies() if one.key in keys)
        for one in gone:
            self._jar.remove(one)
        self._jar.save()
        return Change(gone)

    def clear(self, domain: str) -> Change:
        """Forget all of ``domain`` and below it; everything when it is empty."""
        gone = self._jar.clear(domain or None)
        self._jar.save()
        return Change(gone)

    def undo(self, change: Change) -> Change:
        """Take ``change`` back; what servers have set since then stays."""
        there = set(self._jar.cookies())
        for one in change.come:
            if one in there:
                self._jar.remove(one)
        self._jar.restore(change.gone)
        self._jar.save()
        return Change()
