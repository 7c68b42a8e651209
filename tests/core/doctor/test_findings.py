from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.core.doctor.cases import HOST, NOW, World, alert, asked
from workbench.core.doctor import Evidence, Trouble, findings, summary
from workbench.core.exchange import ClientAuthentication, Finding, Phase, Severity
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import ClientProof, Handshake, PeerProof, VerificationError
from workbench.core.tls.policy import TLSPolicy

CHAINS = Path(__file__).parents[4] / "shared" / "cases" / "chains"


def good(*presented: Certificate) -> Handshake:
    """TLS 1.3 as it should be, one-way."""
    return Handshake(
        host=HOST,
        version="TLSv1.3",
        cipher="TLS_AES_256_GCM_SHA384",
        group="X25519MLKEM768",
        complete=True,
        peer=PeerProof(presented=presented, trusted=True),
    )


def evidence(handshake: Handshake | None, chain: tuple[Certificate, ...], name: str | None, **more: object) -> Evidence:
    host = handshake.host if handshake else ""
    facts = {"host": host, "handshake": handshake, "identity_chain": chain, "identity_name": name, "now": NOW, **more}
    return Evidence(Trouble.STATUS, Phase.RECEIVE, **facts)  # type: ignore[arg-type]  # facts of any type


def found(handshake: Handshake | None, chain: tuple[Certificate, ...] = (), **more: object) -> dict[str, Finding]:
    policy = more.pop("policy", TLSPolicy())
    assert isinstance(policy, TLSPolicy)
    made = findings(evidence(handshake, chain, "alice" if chain else None, policy=policy, **more))
    assert len({finding.code for finding in made}) == len(made)
    assert all(finding.title and finding.detail for finding in made)
    return {finding.code: finding for finding in made}


def test_nothing_to_say_about_a_good_exchange(world: World) -> None:
    assert not found(good(*world.chain))
    mutual = asked((world.alice,), presented=world.chain)
    assert not found(mutual, (world.alice,), status=200, page="fine")


def test_an_identity_that_was_not_asked_for(world: World) -> None:
    finding = found(good(*world.chain), (world.alice,), status=200)["client-certificate-not-requested"]
    assert finding.severity is Severity.INFO
    assert "“alice”" in finding.detail
    refused = found(good(*world.chain), (world.alice,), status=403)["client-certificate-not-requested"]
    assert refused.severity is Severity.WARNING
    assert "plain HTTP" in found(None, (world.alice,))["client-certificate-not-requested"].detail


def test_an_identity_that_could_not_be_sent(world: World) -> None:
    odd = world.identity("CN=odd", key=ed25519.Ed25519PrivateKey.generate())
    finding = found(asked(presented=world.chain), (odd,))["client-certificate-unsupported"]
    assert "Ed25519" in finding.detail


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ((-300, 10), "client-certificate-expires-soon"),
        ((-300, 0.5), "client-certificate-expires-soon"),
        ((-300, -10), "client-certificate-expired"),
        ((-300, 40), None),
        ((-1, 6), None),  # short-lived, and young for its age
    ],
)
def test_the_identitys_end(world: World, days: tuple[float, float], code: str | None) -> None:
    identity = world.identity("CN=soon", days=days)
    made = found(asked((identity,), presented=world.chain), (identity,), status=200)
    assert set(made) == ({code} if code else set())


def test_the_servers_end(world: World) -> None:
    leaf = world.leaf("CN=service", days=(-300, 5))
    finding = found(good(leaf, world.middle.certificate))["server-expires-soon"]
    assert "2026-11-27" in finding.detail
    assert "5 days" in finding.title


def test_the_servers_chain(world: World) -> None:
    leaf, middle, root = world.server, world.middle.certificate, world.root.certificate
    assert set(found(good(leaf, middle, root))) == {"root-in-chain"}
    extra = found(good(leaf, middle, world.leaf("CN=other")))
    assert set(extra) == {"server-chain-has-extra-certificates"}
    assert "CN=other" in extra["server-chain-has-extra-certificates"].detail
    twice = found(good(leaf, middle, leaf))
    assert set(twice) == {"server-chain-has-extra-certificates"}
    assert set(found(good(leaf, root, middle))) == {"root-in-chain", "server-chain-out-of-order"}


def test_verification_off_tells_what_would_have_failed(world: World) -> None:
    errors = (
        VerificationError(0, 62, "hostname mismatch", world.server),
        VerificationError(1, 20, "unable to get local issuer certificate", world.middle.certificate),
    )
    handshake = replace(good(*world.chain), peer=PeerProof(presented=world.chain, errors=errors))
    finding = found(handshake, policy=TLSPolicy(verify=False))["verification-off"]
    assert finding.severity is Severity.WARNING
    assert "server-untrusted" in finding.detail
    assert "server-name-mismatch" in finding.detail
    harmless = found(good(*world.chain), policy=TLSPolicy(verify=False))["verification-off"]
    assert harmless.severity is Severity.INFO
    assert "verification-off" not in found(handshake)


