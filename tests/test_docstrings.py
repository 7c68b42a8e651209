"""In the window's code every public method says what it does, unless it is Qt's and does what Qt says."""

import ast
from collections.abc import Iterator
from pathlib import Path

import workbench.ui

_ROOT = Path(workbench.ui.__file__).parent
_QT_WORDS = {"clone", "data", "flags", "index", "paint", "parent", "pixmap", "sort"}
"""Methods of Qt's that are one word; all others have a capital in their names, and ours have none."""


def _needs_one(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
        return False
    is_setter = any(isinstance(one, ast.Attribute) and one.attr == "setter" for one in node.decorator_list)
    return not is_setter and node.name == node.name.lower() and node.name not in _QT_WORDS


def _undescribed(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in filter(_needs_one, node.body):
                assert isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
                if ast.get_docstring(method) is None:
                    yield f"{node.name}.{method.name}"


def test_public_methods_have_docstrings() -> None:
    found = [
        f"{path.relative_to(_ROOT)}: {name}"
        for path in sorted(_ROOT.rglob("*.py"))
        for name in _undescribed(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found


def test_a_method_without_one_is_found() -> None:
    source = "class Panel:\n    def show_thing(self): ...\n    def sizeHint(self): ...\n    def _own(self): ...\n"
    assert list(_undescribed(ast.parse(source))) == ["Panel.show_thing"]
