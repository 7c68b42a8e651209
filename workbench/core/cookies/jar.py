"""A jar of cookies that belongs to one workspace: kept in a file, consulted for every hop."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from workbench.core.cookies import file
from workbench.core.cookies.cookie import Cookie, domain_matches, is_safe, path_matches, read
from workbench.core.cookies.editing import checked
from workbench.core.errors import NewerFormat, StorageError
from workbench.core.files import Damaged, set_aside
from workbench.core.request import Headers
from workbench.core.url import URL, parse

PER_DOMAIN = 180
IN_ALL = 3000


class Jar:
    """Cookies by domain, path and name (RFC 6265 5.3). May be used from any thread; only ``load`` and ``save`` block.

    At most ``PER_DOMAIN`` of one domain and ``IN_ALL`` together are kept, the oldest go first. Session cookies are
    never written. ``problem`` is set when the file could not be read: a damaged one was set aside, any other stays as
    it is and nothing is kept.
    """

    def __init__(self, path: Path | None = None, cookies: Iterable[Cookie] = ()) -> None:
        self._path = path
        self._cookies = {cookie.key: cookie for cookie in cookies}
        self._guard = threading.Lock()
        self._changed = False
        self._unverified: Jar | None = None
        self.problem: StorageError | None = None

    @classmethod
    def load(cls, path: Path) -> "Jar":
        """The jar that ``path`` keeps, empty when it is not there yet."""
        try:
            return cls(path, file.read(path))
        except Damaged as error:
            try:
                aside = set_aside(path)
            except OSError:
                return cls.copy(path)
            jar = cls(path)
            jar.problem = file.unreadable(path, error, aside)
            return jar
        except (OSError, NewerFormat):
            return cls.copy(path)

    @classmethod
    def copy(cls, path: Path) -> "Jar":
        """A jar with what ``path`` keeps, which is never saved."""
        jar = cls()
        try:
            return cls(None, file.read(path))
        except NewerFormat as error:
            jar.problem = error
        except (OSError, Damaged) as error:
            jar.problem = file.unreadable(path, error, None)
        return jar

    def save(self) -> None:
        """Write what changed, for its owner's eyes only. Raises ``StorageError``."""
        with self._guard:
            if self._path is None or not self._changed:
                return
            now = datetime.now(UTC)
            kept = [one for one in self._cookies.values() if one.expires is not None and not one.expired(now)]
            file.write(self._path, kept)
            self._changed = False

    def unverified(self) -> "Jar":
        """The jar for servers that nobody verified: in memory, and nothing of it is ever in this one.

        Whoever answers there may be anybody, so it gets only what came from there.
        """
        with self._guard:
            if self._unverified is None:
                self._unverified = Jar()
            return self._unverified

    def header_for(self, url: URL | str, *, without: Iterable[str] = ()) -> str:
        """The value of the ``Cookie`` field of a request to ``url`` (RFC 6265 5.4), empty for none.

        Cookies named in ``without`` stay behind.
        """
        target = url if isinstance(url, URL) else parse(url)
        now, left_out = datetime.now(UTC), set(without)
        with self._guard:
            chosen = [one for one in self._cookies.values() if one.meant_for(target) and not one.expired(now)]
        chosen.sort(key=lambda one: (-len(one.path), one.created))
        return "; ".join(_pair(one) for one in chosen if one.name not in left_out)

    def add_to(self, headers: Headers, url: URL) -> Headers:
        """``headers`` with the cookies for ``url``; those that the person wrote go before and count."""
        written = [value for name, value in headers if name.lower() == "cookie"]
        pairs = [pair for value in written for pair in value.split(";") if pair.strip()]
        ours = self.header_for(url, without=(pair.partition("=")[0].strip() for pair in pairs))
        if not ours:
            return headers
        line = "; ".join([*(pair.strip() for pair in pairs), ours])
        if not written:
            return (*headers, ("Cookie", line))
        place = next(number for number, (name, _value) in enumerate(headers) if name.lower() == "cookie")
        return tuple(
            (name, line if number == place else value)
            for number, (name, value) in enumerate(headers)
            if number == place or name.lower() != "cookie"
        )

    def store(self, url: URL | str, set_cookie: Iterable[str]) -> None:
        """Take the ``Set-Cookie`` fields of a response from ``url``; what the rules refuse is left out."""
        source = url if isinstance(url, URL) else parse(url)
        now = datetime.now(UTC)
        with self._guard:
            for line in set_cookie:
                cookie = read(line, source, now)
                if cookie is not None and not self._shadows_secure(cookie, source):
                    self._take(cookie, now)

    def cookies(self) -> tuple[Cookie, ...]:
        """All whose time is not over, by domain, path and name."""
        now = datetime.now(UTC)
        with self._guard:
            alive = [one for one in self._cookies.values() if not one.expired(now)]
        return tuple(sorted(alive, key=lambda one: one.key))

    def put(self, cookie: Cookie) -> Cookie:
        """Keep a cookie that a person made or changed, in place of the one with its key; answers what is kept.

        Raises ``CookieRefused`` for what no ``Cookie`` field could carry.
        """
        now = datetime.now(UTC)
        cookie = checked(cookie)
        with self._guard:
            known = self._cookies.get(cookie.key)
            cookie = replace(cookie, created=known.created if known else now)
            self._take(cookie, now)
        return cookie

    def remove(self, cookie: Cookie) -> None:
        """Forget the cookie with this one's key; nothing happens when there is none."""
        with self._guard:
            self._changed = self._cookies.pop(cookie.key, None) is not None or self._changed

    def restore(self, cookies: Iterable[Cookie]) -> None:
        """Keep cookies again that were in this jar before, just as they were; those set meanwhile stay."""
        with self._guard:
            for cookie in cookies:
                self._changed = self._cookies.setdefault(cookie.key, cookie) is cookie or self._changed

    def clear(self, domain: str | None = None) -> tuple[Cookie, ...]:
        """Forget all, or all of ``domain`` and the names below it; answers what is gone."""
        with self._guard:
            keys = [key for key in self._cookies if domain is None or domain_matches(key[0], domain.lower())]
            gone = tuple(self._cookies.pop(key) for key in keys)
            self._changed = self._changed or bool(gone)
        return gone

    def _shadows_secure(self, cookie: Cookie, url: URL) -> bool:
        """Whether it comes in plain text and would stand in for one that came safely (rfc6265bis 5.7)."""
        if is_safe(url):
            return False
        return any(
            one.secure
            and one.name == cookie.name
            and (domain_matches(one.domain, cookie.domain) or domain_matches(cookie.domain, one.domain))
            and path_matches(cookie.path, one.path)
            for one in self._cookies.values()
        )

    def _take(self, cookie: Cookie, now: datetime) -> None:
        known = self._cookies.get(cookie.key)
        self._changed = True
        if cookie.expired(now):
            self._cookies.pop(cookie.key, None)
            return
        self._cookies[cookie.key] = replace(cookie, created=known.created) if known else cookie
        self._evict([one for one in self._cookies.values() if one.domain == cookie.domain], PER_DOMAIN, now)
        self._evict(list(self._cookies.values()), IN_ALL, now)

    def _evict(self, among: list[Cookie], limit: int, now: datetime) -> None:
        among.sort(key=lambda one: (not one.expired(now), one.created))
        for one in among[: max(0, len(among) - limit)]:
            del self._cookies[one.key]


def _pair(cookie: Cookie) -> str:
    return f"{cookie.name}={cookie.value}" if cookie.name else cookie.value
