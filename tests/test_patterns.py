"""Regular expressions: none of the program's takes more than linear time, whatever text it is given.

Python holds every other thread while it matches, the window's too, and cannot be interrupted at it; and texts come
from collections, servers and files of strangers. Time is not asserted: a process measures how the processor time of
a text grows with its length, and one that never comes back is killed after a hundred times what all of it needs.
"""

import ast
import importlib
import json
import os
import pkgutil
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workbench
from tests.support import hostile

_TOP = Path(__file__).parent.parent
_SECONDS = 20
"""Of processor time for one expression; most take a hundredth of a second."""

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_SAME = {"findall": "finditer", "sub": "finditer", "subn": "finditer", "split": "finditer"}


def _modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(workbench.__path__, "workbench."):
        if not module.name.endswith("__main__"):
            yield module.name


def _patterns(value: object, name: str, depth: int = 3) -> "Iterator[tuple[str, re.Pattern[Any]]]":
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth and isinstance(value, (tuple, list, dict, frozenset)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _patterns(inner, name, depth - 1)


def _methods(tree: ast.Module, name: str) -> tuple[str, ...]:
    """How a module uses a pattern of its own; in all ways, when that cannot be told."""
    found = set()
    attributes = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            found.add(attributes.get(id(node), ""))
    if not found or not found <= set(_METHODS):
        return ("finditer", "fullmatch")
    return tuple(sorted({_SAME.get(method, method) for method in found}))


def _measure() -> None:
    """In a process of its own: a line for each expression, one before it is tried and one for what was found."""
    for module_name in _modules():
        module = importlib.import_module(module_name)
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        for name in sorted(vars(module)):
            for place, pattern in _patterns(vars(module)[name], f"{module_name}.{name}"):
                _tell("trying", place, pattern.pattern)
                if slow := _tried(pattern, _methods(tree, name)):
                    _tell("slow", place, slow)
    _tell("done", "", "")


def _tried(pattern: "re.Pattern[Any]", methods: tuple[str, ...]) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        os.write(writing, hostile.too_slow(pattern, methods).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        found = source.read().decode()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return f"no end with {'/'.join(methods)}" if status else found


def _tell(*words: object) -> None:
    sys.stdout.write(json.dumps([str(word) for word in words]) + "\n")
    sys.stdout.flush()


@pytest.mark.skipif(sys.platform != "linux", reason="its limits are the Linux kernel's")
def test_every_expression_of_the_program_takes_linear_time() -> None:
    measured = subprocess.run(
        [sys.executable, "-c", "from tests.test_patterns import _measure; _measure()"],
        cwd=_TOP,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in measured.stdout.splitlines()]
    assert lines[-1][0] == "done", measured.stderr
    assert len([line for line in lines if line[0] == "trying"]) > 100
    assert [line[1:] for line in lines if line[0] == "slow"] == []


def test_every_expression_stands_where_the_test_above_finds_it() -> None:
    """What is put together where it is used holds nothing but counts and escaped texts."""
    makers = {f"re.{name}" for name in ("compile", *_METHODS)}
    hidden = []
    for file in sorted((_TOP / "workbench").rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) in makers:
                    hidden += [f"{file}:{call.lineno}"] if isinstance(call.args[0], ast.Constant) else []
    assert hidden == []


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"[ \t]*$", "search"),
        (r"(\s*)x\s*:\s*y", "search"),
        (r'"(?:[^"\\]|\\.)*"', "finditer"),
        (r"<!--.*?-->", "finditer"),
        (r"a:[ ]*(.*)$", "match"),
        (r"(?:\n[ ]*)+\Z", "search"),
    ],
)
def test_quadratic_time_is_found(pattern: str, method: str) -> None:
    assert hostile.too_slow(re.compile(pattern), [method])


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"[ \t]*+$", "match"),
        (r'"[^"\\]*+(?:\\[^"][^"\\]*+)*+"?', "finditer"),
        (r"(\d+)", "finditer"),
        (rb"\A\s*<", "search"),
    ],
)
def test_linear_time_is_not(pattern: "str | bytes", method: str) -> None:
    assert hostile.too_slow(re.compile(pattern), [method]) == ""
