"""Host names as TLS sends and checks them."""

import pytest

from workbench.core.errors import InvalidInput
from workbench.core.tls.connection import TLSConnection
from workbench.core.tls.context import ClientContext
from workbench.core.tls.names import ascii_host
from workbench.core.tls.policy import TLSPolicy
from workbench.core.tls.trust import TrustStore

LONGEST = ".".join("a" * size for size in (62, 63, 62, 63))


@pytest.mark.parametrize(
    ("host", "sent"),
    [
        ("EXAMPLE.test.", "example.test"),
        ("[::1]", "::1"),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("bücher.test", "xn--bcher-kva.test"),
        ("straße.test", "xn--strae-oqa.test"),
        ("a_b.test", "a_b.test"),
        ("", ""),
        (LONGEST, LONGEST),
    ],
)
def test_the_form_on_the_wire(host: str, sent: str) -> None:
    assert ascii_host(host) == sent


@pytest.mark.parametrize("host", ["a b.test", "a\n.test", "a\0", LONGEST + "a", "ü" * 300, "\u2028ü.test"])
def test_what_is_no_name_is_not_sent_and_nothing_in_its_place(host: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        TLSConnection(ClientContext(None, TrustStore(()), TLSPolicy(sni=host)), "localhost")
    assert refused.value.detail.isprintable()
    assert len(refused.value.detail) < 200
