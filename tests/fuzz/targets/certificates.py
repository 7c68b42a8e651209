"""Files of keys and certificates, certificates that OpenSSL takes, and what servers say while shaking hands.

Keys and certificates are made anew for each run; the inputs that failed are kept.
"""

import base64
import functools
from collections.abc import Sequence
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7
from cryptography.x509.oid import AuthorityInformationAccessOID
from OpenSSL import SSL

from tests.core.formats import hostile
from tests.fuzz.frame import Target
from tests.support import authority, odd
from tests.support.memory import ServerEnd, shake_hands
from workbench.cli.describe import certificate_lines
from workbench.core import doctor
from workbench.core.doctor.client_certificate import client_findings
from workbench.core.errors import InvalidInput, WorkbenchError
from workbench.core.exchange import ClientAuthentication, Phase, Trouble
from workbench.core.formats import Source, read_bundle, read_identity
from workbench.core.history.chain_change import Chain, differences
from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.connection import TLSConnection, TLSError
from workbench.core.tls.context import ClientContext
from workbench.core.tls.decode import fields
from workbench.core.tls.document import certificate_document, handshake_document
from workbench.core.tls.handshake import RECEIVED, SENT, Handshake, Message
from workbench.core.tls.identity import Identity, order_chain
from workbench.core.tls.policy import TLSPolicy, Version
from workbench.core.tls.recorder import Recorder
from workbench.core.words import validity_words
from workbench.lab.authority import Credential

_DER = tuple(
    bytes.fromhex(piece)
    for piece in (
        *(
            "3080",
            "0000",
            "a080",
            "2480",
            "3000",
            "0500",
            "0101ff",
            "020100",
            "02020080",
            "0400",
            "0c00",
            "a000",
            "30820fff",
        ),
        *(
            "0603551d0e",
            "0603551d0f",
            "0603551d11",
            "0603551d13",
            "0603551d1e",
            "0603551d23",
            "0603551d25",
            "0603550403",
        ),
        *(
            "170d3939313330313030303030305a",
            "180f32303939303130313030303030305a",
            "1e04d8000041",
            "1301ff",
            "a003020107",
        ),
        *("02047fffffff", "0208ffffffffffffffff", "06092a864886f70d01050c", "06092b06010401da47040b", "308400ffffff"),
    )
)


@functools.cache
def _material() -> tuple[Credential, Credential, Credential]:
    root = authority.root(key="ed25519")
    issuing = authority.intermediate(root, key="ed25519")
    return root, issuing, authority.client(issuing, "alice", key="ec-p256")


def _files() -> Sequence[bytes]:
    root, _issuing, alice = _material()
    plain = authority.key_der(alice.key)
    leaf, above = alice.chain
    java = b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1\0\0\0\2\0\2ca" + bytes(8) + b"\0\5X.509"
    return (
        authority.pem(alice),
        hostile.key_pem(plain) + authority.chain_pem(alice),
        authority.key_pem(alice.key, hostile.PASSWORD, form=PrivateFormat.TraditionalOpenSSL) + leaf.pem.encode(),
        alice.key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()) + leaf.pem.encode(),
        plain,
        leaf.der + above.der,
        base64.b64encode(leaf.der),
        hostile.pkcs12(
            hostile.under_aes(hostile.certificate_bag(leaf.der), hostile.certificate_bag(above.der)),
            hostile.data(hostile.locked_key_bag(plain)),
        ),
        hostile.pkcs12(
            hostile.under_rc4(hostile.certificate_bag(leaf.der)), hostile.data(hostile.locked_key_bag(plain))
        ),
        hostile.pkcs12(hostile.data(hostile.nested(hostile.certificate_bag(leaf.der))), mac_rounds=1),
        hostile.in_ber(hostile.pkcs12(hostile.data(hostile.certificate_bag(leaf.der)))),
        pkcs7.serialize_certificates([leaf.x509, root.certificate.x509], Encoding.DER),
        pkcs7.serialize_certificates([leaf.x509], Encoding.PEM),
        java + len(leaf.der).to_bytes(4, "big") + leaf.der + bytes(20),
        hostile.jceks(3),
        hostile.key(hostile.pbes2(hostile.scrypt(16))),
    )


