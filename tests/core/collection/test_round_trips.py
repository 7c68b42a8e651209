"""What is saved is what is read again, and lines that did not change stay as they are."""

from dataclasses import fields, replace
from difflib import SequenceMatcher

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.collection.drafts import BRU, OPENCOLLECTION
from workbench.core.collection.bru.format import Bru
from workbench.core.collection.encoding import Inexpressible
from workbench.core.collection.format import Format
from workbench.core.collection.yml.format import OpenCollection
from workbench.core.collection.yml.roundtrip import round_trip
from workbench.core.collection.yml.source import Plain
from workbench.core.draft import Draft, Field, OAuth2Auth, RawBody, RawKind

YML = """# a request of ours
info:
    name: "Create user"   # shown in the tree
    type: http
    seq:   3
    tags: [a, 'b']
# what is sent
http:
    method:   POST
    url: 'https://{{host}}/users?a=1'
    headers:
    - name: Accept
      value: "*/*"   # anything
      # a comment among keys
      x-unknown: {deep: [1, 2], s: "t"}
    # a comment among rows
    -   name: X-Folded
        value: >-
          folded
          text
    -
      name: X-Empty
      value:
    params:
    - {name: a, value: '1', type: query}
    body:
        type: json
        data: |
            {
              "a": 1
            }

    auth:
        type: basic
        username: u
        password: ""
runtime:
    scripts:
    - type: tests
      code: |-
        test("it", () => {});
unknown: &anchor
    k: v
other: *anchor
docs: |+
    text

"""
BRU_TEXT = """meta {
  name: Create user
  type: http
  seq: 3
}

post {
  url: https://{{host}}/users?a=1
  body: json
  auth: basic
}

params:query {
  a: 1
}

headers {
  Accept: */*
  @description('''two
    lines''')
  ~X-Off: off
}

auth:basic {
  username: u
  password:
}

body:json {
  {
    "a": 1
  }
}

body:text {
  kept
}

tests {
  test("it", () => {});
}
"""


def _pick(base: Draft, other: Draft, names: set[str]) -> Draft:
    return replace(base, **{name: getattr(other, name) for name in names})


def _untouched(before: str, after: str) -> float:
    old, new = before.splitlines(), after.splitlines()
    same = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    return same / len(old)


NAMES = st.sets(st.sampled_from([field.name for field in fields(Draft)]), max_size=4)
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@SLOW
@given(OPENCOLLECTION)
def test_a_new_opencollection_file_reads_as_it_was_meant(draft: Draft) -> None:
    format_ = OpenCollection()
    text = format_.new_item(draft, 1)
    assert format_.read_item(text) == draft
    assert format_.edited_item(text, draft) is text


@SLOW
@given(OPENCOLLECTION, NAMES, st.sampled_from(("\n", "\r\n")))
def test_an_edited_opencollection_file_reads_as_edited(other: Draft, names: set[str], newline: str) -> None:
    format_, text = OpenCollection(), YML.replace("\n", newline)
    wanted = _pick(format_.read_item(text), other, names)
    changed = format_.edited_item(text, wanted)
    assert format_.read_item(changed) == wanted
    assert changed.count("\r\n") in (0, changed.count("\n"))
    for kept in ("# a request of ours", "# what is sent", "unknown: &anchor", "other: *anchor", "code: |-"):
        assert kept in changed
    if not names & {"name", "tags", "body"}:
        assert changed.startswith(text[: text.index("http:")])
    if "body" not in names:
        assert text[text.index("    body:") : text.index("    auth:")] in changed


@SLOW
@given(BRU)
def test_a_new_bru_file_reads_as_it_was_meant(draft: Draft) -> None:
    format_ = Bru()
    assert format_.read_item(format_.new_item(draft, 1)) == draft


@SLOW
@given(BRU, NAMES, st.sampled_from(("\n", "\r\n")))
def test_an_edited_bru_file_reads_as_edited(other: Draft, names: set[str], newline: str) -> None:
    format_, text = Bru(), BRU_TEXT.replace("\n", newline)
    wanted = _pick(format_.read_item(text), other, names)
    changed = format_.edited_item(text, wanted)
    assert format_.read_item(changed) == wanted
    assert changed.count("\r\n") in (0, changed.count("\n"))
    assert text[text.index("tests {") :].strip() in changed


