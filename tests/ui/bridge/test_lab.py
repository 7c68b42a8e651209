"""The lab of a window is one, however often it is started, and whole or off."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.keyring import MemoryKeyring
from workbench.core.errors import StorageError
from workbench.core.storage import TrustLibrary
from workbench.lab import Lab
from workbench.ui.bridge.services import Services


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Lab]:
    labs: list[Lab] = []
    start = Lab.start

    def note() -> Lab:
        labs.append(start())
        return labs[-1]

    monkeypatch.setattr(Lab, "start", note)
    return labs


def test_two_starts_at_once_start_one_lab(keyring: MemoryKeyring, started: list[Lab]) -> None:
    services = Services()
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda _time: services.lab.start(), range(2))
    assert len(started) == 1
    assert first == second
    assert dict(first.urls)["mutual"]
    assert not services.lab.stop().urls


def test_a_lab_that_cannot_be_installed_is_off_again(
    keyring: MemoryKeyring, started: list[Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise StorageError("full")

    services = Services()
    with monkeypatch.context() as patch:
        patch.setattr(TrustLibrary, "add", refuse)
        with pytest.raises(StorageError):
            services.lab.start()
    assert dict(services.lab.start().urls)["mutual"]
    assert len(started) == 2
    services.lab.stop()
