"""What Qt says while a test is torn down, and in which thread its objects end: as in the program, in the main one.

pytest-qt fails a test for any message during set-up and call (``qt_log_level_fail``) but stops listening before the
fixtures end, which is when threads, timers and models that were left behind speak up.
"""

import gc
import re
from collections.abc import Generator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from workbench.ui.garbage import collect

_messages: list[tuple[str, str]] = []


def _note(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    _messages.append((f"{kind.name} {context.category}", message or ""))


def pytest_configure() -> None:
    """Below pytest-qt, which puts its own handler on top of this one for set-up and call."""
    gc.disable()
    qInstallMessageHandler(_note)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """After everything else of the test is torn down."""
    yield
    collect()
    harmless = item.config.getini("qt_log_ignore")
    messages = [(kind, message) for kind, message in _messages if not any(re.search(one, message) for one in harmless)]
    _messages.clear()
    if messages:
        pytest.fail("Qt said while the test was torn down:\n" + "\n".join(map(": ".join, messages)), pytrace=False)


def pytest_unconfigure() -> None:
    """Give the terminal back to Qt."""
    qInstallMessageHandler(None)
