"""Cookies (RFC 6265, with what rfc6265bis adds for safety).

::

    Set-Cookie ──cookie.read──> Cookie ──Jar──> Cookie
                                  │
                     editing (typed by a person), editor (their changes), file (kept between runs)

A cookie's domain must be the host or a name above it that is no public suffix. Ports do not tell hosts apart.
Each workspace has a jar of its own, and each collection that may not use it one in memory.
"""

from workbench.core.cookies.cookie import Cookie
from workbench.core.cookies.editing import CookieRefused
from workbench.core.cookies.jar import Jar
from workbench.core.cookies.split import SplitJar

__all__ = ["Cookie", "CookieRefused", "Jar", "SplitJar"]
