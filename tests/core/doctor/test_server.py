import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.core.doctor.cases import (
    CLIENT,
    HOST,
    NOW,
    World,
    issue,
    rsa_1024,
    unverified,
    with_policy,
)
from workbench.core.doctor import Evidence, Trouble, diagnose
from workbench.core.doctor.verification import ORDER
from workbench.core.exchange import Phase

ISSUER_GONE = ((0, 20, "unable to get local issuer certificate"), (0, 21, "unable to verify the first certificate"))
UNTRUSTED_ABOVE = ((1, 20, "unable to get local issuer certificate"),)
NAME = (0, 62, "hostname mismatch")
OLD = (0, 10, "certificate has expired")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (-1, "server-pin-mismatch"),
        (2, "server-untrusted"),
        (7, "server-untrusted"),
        (9, "server-not-yet-valid"),
        (10, "server-expired"),
        (18, "server-self-signed"),
        (19, "server-untrusted"),
        (23, "server-revoked"),
        (26, "server-wrong-purpose"),
        (62, "server-name-mismatch"),
        (64, "server-name-mismatch"),
        (66, "server-weak"),
        (67, "server-weak"),
        (68, "server-weak"),
        (69, "tls-internal-error"),
        *((n, "server-constraint-violation") for n in (24, 25, 32, 34, 37, *range(47, 55), 79)),
    ],
)
def test_each_error_number_has_its_code(world: World, number: int, code: str) -> None:
    failure = diagnose(unverified(world.chain, [(0, number, "words")]))
    assert failure.code == code
    assert failure.title
    assert failure.phase is Phase.TLS


def test_a_complete_chain_to_a_strange_root_is_untrusted(world: World) -> None:
    failure = diagnose(unverified(world.chain, UNTRUSTED_ABOVE, anchors=[world.stranger.certificate]))
    assert failure.code == "server-untrusted"
    assert "O=Acme,CN=Acme Root" in failure.detail or "CN=Acme Root,O=Acme" in failure.detail
    assert "“acme”" in failure.detail
    assert "server-chain-incomplete" in failure.candidates


def test_a_leaf_alone_under_an_intermediate_is_an_incomplete_chain(world: World) -> None:
    for anchors in ((), (world.root.certificate,)):
        failure = diagnose(unverified([world.server], ISSUER_GONE, anchors=anchors))
        assert failure.code == "server-chain-incomplete"
        assert world.middle.certificate.subject in failure.detail
        assert "server-untrusted" in failure.candidates


def test_the_missing_intermediate_is_named_with_its_address(world: World) -> None:
    leaf = world.leaf("CN=public", issue("CN=X9,O=Some", ca=True), aia="http://ca.test/x9.crt")
    failure = diagnose(unverified([leaf], ISSUER_GONE, anchors=[world.root.certificate]))
    assert failure.code == "server-chain-incomplete"
    assert "http://ca.test/x9.crt" in failure.detail


def test_a_leaf_alone_under_a_strange_root_is_untrusted(world: World) -> None:
    leaf = world.leaf("CN=service", world.stranger)
    failure = diagnose(unverified([leaf], ISSUER_GONE, anchors=[world.root.certificate]))
    assert failure.code == "server-untrusted"
    assert failure.candidates[0] == "server-chain-incomplete"


def test_a_leaf_alone_under_an_authority_of_no_kin_is_untrusted(world: World) -> None:
    leaf = world.leaf("CN=service", issue("CN=Private Widgets", ca=True))
    assert diagnose(unverified([leaf], ISSUER_GONE, anchors=[world.root.certificate])).code == "server-untrusted"


def test_an_issuer_that_we_hold_decides(world: World) -> None:
    root = issue("CN=Issuing Sub CA,O=Acme", ca=True)  # a root in spite of its name
    leaf = world.leaf("CN=service", root)
    anchors = [world.root.certificate]
    assert diagnose(unverified([leaf], ISSUER_GONE, anchors=anchors)).code == "server-chain-incomplete"
    held = diagnose(unverified([leaf], ISSUER_GONE, anchors=anchors, known=[root.certificate]))
    assert held.code == "server-untrusted"
    assert "You have" in held.detail