def _file(data: bytes) -> None:
    source, key = Source("file", data), Source("key", authority.key_der(_material()[2].key))
    refused: list[WorkbenchError] = []
    for given, password in (((source,), None), ((source,), hostile.PASSWORD), ((source, key), hostile.PASSWORD)):
        try:
            _facts(read_identity(given, password).identity.certificate)
        except WorkbenchError as error:
            refused.append(error)
    try:
        for certificate in read_bundle(source, hostile.PASSWORD)[:10]:
            _facts(certificate)
    except WorkbenchError as error:
        refused.append(error)
    if len(refused) == 4:
        raise refused[0]


def _bags() -> Sequence[bytes]:
    """What lies in PKCS#12 files: the target puts it where it may lie, with lengths that are right."""
    _root, _issuing, alice = _material()
    leaf = hostile.certificate_bag(alice.certificate.der)
    plain = authority.key_der(alice.key)
    return (
        leaf,
        hostile.locked_key_bag(plain),
        leaf + hostile.nested(leaf, leaf),
        hostile.key_bag(hostile.pbe("md5 des", 3)),
    )


def _bag(data: bytes) -> None:
    for content in (hostile.data(data), hostile.under_aes(data), hostile.data(hostile.nested(data))):
        _file(hostile.pkcs12(content))
    _file(hostile.pkcs12(hostile.under_rc4(data)))


def _certificates() -> Sequence[bytes]:
    root, issuing, alice = _material()
    names = [x509.RFC822Name("a@example.com"), x509.UniformResourceIdentifier("https://a/"), x509.DNSName("*.a")]
    access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, names[1])
    rich = authority.client(
        root,
        "rich",
        key="rsa-2048",
        add=[
            x509.SubjectAlternativeName([*names, x509.DirectoryName(alice.certificate.x509.subject)]),
            x509.AuthorityInformationAccess([access]),
            x509.NameConstraints([x509.DNSName("a")], None),
        ],
    )
    good = [one.certificate for one in (root, issuing, alice, rich)]
    return [*(one.der for one in good), *(odd.odd(good[3], name).der for name in odd.CHANGES)]


def _tbs() -> Sequence[bytes]:
    """What is signed in certificates: the target puts it into a certificate whose other lengths are right."""
    return [der.read(one).children()[0].content for one in _certificates()]


def _certificate_of(data: bytes) -> None:
    _tbs, *rest = der.read(_material()[0].certificate.der).children()
    _certificate(der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, data), *(one.encoding for one in rest)))


def _certificate(data: bytes) -> None:
    certificate = Certificate(data)
    _facts(certificate)
    try:
        Certificate.from_der(data)
    except ValueError as error:
        raise InvalidInput("no certificate to OpenSSL") from error


def _facts(certificate: Certificate) -> None:
    """Every view of a certificate that the program has."""
    root, _issuing, alice = _material()
    if len(certificate_document(certificate)["sha256"]) != 64:
        raise AssertionError("no thumbprint")
    list(certificate_lines(certificate))
    validity_words(certificate)
    order_chain((certificate, root.certificate), alice.certificate)
    order_chain((root.certificate, alice.certificate), certificate)
    client_findings(Identity("fuzz", (certificate,), alice.key))
    differences(Chain((alice.certificate,)), Chain((certificate,), certificate))
    for name in (certificate.issuer_urls, certificate.common_name, certificate.pem):
        str(name).encode()


@functools.cache
def _contexts() -> tuple[ClientContext, ...]:
    root, _issuing, alice = _material()
    trust, identity = authority.trust(root), alice.identity("alice")
    old = TLSPolicy(verify=False, maximum=Version.TLS1_2, ciphers="AES128-GCM-SHA256")
    return (
        ClientContext(identity, trust, old),
        ClientContext(identity, trust, TLSPolicy()),
        ClientContext(identity, trust, TLSPolicy(verify=False)),
    )


def _with_key_transport(context: SSL.Context) -> None:
    """A server of TLS 1.2 whose first flight holds for any client: nothing in it is signed for this one."""
    context.set_max_proto_version(Version.TLS1_2.value)
    context.set_cipher_list(b"AES128-GCM-SHA256")