def _one_line(format_: Format, text: str) -> None:
    draft = format_.read_item(text)
    changed = format_.edited_item(text, replace(draft, url="https://other"))
    assert len(changed.splitlines()) == len(text.splitlines())
    assert sum(a != b for a, b in zip(text.splitlines(), changed.splitlines(), strict=True)) == 1


def test_another_url_changes_one_line() -> None:
    _one_line(OpenCollection(), YML)
    _one_line(Bru(), BRU_TEXT)


def test_another_header_adds_its_lines_only() -> None:
    for format_, text, most in ((OpenCollection(), YML, 2), (Bru(), BRU_TEXT, 1)):
        draft = format_.read_item(text)
        changed = format_.edited_item(text, replace(draft, headers=(*draft.headers, Field("New", "1"))))
        assert _untouched(text, changed) == 1
        assert len(changed.splitlines()) == len(text.splitlines()) + most


def test_a_changed_header_keeps_its_unknown_keys_and_comments() -> None:
    format_ = OpenCollection()
    draft = format_.read_item(YML)
    first = replace(draft.headers[0], value="text/html", on=False)
    changed = format_.edited_item(YML, replace(draft, headers=(first, *draft.headers[1:])))
    assert 'value: "text/html"   # anything' in changed
    assert 'x-unknown: {deep: [1, 2], s: "t"}' in changed
    assert _untouched(YML, changed) > 0.97


def test_a_removed_section_leaves_no_hole() -> None:
    text = "info:\n  name: a\n  type: http\n\nhttp:\n  method: GET\n  url: x\n\nsettings:\n  timeout: 5\n\ndocs: d\n"
    format_ = OpenCollection()
    assert "docs" not in format_.edited_item(text, replace(format_.read_item(text), docs=""))
    assert format_.edited_item(text, replace(format_.read_item(text), docs="")).endswith("timeout: 5\n")


def test_other_programs_spellings_are_kept() -> None:
    text = (
        "info:\n  name: a\n  type: http\n\nhttp:\n  method: POST\n  url: x\n  headers:\n    - name: A\n      value: b\n"
        "      enabled: false\n  body:\n    mode: json\n    json: |\n      {}\n"
    )
    format_ = OpenCollection()
    draft = format_.read_item(text)
    assert (draft.headers[0].on, draft.body) == (False, RawBody(RawKind.JSON, "{}\n"))
    wanted = replace(draft, headers=(replace(draft.headers[0], on=True),))
    changed = format_.edited_item(text, wanted)
    assert "enabled: true" in changed
    assert "mode: json" in changed
    assert format_.read_item(changed) == wanted


def test_of_several_bodies_the_selected_one_is_changed() -> None:
    text = (
        "info:\n  name: a\n  type: http\nhttp:\n  method: POST\n  url: x\n  body:\n"
        "    - title: one\n      body:\n        type: json\n        data: '1'\n"
        "    - title: two\n      selected: true\n      body:\n        type: text\n        data: second\n"
    )
    format_ = OpenCollection()
    draft = format_.read_item(text)
    assert draft.body == RawBody(RawKind.TEXT, "second")
    changed = format_.edited_item(text, replace(draft, body=RawBody(RawKind.TEXT, "new")))
    assert changed == text.replace("second", "new")


def test_a_change_below_an_anchor_leaves_what_used_it_as_it_was() -> None:
    text = (
        "info:\n  name: a\n  type: http\nhttp:\n  method: GET\n  url: x # here\n"
        "  headers: &h\n    - name: A # kept\n      value: '1'\nx-other: *h # gone\n"
    )
    format_ = OpenCollection()
    draft = format_.read_item(text)
    changed = format_.edited_item(text, replace(draft, headers=(Field("A", "2"),)))
    assert changed == text.replace("'1'", "'2'").replace(" *h # gone", '\n  - name: A\n    value: "1"')


MERGED = """info:
  name: a
  type: http
x-common: &common # shared
  name: X-Tenant
  value: ours
http:
  method: GET
  url: x
  headers:
    - <<: *common # see above
      description: why
    - <<: [*common]
"""


def test_what_is_merged_into_a_mapping_counts() -> None:
    headers = OpenCollection().read_item(MERGED).headers
    assert headers == (Field("X-Tenant", "ours", description="why"), Field("X-Tenant", "ours"))


