"""What ``openssl s_client`` says of a server: the other opinion that ours is compared with."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.support.servers.material import Material
from tests.support.servers.process import Server, need
from tests.support.servers.saw import iana_group

_KEY_TYPES = {"ECDSA": "ecdsa", "RSA-PSS": "rsa_pss_rsae", "RSA": "rsa_pkcs1", "DSA": "dsa"}
_CURVES = {"sha256": "secp256r1_", "sha384": "secp384r1_", "sha512": "secp521r1_"}  # RFC 8446 4.2.3 names them
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Opinion:
    """``presented`` are PEM, signature algorithms and group IANA names; the rest as printed."""

    presented: tuple[str, ...]
    acceptable_authorities: tuple[str, ...]
    signature_algorithms: tuple[str, ...]
    signature_algorithm: str
    group: str


def ask(server: Server, issued: Material, client: str, version: str) -> Opinion:
    command = [need("openssl"), "s_client", "-connect", f"{server.host}:{server.port}", "-servername", "localhost"]
    command += ["-CAfile", str(issued.root_file), "-cert", str(issued.chain_file(client))]
    command += ["-cert_chain", str(issued.issuers_file(client)), "-key", str(issued.key_file(client))]
    command += ["-showcerts", "-nameopt", "RFC2253", version.lower().replace("tlsv", "-tls").replace(".", "_")]
    done = subprocess.run(command, input="Q\n", capture_output=True, text=True, timeout=20, check=False)
    return read(done.stdout)


def read(output: str) -> Opinion:
    chain = output.partition("Certificate chain")[2].partition("Server certificate")[0]
    names = re.search(r"Acceptable client certificate CA names\n((?:.+\n)*?)(?=[A-Z][\w ]+:|---)", output)
    signed_by = _find(r"^Peer signature type: (\S+)", output)
    digest = _find(r"^Peer signing digest: (\S+)", output)
    algorithms = _find(r"^Requested Signature Algorithms: (.+)$", output)
    return Opinion(
        presented=tuple(_PEM.findall(chain)),
        acceptable_authorities=tuple(names[1].splitlines()) if names else (),
        signature_algorithms=tuple(map(iana_signature_algorithm, algorithms.split(":"))) if algorithms else (),
        signature_algorithm=iana_signature_algorithm(f"{signed_by}+{digest}"),
        group=iana_group(_find(r"^Server Temp Key: (?:ECDH, )?([^,\s]+)", output)),
    )


def iana_signature_algorithm(name: str) -> str:
    """``ECDSA+SHA256`` and ``rsa_pss_pss_sha256``, as s_client mixes them, by their IANA names."""
    key, _, digest = name.partition("+")
    if not digest:
        return name
    digest = digest.lower()
    return f"{_KEY_TYPES[key]}_{_CURVES.get(digest, '') if key == 'ECDSA' else ''}{digest}"


def fingerprint(pem: str, digest: str, folder: Path) -> str:
    """``openssl x509 -fingerprint`` as lower-case hex."""
    file = folder / "one.pem"
    file.write_text(pem)
    command = [need("openssl"), "x509", "-in", str(file), "-noout", "-fingerprint", f"-{digest}"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return output.partition("=")[2].strip().replace(":", "").lower()


def _find(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1] if found else ""
