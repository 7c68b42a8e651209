"""Examples as OpenCollection has them, in the file of their request."""

from typing import Final

from workbench.core.collection.example import Example
from workbench.core.collection.yml.data import edited, mapping, number, prose, rows, text
from workbench.core.collection.yml.item import ITEM
from workbench.core.collection.yml.rows import read_field, read_param, write_field, write_param
from workbench.core.collection.yml.source import Data, Plain

_RAW: Final = frozenset({"json", "text", "xml", "sparql"})


def read_examples(data: Data) -> tuple[Example, ...]:
    """The examples in a request's file."""
    return tuple(_read(mapping(row)) for row in rows(mapping(data).get("examples")))


def with_example(data: Data, example: Example) -> Data:
    """The file with one more example."""
    item = mapping(data)
    return edited(item, {"examples": [*rows(item.get("examples")), _written(example)]}, ITEM)


def _read(row: dict[str, Data]) -> Example:
    request, response = mapping(row.get("request")), mapping(row.get("response"))
    sent, body = mapping(request.get("body")), mapping(response.get("body"))
    return Example(
        name=text(row.get("name")),
        description=prose(row.get("description")),
        method=text(request.get("method")),
        url=text(request.get("url")),
        request_headers=tuple(read_field(header) for header in rows(request.get("headers"))),
        params=tuple(read_param(param) for param in rows(request.get("params"))),
        request_body=text(sent.get("data")),
        request_body_kind=text(sent.get("type")),
        status=int(number(response.get("status")) or 0),
        reason=text(response.get("statusText")),
        headers=tuple(read_field(header) for header in rows(response.get("headers"))),
        body=text(body.get("data")),
        body_kind=text(body.get("type")) or "text",
    )


def _written(example: Example) -> Data:
    request: dict[str, Data] = {"url": example.url, "method": example.method}
    if example.request_headers:
        request["headers"] = [write_field({}, header) for header in example.request_headers]
    if example.params:
        request["params"] = [write_param({}, param) for param in example.params]
    if example.request_body_kind in _RAW:
        request["body"] = {"type": example.request_body_kind, "data": example.request_body}
    response: dict[str, Data] = {"status": Plain(str(example.status)), "statusText": example.reason}
    if example.headers:
        response["headers"] = [{"name": header.name, "value": header.value} for header in example.headers]
    response["body"] = {"type": example.body_kind, "data": example.body}
    row: dict[str, Data] = {"name": example.name}
    if example.description:
        row["description"] = example.description
    return {**row, "request": request, "response": response}
