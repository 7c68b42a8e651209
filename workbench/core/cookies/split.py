"""Two jars as one: a person's at one host, another everywhere else."""

from collections.abc import Iterable

from workbench.core.cookies.jar import Jar
from workbench.core.url import URL, parse


class SplitJar(Jar):
    """``jar`` where a URL has the ``authority`` (as ``URL.authority``) and scheme given, else ``elsewhere``.

    A request that may use the person's cookies at one host must not take those of another along by a redirect.
    """

    def __init__(self, jar: Jar, at: URL, elsewhere: Jar) -> None:
        super().__init__()
        self._jar, self._at, self._elsewhere = jar, at.origin, elsewhere

    def header_for(self, url: URL | str, *, without: Iterable[str] = ()) -> str:
        """See ``Jar``."""
        return self._for(url).header_for(url, without=without)

    def store(self, url: URL | str, set_cookie: Iterable[str]) -> None:
        """See ``Jar``."""
        self._for(url).store(url, set_cookie)

    def unverified(self) -> Jar:
        """See ``Jar``: that of the jar which stays with whoever sends."""
        return self._elsewhere.unverified()

    def _for(self, url: URL | str) -> Jar:
        target = url if isinstance(url, URL) else parse(url)
        return self._jar if target.origin == self._at else self._elsewhere
