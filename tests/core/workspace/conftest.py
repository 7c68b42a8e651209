"""Workspaces on a home of their own, a keyring in memory, and the lab to send to."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.core.conftest import TIMEOUTS, Stock
from tests.support.keyring import MemoryKeyring
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.storage import Home
from workbench.core.workspace import Workspace

FALLBACK = Request(trust=("lab",), timeouts=TIMEOUTS, proxy="", max_redirects=5)


@dataclass
class Computer:
    """A person's computer: what they open on it is closed with it."""

    stock: Stock
    folder: Path
    keyring: MemoryKeyring = field(default_factory=MemoryKeyring)
    home: Home = field(default_factory=Home.default)
    opened: list[Workspace] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.stock.lab.urls["optional"]

    def open(self, **more: Any) -> Workspace:
        workspace = Workspace.open(self.home, Session(self.stock.identities, self.stock.trust), self.keyring, **more)
        self.opened.append(workspace)
        return workspace

    def collection(self, workspace: Workspace, name: str = "Payments") -> Collection:
        return workspace.collections.create(self.folder / name, name)

    def run(self, plan: Callable[[Workspace], Awaitable[Any]], workspace: Workspace | None = None) -> Any:
        async def whole() -> Any:
            there = workspace or self.open()
            try:
                return await asyncio.wait_for(plan(there), 20)
            finally:
                await there._sender.session.aclose()

        return asyncio.run(whole())

    def send(self, workspace: Workspace, draft: Draft, location: DraftLocation | None = None, **more: Any) -> Any:
        return self.run(lambda there: there.send(draft, location, fallback=FALLBACK, **more), workspace)


@pytest.fixture
def computer(stock: Stock, tmp_path: Path) -> Iterator[Computer]:
    computer = Computer(stock, tmp_path)
    yield computer
    for workspace in computer.opened:
        workspace.close()
