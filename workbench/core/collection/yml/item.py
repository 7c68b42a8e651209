"""A request's file as OpenCollection has it, to a ``Draft`` and back."""

from typing import Final

from workbench.core.collection.encoding import Malformed
from workbench.core.collection.yml.auth import read_auth, write_auth
from workbench.core.collection.yml.body import read_body, read_graphql, write_body, write_graphql
from workbench.core.collection.yml.data import edited, edited_rows, kept, mapping, prose, rows, text, written_prose
from workbench.core.collection.yml.rows import (
    read_assertion,
    read_field,
    read_param,
    read_variable,
    write_assertion,
    write_field,
    write_param,
    write_variable,
)
from workbench.core.collection.yml.settings import read_settings, write_settings
from workbench.core.collection.yml.source import Data
from workbench.core.draft import Draft, GraphQLBody
from workbench.core.i18n import _

ITEM: Final = ("info", "http", "graphql", "runtime", "settings", "app", "examples", "docs")
INFO: Final = ("name", "description", "type", "seq", "tags")
_DETAILS: Final = ("method", "url", "headers", "params", "body", "auth")
_RUNTIME: Final = ("variables", "scripts", "assertions", "actions")
KINDS: Final = ("http", "graphql", "grpc", "websocket", "script", "app", "folder")


def kind_of(data: Data) -> str:
    """Which kind of item it is, one of ``KINDS``. Raises ``Malformed``."""
    if not isinstance(data, dict):
        raise Malformed(_("It is not a mapping, so it is not a request."), 1, 1)
    said = text(mapping(data.get("info")).get("type")) or text(data.get("type"))
    for kind in KINDS:
        if said == kind or (not said and kind in data):
            return kind
    if said or "info" in data:
        return said or "folder"
    raise Malformed(_("It has neither “info” nor “http”, so it is not a request."), 1, 1)


def read_item(data: Data) -> Draft:
    """The request. Raises ``Malformed`` when it is none that this program knows."""
    kind = kind_of(data)
    if kind not in {"http", "graphql"}:
        raise Malformed(_("It is of the kind “{kind}”, which cannot be sent.").format(kind=kind))
    item = mapping(data)
    info, details, runtime = mapping(item.get("info")), mapping(item.get(kind)), mapping(item.get("runtime"))
    return Draft(
        name=text(info.get("name")),
        method=text(details.get("method")) or ("POST" if kind == "graphql" else "GET"),
        url=text(details.get("url")),
        params=tuple(read_param(row) for row in rows(details.get("params"))),
        headers=tuple(read_field(row) for row in rows(details.get("headers"))),
        body=read_graphql(details.get("body")) if kind == "graphql" else read_body(details.get("body")),
        auth=read_auth(details.get("auth"), None),
        variables=tuple(read_variable(row) for row in rows(runtime.get("variables"))),
        assertions=tuple(read_assertion(row) for row in rows(runtime.get("assertions"))),
        settings=read_settings(item.get("settings")),
        docs=prose(item.get("docs")),
        tags=tuple(text(tag) for tag in rows(info.get("tags"))),
    )


def write_item(data: Data, draft: Draft, seq: Data | None = None) -> Data:
    """``data`` so that it reads as ``draft``; ``seq`` is for a new one."""
    item = mapping(data)
    kind = "graphql" if isinstance(draft.body, GraphQLBody) else "http"
    other = "http" if kind == "graphql" else "graphql"
    info = mapping(item.get("info"))
    wanted_info: dict[str, Data | None] = {"name": kept(info, "name", draft.name, empty=True)}
    wanted_info["type"] = kept(info, "type", kind)
    wanted_info["tags"] = edited_rows(info.get("tags"), draft.tags, text, lambda _row, tag: tag)
    if seq is not None:
        wanted_info["seq"] = seq
    details = mapping(item.get(kind)) or _turned(mapping(item.get(other)))
    runtime, runtime_order = mapping(item.get("runtime")), _RUNTIME
    wanted: dict[str, Data | None] = {
        "info": edited(info, wanted_info, INFO),
        kind: _written_details(details, draft),
        other: None,
        "settings": write_settings(item.get("settings"), draft.settings),
        "docs": written_prose(item.get("docs"), draft.docs),
    }
    variables = edited_rows(runtime.get("variables"), draft.variables, read_variable, write_variable)
    assertions = edited_rows(runtime.get("assertions"), draft.assertions, read_assertion, write_assertion)
    written = edited(runtime, {"variables": variables, "assertions": assertions}, runtime_order)
    wanted["runtime"] = written or (item.get("runtime") if not runtime else None)
    return edited(item, wanted, ITEM)


def renamed(data: Data, name: str) -> Data:
    """The item or folder under another name."""
    info = mapping(mapping(data).get("info"))
    return edited(mapping(data), {"info": edited(info, {"name": name}, INFO)}, ITEM)


def placed(data: Data, seq: Data) -> Data:
    """The item or folder at another place among its siblings."""
    info = mapping(mapping(data).get("info"))
    return edited(mapping(data), {"info": edited(info, {"seq": seq}, INFO)}, ITEM)


def _turned(details: dict[str, Data]) -> dict[str, Data]:
    """Of an item that becomes a GraphQL request or ceases to be one: all but the body."""
    return {key: value for key, value in details.items() if key != "body"}


def _written_details(details: dict[str, Data], draft: Draft) -> Data:
    body = draft.body
    wanted: dict[str, Data | None] = {
        "method": kept(details, "method", draft.method, empty=True),
        "url": kept(details, "url", draft.url, empty=True),
        "headers": edited_rows(details.get("headers"), draft.headers, read_field, write_field),
        "params": edited_rows(details.get("params"), draft.params, read_param, write_param),
        "auth": write_auth(details.get("auth"), draft.auth, None),
    }
    if isinstance(body, GraphQLBody):
        if "method" not in details and draft.method == "POST" and details:
            wanted["method"] = None
        wanted["body"] = write_graphql(details.get("body"), body)
    else:
        wanted["body"] = write_body(details.get("body"), body)
    return edited(details, wanted, _DETAILS)
