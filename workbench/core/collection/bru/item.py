"""A request's ``.bru`` file, to a ``Draft`` and back."""

from typing import Final

from workbench.core.collection.bru import rows
from workbench.core.collection.bru.auth import MORE, mode_of, read_auth, write_auth
from workbench.core.collection.bru.editing import Editing
from workbench.core.collection.bru.source import Block
from workbench.core.collection.encoding import Malformed
from workbench.core.draft import (
    Body,
    Draft,
    FileBody,
    FormBody,
    GraphQLBody,
    MultipartBody,
    ParamKind,
    RawBody,
    RawKind,
    Settings,
)
from workbench.core.i18n import _

METHODS: Final = ("get", "post", "put", "delete", "patch", "options", "head", "connect", "trace")
_AUTHS: Final = ("awsv4", "basic", "wsse", "bearer", "digest", "ntlm", "oauth1", "oauth2", "apikey")
ORDER: Final = (
    *("meta", *METHODS, "http", "grpc", "ws", "params:query", "query", "params:path", "headers", "metadata", "auth"),
    *(f"auth:{kind}" for kind in _AUTHS),
    *MORE,
    *("body", "body:json", "body:text", "body:xml", "body:sparql", "body:form-urlencoded", "body:multipart-form"),
    *("body:file", "body:graphql", "body:graphql:vars", "vars:pre-request", "vars:post-response", "assert"),
    *("script:pre-request", "script:post-response", "tests", "settings", "docs", "example"),
)
_RAW: Final = {kind.value: kind for kind in RawKind}
_SETTINGS: Final = {
    "encodeUrl": "encode_url",
    "timeout": "timeout_ms",
    "followRedirects": "follow_redirects",
    "maxRedirects": "max_redirects",
}


def request_block(file: Editing) -> Block:
    """The block that holds method and URL. Raises ``Malformed``."""
    block = file.block(*METHODS, "http")
    if block is None:
        raise Malformed(_("It has no block for a method, such as “get”, so it is not a request that can be sent."))
    return block


def method_of(block: Block, values: dict[str, str]) -> str:
    """The method that a block stands for."""
    return values.get("method", "GET") if block.name == "http" else block.name.upper()


def read_item(text: str) -> Draft:
    """The request. Raises ``Malformed``."""
    file = Editing(text, ORDER)
    block = request_block(file)
    request = file.values(block.name)
    meta = file.pairs("meta")
    query = [rows.read_query(one) for one in file.pairs("params:query", "query")]
    path = [rows.read_path(one) for one in file.pairs("params:path")]
    return Draft(
        name=next((one.value for one in meta if one.key == "name"), ""),
        method=method_of(block, request),
        url=request.get("url", ""),
        params=(*query, *path),
        headers=tuple(rows.read_field(one) for one in file.pairs("headers")),
        body=_read_body(file, request.get("body", "")),
        auth=read_auth(file, request.get("auth", ""), None),
        variables=tuple(rows.read_variable(one) for one in file.pairs("vars:pre-request")),
        assertions=tuple(rows.read_assertion(one) for one in file.pairs("assert")),
        settings=_read_settings(file.values("settings")),
        docs=file.content("docs"),
        tags=next((one.items or () for one in meta if one.key == "tags"), ()),
    )


def write_item(text: str, draft: Draft) -> str:
    """The file so that it reads as ``draft``. Raises ``Malformed`` for what the format cannot hold."""
    was = read_item(text)
    file = Editing(text, ORDER)
    if was.name != draft.name:
        file.set_values("meta", {"name": draft.name})
    if was.tags != draft.tags:
        tags = "".join(f"    {tag}\n" for tag in draft.tags)
        file.set_raw("meta", "tags", f"  tags: [\n{tags}  ]\n" if draft.tags else "")
    if isinstance(was.body, GraphQLBody) != isinstance(draft.body, GraphQLBody):
        file.set_values("meta", {"type": "graphql" if isinstance(draft.body, GraphQLBody) else "http"})
    _write_request(file, was, draft)
    for kind, names in ((ParamKind.QUERY, ("params:query", "query")), (ParamKind.PATH, ("params:path",))):
        wanted = [param for param in draft.params if param.kind is kind]
        reader = rows.read_query if kind is ParamKind.QUERY else rows.read_path
        file.set_rows(names, wanted, reader, rows.write_param)
    file.set_rows(("headers",), draft.headers, rows.read_field, rows.write_field)
    if was.auth != draft.auth:
        write_auth(file, draft.auth)
    if was.body != draft.body:
        _write_body(file, draft.body)
    file.set_rows(("vars:pre-request",), draft.variables, rows.read_variable, rows.write_variable)
    file.set_rows(("assert",), draft.assertions, rows.read_assertion, rows.write_assertion)
    _write_settings(file, was.settings, draft.settings)
    if was.docs != draft.docs:
        if draft.docs:
            file.set_text("docs", draft.docs)
        else:
            file.remove("docs")
    return file.text


