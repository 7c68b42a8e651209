"""Drafts for Hypothesis: all that both formats can hold, and what only OpenCollection can."""

from hypothesis import strategies as st

from workbench.core.draft import (
    ApiKeyAuth,
    Assertion,
    Auth,
    AWSAuth,
    BasicAuth,
    BearerAuth,
    Body,
    DigestAuth,
    Draft,
    Field,
    FileBody,
    FileChoice,
    Flow,
    FormBody,
    GraphQLBody,
    InheritAuth,
    MultipartBody,
    OAuth2Auth,
    Param,
    ParamKind,
    Part,
    Placement,
    RawBody,
    RawKind,
    Settings,
    ValueKind,
    Variable,
)

TRICKY = (
    *("", "x", "true", "no", "null", "~", "12", "1.0", "0x1f", "2024-01-01", "12:30:00", "a: b", "a #b", "# no", "- x"),
    *(
        "{{v}}",
        "https://{{host}}/a?b=1&c={{d}}",
        "it's",
        '"q"',
        "'\"",
        "a,b]",
        "x:",
        "|",
        "> x",
        "é漢字",
        "🔐",
        "@at",
        "%",
    ),
    *("&a", "*a", "!t", "`b`", "[x", "{x", "\\", "<<", "=", "?", ": ", "a\tb", "~off"),
)
MULTILINE = (
    "a\nb",
    "a\nb\n",
    "  a\nb",
    "a\n\n\nb",
    "a\n\n",
    "\na",
    " \n x",
    '{\n  "a": [1]\n}',
    "a\r\nb",
    "\ttab\nx",
    "# a\n- b: c",
)
WORD = st.from_regex(r"[A-Za-z][\w-]{0,8}", fullmatch=True)
LINE = st.one_of(
    st.sampled_from(TRICKY), st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12)
)
TEXT = st.one_of(LINE, st.sampled_from(MULTILINE), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))


def drafts(
    word: st.SearchStrategy[str], line: st.SearchStrategy[str], text: st.SearchStrategy[str]
) -> st.SearchStrategy[Draft]:
    """Drafts whose names, short and long texts are these."""
    fields = st.builds(Field, word, line, st.booleans(), line)
    queries = st.builds(Param, word, line, st.just(ParamKind.QUERY), st.booleans(), line)
    paths = st.builds(Param, word, line, st.just(ParamKind.PATH), st.just(True), line)
    parts = st.one_of(
        st.builds(Part, word, text, st.none(), st.sampled_from(("", "text/plain")), st.booleans(), line),
        st.builds(Part, word, st.just(""), st.lists(WORD, max_size=2).map(tuple), st.just(""), st.booleans(), line),
    )
    bodies: st.SearchStrategy[Body | None] = st.one_of(
        st.none(),
        st.builds(RawBody, st.sampled_from(RawKind), text),
        st.builds(FormBody, st.lists(fields, max_size=3).map(tuple)),
        st.builds(MultipartBody, st.lists(parts, max_size=3).map(tuple)),
        st.builds(
            FileBody, st.lists(st.builds(FileChoice, WORD, st.just("a/b"), st.booleans()), max_size=2).map(tuple)
        ),
        st.builds(GraphQLBody, text, text),
    )
    auths: st.SearchStrategy[Auth | None] = st.one_of(
        st.none(),
        st.just(InheritAuth()),
        st.builds(BasicAuth, line, line),
        st.builds(DigestAuth, line, line),
        st.builds(BearerAuth, line),
        st.builds(ApiKeyAuth, line, line, st.sampled_from(Placement)),
        st.builds(AWSAuth, line, line, line, line, line, line),
        st.builds(
            OAuth2Auth,
            st.just(Flow.CLIENT_CREDENTIALS),
            access_token_url=line,
            client_id=line,
            scope=line,
            token_parameters=st.sampled_from(("", "audience=https://a.test/?x=1", "resource={{a}}&resource=b%26c")),
        ),
        st.builds(OAuth2Auth, st.just(Flow.PASSWORD), username=line, password=line, refresh=st.booleans()),
        st.builds(
            OAuth2Auth,
            st.just(Flow.AUTHORIZATION_CODE),
            authorization_url=line,
            callback_url=line,
            authorization_parameters=st.sampled_from(("", "audience=a&prompt=login")),
            credentials_in_body=st.booleans(),
            pkce=st.sampled_from(("", "S256")),
        ),
    )
    variables = st.builds(Variable, word, text, st.sampled_from((ValueKind.STRING, ValueKind.NUMBER)), st.booleans())
    assertions = st.builds(Assertion, st.just("res.status"), st.just("eq"), line, st.booleans())
    return st.builds(
        Draft,
        name=word,
        method=st.sampled_from(("GET", "POST", "PROPFIND")),
        url=line,
        params=st.tuples(st.lists(queries, max_size=3), st.lists(paths, max_size=2)).map(
            lambda both: (*both[0], *both[1])
        ),
        headers=st.lists(fields, max_size=4).map(tuple),
        body=bodies,
        auth=auths,
        variables=st.lists(variables, max_size=3).map(tuple),
        assertions=st.lists(assertions, max_size=2).map(tuple),
        settings=st.builds(
            Settings,
            st.sampled_from((None, True, False)),
            st.sampled_from((None, 0, 500)),
            st.sampled_from((None, True, False)),
            st.sampled_from((None, 5)),
        ),
        docs=text,
        tags=st.lists(WORD, max_size=3, unique=True).map(tuple),
    )


OPENCOLLECTION = drafts(LINE, LINE, TEXT)
PLAIN_LINE = st.from_regex(r"(?:[\w{}/.-][\w{}/ .#:-]{0,10}[\w}])?", fullmatch=True)
BRU = drafts(
    st.from_regex(r"[A-Za-z][\w-]{0,8}", fullmatch=True),
    PLAIN_LINE,
    st.one_of(PLAIN_LINE, st.just('{\n  "a": 1\n}'), st.just("a\nb")),
)
