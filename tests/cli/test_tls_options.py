from argparse import ArgumentParser, Namespace
from base64 import b64encode

import pytest

from workbench.cli.tls_options import add_tls_options, connect_to, listed, policy, positionals, thumbprint
from workbench.core.errors import InvalidInput
from workbench.core.tls.policy import TLSPolicy, Version

PIN = "00112233445566778899aabbccddeeff" * 2


def parse(*words: str) -> Namespace:
    parser = ArgumentParser(allow_abbrev=False)
    parser.add_argument("target", nargs="*")
    add_tls_options(parser)
    return parser.parse_intermixed_args(words)


def test_nothing_given_is_the_default_policy() -> None:
    assert policy(parse("https://x")) == TLSPolicy()


def test_everything_given() -> None:
    args = parse(
        *("--tls-min", "1.0", "--tls-max", "1.2", "--ciphers", "AES128-SHA", "--suites", "TLS_AES_128_GCM_SHA256"),
        *("--groups", "x25519:secp256r1", "--sni", "other.example", "--insecure", "--pin", PIN.upper(), "--no-reuse"),
    )
    assert policy(args) == TLSPolicy(
        minimum=Version.TLS1_0,
        maximum=Version.TLS1_2,
        ciphers="AES128-SHA",
        suites="TLS_AES_128_GCM_SHA256",
        groups="x25519:secp256r1",
        sni="other.example",
        verify=False,
        pin=PIN,
        resume=False,
    )


def test_no_sni_at_all() -> None:
    assert policy(parse("--sni", "none")).sni == ""


def test_an_old_maximum_lowers_the_minimum() -> None:
    assert policy(parse("--tls-max", "1.1")).minimum is Version.TLS1_1


def test_no_version_left() -> None:
    with pytest.raises(InvalidInput, match=r"TLSv1\.3 is above --tls-max TLSv1\.2"):
        policy(parse("--tls-min", "1.3", "--tls-max", "1.2"))


@pytest.mark.parametrize("option", [("--tls-min", "1.4"), ("--pin", "abc"), ("--pin", "sha256//*"), ("--pin", "")])
def test_unusable_values(option: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(*option)
    assert option[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        PIN,
        PIN.upper(),
        ":".join(PIN[place : place + 2] for place in range(0, 64, 2)),
        f"sha256:{PIN}",
        f"sha256//{b64encode(bytes.fromhex(PIN)).decode()}",
    ],
)
def test_thumbprints_as_people_have_them(text: str) -> None:
    assert thumbprint(text) == PIN


def test_lists_are_repeatable_and_take_several() -> None:
    args = parse("--trust", "a", "b", "--cacert", "x.pem", "--trust", "c", "a")
    assert listed(args, "trust") == ("a", "b", "c")
    assert listed(args, "cacert") == ("x.pem",)


@pytest.mark.parametrize(
    ("words", "target", "trust", "files"),
    [
        (("https://x", "--trust", "lab"), ["https://x"], ("lab",), ()),
        (("--trust", "lab", "https://x"), ["https://x"], ("lab",), ()),
        (("--trust", "lab", "POST", "https://x"), ["POST", "https://x"], ("lab",), ()),
        (("POST", "--trust", "lab", "https://x"), ["POST", "https://x"], ("lab",), ()),
        (("--trust", "lab", "example.com"), ["example.com"], ("lab",), ()),
        (("--trust", "lab", "POST", "example.com"), ["POST", "example.com"], ("lab",), ()),
        (("--trust", "lab", "example.com", "--insecure"), ["example.com"], ("lab",), ()),
        (("--cacert", "a.pem", "b.pem", "https://x", "--trust", "c"), ["https://x"], ("c",), ("a.pem", "b.pem")),
        (("example.com", "--trust", "lab", "corporate"), ["example.com"], ("lab", "corporate"), ()),
        (("POST", "--insecure", "https://x"), ["POST", "https://x"], (), ()),
        (("--trust", "lab"), [], ("lab",), ()),
    ],
)
def test_lists_give_back_what_was_meant_for_the_request(
    words: tuple[str, ...], target: list[str], trust: tuple[str, ...], files: tuple[str, ...]
) -> None:
    args = parse(*words)
    assert positionals(args) == target
    assert listed(args, "trust") == trust
    assert listed(args, "cacert") == files


def test_connect_to_is_checked() -> None:
    assert connect_to(parse("--connect-to", "127.0.0.1:8443")) == "127.0.0.1:8443"
    assert connect_to(parse()) is None
    with pytest.raises(InvalidInput):
        connect_to(parse("--connect-to", "127.0.0.1"))
