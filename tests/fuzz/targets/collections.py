"""Collections from elsewhere: request files of both formats, environments, ``.env`` files, folders."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.fuzz.frame import Target
from workbench.core.collection import Collection, Node, NodeKind
from workbench.core.collection.bru.format import Bru
from workbench.core.collection.encoding import Malformed, decode
from workbench.core.collection.format import Format
from workbench.core.collection.yml.format import OpenCollection
from workbench.core.draft import Param, Variable
from workbench.core.errors import CollectionError, WorkbenchError
from workbench.core.variables import read_dotenv

_T = TypeVar("_T")
_YML, _BRU = OpenCollection(), Bru()
_REFUSALS = (WorkbenchError, Malformed)

_REQUEST_YML = b"""info:
  name: 'Place an order'
  type: http
  seq: 2.5
  tags: [smoke, "a b"]

http:
  method: POST
  url: "https://{{host}}/orders/:id?q=1&r=%20"
  params:
    - {name: q, value: "1", type: query}
    - name: id
      value: 'it''s'
      type: path
  headers:
    - name: Accept
      value: application/json # why
      disabled: true
  body:
    type: json
    data: |-
      {
        "number": {{number}},

        "text": "\\u00e9"
      }
  auth:
    type: oauth2
    flow: client_credentials
    accessTokenUrl: https://idp.example/token
    credentials:
      clientId: me
      clientSecret: '{{secret}}'

runtime:
  variables:
    - name: number
      value: 7
  assertions:
    - expression: res.status
      operator: eq
      value: '200'

settings:
  encodeUrl: true
  timeout: 0
  followRedirects: true
docs: >+
  Folded
  text

