"""Large bodies, prepared in a process of their own."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from workbench.core.content.kinds import Kind
from workbench.core.content.preparing import Form, Order
from workbench.core.content.process import prepare_apart
from workbench.core.content.work import Stopped, Work


def test_a_file_is_laid_out_elsewhere_and_leaves_nothing_behind(tmp_path: Path) -> None:
    body = tmp_path / "body"
    body.write_bytes(b'[{"name": "gr\xc3\xbcn", "tags": [1, 2]}]')
    work = Work()
    lines, prepared = prepare_apart(body, Order(Form.PRETTY, Kind.JSON, "application/json"), work)
    assert lines.text(2) == '    "name": "grün",'
    assert lines.fold_end(1) == 7
    assert not prepared.error
    assert [path.name for path in tmp_path.iterdir()] == ["body"]


def test_bytes_in_memory_go_there_too() -> None:
    lines, prepared = prepare_apart(b"a\nb\nA", Order(Form.FILTERED, Kind.TEXT, "", "a"), Work())
    assert (lines.whole(), prepared.count) == ("a\nA", 2)


def test_an_error_comes_back_with_its_place() -> None:
    _lines, prepared = prepare_apart(b"{}", Order(Form.FILTERED, Kind.JSON, "", "$["), Work())
    assert prepared.place == 2


def test_it_can_be_stopped(tmp_path: Path) -> None:
    body = tmp_path / "body"
    with body.open("wb") as file:
        for _number in range(20):
            file.write(b'[{"a": [1, 2, 3]}],' * 100_000)
    work = Work()
    stopper = threading.Timer(0.3, work.stop)
    stopper.start()
    with pytest.raises(Stopped):
        prepare_apart(body, Order(Form.PRETTY, Kind.JSON), work)
    stopper.join()


def test_a_body_that_is_gone_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        prepare_apart(tmp_path / "gone", Order(Form.RAW, Kind.TEXT), Work())


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is known how much a process takes")
def test_a_process_can_be_held_to_little_memory() -> None:
    code = (
        "from workbench.core.content.process import limit_this_process\n"
        "limit_this_process(100_000_000, 60)\n"
        "bytearray(10_000_000)\n"
        "try:\n    bytearray(200_000_000)\nexcept MemoryError:\n    print('refused')\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout == "refused\n"
