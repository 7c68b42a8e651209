"""How OpenCollection writes bodies: one, or variants of which one is selected.

Also understood is what some programs write, ``{mode: json, json: …}``; it is kept that way.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from workbench.core.collection.yml.data import (
    edited,
    edited_rows,
    kept,
    mapping,
    prose,
    rows,
    text,
    truth,
    written_prose,
)
from workbench.core.collection.yml.data import written_truth as written
from workbench.core.collection.yml.rows import chosen_place, is_on, read_field, switch, write_field
from workbench.core.collection.yml.source import Data
from workbench.core.draft import (
    Body,
    FileBody,
    FileChoice,
    FormBody,
    GraphQLBody,
    MultipartBody,
    Part,
    RawBody,
    RawKind,
)

_B = TypeVar("_B", bound=Body)
_PART: Final = ("name", "type", "value", "description", "contentType", "disabled")
_FILE: Final = ("filePath", "contentType", "selected", "description")
_FORM, _MULTIPART = "form-urlencoded", "multipart-form"
_RAW: Final = {kind.value: kind for kind in RawKind}
_MODES: Final = {"formUrlEncoded": _FORM, "multipartForm": _MULTIPART}


def read_body(data: Data | None) -> Body | None:
    """The body of an HTTP request, the selected one of several."""
    body = _selected(data)
    kind = text(body.get("type")) or text(body.get("mode"))
    content = body.get(_content_key(body))
    match _MODES.get(kind, kind):
        case kind if kind in _RAW:
            return RawBody(_RAW[kind], text(content))
        case "form-urlencoded":
            return FormBody(tuple(read_field(row) for row in rows(content)))
        case "multipart-form":
            return MultipartBody(tuple(_read_part(row) for row in rows(content)))
        case "file":
            return FileBody(tuple(_read_file(row) for row in rows(content)))
    return None


def write_body(data: Data | None, body: Body | None) -> Data | None:
    """What reads as ``body``; other variants stay. None to leave it out."""
    if read_body(data) == body:
        return data
    if isinstance(data, list):
        return _written_variants(data, _written_body, body)
    return None if body is None else _written_body(mapping(data), body)


def read_graphql(data: Data | None) -> GraphQLBody:
    """The body of a GraphQL request."""
    body = _selected(data)
    return GraphQLBody(text(body.get("query")), text(body.get("variables")))


def write_graphql(data: Data | None, body: GraphQLBody) -> Data | None:
    """What reads as ``body``; other variants stay."""
    if data is not None and read_graphql(data) == body:
        return data
    if isinstance(data, list):
        return _written_variants(data, _written_graphql, body)
    return _written_graphql(mapping(data), body)


def _content_key(body: dict[str, Data]) -> str:
    mode = text(body.get("mode"))
    return mode if mode and "data" not in body else "data"


def _selected(data: Data | None) -> dict[str, Data]:
    if not isinstance(data, list):
        return mapping(data)
    place = chosen_place(data)
    return {} if place is None else mapping(mapping(data[place]).get("body"))


def _written_variants(data: list[Data], write: Callable[[dict[str, Data], _B], Data], body: _B | None) -> list[Data]:
    place = chosen_place(data)
    if body is None:
        return [{**mapping(row), "selected": written(False)} for row in data]
    result = list(data)
    at = place if place is not None else 0
    row = mapping(data[at]) if data else {}
    wanted: dict[str, Data | None] = {"title": kept(row, "title", text(row.get("title")), empty=True)}
    wanted |= {"body": write(mapping(row.get("body")), body)}
    wanted |= {"selected": written(True)} if place is None else {}
    result[at : at + 1] = [edited(row, wanted, ("title", "selected", "body"))]
    return result


def _written_graphql(present: dict[str, Data], body: GraphQLBody) -> Data:
    wanted = {"query": kept(present, "query", body.query, empty=True)}
    wanted |= {"variables": kept(present, "variables", body.variables)}
    return edited(present, wanted, ("query", "variables"))


def _written_body(present: dict[str, Data], body: Body) -> Data:
    kind, content_key = _kind(body), _content_key(present)
    was = text(present.get("type")) or text(present.get("mode"))
    if _MODES.get(was, was) != kind and not (was in _RAW and kind in _RAW and "mode" not in present):
        present, content_key = {}, "data"
    if "mode" not in present:
        present = edited(present, {"type": kind}, ("type", "data"))
    content = present.get(content_key)
    wanted: Data | None
    match body:
        case RawBody():
            wanted = kept(present, content_key, body.text, empty=True)
        case FormBody():
            wanted = edited_rows(content, body.fields, read_field, write_field)
        case MultipartBody():
            wanted = edited_rows(content, body.parts, _read_part, _write_part)
        case FileBody():
            wanted = edited_rows(content, body.files, _read_file, _write_file)
        case GraphQLBody():
            wanted = None
    return edited(present, {content_key: [] if wanted is None else wanted}, ("type", "data"))


def _kind(body: Body) -> str:
    match body:
        case RawBody():
            return body.kind.value
        case FormBody():
            return _FORM
        case MultipartBody():
            return _MULTIPART
        case FileBody() | GraphQLBody():
            return "file"


def _read_part(data: Data) -> Part:
    row = mapping(data)
    value, on, description = row.get("value"), is_on(row), prose(row.get("description"))
    name, content_type = text(row.get("name")), text(row.get("contentType"))
    if text(row.get("type")) == "file" or isinstance(value, list):
        files = tuple(text(path) for path in value) if isinstance(value, list) else (text(value),) if value else ()
        return Part(name, "", files, content_type, on, description)
    return Part(name, text(value), None, content_type, on, description)


def _write_part(row: dict[str, Data], part: Part) -> dict[str, Data]:
    wanted: dict[str, Data | None] = {"name": kept(row, "name", part.name, empty=True)}
    wanted["type"] = "text" if part.files is None else "file"
    if part.files is None:
        wanted["value"] = kept(row, "value", part.value, empty=True)
        if isinstance(row.get("value"), list):
            wanted["value"] = part.value
    elif _read_part(row).files != part.files or "value" not in row:
        wanted["value"] = list(part.files)
    wanted["description"] = written_prose(row.get("description"), part.description)
    wanted["contentType"] = kept(row, "contentType", part.content_type)
    return edited(row, wanted | switch(row, part.on), _PART)


def _read_file(data: Data) -> FileChoice:
    row = mapping(data)
    selected = truth(row.get("selected")) is not False
    return FileChoice(text(row.get("filePath")), text(row.get("contentType")), selected)


def _write_file(row: dict[str, Data], file: FileChoice) -> dict[str, Data]:
    wanted = {"filePath": kept(row, "filePath", file.path, empty=True)}
    wanted |= {"contentType": kept(row, "contentType", file.content_type, empty=True)}
    if truth(row.get("selected")) is not file.selected:
        wanted |= {"selected": written(file.selected)}
    return edited(row, wanted, _FILE)