def test_strangers_in_the_chain_do_not_complete_it(world: World) -> None:
    presented = [world.server, world.stranger.certificate]
    failure = diagnose(unverified(presented, ISSUER_GONE, anchors=[world.root.certificate]))
    assert failure.code == "server-chain-incomplete"
    assert "do not belong" in failure.detail


def test_an_authority_of_the_same_name_with_another_key_is_told(world: World) -> None:
    twin = issue("CN=Acme Root,O=Acme", ca=True)
    failure = diagnose(unverified(world.chain, UNTRUSTED_ABOVE, anchors=[twin.certificate]))
    assert failure.code == "server-untrusted"
    assert "another key" in failure.detail


def test_a_self_signed_leaf_shows_its_thumbprint() -> None:
    leaf = issue("CN=box", names=(HOST,)).certificate
    failure = diagnose(unverified([leaf], [(0, 18, "self-signed certificate")]))
    assert failure.code == "server-self-signed"
    assert leaf.sha256 in failure.detail


def test_dates_are_told(world: World) -> None:
    leaf = world.leaf("CN=service", days=(-100, -51))
    failure = diagnose(unverified([leaf, world.middle.certificate], [OLD]))
    assert failure.code == "server-expired"
    assert "2026-10-02" in failure.detail
    assert "2026-11-22" in failure.detail
    assert not failure.hint.startswith("First check")


def test_an_expired_intermediate_is_not_called_the_servers_certificate(world: World) -> None:
    middle = issue("CN=Acme Issuing CA 0,O=Acme", world.root, ca=True, days=(-900, -30))
    leaf = world.leaf("CN=service", middle)
    failure = diagnose(unverified([leaf, middle.certificate], [(1, 10, "certificate has expired")]))
    assert failure.code == "server-expired"
    assert "CN=Acme Issuing CA 0" in failure.detail
    assert "chain" in failure.title


@pytest.mark.parametrize("days", [(-100, -0.5), (0.25, 90)])
def test_a_few_hours_are_the_clocks_fault(world: World, days: tuple[float, float]) -> None:
    leaf = world.leaf("CN=service", days=days)
    number = 10 if days[1] < 0 else 9
    failure = diagnose(unverified([leaf, world.middle.certificate], [(0, number, "date")]))
    assert failure.code == ("server-expired" if days[1] < 0 else "server-not-yet-valid")
    assert failure.hint.startswith("First check date")
    assert "less than a day" in failure.detail
    dates = re.findall(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d UTC)?", failure.detail)
    assert len(set(dates)) == 2  # what looks alike explains nothing


@pytest.mark.parametrize("years", [-20, 20])
def test_a_chain_wholly_out_of_date_is_the_clocks_fault(world: World, years: int) -> None:
    number = 9 if years < 0 else 10
    evidence = unverified(world.chain, [(0, number, "date"), (1, number, "date")])
    failure = diagnose(replace(evidence, now=NOW + timedelta(days=365 * years)))
    assert "Every certificate" in failure.detail
    assert failure.hint.startswith("First check date")


def test_name_mismatch_lists_what_is_valid(world: World) -> None:
    leaf = world.leaf("CN=other", names=("one.test", "two.test", "192.0.2.1"))
    failure = diagnose(unverified([leaf, world.middle.certificate], [NAME]))
    assert failure.code == "server-name-mismatch"
    for name in ("one.test", "two.test", "192.0.2.1"):
        assert name in failure.detail
    assert HOST in failure.title


def test_name_mismatch_says_when_only_the_common_name_matches(world: World) -> None:
    leaf = world.leaf(f"CN={HOST}", names=())
    assert "common name" in diagnose(unverified([leaf], [NAME])).detail