def test_a_value_of_its_own_stands_beside_what_is_merged() -> None:
    format_ = OpenCollection()
    draft = format_.read_item(MERGED)
    wanted = replace(draft, headers=(draft.headers[0], replace(draft.headers[1], value="theirs")))
    changed = format_.edited_item(MERGED, wanted)
    assert changed == MERGED + "      value: theirs\n"
    assert format_.read_item(changed) == wanted
    assert format_.edited_item(changed, draft) == MERGED + "      value: ours\n"


def test_what_is_merged_and_must_not_count_is_written_out() -> None:
    format_, text = OpenCollection(), MERGED.replace("ours", "ours\n  disabled: true")
    draft = format_.read_item(text)
    wanted = replace(draft, headers=(replace(draft.headers[0], on=True), draft.headers[1]))
    changed = format_.edited_item(text, wanted)
    assert format_.read_item(changed) == wanted
    assert "x-common: &common # shared\n  name: X-Tenant\n  value: ours\n  disabled: true\n" in changed
    assert "description: why\n" in changed


def test_a_number_stays_a_number_on_its_line() -> None:
    text = YML.replace("runtime:\n", "runtime:\n    variables:\n    - name: n\n      value: 12 # of them\n")
    format_ = OpenCollection()
    draft = format_.read_item(text)
    wanted = replace(draft, variables=(replace(draft.variables[0], value="13.5"),))
    assert format_.edited_item(text, wanted) == text.replace("value: 12 #", "value: 13.5 #")
    words = replace(draft, variables=(replace(draft.variables[0], value="many"),))
    assert format_.read_item(format_.edited_item(text, words)) == words


def test_parameters_for_the_token_that_are_not_ours_stay_beside_ours() -> None:
    text = """info:
  name: Token
http:
  method: GET
  url: https://a.test/
  auth:
    type: oauth2
    flow: client_credentials
    accessTokenUrl: https://id.test/token
    additionalParameters:
      accessTokenRequest:
        - name: audience
          value: https://a.test/
          placement: body
        - name: X-Tenant
          value: one
          placement: header
      refreshTokenRequest:
        - name: again
          value: "1"
"""
    format_ = OpenCollection()
    draft = format_.read_item(text)
    assert isinstance(draft.auth, OAuth2Auth)
    assert draft.auth.token_parameters == "audience=https://a.test/"
    changed = format_.edited_item(text, replace(draft, auth=replace(draft.auth, token_parameters="resource=x&a=")))
    assert "audience" not in changed
    assert all(kept in changed for kept in ("name: X-Tenant", "name: again"))
    read = format_.read_item(changed).auth
    assert isinstance(read, OAuth2Auth)
    assert read.token_parameters == "resource=x&a="
    assert format_.read_item(format_.edited_item(text, replace(draft, auth=None))).auth is None


def test_parameters_for_the_token_in_bru_files() -> None:
    text = (
        BRU_TEXT.replace("auth: basic", "auth: oauth2")
        + """
auth:oauth2 {
  grant_type: client_credentials
  access_token_url: https://id.test/token
}

auth:oauth2:additional_params:access_token_req:body {
  audience: https://a.test/
  ~off: 1
}
"""
    )
    format_ = Bru()
    draft = format_.read_item(text)
    assert isinstance(draft.auth, OAuth2Auth)
    assert draft.auth.token_parameters == "audience=https://a.test/"
    assert format_.edited_item(text, draft) is text
    changed = format_.edited_item(
        text, replace(draft, auth=replace(draft.auth, token_parameters="resource=x&resource=y"))
    )
    assert "  resource: x\n  resource: y\n  ~off: 1\n" in changed
    read = format_.read_item(changed).auth
    assert isinstance(read, OAuth2Auth)
    assert read.token_parameters == "resource=x&resource=y"


def test_what_would_break_a_bru_file_is_not_written() -> None:
    format_ = Bru()
    draft = format_.read_item(BRU_TEXT)
    with pytest.raises(Inexpressible, match="cannot express"):
        format_.edited_item(BRU_TEXT, replace(draft, headers=(Field("X", "'''"),)))


def test_an_anchor_that_is_there_twice_is_no_news_for_the_terminal() -> None:
    """The parser warns of it, in the file's own words."""
    assert round_trip("a: &x 1\nb: &x 2\nc: *x\n", {"a": Plain("1"), "b": Plain("3"), "c": Plain("2")}).startswith("a:")
