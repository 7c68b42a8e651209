"""All that a person reads can be extracted and translated."""

import ast
import io
import re
import string
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.support.messages import PROGRAM, PSEUDO, extract, pseudo


@pytest.fixture(scope="module")
def messages() -> Catalog:
    return extract()


def _texts(catalog: Catalog) -> Iterator[str]:
    for message in catalog:
        if message.id:
            yield from map(str, message.id if isinstance(message.id, tuple) else (message.id,))


def _fields(text: str) -> list[str]:
    return sorted(name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None)


def test_a_template_is_made_and_read_back(messages: Catalog) -> None:
    file = io.BytesIO()
    write_po(file, messages)
    again = read_po(io.BytesIO(file.getvalue()), locale=PSEUDO)
    assert {message.id for message in again} == {message.id for message in messages}
    assert len(again) > 2000


def test_every_message_is_a_literal_that_extraction_sees() -> None:
    composed = [
        f"{path.name}:{node.lineno}"
        for path in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext")
        for argument in node.args[: 1 if node.func.id == "_" else 2]
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]
    assert composed == []


def test_every_placeholder_is_named(messages: Catalog) -> None:
    assert [text for text in _texts(messages) if not all(map(str.isidentifier, _fields(text)))] == []


def test_both_forms_of_a_plural_say_the_same(messages: Catalog) -> None:
    plurals = [message.id for message in messages if isinstance(message.id, tuple)]
    assert len(plurals) > 30
    assert [forms for forms in plurals if _fields(forms[0]) != _fields(forms[1])] == []


def test_no_message_is_a_fragment_that_is_glued_to_others(messages: Catalog) -> None:
    glued = [text for text in _texts(messages) if text.endswith(" ") or re.match(r" \S", text)]
    assert glued == []


def test_the_language_that_nobody_speaks() -> None:
    assert pseudo("&Open {name}") == "&Oṗéñ {name} ööö"
    assert pseudo("Copy\tCtrl+C") == "Çóṗý öö\tCtrl+C"