@pytest.mark.parametrize("host", ["a.b.wild.test", "wild.test"])
def test_name_mismatch_explains_wildcards(world: World, host: str) -> None:
    leaf = world.leaf("CN=w", names=("*.wild.test",))
    assert "one label" in diagnose(unverified([leaf], [NAME], host=host)).detail


def test_name_mismatch_explains_a_wildcard_that_counts_for_nothing(world: World) -> None:
    leaf = world.leaf("CN=w", names=("*.internal",))
    assert "two labels" in diagnose(unverified([leaf], [NAME], host="wiki.internal")).detail


def test_name_mismatch_explains_addresses_and_server_names(world: World) -> None:
    failure = diagnose(unverified(world.chain, [(0, 64, "IP address mismatch")], host="192.0.2.7"))
    assert failure.code == "server-name-mismatch"
    assert "as an IP address" in failure.detail
    without = diagnose(with_policy(unverified(world.chain, [NAME]), sni=""))
    assert "SNI" in without.detail
    other = diagnose(with_policy(unverified(world.chain, [NAME]), sni="front.test"))
    assert "“front.test”" in other.detail


def test_many_names_are_counted(world: World) -> None:
    leaf = world.leaf("CN=cdn", names=tuple(f"n{i}.test" for i in range(40)))
    failure = diagnose(unverified([leaf], [NAME]))
    assert "and 32 more" in failure.detail


def test_wrong_purpose_weak_and_pin_name_facts(world: World) -> None:
    leaf = world.leaf("CN=c", purposes=(CLIENT,))
    assert "clientAuth" in diagnose(unverified([leaf], [(0, 26, "unsuitable certificate purpose")])).detail
    weak = world.leaf("CN=w", key=rsa_1024())
    assert "RSA-1024" in diagnose(unverified([weak], [(0, 66, "EE certificate key too weak")])).detail
    pinned = diagnose(with_policy(unverified(world.chain, [(0, -1, "pin")]), pin="ab" * 32))
    assert "ab" * 32 in pinned.detail
    assert world.server.sha256 in pinned.detail


def test_a_small_diffie_hellman_key_is_weak() -> None:
    failure = diagnose(Evidence(Trouble.TLS, Phase.TLS, HOST, 443, reason="dh key too small", now=NOW))
    assert failure.code == "server-weak"
    assert failure.candidates[0] == "no-shared-group"


@pytest.mark.parametrize(
    ("errors", "codes"),
    [
        ([OLD, NAME], ("server-name-mismatch", "server-expired")),
        ([OLD, *UNTRUSTED_ABOVE], ("server-untrusted", "server-expired")),
        (
            [NAME, OLD, (0, 18, "self-signed certificate")],
            ("server-self-signed", "server-name-mismatch", "server-expired"),
        ),
        ([OLD, (0, 23, "certificate revoked")], ("server-revoked", "server-expired")),
        ([(0, -1, "pin"), *UNTRUSTED_ABOVE], ("server-pin-mismatch", "server-untrusted")),
        ([(0, 26, "purpose"), (0, 66, "weak")], ("server-weak", "server-wrong-purpose")),
    ],
)
def test_the_most_fundamental_error_wins(
    world: World, errors: list[tuple[int, int, str]], codes: tuple[str, ...]
) -> None:
    failure = diagnose(unverified(world.chain, errors))
    found = [code for code in (failure.code, *failure.candidates) if code in codes]
    assert failure.code == codes[0]
    assert tuple(found) == codes
    assert list(codes) == sorted(codes, key=ORDER.index)


def test_hints_never_begin_with_turning_verification_off(world: World) -> None:
    for number in range(-1, 100):
        failure = diagnose(unverified(world.chain, [(0, number, "words")])) if number else None
        if failure is not None:
            assert "erification off" not in failure.hint
            assert failure.hint


def test_nothing_presented_is_still_an_answer() -> None:
    for number in (18, 20, 10, 62, 26, 66, 79, 23, -1):
        assert diagnose(unverified([], [(0, number, "words")])).title
