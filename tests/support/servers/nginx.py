"""nginx: three servers in one process, each of which says in JSON whom and what it saw.

A certificate that nginx refuses gets past the handshake: the refusal is HTTP 400 with a page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers.material import Material
from tests.support.servers.process import Server, listening, need

VERIFY = {"required": "on", "optional": "optional", "none": "off"}

# Names are nginx's: the group as OpenSSL names it, ciphers of TLS 1.2 as OpenSSL names them, DN per RFC 2253.
_SAW = (
    '{"version":"$ssl_protocol","cipher":"$ssl_cipher","group":"$ssl_curve","sni":"$ssl_server_name",'
    '"alpn":"$ssl_alpn_protocol","resumed":"$ssl_session_reused","http":"$server_protocol","method":"$request_method",'
    '"verify":"$ssl_client_verify","subject":"$ssl_client_s_dn","serial":"$ssl_client_serial",'
    '"sha1":"$ssl_client_fingerprint"}'
)


@contextmanager
def nginx(
    material: Material, folder: Path, *, client: str = "required", holder: str = "server", http2: bool = True
) -> Iterator[Server]:
    """One server that verifies clients as ``client`` says and proves itself as ``holder``.

    ``/redirect`` leads to the same origin, ``/elsewhere`` to another; ``/files/`` is the folder ``files``.
    """
    program = need("nginx")
    (folder / "files").mkdir(parents=True, exist_ok=True)

    def command(port: int) -> list[str]:
        config = folder / "nginx.conf"
        config.write_text(_config(material, folder, port, client, holder, http2))
        return [program, "-c", str(config), "-p", str(folder), "-e", "stderr"]

    with listening("nginx", folder, command) as server:
        yield server


def _config(material: Material, folder: Path, port: int, client: str, holder: str, http2: bool) -> str:
    temporary = "\n".join(
        f"    {kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr info;
events {{ }}
http {{
    access_log off;
    default_type application/json;
{temporary}
    server {{
        listen 127.0.0.1:{port} ssl {"http2" if http2 else ""};
        ssl_certificate {material.chain_file(holder)};
        ssl_certificate_key {material.key_file(holder)};
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_cache shared:tls:1m;
        ssl_client_certificate {material.root_file};
        ssl_verify_client {VERIFY[client]};
        ssl_verify_depth 3;
        location / {{ return 200 '{_SAW}'; }}
        location /redirect {{ return 302 /; }}
        location /elsewhere {{ return 307 https://127.0.0.1:{port}/; }}
        location /files/ {{ alias {folder}/files/; }}
        client_max_body_size 0;
    }}
}}
"""
