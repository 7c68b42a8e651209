"""Files as OpenSSL and keytool write them, in every form and with every cipher they have."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import authority
from workbench.core.errors import IdentityError, IdentityUnreadable, PasswordNeeded, TrustError, WrongPassword
from workbench.core.formats import ImportedIdentity, load_source, read_bundle, read_identity
from workbench.lab.authority import Credential

PASSWORD = "secret"
LEGACY = ("-provider", "legacy", "-provider", "default")

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
needs_keytool = pytest.mark.skipif(shutil.which("keytool") is None, reason="needs a JDK")


@pytest.fixture(scope="module")
def alice() -> Credential:
    return authority.client(authority.intermediate(authority.root()), "alice", key="rsa-2048")


@pytest.fixture
def folder(tmp_path: Path, alice: Credential) -> Path:
    (tmp_path / "key.pem").write_bytes(authority.key_pem(alice.key))
    (tmp_path / "chain.pem").write_bytes(authority.chain_pem(alice))
    return tmp_path


def openssl(folder: Path, *arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, timeout=60, check=False)
    if done.returncode:
        pytest.skip(f"this openssl does not: {done.stderr.decode(errors='replace')[-200:]}")


def read(folder: Path, *names: str, password: str | None = PASSWORD) -> ImportedIdentity:
    return read_identity([load_source(folder / name) for name in names], password)


def check_password(folder: Path, alice: Credential, *names: str) -> None:
    """The right one opens, none and a wrong one have their own errors."""
    imported = read(folder, *names)
    assert imported.identity.certificate == alice.certificate
    assert imported.was_encrypted
    with pytest.raises(PasswordNeeded):
        read(folder, *names, password=None)
    with pytest.raises(WrongPassword):
        read(folder, *names, password="wrong")


@needs_openssl
@pytest.mark.parametrize(
    "cipher",
    ["des", "des3", "aes128", "aes192", "aes256", "camellia128", "camellia192", "camellia256", "seed"],
)
def test_traditional_encryption(folder: Path, alice: Credential, cipher: str) -> None:
    openssl(
        folder, "rsa", *LEGACY, "-traditional", f"-{cipher}", "-passout", "pass:secret", "-in", "key.pem", "-out", "out"
    )
    assert b"DEK-Info" in (folder / "out").read_bytes()
    check_password(folder, alice, "out", "chain.pem")


@needs_openssl
@pytest.mark.parametrize(
    "scheme",
    [
        "MD5-DES",
        "MD5-RC2-64",
        "SHA1-DES",
        "SHA1-RC2-64",
        "SHA1-2DES",
        "SHA1-3DES",
        "SHA1-RC2-40",
        "SHA1-RC2-128",
        "SHA1-RC4-128",
    ],
)
@pytest.mark.parametrize("form", ["PEM", "DER"])
def test_pkcs8_by_old_schemes(folder: Path, alice: Credential, scheme: str, form: str) -> None:
    openssl(
        folder, "pkcs8", *LEGACY, "-topk8", "-v1", f"PBE-{scheme}", "-passout", "pass:secret",
        "-in", "key.pem", "-outform", form, "-out", "out",
    )  # fmt: skip
    check_password(folder, alice, "out", "chain.pem")


@needs_openssl
@pytest.mark.parametrize(
    "options",
    [
        ("-v2", "aes-256-cbc"),
        ("-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1"),
        ("-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA512"),
        ("-v2", "des3"),
        ("-v2", "rc2-cbc"),
        ("-v2", "camellia-256-cbc"),
        ("-v2", "aria-128-cbc"),
        ("-v2", "seed-cbc"),
        ("-scrypt",),
    ],
    ids=" ".join,
)
def test_pkcs8_by_pbes2(folder: Path, alice: Credential, options: tuple[str, ...]) -> None:
    openssl(folder, "pkcs8", *LEGACY, "-topk8", *options, "-passout", "pass:secret", "-in", "key.pem", "-out", "out")
    check_password(folder, alice, "out", "chain.pem")


@needs_openssl
def test_a_cipher_that_nobody_has(folder: Path) -> None:
    openssl(
        folder, "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", "pass:secret",
        "-in", "key.pem", "-outform", "DER", "-out", "out",
    )  # fmt: skip
    aes, unknown = bytes.fromhex("060960864801650304012a"), bytes.fromhex("060960864801650304017f")
    encrypted = (folder / "out").read_bytes()
    assert aes in encrypted
    (folder / "out").write_bytes(encrypted.replace(aes, unknown))
    with pytest.raises(IdentityUnreadable, match="uses an encryption") as caught:
        read(folder, "out", "chain.pem")
    assert "openssl pkcs8" in caught.value.hint


@needs_openssl
@pytest.mark.parametrize(
    "scheme", ["PBE-SHA1-RC2-40", "PBE-SHA1-3DES", "PBE-SHA1-2DES", "PBE-SHA1-RC2-128", "AES-256-CBC"]
)
def test_pkcs12(folder: Path, alice: Credential, scheme: str) -> None:
    openssl(
        folder, "pkcs12", "-export", "-legacy", "-keypbe", scheme, "-certpbe", scheme, "-passout", "pass:secret",
        "-inkey", "key.pem", "-in", "chain.pem", "-out", "out.p12",
    )  # fmt: skip
    check_password(folder, alice, "out.p12")
    assert read(folder, "out.p12").identity.chain == alice.chain


@needs_openssl
@pytest.mark.parametrize("options", [(), ("-nomac", "-keypbe", "NONE", "-certpbe", "NONE")], ids=["empty", "none"])
def test_pkcs12_without_password(folder: Path, alice: Credential, options: tuple[str, ...]) -> None:
    openssl(
        folder, "pkcs12", "-export", *options, "-passout", "pass:", "-inkey", "key.pem", "-in", "chain.pem",
        "-out", "out.p12",
    )  # fmt: skip
    for password in (None, "", "needless"):
        imported = read(folder, "out.p12", password=password)
        assert imported.identity.chain == alice.chain
        assert not imported.was_encrypted


@needs_openssl
def test_elliptic_curve_key_with_its_parameters(folder: Path) -> None:
    """What ``openssl ecparam -genkey`` writes: two blocks, of which the first is no key."""
    openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-out", "ec.pem")
    openssl(folder, "req", "-x509", "-key", "ec.pem", "-subj", "/CN=curve", "-out", "ec.crt")
    assert b"EC PARAMETERS" in (folder / "ec.pem").read_bytes()
    assert read(folder, "ec.pem", "ec.crt", password=None).identity.name == "curve"


@needs_openssl
def test_explicit_curve_parameters_are_refused_in_words(folder: Path) -> None:
    openssl(folder, "ecparam", "-name", "secp256k1", "-genkey", "-param_enc", "explicit", "-noout", "-out", "ec.pem")
    with pytest.raises(IdentityError) as caught:
        read(folder, "ec.pem", "chain.pem", password=None)
    assert "cannot be read" in caught.value.title


@needs_openssl
def test_trusted_certificate_and_pkcs7(folder: Path, alice: Credential) -> None:
    openssl(folder, "x509", "-in", "chain.pem", "-trustout", "-addtrust", "clientAuth", "-out", "trusted.pem")
    assert read_bundle(load_source(folder / "trusted.pem")) == (alice.certificate,)
    for form in ("PEM", "DER"):
        openssl(folder, "crl2pkcs7", "-nocrl", "-certfile", "chain.pem", "-outform", form, "-out", "out.p7b")
        assert set(read_bundle(load_source(folder / "out.p7b"))) == set(alice.chain)
        assert read(folder, "out.p7b", "key.pem").identity.chain == alice.chain


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
def test_openssh_keys(folder: Path, alice: Credential) -> None:
    for password, expected in (("", None), ("secret", "OpenSSH")):
        shutil.copy(folder / "key.pem", folder / "ssh")
        (folder / "ssh").chmod(0o600)
        command = ["ssh-keygen", "-p", "-q", "-f", "ssh", "-P", "", "-N", password]
        subprocess.run(command, cwd=folder, capture_output=True, timeout=30, check=True)
        assert b"OPENSSH" in (folder / "ssh").read_bytes()
        if expected is None:
            assert read(folder, "ssh", "chain.pem").identity.certificate == alice.certificate
        else:
            with pytest.raises(IdentityUnreadable, match=expected) as caught:
                read(folder, "ssh", "chain.pem")
            assert "ssh-keygen" in caught.value.hint


@needs_keytool
@pytest.mark.endtoend
@pytest.mark.parametrize("form", ["JKS", "JCEKS", "PKCS12"])
def test_java_keystore(tmp_path: Path, alice: Credential, form: str) -> None:
    root = authority.root("Other Root")
    (tmp_path / "in.p12").write_bytes(authority.pkcs12_file(alice, "secret", friendly_name="alice"))
    (tmp_path / "root.pem").write_text(root.certificate.pem)
    store = ("-storepass", "secret", "-storetype", form, "-noprompt")
    for arguments in (
        ("-importkeystore", "-srckeystore", "in.p12", "-srcstorepass", "secret", "-destkeystore", "out",
         "-deststorepass", "secret", "-deststoretype", form, "-noprompt"),
        ("-importcert", "-keystore", "out", "-alias", "root", "-file", "root.pem", *store),
        ("-importcert", "-keystore", "trust", "-alias", "root", "-file", "root.pem", *store),
    ):  # fmt: skip
        subprocess.run(["keytool", *arguments], cwd=tmp_path, capture_output=True, timeout=60, check=True)
    imported = read(tmp_path, "out")
    assert imported.identity.chain == alice.chain
    assert imported.identity.name == "alice"
    assert imported.leftovers == (root.certificate,)
    check_password(tmp_path, alice, "out")
    assert read_bundle(load_source(tmp_path / "trust"), "secret") == (root.certificate,)
    with pytest.raises(WrongPassword):
        read_bundle(load_source(tmp_path / "trust"), "wrong")
    whole = (tmp_path / "out").read_bytes()
    for size in range(4, len(whole), 401):
        (tmp_path / "cut").write_bytes(whole[:size])
        with pytest.raises((IdentityError, TrustError)):
            read(tmp_path, "cut", password=None)


def keytool(folder: Path, *arguments: str) -> None:
    subprocess.run(["keytool", *arguments], cwd=folder, capture_output=True, timeout=60, check=True)


def java_keystore(folder: Path, identity: Credential, form: str, key_password: str) -> None:
    """``out``: a keystore under ``secret`` whose key has ``key_password``."""
    (folder / "in.p12").write_bytes(authority.pkcs12_file(identity, "secret", friendly_name="alice"))
    keytool(
        folder,
        *("-importkeystore", "-srckeystore", "in.p12", "-srcstorepass", "secret", "-srcalias", "alice"),
        *("-destkeystore", "out", "-deststorepass", "secret", "-destkeypass", key_password),
        *("-deststoretype", form, "-noprompt"),
    )


@needs_keytool
@pytest.mark.endtoend
@pytest.mark.parametrize("form", ["JKS", "JCEKS"])
def test_a_java_key_with_a_password_of_its_own(tmp_path: Path, alice: Credential, form: str) -> None:
    java_keystore(tmp_path, alice, form, "another")
    assert read(tmp_path, "out", password="another").identity.chain == alice.chain
    with pytest.raises(WrongPassword, match="has a password of its own"):
        read(tmp_path, "out", password="secret")
    with pytest.raises(WrongPassword, match="does not open “out”"):
        read(tmp_path, "out", password="wrong")
    with pytest.raises(PasswordNeeded):
        read(tmp_path, "out", password=None)
    assert read_bundle(load_source(tmp_path / "out"), "secret") == alice.chain


@needs_keytool
@pytest.mark.endtoend
def test_secret_keys_among_the_entries_of_a_jceks_keystore(tmp_path: Path, alice: Credential) -> None:
    store = ("-keystore", "out", "-storetype", "JCEKS", "-storepass", "secret", "-keypass", "secret")
    for alias in ("first", "second"):
        keytool(tmp_path, "-genseckey", "-alias", alias, "-keyalg", "AES", "-keysize", "128", *store)
    java_keystore(tmp_path, alice, "JCEKS", "secret")
    keytool(tmp_path, "-genseckey", "-alias", "third", "-keyalg", "AES", "-keysize", "256", *store)
    imported = read(tmp_path, "out", password="secret")
    assert imported.identity.chain == alice.chain
