"""Whether an identity fits a server: never by a name alone."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.core.doctor.cases import NOW, SCHEMES, SERVER, World, issue
from workbench.core.doctor.fit import Fit, judge
from workbench.core.doctor.own_problem import own_problem
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import ClientProof

SECP256K1 = ec.SECP256K1()


def asked(world: World, *, schemes: tuple[str, ...] = tuple(SCHEMES), named: bool = True) -> ClientProof:
    return ClientProof(True, (world.root.certificate.subject,) if named else (), schemes)


def codes(fit: Fit) -> list[str]:
    return [reason.code for reason in fit.reasons]


def whole(world: World, leaf: Certificate) -> tuple[Certificate, ...]:
    return leaf, world.middle.certificate, world.root.certificate


def test_a_good_identity_fits_a_server_that_asks_for_it(world: World) -> None:
    chain = whole(world, world.alice)
    assert judge(chain, asked(world), "TLSv1.3", now=NOW) == Fit(True)
    assert judge(chain, asked(world, named=False), "TLSv1.3", now=NOW).fits is True


def test_nothing_is_said_to_fit_a_server_that_has_not_asked(world: World) -> None:
    assert judge(whole(world, world.alice), None, now=NOW).fits is None
    assert judge(whole(world, world.alice), ClientProof(), now=NOW).fits is None


@pytest.mark.parametrize(
    ("days", "code"),
    [((-300, -1), "client-certificate-expired"), ((2, 300), "client-certificate-not-yet-valid")],
)
def test_dates(world: World, days: tuple[float, float], code: str) -> None:
    fit = judge(whole(world, world.identity("CN=late", days=days)), asked(world), "TLSv1.3", now=NOW)
    assert fit.fits is False
    assert codes(fit) == [code]


def test_an_expired_issuing_authority_in_our_chain(world: World) -> None:
    old = issue("CN=Old Issuing CA,O=Acme", world.root, ca=True, days=(-900, -5))
    leaf = world.identity("CN=carol", old)
    fit = judge((leaf, old.certificate, world.root.certificate), asked(world), "TLSv1.3", now=NOW)
    assert codes(fit) == ["client-certificate-expired"]
    assert "Old Issuing CA" in fit.reasons[0].detail


def test_a_purpose_that_is_not_a_clients(world: World) -> None:
    leaf = world.identity("CN=server only", purposes=(SERVER,))
    assert codes(judge(whole(world, leaf), asked(world), "TLSv1.3", now=NOW)) == ["client-certificate-wrong-purpose"]


def test_a_stranger_and_a_missing_intermediate_are_told_apart(world: World) -> None:
    stranger = (world.identity("CN=guest", world.stranger), world.stranger.certificate)
    assert codes(judge(stranger, asked(world), "TLSv1.3", now=NOW)) == ["client-certificate-untrusted"]
    alone = (world.alice,)
    fit = judge(alone, asked(world), "TLSv1.3", held=(world.middle.certificate,), now=NOW)
    assert codes(fit) == ["client-certificate-chain-incomplete"]


def test_a_key_that_cannot_sign_what_the_server_takes(world: World) -> None:
    rsa_only = asked(world, schemes=("rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"))
    fit = judge(whole(world, world.alice), rsa_only, "TLSv1.3", now=NOW)
    assert codes(fit) == ["client-certificate-unsupported"]
    assert "rsa_pss_rsae_sha256" in fit.reasons[0].detail
    other_curve = world.identity("CN=curve", key=ec.generate_private_key(SECP256K1))
    fit = judge(whole(world, other_curve), asked(world, schemes=("ecdsa_secp256r1_sha256",)), "TLSv1.3", now=NOW)
    assert codes(fit) == ["client-certificate-unsupported"]


def ca(
    subject: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey, issuer: str, depth: int | None
) -> Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name.from_rfc4514_string(subject))
        .issuer_name(x509.Name.from_rfc4514_string(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=depth), critical=True)
    )
    return Certificate.from_x509(builder.sign(signer, SHA256()))


def leaf(signer: ec.EllipticCurvePrivateKey, issuer: str, *extensions: x509.ExtensionType) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name.from_rfc4514_string("CN=eve"))
        .issuer_name(x509.Name.from_rfc4514_string(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=30))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return Certificate.from_x509(builder.sign(signer, SHA256()))


def test_a_path_longer_than_an_authority_allows() -> None:
    one, two, three = (ec.generate_private_key(ec.SECP256R1()) for _number in range(3))
    root = ca("CN=Root", one, one, "CN=Root", 0)
    middle = ca("CN=Middle", two, one, "CN=Root", None)
    lower = ca("CN=Lower", three, two, "CN=Middle", None)
    chain = (leaf(three, "CN=Lower"), lower, middle, root)
    problem = own_problem(chain, (root,), (), NOW)
    assert problem is not None
    assert problem.code == 25
    fit = judge(
        chain, ClientProof(True, (root.subject,), ("ecdsa_secp256r1_sha256",)), "TLSv1.3", held=(root,), now=NOW
    )
    assert codes(fit) == ["client-certificate-untrusted"]
    assert "path length" in fit.reasons[0].detail


def test_a_critical_extension_that_nobody_knows() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    root = ca("CN=Root", key, key, "CN=Root", None)
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.1"), b"\x05\x00")
    chain = (leaf(key, "CN=Root", unknown), root)
    for sent in (chain, chain[:1]):  # with its issuer, and alone
        for held in ((root,), ()):
            fit = judge(sent, None, held=held, now=NOW)
            assert codes(fit) == ["client-certificate-unsupported"]
