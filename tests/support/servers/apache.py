"""Apache httpd: the whole server asks for a certificate, or only ``/private/`` does.

Per location, Apache has read the request before it knows that it wants a certificate: with TLS 1.3 it then
asks by post-handshake authentication (RFC 8446 4.6.2), with TLS 1.2 by renegotiation (RFC 5746).
``/`` is a page of server-side includes that says in JSON whom and what the server saw.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers.material import Material
from tests.support.servers.process import Server, listening, need

_MODULES = Path("/usr/lib/apache2/modules")

_VARIABLES = {
    "version": "SSL_PROTOCOL",
    "cipher": "SSL_CIPHER",
    "sni": "SSL_TLS_SNI",
    "resumed": "SSL_SESSION_RESUMED",
    "http": "SERVER_PROTOCOL",
    "method": "REQUEST_METHOD",
    "verify": "SSL_CLIENT_VERIFY",
    "subject": "SSL_CLIENT_S_DN",
    "serial": "SSL_CLIENT_M_SERIAL",
}
_SAW = (
    "{"
    + ",".join(f'"{key}":"<!--#echo encoding="none" var="{variable}" -->"' for key, variable in _VARIABLES.items())
    + "}"
)


@contextmanager
def apache(
    material: Material, folder: Path, *, client: str = "require", private: str = "require", http2: bool = False
) -> Iterator[Server]:
    """``client`` and ``private`` are values of SSLVerifyClient: for the whole server and for ``/private/``."""
    program = need("apache2")
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder / "pages", folder / "pages" / "private"):
        path.mkdir(exist_ok=True)
        (path / "index.shtml").write_text(_SAW)

    def command(port: int) -> list[str]:
        config = folder / "httpd.conf"
        config.write_text(_config(material, folder, port, client, private, http2))
        return [program, "-D", "FOREGROUND", "-d", str(folder), "-f", str(config)]

    with listening("apache", folder, command) as server:
        yield server


def _config(material: Material, folder: Path, port: int, client: str, private: str, http2: bool) -> str:
    names = {
        "mpm_event": "mpm_event",
        "authz_core": "authz_core",
        "dir": "dir",
        "mime": "mime",
        "filter": "filter",
        "include": "include",
        "socache_shmcb": "socache_shmcb",
        "ssl": "ssl",
    } | ({"http2": "http2"} if http2 else {})
    modules = "\n".join(f"LoadModule {name}_module {_MODULES}/mod_{file}.so" for name, file in names.items())
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    return f"""
{modules}
{user}
ServerName localhost
Listen 127.0.0.1:{port}
DefaultRuntimeDir {folder}
PidFile {folder}/httpd.pid
ErrorLog /dev/stderr
LogLevel info ssl:info
StartServers 1
ServerLimit 2
ThreadsPerChild 8
MaxRequestWorkers 16
KeepAliveTimeout 30
SSLEngine on
SSLCertificateFile {material.chain_file("server")}
SSLCertificateKeyFile {material.key_file("server")}
SSLProtocol -all +TLSv1.2 +TLSv1.3
SSLSessionCache shmcb:{folder}/sessions(512000)
SSLCACertificateFile {material.root_file}
SSLVerifyClient {client}
SSLVerifyDepth 3
{"Protocols h2 http/1.1" if http2 else ""}
DocumentRoot {folder}/pages
DirectoryIndex index.shtml
TypesConfig /dev/null
<Directory {folder}/pages>
    Options +Includes
    AddType application/json .shtml
    AddOutputFilter INCLUDES .shtml
    SSLOptions +StdEnvVars
    Require all granted
</Directory>
<Location /private/>
    SSLVerifyClient {private}
    SSLVerifyDepth 3
</Location>
"""
