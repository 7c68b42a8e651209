"""What a draft names itself, by the text that stands in it: what a person's hand can have put there."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from urllib.parse import urlsplit

from workbench.core import choices
from workbench.core.draft import AWSAuth, Draft, FileBody, Flow, MultipartBody, OAuth2Auth
from workbench.core.url import masked
from workbench.core.variables import PROCESS, tokens
from workbench.core.want import Thing

Ask = tuple[Thing, str]
"""A thing and what exactly, as ``Want`` has them; a file is named as the draft names it."""


def hand_chosen(draft: Draft) -> frozenset[Ask]:
    """Everything that ``draft`` names literally. Whether the person put it there, the caller must know.

    What comes out of a variable is not among it: that is not chosen where it is used.
    """
    return frozenset(ask for ask in _named(draft) if "{{" not in ask[1])


def _named(draft: Draft) -> Iterator[Ask]:
    yield from _chosen(draft)
    match draft.auth:
        case AWSAuth(profile=profile) if profile.strip():
            yield Thing.AWS_PROFILE, profile.strip()
        case OAuth2Auth(flow=Flow.AUTHORIZATION_CODE) as auth:
            yield Thing.TOKENS, sign_in_host(auth)
    for name in _files(draft):
        yield Thing.FILES, name
    for text in texts(draft):
        for token in tokens(text):
            if token.name.startswith(PROCESS):
                yield Thing.ENVIRONMENT_VARIABLES, token.name.removeprefix(PROCESS)


def _chosen(draft: Draft) -> Iterator[Ask]:
    chosen = choices.read(draft.variables)
    if chosen.identity and chosen.identity.strip() not in (choices.NONE, choices.ASK):
        yield Thing.IDENTITY, chosen.identity.strip()
    if chosen.connect_to:
        yield Thing.CONNECT_TO, chosen.connect_to.strip()
    if chosen.proxy:
        yield Thing.PROXY, masked(chosen.proxy.strip())
    if chosen.verify:
        yield Thing.NO_VERIFY, ""
    if chosen.tls_min:
        yield Thing.OLD_TLS, version_words(chosen.tls_min)
    if chosen.ciphers:
        yield Thing.OLD_TLS, chosen.ciphers.strip()


def sign_in_host(auth: OAuth2Auth) -> str:
    """Where the person signs in for a token: the authority of the page, or its text where it is no URL."""
    address = auth.authorization_url.strip()
    try:
        return urlsplit(address).netloc.rpartition("@")[2] or address
    except ValueError:
        return address


def version_words(text: str) -> str:
    """A TLS version as the store knows it, such as ``TLSv1``; the text itself where it names none."""
    from workbench.core.tls.policy import Version

    try:
        return str(Version.parse(text))
    except ValueError:
        return text


def _files(draft: Draft) -> Iterator[str]:
    match draft.body:
        case FileBody(files=files):
            yield from (file.path for file in files if file.path)
        case MultipartBody(parts=parts):
            yield from (name for part in parts for name in part.files or () if name)


def texts(value: object) -> Iterator[str]:
    """Every text in a draft, or in defaults."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