def test_the_connection(world: World) -> None:
    handshake = good(*world.chain)
    old = replace(handshake, version="TLSv1.1", cipher="TLS_RSA_WITH_AES_128_CBC_SHA", group="")
    assert set(found(old)) == {"old-protocol", "no-forward-secrecy", "not-post-quantum"}
    classic = replace(handshake, version="TLSv1.2", cipher="TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", group="x25519")
    made = found(classic)
    assert set(made) == {"not-post-quantum"}
    assert made["not-post-quantum"].severity is Severity.INFO
    assert "x25519" in made["not-post-quantum"].title
    assert set(found(replace(handshake, resumed=True))) == {"session-resumed"}


def test_a_redirect_withheld_the_identity(world: World) -> None:
    made = found(good(*world.chain), (world.alice,), withheld_on="https://elsewhere.test", status=200)
    assert set(made) == {"identity-withheld-on-redirect"}
    assert "https://elsewhere.test" in made["identity-withheld-on-redirect"].detail


def test_status_and_page(world: World) -> None:
    chain = (world.alice, world.middle.certificate)
    mutual = asked(chain, presented=world.chain)
    forbidden = found(mutual, chain, status=403, page="no")["client-certificate-forbidden"]
    assert forbidden.severity is Severity.WARNING
    nginx = found(asked(presented=world.chain), status=400, page="No required SSL certificate was sent")
    assert nginx["client-certificate-required"].severity is Severity.ERROR
    old = (world.identity("CN=old", days=(-400, -20)), world.middle.certificate)
    expired = found(asked(old, presented=world.chain), old, status=400, page="The SSL certificate error")
    assert expired["client-certificate-expired"].severity is Severity.ERROR
    assert not found(good(*world.chain), status=404, page="nothing here")
    assert not found(None, status=403)


def test_the_most_serious_comes_first(world: World) -> None:
    old = (world.identity("CN=old", days=(-400, -20)),)
    handshake = replace(asked(old, presented=world.chain), group="x25519")
    made = findings(evidence(handshake, old, "old", status=400, page="The SSL certificate error"))
    assert [finding.severity for finding in made] == [Severity.ERROR, Severity.INFO]


@pytest.mark.parametrize(
    ("handshake", "words"),
    [
        (
            replace(asked(), client=ClientProof()),
            "TLS 1.3 · the server proved its identity; no client certificate was requested",
        ),
        (asked(), "it requested a client certificate, but you sent none"),
        (replace(asked(), peer=PeerProof(), client=ClientProof()), "the server is not trusted"),
        (replace(asked(), resumed=True), "resumed"),
        (replace(asked(), complete=False), "but you sent none"),
        (replace(asked(), complete=False, client=ClientProof()), "not completed"),
        (Handshake(), "no TLS answer"),
        (
            Handshake(version="TLSv1.2", peer=PeerProof(errors=(VerificationError(0, 10, "expired"),))),
            "TLS 1.2 · handshake stopped: the server could not be verified",
        ),
    ],
)
def test_one_sentence(handshake: Handshake, words: str) -> None:
    authentication = (
        ClientAuthentication.NONE_SENT if handshake.client.requested else ClientAuthentication.NOT_REQUESTED
    )
    assert words in summary(handshake, authentication)


def test_one_sentence_when_the_server_refused_after_the_handshake(world: World) -> None:
    assert "refused it" in summary(asked((world.alice,), alerts=[alert(45)]), ClientAuthentication.REFUSED)
    none_sent = summary(asked(alerts=[alert(116)]), ClientAuthentication.NONE_SENT)
    assert "you sent none, and it refused" in none_sent


def test_one_sentence_for_mutual_tls(world: World) -> None:
    mutual = asked((world.alice,))
    assert summary(mutual, ClientAuthentication.PROVED) == "TLS 1.3 · both sides proved their identity"
    untrusted = replace(mutual, peer=PeerProof())
    assert "its own is not trusted" in summary(untrusted, ClientAuthentication.PROVED)


def test_a_certificate_that_nobody_has_judged_yet_proves_nothing(world: World) -> None:
    assert "whether it was accepted is not known" in summary(asked((world.alice,)), ClientAuthentication.SENT)
    unknown = found(asked((world.alice,)), (world.alice,))["client-certificate-sent-acceptance-unknown"]
    assert unknown.severity is Severity.INFO
    assert "client-certificate-sent-acceptance-unknown" not in found(asked((world.alice,)), (world.alice,), status=200)


@pytest.mark.skipif(not CHAINS.is_dir(), reason="the public cases are not here")
def test_real_chains_never_break_the_findings() -> None:
    for file in sorted(CHAINS.glob("*.pem")):
        chain = tuple(Certificate.from_x509(c) for c in x509.load_pem_x509_certificates(file.read_bytes()))
        found(good(*chain), chain, status=403, policy=TLSPolicy(verify=False))


@pytest.mark.parametrize(
    "page",
    [
        "<title>400 The plain HTTP request was sent to HTTPS port</title>",
        "Client sent an HTTP request to an HTTPS server.",
        "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
    ],
)
def test_plain_http_to_a_port_that_uses_tls(page: str) -> None:
    assert "https://" in found(None, status=400, page=page)["not-tls"].hint
    assert "not-tls" not in found(None, status=400, page="missing field")


def test_a_foreign_root_is_not_called_harmless(world: World) -> None:
    made = found(good(world.server, world.middle.certificate, world.stranger.certificate))
    assert set(made) == {"server-chain-has-extra-certificates"}
    assert "Another CA's root" in made["server-chain-has-extra-certificates"].detail
