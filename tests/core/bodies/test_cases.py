"""URLs and bodies that other people wrote, where this machine has them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench.core.bodies import Language, problem, tidy
from workbench.core.url_params import params_of, url_with
from workbench.core.variables import tokens

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "collections"

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the collection of foreign files is not here")


def texts() -> Iterator[str]:
    for path in sorted(CASES.rglob("*")):
        if path.suffix == ".json":
            yield from _strings(json.loads(path.read_text("utf-8-sig")))
        elif path.suffix in (".bru", ".yml", ".yaml"):
            text = path.read_text("utf-8")
            yield from re.findall(r"url: *'?(\S+?)'?$", text, re.MULTILINE)
            yield from re.findall(r"^body:\w+ \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_urls_are_read_and_written_without_a_change() -> None:
    urls = {text for text in texts() if "://" in text or text.startswith("{{")}
    assert len(urls) > 50
    for url in urls:
        params = params_of(url)
        assert url_with(url, params) == url
        assert params_of(url, params) == params


def test_bodies_are_judged_and_laid_out_without_a_loss() -> None:
    judged = 0
    for text in texts():
        if text.lstrip().startswith(("{", "[")):
            assert isinstance(tokens(text), tuple)
            if problem(Language.JSON, text) is None:
                assert bare(tidy(Language.JSON, text)) == bare(text)
                judged += 1
        if text.lstrip().startswith("<") and problem(Language.XML, text) is None:
            assert tidy(Language.XML, text)
    assert judged > 20