@functools.cache
def _shaken() -> tuple[tuple[bytes, Handshake], ...]:
    """What a server of each kind said first, and how the handshake went."""
    root, issuing, _alice = _material()
    found = []
    for number, context in enumerate(_contexts()):
        server = ServerEnd(
            authority.server(issuing, key="rsa-2048"),
            roots=(root.certificate, issuing.certificate),
            request=True,
            alpn=(b"h2",),
            configure=_with_key_transport if number == 0 else None,
        )
        client = TLSConnection(context, "localhost")
        client.handshake()
        first = server.step(client.outgoing())
        client.receive(first)
        shake_hands(client, server)
        found.append((bytes([number]) + first, client.handshake_facts()))
    return tuple(found)


def _flights() -> Sequence[bytes]:
    alerts = [b"\0\x15\3\3\0\2" + bytes([level, code]) for level in (1, 2) for code in (0, 42, 48, 70, 116, 255)]
    return [
        *(first for first, _facts in _shaken()),
        *alerts,
        b"\1HTTP/1.1 400 Bad Request\r\n\r\n<html>",
        b"\2SSH-2.0-x\r\n",
    ]


def _handshake(data: bytes) -> None:
    context = _contexts()[data[0] % 3 if data else 0]
    client = TLSConnection(context, "localhost")
    client.handshake()
    client.outgoing()
    failure: TLSError | None = None
    try:
        for piece in (data[1:100], data[100:], b""):
            client.receive(piece)
            if not client.complete:
                client.handshake()
            client.outgoing()
    except TLSError as error:
        failure = error
    handshake = client.handshake_facts()
    _tell(handshake, failure)
    if failure is not None:
        raise failure


def _tell(handshake: Handshake, failure: TLSError | None) -> None:
    for message in handshake.messages:
        fields(message, handshake.version)
    handshake_document(handshake)
    doctor.summary(handshake, ClientAuthentication.SENT)
    for certificate in handshake.peer.presented[:3]:
        _facts(certificate)
    for trouble in (Trouble.VERIFICATION, Trouble.ALERT, Trouble.TLS, Trouble.EOF):
        doctor.diagnose(
            doctor.Evidence(
                trouble,
                Phase.TLS,
                host="localhost",
                message=str(failure),
                handshake=handshake,
                identity_chain=_material()[2].chain,
                anchors=(_material()[0].certificate,),
                now=datetime.now(UTC),
            )
        )


def _messages() -> Sequence[bytes]:
    found = [
        bytes([number == 0, message.direction == SENT]) + message.body
        for number, (_first, handshake) in enumerate(_shaken()[:2])
        for message in handshake.messages
    ]
    status = b"\1\0\0\0\7" + b"\1\0\0\3abc"
    return [*found, b"\1\0\x16\0\0\7" + status[4:], b"\0\0\x18\0\0\1\1", b"\1\0\x0c\0\0\x0b\0\1\3\0\1\2\0\1\1\4\1"]


def _message(data: bytes) -> None:
    version = "TLSv1.2" if data[:1] == b"\1" else "TLSv1.3"
    body, sent = data[2:], data[1:2] == b"\1"
    recorder = Recorder(identity=None, pin=None, stop_on_errors=True)
    recorder.version = version
    for kind in (20, 21, 22):
        recorder.on_message(kind, sent, body)
    for message in (*recorder.messages, Message(0, RECEIVED, "ServerHello", len(body), body)):
        for each in ("", "TLSv1", version):
            fields(message, each)
    for certificate in recorder.presented[:3]:
        _facts(certificate)


TARGETS = {
    "identity-files": Target(
        _files,
        _file,
        tokens=(
            *_DER,
            *(
                b"-----BEGIN CERTIFICATE-----\n",
                b"-----END CERTIFICATE-----\n",
                b"-----BEGIN PRIVATE KEY-----\n",
                b"\\n",
            ),
            *(b"Proc-Type: 4,ENCRYPTED\n", b"DEK-Info: DES-CBC,0011223344556677\n\n", b"\xfe\xed\xfe\xed", b"\0\0\0\3"),
        ),
    ),
    "pkcs12-bags": Target(_bags, _bag, tokens=_DER),
    "certificates": Target(_certificates, _certificate, tokens=_DER),
    "certificates-tbs": Target(_tbs, _certificate_of, tokens=_DER),
    "handshakes": Target(
        _flights, _handshake, errors=(WorkbenchError, TLSError), tokens=(*_DER, b"\x16\3\3", b"\x15\3\3\0\2\2")
    ),
    "handshake-messages": Target(_messages, _message, tokens=(*_DER, b"\0\0", b"\0\x2f", b"\0\0\0", b"\xff\xff")),
}
