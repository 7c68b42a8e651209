"""How long a collection of ten thousand requests takes: ``python -m tests.benchmarks.collections``."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from workbench.core.collection import Collection

_FOLDERS, _EACH = 100, 100
_YML = """info:
  name: Request {number}
  type: http
  seq: {number}

http:
  method: POST
  url: '{{{{host}}}}/users/{number}'
  headers:
    - name: Accept
      value: application/json
  body:
    type: json
    data: |-
      {{
        "number": {number}
      }}
  auth: inherit

settings:
  encodeUrl: true
  timeout: 0
"""
_BRU = """meta {{
  name: Request {number}
  type: http
  seq: {number}
}}

post {{
  url: {{{{host}}}}/users/{number}
  body: json
  auth: inherit
}}

body:json {{
  {{
    "number": {number}
  }}
}}
"""


def _made(root: Path, marker: str, content: str, suffix: str, text: str) -> Collection:
    root.mkdir()
    (root / marker).write_text(content)
    for folder in range(_FOLDERS):
        (root / f"folder {folder}").mkdir()
        for number in range(1, _EACH + 1):
            (root / f"folder {folder}" / f"request {number}{suffix}").write_text(text.format(number=number))
    return Collection.open(root)


def _milliseconds(call: Callable[[], object], rounds: int) -> float:
    times: list[float] = []
    for _round in range(rounds):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def _report(name: str, collection: Collection, suffix: str) -> str:
    path = Path(f"folder 7/request 7{suffix}")
    first = _milliseconds(lambda: Collection.open(collection.root).tree(), 5)
    again = _milliseconds(collection.tree, 5)
    load = _milliseconds(lambda: collection.load(path), 20)

    def save() -> None:
        loaded = collection.load(path)
        collection.save(path, replace(loaded.draft, url=loaded.draft.url + "x"), loaded.stamp)

    both = _milliseconds(save, 20)
    return (
        f"{name:15} tree {first:5.0f} ms, again {again:4.0f} ms; load {load:5.1f} ms, with an edit saved {both:5.1f} ms"
    )


def main() -> None:
    """Print one line for each format."""
    with tempfile.TemporaryDirectory() as folder:
        yml = _made(Path(folder) / "yml", "opencollection.yml", "info:\n  name: Big\n", ".yml", _YML)
        bru = _made(Path(folder) / "bru", "bruno.json", '{"name": "Big"}', ".bru", _BRU)
        for name, collection, suffix in (("OpenCollection", yml, ".yml"), ("Bruno .bru", bru, ".bru")):
            sys.stdout.write(_report(name, collection, suffix) + "\n")


if __name__ == "__main__":
    main()
