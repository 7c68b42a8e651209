"""``self-test``: whether this installation works, tried on itself. Nothing is stored."""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from workbench.cli.command import CHECK_FAILED, DONE, Command
from workbench.cli.output import BAD, GOOD, WARN, Output
from workbench.core.errors import KeyringUnavailable, WorkbenchError
from workbench.core.i18n import _

_PAINTING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Check:
    """One thing tried. ``ok`` None means: worth knowing, but no failure."""

    name: str
    ok: bool | None
    detail: str


def _run(args: Namespace) -> int:
    from workbench.cli.versions import versions

    output = Output.of(args)
    known = dict(versions())
    checks = []
    for name, check in CHECKS:
        result = _try(name, check)
        checks.append(result)
        _say(output, result)
    failed = [check for check in checks if check.ok is False]
    if output.json:
        output.document(
            {
                "versions": known,
                "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks],
                "ok": not failed,
            }
        )
    return CHECK_FAILED if failed else DONE


def _try(name: str, check: Callable[[], str]) -> Check:
    """Whatever goes wrong inside a check is its result: that is what the test is for."""
    try:
        return Check(name, True, check())
    except KeyringUnavailable as error:
        return Check(name, None, str(error))
    except WorkbenchError as error:
        return Check(name, False, str(error))
    except Exception as error:  # noqa: BLE001
        return Check(name, False, f"{type(error).__name__}: {error}")


def _say(output: Output, check: Check) -> None:
    words, style = {
        True: (_("ok"), GOOD),
        False: (_("FAILED"), BAD),
        None: (_("not installed"), WARN),
    }[check.ok]
    first, *rest = check.detail.splitlines() or [""]
    say = output.always if check.ok is False else output.say
    say(f"{words:<9}{check.name}: {first}", style)
    for line in rest:
        say(f"           {line}")


def _resources() -> str:
    from workbench.core import resources
    from workbench.core.explain import explain

    if explain("certificate has expired").code != "server-expired":
        raise FileNotFoundError(_("no phrases in {folder}").format(folder=resources.folder()))
    icons = sorted((resources.folder() / "icons").glob("*.svg"))
    empty = [icon.name for icon in icons if b"<svg" not in icon.read_bytes()]
    if empty or not icons:
        raise FileNotFoundError(_("no icons in {folder} {names}").format(folder=resources.folder(), names=empty))
    return _("{count} icons in {folder}").format(count=len(icons), folder=resources.folder())


def _openssl() -> str:
    from workbench.cli.versions import openssl_version

    return openssl_version()


def _keyring() -> str:
    from workbench.core.storage import Keyring

    return Keyring().describe()


def _mutual_exchange() -> str:
    from workbench.cli.running_lab import mutual_exchange
    from workbench.core.doctor import summary
    from workbench.core.exchange import ClientAuthentication
    from workbench.lab import Lab

    with Lab.start() as lab:
        exchange = mutual_exchange(lab)
    if exchange.failure is not None:
        raise RuntimeError(f"{exchange.failure.title} {exchange.failure.detail}")
    response, handshake = exchange.response, exchange.handshake
    if response is None or handshake is None or response.status != 200:
        raise RuntimeError(_("the lab answered {response}").format(response=response))
    sentence = summary(handshake, exchange.client_authentication)
    if not (handshake.peer.trusted and exchange.client_authentication is ClientAuthentication.PROVED):
        raise RuntimeError(sentence)
    return f"{response.http_version} {response.status}, {handshake.cipher}, {sentence}"


def _pkcs12_import() -> str:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
    from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

    from workbench.core.formats import Source, read_identity
    from workbench.lab.authority import CLIENT_AUTH, new_authority, new_leaf

    credential = new_leaf("self-test", new_authority("Self-test CA"), CLIENT_AUTH)
    identity = credential.identity("self-test")
    if not isinstance(identity.key, EllipticCurvePrivateKey):
        raise TypeError(type(identity.key).__name__)
    data = serialize_key_and_certificates(
        b"self-test", identity.key, identity.certificate.x509, None, BestAvailableEncryption(b"correct horse")
    )
    imported = read_identity([Source("self-test.p12", data)], "correct horse")
    if imported.identity.certificate != identity.certificate:
        raise RuntimeError(_("the certificate read back is not the one written"))
    return f"{imported.format}, {imported.identity.certificate.key}"


def _window() -> str:
    """In a process of its own, since this one never loads Qt, and with a folder of its own."""
    how = ["--painted"] if getattr(sys, "frozen", False) else ["-m", "workbench.ui.painted"]  # packaging/entry.py
    with TemporaryDirectory(prefix="mtls-workbench-") as home:
        painted = subprocess.run(  # noqa: S603
            [sys.executable, *how],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "MTLS_WORKBENCH_HOME": home},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PAINTING_SECONDS,
            check=False,
        )
    if painted.returncode != 0:
        lines = painted.stderr.strip().splitlines() or [_("exit status {n}").format(n=painted.returncode)]
        raise RuntimeError("\n".join(lines[-3:]))
    return painted.stdout.strip() or _("painted offscreen")


CHECKS: tuple[tuple[str, Callable[[], str]], ...] = (
    (_("resources"), _resources),
    ("OpenSSL", _openssl),
    (_("keyring"), _keyring),
    (_("mutual exchange with the lab"), _mutual_exchange),
    (_("PKCS#12 import"), _pkcs12_import),
    (_("window"), _window),
)


def _configure(_parser: ArgumentParser) -> None:
    return


SELF_TEST = Command(
    run=_run,
    configure=_configure,
    description=_(
        "Checks resources, OpenSSL, the keyring, a request to the lab over mutual TLS, a "
        "PKCS#12 file, and a\n"
        "window painted offscreen. A missing keyring is reported but is no failure: passwords "
        "can be asked for."
    ),
    examples=("self-test", "self-test --json"),
)
