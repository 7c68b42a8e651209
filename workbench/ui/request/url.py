"""What is wrong with a typed URL, said at the field before anything is sent."""

from workbench.core import url
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

_SHOWN = " — "  # after it the error repeats the URL, which stands right above the message


def complete_url(text: str) -> str:
    """``text`` without stray spaces and with ``https://`` where no scheme was typed."""
    text = text.strip()
    return text if not text or "://" in text else f"https://{text}"


def url_trouble(text: str) -> str:
    """What keeps ``text`` from being sent and what to do, or the empty string when nothing does."""
    if not text.strip():
        return _("Type the address to send to, such as https://example.org/path.")
    try:
        url.parse(text)
    except InvalidInput as error:
        return f"{error.detail.partition(_SHOWN)[0]} {error.hint}"
    return ""


def short_url(text: str) -> str:
    """Path and host of a URL, as short as a tab wants it: ``order/update``, else the host."""
    try:
        parsed = url.parse(text)
    except InvalidInput:
        return text.strip()
    path = parsed.target.partition("?")[0].strip("/")
    return path or parsed.authority
