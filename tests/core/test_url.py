"""What a URL says about where it leads."""

import pytest

from workbench.core.url import is_loopback, parse


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.1.2.3", "[::1]", "[0:0::1]", "[::ffff:127.0.0.1]"],
)
def test_this_computer(host: str) -> None:
    assert is_loopback(parse(f"http://{host}:8080/").host)


@pytest.mark.parametrize(
    "host",
    ["localhost.test", "notlocalhost", "128.0.0.1", "[::2]", "10.0.0.1", "127.example", "0.0.0.0"],  # noqa: S104
)
def test_other_computers(host: str) -> None:
    assert not is_loopback(parse(f"http://{host}:8080/").host)
