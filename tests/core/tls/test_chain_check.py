"""A server's chain is judged without a connection as it would be with one."""

from datetime import UTC, datetime

from tests.support import authority
from workbench.core.tls.chain_check import verify_server
from workbench.core.tls.trust import Bundle, TrustStore

ROOT = authority.root()
MIDDLE = authority.intermediate(ROOT)
SERVER = authority.server(MIDDLE)
CHAIN = (SERVER.certificate, MIDDLE.certificate)
STRANGER = authority.root("Stranger")
NOW = datetime.now(UTC)


def test_a_root_is_believed_and_a_stranger_is_not() -> None:
    assert verify_server(CHAIN, authority.trust(ROOT), "localhost", NOW) is None
    refused = verify_server(CHAIN, authority.trust(STRANGER), "localhost", NOW)
    assert refused is not None
    assert refused.code == 20


def test_the_name_counts_too() -> None:
    refused = verify_server(CHAIN, authority.trust(ROOT), "elsewhere.test", NOW)
    assert refused is not None
    assert refused.code == 62
    assert refused.certificate == SERVER.certificate


def test_an_intermediate_that_was_trusted_on_purpose_ends_a_chain() -> None:
    only_middle = TrustStore((Bundle("on purpose", (MIDDLE.certificate,)),))
    assert only_middle.holds_more_than_roots
    assert verify_server(CHAIN, only_middle, "localhost", NOW) is None


def test_what_openssl_cannot_place_is_told_where_it_is() -> None:
    expired = authority.server(MIDDLE, not_before=authority.days(-9), not_after=authority.days(-1))
    refused = verify_server((expired.certificate, MIDDLE.certificate), authority.trust(ROOT), "localhost", NOW)
    assert refused is not None
    assert (refused.code, refused.certificate) == (10, expired.certificate)
