"""Versions and pins as people write them."""

import pytest

from workbench.core.errors import InvalidInput
from workbench.core.tls.context import ClientContext
from workbench.core.tls.policy import TLSPolicy, Version, read_pin
from workbench.core.tls.trust import TrustStore

PIN = "0123456789abcdef" * 4


@pytest.mark.parametrize("text", [PIN, PIN.upper(), ":".join(PIN[i : i + 2] for i in range(0, 64, 2)), f" {PIN} "])
def test_pins(text: str) -> None:
    assert read_pin(text) == PIN
    assert ClientContext(None, TrustStore(()), TLSPolicy(pin=text)).pin == PIN


@pytest.mark.parametrize("text", ["12", PIN[:-1], PIN[:-1] + "g", PIN + "00"])
def test_what_is_no_pin_pins_nothing_and_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="pin"):
        ClientContext(None, TrustStore(()), TLSPolicy(pin=text))


@pytest.mark.parametrize("text", ["1.2", "TLSv1.2", "TLS 1.2", "tls1.2"])
def test_versions(text: str) -> None:
    assert Version.parse(text) is Version.TLS1_2


def test_what_is_no_version() -> None:
    with pytest.raises(ValueError, match=r"1\.4"):
        Version.parse("1.4")