examples:
  - name: fine
    request: {url: https://example.com, method: GET}
    response: {status: 200, statusText: OK, headers: [], body: {type: json, data: '{}'}}
"""
_SMALL_YML = b"""info:
  name: ping # now
  type: http
http:
  method: GET
  url: 'https://{{host}}/ping'
  headers:
  - name: A
    value: b
"""
_ODD_YML = b"""%YAML 1.2
--- # a document
info: &info
  name: &n [x]
  type: graphql
  seq: 1_000
? graphql
: &g
  method: POST
  url: !!str https://example.com
  <<: [*info, *info]
  body: {query: "{ a(b: \\"c\\") }", variables: '{"x": 1}', more: *n}
  headers: &h
  - name: "A\\x41\\n"
    value: ~
  -  name: B
     value: |2-
        deep
...
"""
_FOLDER_YML = b"""opencollection: "1.0.0"
info: {name: Payments, type: folder, seq: 3}
config:
  environments:
    - name: test
      color: '#ff0000'
      extends: base
      dotEnvFilePath: .env
      variables:
        - name: host
          value: example.com
        - secret: true
          name: token
request:
  headers: [{name: X-A, value: b}]
  auth: {type: bearer, token: '{{token}}'}
  variables:
    - {name: a, value: {type: number, data: '1'}, disabled: true}
extensions:
  bruno:
    ignore: [node_modules, .git]
docs:
  content: "# Payments"
  type: text/markdown
"""
_REQUEST_BRU = b"""meta {
  name: Place an order
  type: http
  seq: 2
}

post {
  url: https://{{host}}/orders/:id?q=1
  body: json
  auth: basic
}

params:query {
  q: 1
  ~r: 2
}

headers {
  @description('''
    why
  ''')
  "a:b": c
  ~Accept: application/json
}

auth:basic {
  username: me
  password: {{secret}}
}

body:json {
  {
    "number": {{number}}
  }
}

body:multipart-form {
  file: @file(a.txt|b.txt) @contentType(text/plain)
  text: '''
    one
    two
  '''
}

vars:pre-request {
  number: 7
}

assert {
  res.status: eq 200
}

docs {
  # Orders
}
"""
_ENVIRONMENT_BRU = b"""vars {
  host: example.com
  ~old: {
}
vars:secret [
  token,
  ~other
]
color: #ff0000
"""
_MARKER = b"""{"version": "1", "name": "Payments", "type": "collection", "ignore": ["node_modules", "*/old"]}"""
_DOTENV = b"""# hosts
export HOST="example.com"
PORT = 8443 # TLS
TOKEN='it\\'s'
EMPTY=
URL=https://${HOST}:$PORT/
MULTI="one
two\\n"
"""
_WORDS_YML = (
    *(b"info:", b"http:", b"\n  ", b"\n- ", b": ", b" #", b"|", b">-", b"|+\n", b"&a ", b"*a", b"<<: *a", b"!!int "),
    *(b"? ", b"--- ", b"\n...\n", b"- - ", b"{}", b"[]", b"''", b'""', b"method: GET\n", b"type: http\n", b"\n\n  \n"),
    *(b"items:\n  - info:\n", b"!<tag:yaml.org,2002:str> ", b"{a: [", b"\\x", b"true", b"seq: .inf\n", b"%YAML 1.1\n"),
)
_WORDS_BRU = (
    *(b"meta {\n", b"\n}\n", b"}", b"vars [\n", b"]", b"'''", b"~", b"@description(", b"@file(", b"body:json {\n"),
    *(b"name: ", b"get {\n", b"post {\n", b"url: ", b"script:x {\n", b"seq: ", b": ", b'"', b"settings {\n", b"|"),
)


def _read(format_: Format, data: bytes) -> None:
    """All that is done with a file that stands in a folder, and once with its edits."""
    text = decode(data)[0]
    seen = _quietly(lambda: format_.plain_head(text, whole=True))
    _quietly(lambda: format_.plain_head(text, whole=False))
    _quietly(lambda: format_.hasty_head(text))
    head = format_.head(text)
    if seen is not None and seen != head:
        raise AssertionError("the quick look at a file and the whole one see different things")
    _quietly(lambda: format_.examples(text))
    draft = format_.read_item(text)
    if format_.edited_item(text, draft) != text:
        raise AssertionError("saved without an edit the file changes")
    changed = format_.edited_item(text, replace(draft, url="https://example.com/", params=(Param("q", "é"),)))
    if format_.read_item(changed).url != "https://example.com/":
        raise AssertionError("an edit was lost")
    format_.placed(format_.renamed(text, "other: name"), 3)


def _read_environments(format_: Format, data: bytes) -> None:
    text = decode(data)[0]
    for call in (format_.ignored, format_.collection_name, format_.newer, format_.read_defaults):
        _quietly(lambda call=call: call(text))  # type: ignore[misc]
    for one in _quietly(lambda: format_.embedded(text)) or ():
        format_.edited_embedded(text, one.name, None)
    _quietly(lambda: format_.renamed_marker(text, "other"))
    found = format_.read_environment(text, "test")
    variables = (*found.variables, Variable("added", "'\n\"")) if format_ is _YML else found.variables[1:]
    changed = format_.edited_environment(text, replace(found, variables=variables))
    if len(format_.read_environment(changed, "test").variables) != len(variables):
        raise AssertionError("an edit was lost")


def _quietly(call: Callable[[], _T]) -> _T | None:
    try:
        return call()
    except _REFUSALS:
        return None


@cache
def _place() -> Path:
    return Path(tempfile.mkdtemp())


def _scan(data: bytes) -> None:
    """A folder as ``data`` describes it: records of a kind, a path and a content, apart by NUL."""
    root, outside = _place() / "root", _place() / "outside"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    outside.mkdir(exist_ok=True)
    (outside / "secret.yml").write_bytes(_REQUEST_YML)
    for record in data.split(b"\0")[:40]:
        kind, _space, rest = record.partition(b" ")
        path, _newline, content = rest.partition(b"\n")
        _make(root, kind, path, content)
    collection = Collection.open(root)
    tree = collection.tree()
    collection.environments()
    for node in _nodes(tree):
        if not (root / node.path).resolve().is_relative_to(root) and not node.error:
            raise AssertionError("the tree leads out of its root")
        if node.kind in {NodeKind.REQUEST, NodeKind.GRAPHQL}:
            try:
                collection.load(node.path)
                collection.chain(node.path)
            except CollectionError:
                continue


def _make(root: Path, kind: bytes, path: bytes, content: bytes) -> None:
    names = [os.fsdecode(name) for name in path.split(b"/") if name not in {b"", b".", b".."}]
    target = root.joinpath(*names)
    try:
        if not names or not target.resolve().is_relative_to(root):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        if kind == b"link":
            target.symlink_to(os.fsdecode(content[:4096]))
        elif kind == b"pipe":
            os.mkfifo(target)
        elif kind == b"folder":
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.write_bytes(content)
    except (OSError, ValueError, RuntimeError):
        return


def _nodes(node: Node) -> list[Node]:
    return [node, *(below for child in node.children for below in _nodes(child))]


_FOLDERS = (
    b"\0".join(
        (
            b"file opencollection.yml\n" + _FOLDER_YML,
            b"file a/folder.yml\n" + _FOLDER_YML,
            b"file a/one.yml\n" + _REQUEST_YML,
            b"file a/two.yml\n" + _ODD_YML,
            b"link a/up\n..",
            b"link b\na",
            b"link c\n../outside",
            b"link d.yml\n../outside/secret.yml",
            b"folder e/f",
            b"file environments/test.yml\nname: test\nvariables:\n  - {name: a, value: b}\n",
            b"pipe p.yml\n",
        )
    ),
    b"\0".join(
        (
            b"file bruno.json\n" + _MARKER,
            b"file collection.bru\n" + _REQUEST_BRU,
            b"file a/folder.bru\nmeta {\n  name: A\n}\n",
            b"file a/one.bru\n" + _REQUEST_BRU,
            b"link a/loop\nloop",
            b"link a/itself\n../a",
            b"file environments/test.bru\n" + _ENVIRONMENT_BRU,
        )
    ),
)

TARGETS = {
    "yml": Target(
        lambda: (_SMALL_YML, _REQUEST_YML, _SMALL_YML, _ODD_YML), lambda data: _read(_YML, data), _REFUSALS, _WORDS_YML
    ),
    "bru": Target(
        lambda: (_REQUEST_BRU, _ENVIRONMENT_BRU, _MARKER), lambda data: _read(_BRU, data), _REFUSALS, _WORDS_BRU
    ),
    "environments": Target(
        lambda: (_FOLDER_YML, b"name: test\nvariables:\n  - name: a\n    value: b\n  - secret: true\n    name: c\n"),
        lambda data: _read_environments(_YML, data),
        _REFUSALS,
        _WORDS_YML,
    ),
    "environments-bru": Target(
        lambda: (_ENVIRONMENT_BRU, _MARKER), lambda data: _read_environments(_BRU, data), _REFUSALS, _WORDS_BRU
    ),
    "dotenv": Target(
        lambda: (_DOTENV,),
        lambda data: read_dotenv(decode(data)[0]),
        _REFUSALS,
        (b"export ", b"='", b'="', b"\\", b" #", b"\n", b"${A}"),
    ),
    "scan": Target(
        lambda: _FOLDERS,
        _scan,
        _REFUSALS,
        (b"\0link x\n", b"\0file x.yml\n", b"\0folder y/z\n", b"..", b"/", b"environments/", b"\0pipe q.yml\n"),
    ),
}
