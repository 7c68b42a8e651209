"""The same surroundings for every test, on every machine: environment variables and the program's own folder."""

import os

import pytest

# What a person's shell may hold and what would change results.
_REMOVED = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"),
    *("LANGUAGE", "LC_MESSAGES", "COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "PYTHONASYNCIODEBUG"),
    *("QT_LOGGING_RULES", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "XDG_CURRENT_DESKTOP"),
)


def pytest_configure() -> None:
    """Before any module of the program is imported: some read the environment once."""
    for name in tuple(os.environ):
        if name.upper() in _REMOVED:
            del os.environ[name]
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # no test unlocks or fills the keyring of who runs it
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("MTLS_WORKBENCH_HOME", str(folder / "workbench"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):  # Qt's; the cache is Go's too, and precious
        monkeypatch.setenv(name, str(folder / name.lower()))
