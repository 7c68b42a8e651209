"""A draft without the secrets that stand in it literally."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import unquote, unquote_plus

from workbench.core import choices
from workbench.core import draft as d
from workbench.core.i18n import _
from workbench.core.masking.literals import literals_with
from workbench.core.masking.mask import Mask
from workbench.core.masking.names import is_literal, is_secret_name
from workbench.core.masking.texts import USERINFO, body_with, url_with


@dataclass(frozen=True, slots=True)
class Stripped:
    """A draft that holds no secret.

    ``missing`` names what was left out, in words for a person. ``secrets`` are the values that were left out.
    """

    draft: d.Draft
    missing: tuple[str, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)


def without_secrets(draft: d.Draft, secrets: Iterable[str] = ()) -> Stripped:
    """``draft`` with nothing where it holds a secret literally; ``secrets`` are exact values to be masked anywhere."""
    stripping = _Stripping(Mask(secrets))
    url = stripping.url(draft.url)
    made = replace(
        draft,
        url=url,
        params=tuple(
            replace(one, value=stripping.named(one.name, one.value, _("parameter “{name}”"))) for one in draft.params
        ),
        headers=tuple(
            replace(one, value=stripping.named(one.name, one.value, _("header “{name}”"))) for one in draft.headers
        ),
        body=stripping.body(draft.body),
        auth=stripping.auth(draft.auth),
        variables=tuple(stripping.variable(one) for one in draft.variables),
    )
    words = tuple(dict.fromkeys(what for what, _value in stripping.left_out))
    return Stripped(made, words, tuple(dict.fromkeys(value for _what, value in stripping.left_out)))


class _Stripping:
    """Goes through one draft and notes what it leaves out."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self.left_out: list[tuple[str, str]] = []  # words, value

    def named(self, name: str, value: str, what: str) -> str:
        if value and is_secret_name(name) and is_literal(value):
            credentials = value.partition(" ")[2] if name.lower().endswith("authorization") else ""
            self.left_out.append((what.format(name=name), credentials or value))
            return ""
        return self._mask.text(value)

    def url(self, text: str) -> str:
        def leave_out(name: str, value: str) -> str:
            if not is_literal(value):
                return value
            self.left_out.append((_("parameter “{name}”").format(name=name), unquote_plus(value)))
            return ""

        userinfo = USERINFO.match(text)
        if userinfo and not is_literal(userinfo[0][len(userinfo[1]) : -1]):
            head, rest = userinfo[0], text[userinfo.end() :]
            return head + self._mask.text(url_with(rest, leave_out))
        if userinfo:
            password = unquote(userinfo[0][len(userinfo[1]) : -1].partition(":")[2])
            self.left_out.append((_("user and password in the URL"), password))
        return self._mask.text(url_with(text, leave_out))

    def body(self, body: d.Body | None) -> d.Body | None:
        match body:
            case d.RawBody():
                return replace(body, text=self._text(body.text))
            case d.GraphQLBody():
                return replace(body, query=self._query(body.query), variables=self._text(body.variables))
            case d.FormBody():
                what = _("form field “{name}”")
                return replace(
                    body, fields=tuple(replace(f, value=self.named(f.name, f.value, what)) for f in body.fields)
                )
            case d.MultipartBody():
                what = _("form field “{name}”")
                return replace(
                    body, parts=tuple(replace(p, value=self.named(p.name, p.value, what)) for p in body.parts)
                )
        return body

    def auth(self, auth: d.Auth | None) -> d.Auth | None:
        if auth is None:
            return None
        # Fields that may hold a secret are those that their dataclass keeps out of its repr.
        changed: dict[str, Any] = {}
        for one in fields(auth):
            value = getattr(auth, one.name)
            if not isinstance(value, str):
                continue
            if one.name.endswith("_parameters"):
                changed[one.name] = self.url(f"?{value}")[1:]
            elif not one.repr and is_literal(value):
                words = _("{field} of the authorization").format(field=one.name.replace("_", " "))
                self.left_out.append((words, value))
                changed[one.name] = ""
            elif not one.repr or one.name.endswith("url"):
                changed[one.name] = self.url(value) if one.repr else value
        return replace(auth, **changed) if changed else auth

    def variable(self, variable: d.Variable) -> d.Variable:
        what = _("variable “{name}”")
        if variable.secret and variable.value:
            self.left_out.append((what.format(name=variable.name), variable.value))
            return replace(variable, value="")
        if choices.is_reserved(variable.name):  # a proxy's URL, or no secret at all
            return replace(variable, value=self.url(variable.value))
        return replace(variable, value=self.named(variable.name, variable.value, what))

    def _text(self, text: str) -> str:
        return self._mask.text(body_with(text, "", self._note))

    def _query(self, text: str) -> str:
        return self._mask.text(literals_with(text, "", self._note))

    def _note(self, name: str, value: str) -> None:
        self.left_out.append((_("“{name}” in the body").format(name=name), value))


def without_body(stripped: Stripped) -> Stripped:
    """The same with a body of its kind that is empty: what is kept of a draft that is tagged ``SENSITIVE``."""
    body = stripped.draft.body
    empty = d.RawBody(body.kind) if isinstance(body, d.RawBody) else type(body)() if body is not None else None
    if body == empty:
        return stripped
    return replace(stripped, draft=replace(stripped.draft, body=empty), missing=(*stripped.missing, _("the body")))
