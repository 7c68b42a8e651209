"""A warning in the log that no test expects is a failure.

A test that expects some says so, and then each must come: ``@pytest.mark.logs(r"regular expression", …)``.
"""

import logging
import re
from collections.abc import Generator

import pytest


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


_warnings = _Warnings()


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", "logs(*patterns): the log warnings that this test causes")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Listen again for each test: a test of the logging set-up may have cleared the handlers."""
    logging.getLogger().addHandler(_warnings)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """After everything else of the test is torn down."""
    yield
    lines = _warnings.lines.copy()
    _warnings.lines.clear()
    expected = [re.compile(pattern) for mark in item.iter_markers("logs") for pattern in mark.args]
    if unexpected := [line for line in lines if not any(pattern.search(line) for pattern in expected)]:
        pytest.fail("Unexpected in the log:\n" + "\n".join(unexpected), pytrace=False)
    if missing := [pattern.pattern for pattern in expected if not any(pattern.search(line) for line in lines)]:
        pytest.fail("Expected in the log, but it did not come:\n" + "\n".join(missing), pytrace=False)
