"""HAProxy: verifies in the handshake, or lets every certificate in and judges it over HTTP.

The second is how HAProxy shows a page of its own to clients whose certificate is bad
(``ca-ignore-err`` and ``crt-ignore-err``): TLS succeeds, the answer is 403.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers.material import Material
from tests.support.servers.process import Server, listening, need

_VARIABLES = {
    "version": "ssl_fc_protocol",
    "cipher": "ssl_fc_cipher",
    "sni": "ssl_fc_sni",
    "alpn": "ssl_fc_alpn",
    "resumed": "ssl_fc_is_resumed",
    "method": "method",
    "verify": "ssl_c_verify",
    "subject": "ssl_c_s_dn(,0,rfc2253)",
    "serial": "ssl_c_serial,hex",
    "sha1": "ssl_c_sha1,hex",
}
_SAW = "{" + ",".join(f'\\"{key}\\":\\"%[{expression}]\\"' for key, expression in _VARIABLES.items()) + "}"


@contextmanager
def haproxy(material: Material, folder: Path, *, judge: str = "tls") -> Iterator[Server]:
    """``judge`` is who refuses bad certificates: ``tls`` by alert, ``http`` by status 403."""
    program = need("haproxy")
    folder.mkdir(parents=True, exist_ok=True)

    def command(port: int) -> list[str]:
        config = folder / "haproxy.cfg"
        config.write_text(_config(material, port, judge))
        return [program, "-db", "-f", str(config)]

    with listening("haproxy", folder, command) as server:
        yield server


def _config(material: Material, port: int, judge: str) -> str:
    files = f"crt {material.combined_file('server')} ca-file {material.root_file}"
    verify = {"tls": "verify required", "http": "verify optional ca-ignore-err all crt-ignore-err all"}[judge]
    refuse = "http-request deny deny_status 403 unless { ssl_c_used 1 } { ssl_c_verify 0 }" if judge == "http" else ""
    return f"""
global
    log stdout format raw local0
defaults
    mode http
    log global
    option httplog
    timeout client 30s
    timeout connect 5s
    timeout server 30s
frontend mutual
    bind 127.0.0.1:{port} ssl {files} {verify} alpn h2,http/1.1
    {refuse}
    http-request return status 200 content-type application/json lf-string "{_SAW}"
"""
