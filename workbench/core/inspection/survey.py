"""What a server takes: versions, cipher suites, groups and application protocols, found by offering them.

One connection at a time and a pause between them: a server is a guest's host, not a target. Each says after its
ServerHello what it chose; that is taken out of the next offer, until it refuses.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from workbench.core.inspection.inspection import Survey, VersionSupport
from workbench.core.tls.handshake import RECEIVED, Handshake
from workbench.core.tls.policy import TLSPolicy, Version
from workbench.core.tls.registry import CIPHER_SUITES

PAUSE = 0.05
"""Seconds between two connections."""

_MOST = 40  # offers of one kind; no server has more to choose from that matters
_SUITES = (
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_128_CCM_SHA256",
    "TLS_AES_128_CCM_8_SHA256",
)
_GROUPS = (
    *("X25519MLKEM768", "SecP256r1MLKEM768", "SecP384r1MLKEM1024"),
    *("x25519", "secp256r1", "secp384r1", "secp521r1", "x448"),
    *("ffdhe2048", "ffdhe3072", "ffdhe4096"),
)
_OLD_GROUPS = ("x25519", "secp256r1", "secp384r1", "secp521r1", "x448")
_VERSIONS = (Version.TLS1_3, Version.TLS1_2, Version.TLS1_1, Version.TLS1_0)
_PROTOCOLS = ("h2", "http/1.1")

Report = Callable[[int, int], None]
"""Told how many of about how many steps are done."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What one handshake offers. ``again``: the TLS session of the handshake before."""

    policy: TLSPolicy
    alpn: tuple[str, ...] = _PROTOCOLS
    resume: bool = False


Shake = Callable[[Offer], Awaitable[Handshake]]
"""Shakes hands with an offer; gives how far it came, whether it succeeded or not."""


async def survey(shake: Shake, policy: TLSPolicy, report: Report = lambda _done, _total: None) -> Survey:
    """What the server takes. ``policy`` says what else holds, such as SNI; verification is left out of it."""
    steps = len(_VERSIONS) + 2
    base = replace(policy, verify=False, pin=None, resume=False, ciphers=None, suites=None, groups=None)
    found = []
    for done, version in enumerate(_VERSIONS):
        report(done, steps)
        found.append(await _version(shake, replace(base, minimum=version, maximum=version)))
    report(len(_VERSIONS), steps)
    alpn = [name for name in _PROTOCOLS if (await _polite(shake, Offer(base, (name,)))).alpn == name]
    report(len(_VERSIONS) + 1, steps)
    tickets, resumed = await _resumption(shake, replace(base, resume=True))
    report(steps, steps)
    return Survey(tuple(found), tickets, resumed, tuple(alpn))


async def _polite(shake: Shake, offer: Offer) -> Handshake:
    await asyncio.sleep(PAUSE)
    return await shake(offer)


async def _version(shake: Shake, policy: TLSPolicy) -> VersionSupport:
    name = str(policy.maximum)
    modern = policy.maximum is Version.TLS1_3
    # Whatever OpenSSL has is offered, at no level of security: what the server takes is the question.
    open_to_all = policy if modern else replace(policy, ciphers=_listed(tuple(_openssl_names().values())))
    first = await _polite(shake, Offer(open_to_all))
    if first.version != name:
        return VersionSupport(name, accepted=False)
    ciphers = await _ciphers(shake, policy, first.cipher)
    groups = await _groups(shake, open_to_all, _GROUPS if modern else _OLD_GROUPS)
    return VersionSupport(name, True, ciphers, groups)


async def _ciphers(shake: Shake, policy: TLSPolicy, first: str) -> tuple[str, ...]:
    modern = policy.maximum is Version.TLS1_3
    names = {suite: suite for suite in _SUITES} if modern else dict(_openssl_names())
    found = [first]
    names.pop(first, None)
    while names and len(found) < _MOST:
        left = tuple(names.values())
        offer = replace(policy, suites=":".join(left)) if modern else replace(policy, ciphers=_listed(left))
        chosen = (await _polite(shake, Offer(offer))).cipher
        if chosen not in names:
            break
        found.append(chosen)
        del names[chosen]
    return tuple(found)


async def _groups(shake: Shake, policy: TLSPolicy, offered: Sequence[str]) -> tuple[str, ...]:
    left = list(offered)
    found: list[str] = []
    while left and len(found) < _MOST:
        offer = ":".join(f"?{name}" for name in left)  # OpenSSL leaves out of those what it does not know
        chosen = (await _polite(shake, Offer(replace(policy, groups=offer)))).group
        if chosen not in left:
            break
        found.append(chosen)
        left.remove(chosen)
    return tuple(found)


async def _resumption(shake: Shake, policy: TLSPolicy) -> tuple[bool, bool]:
    first = await _polite(shake, Offer(policy, resume=True))
    tickets = any(one.type == "NewSessionTicket" and one.direction == RECEIVED for one in first.messages)
    return tickets, (await _polite(shake, Offer(policy, resume=True))).resumed


def _listed(names: Sequence[str]) -> str:
    return ":".join((*names, "@SECLEVEL=0"))


@cache
def _openssl_names() -> dict[str, str]:
    """OpenSSL's names of the cipher suites before TLS 1.3, by IANA's."""
    import ssl  # only for its list

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    names = {CIPHER_SUITES.get(one["id"] & 0xFFFF, ""): str(one["name"]) for one in context.get_ciphers()}
    return {iana: name for iana, name in names.items() if iana and not name.startswith("TLS_")}