def new_item(draft: Draft, seq: int) -> str:
    """A new file."""
    kind = "graphql" if isinstance(draft.body, GraphQLBody) else "http"
    start = f"meta {{\n  name: \n  type: {kind}\n  seq: {seq}\n}}\n\nget {{\n  url: \n  body: none\n  auth: none\n}}\n"
    return write_item(start, draft)


def _write_request(file: Editing, was: Draft, draft: Draft) -> None:
    block = request_block(file)
    wanted: dict[str, str | None] = {}
    if was.method != draft.method:
        known = draft.method.lower() if draft.method.lower() in METHODS and draft.method.isupper() else "http"
        file.rename(block, known)
        wanted["method"] = draft.method if known == "http" else None
    if was.url != draft.url:
        wanted["url"] = draft.url
    if _mode(was.body) != _mode(draft.body):
        wanted["body"] = _mode(draft.body)
    if was.auth != draft.auth:
        wanted["auth"] = mode_of(draft.auth)
    file.set_values(block.name, wanted)


def _mode(body: Body | None) -> str:
    match body:
        case None:
            return "none"
        case RawBody():
            return body.kind.value
        case FormBody():
            return "formUrlEncoded"
        case MultipartBody():
            return "multipartForm"
        case FileBody():
            return "file"
        case GraphQLBody():
            return "graphql"


def _read_body(file: Editing, mode: str) -> Body | None:
    match mode:
        case mode if mode in _RAW:
            names = (f"body:{mode}", "body") if mode == "json" else (f"body:{mode}",)
            return RawBody(_RAW[mode], file.content(*names))
        case "formUrlEncoded" | "form-urlencoded":
            return FormBody(tuple(rows.read_field(one) for one in file.pairs("body:form-urlencoded")))
        case "multipartForm" | "multipart-form":
            return MultipartBody(tuple(rows.read_part(one) for one in file.pairs("body:multipart-form")))
        case "file":
            return FileBody(tuple(rows.read_file(one) for one in file.pairs("body:file")))
        case "graphql":
            return GraphQLBody(file.content("body:graphql"), file.content("body:graphql:vars"))
    return None


def _write_body(file: Editing, body: Body | None) -> None:
    match body:
        case RawBody():
            name = "body" if body.kind is RawKind.JSON and not file.block("body:json") else ""
            name = name if name and file.block(name) else f"body:{body.kind.value}"
            if body.text or file.block(name):
                file.set_text(name, body.text)
        case FormBody():
            file.set_rows(("body:form-urlencoded",), body.fields, rows.read_field, rows.write_field)
        case MultipartBody():
            file.set_rows(("body:multipart-form",), body.parts, rows.read_part, rows.write_part)
        case FileBody():
            file.set_rows(("body:file",), body.files, rows.read_file, rows.write_file)
        case GraphQLBody():
            for name, text in (("body:graphql", body.query), ("body:graphql:vars", body.variables)):
                if text:
                    file.set_text(name, text)
                else:
                    file.remove(name)


_LONG = 16  # digits of a number that is none of milliseconds or redirects


def _read_settings(values: dict[str, str]) -> Settings:
    truths = {"true": True, "false": False}

    def whole(text: str) -> int | None:
        return int(text) if text.isdecimal() and text.isascii() and len(text) < _LONG else None

    return Settings(
        encode_url=truths.get(values.get("encodeUrl", "")),
        timeout_ms=whole(values.get("timeout", "")),
        follow_redirects=truths.get(values.get("followRedirects", "")),
        max_redirects=whole(values.get("maxRedirects", "")),
    )


def _write_settings(file: Editing, was: Settings, settings: Settings) -> None:
    wanted: dict[str, str | None] = {}
    for key, name in _SETTINGS.items():
        value = getattr(settings, name)
        if value != getattr(was, name):
            wanted[key] = None if value is None else str(value).lower()
    if wanted:
        file.set_values("settings", wanted)
        if not file.pairs("settings"):
            file.remove("settings")
