"""GraphQL documents as people write them: what is wrong, and laid out. ``{{variables}}`` may stand for names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from graphql import (
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    Source,
    TokenKind,
    build_schema,
    parse,
    print_ast,
    validate,
)
from graphql.language import Lexer, Token

from workbench.core.bodies.placeholders import Placeholders
from workbench.core.bodies.problems import Problem, problem_at, unfit
from workbench.core.i18n import _

_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")
_INDENT = "  "
_ENOUGH = 20
_OPENING = (TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L)
_CLOSING = (TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R)


def graphql_problem(text: str, schema: str = "") -> Problem | None:
    """The first place where ``text`` is no GraphQL document, or does not fit ``schema`` (SDL) where that is given."""
    plain = _VARIABLE.sub(lambda match: "_" * len(match[0]), text)
    try:
        document = parse(plain)
        known = built(schema) if schema else None
        errors = validate(known, document, max_errors=_ENOUGH) if known is not None else []
    except GraphQLSyntaxError as error:
        errors = [error]
    except RecursionError:
        return None
    variables = [range(*match.span()) for match in _VARIABLE.finditer(text)]
    for each in errors:
        at = next(iter(each.positions or ()), 0)
        if not any(at in variable for variable in variables):  # nobody knows what stands there
            said = each.message.removeprefix("Syntax Error: ")
            return problem_at(text, at, said)
    return None


@lru_cache(maxsize=2)
def built(schema: str) -> GraphQLSchema | None:
    """The schema that SDL describes, None where it describes none."""
    try:
        return build_schema(schema, assume_valid=True)
    except (GraphQLError, TypeError):  # not a schema: it judges nothing
        return None


def tidy_graphql(text: str) -> str:
    """``text``, which is a GraphQL document, a field on each line. Where it holds comments its lines are kept."""
    names = Placeholders(text, _VARIABLE)
    try:
        tokens = tuple(_tokens(names.masked))
        if any(token.kind is TokenKind.COMMENT for token in tokens):
            laid_out = _reindented(names.masked, tokens)
        else:
            laid_out = print_ast(parse(names.masked, no_location=True))
    except (GraphQLSyntaxError, RecursionError) as error:
        raise unfit(problem_at(text, 0, _("It is nested too deeply."))) from error
    return names.restored(laid_out).strip()


def _tokens(text: str) -> Iterator[Token]:
    lexer = Lexer(Source(text))
    first = lexer.token
    while lexer.advance().kind is not TokenKind.EOF:
        pass
    token = first.next
    while token is not None and token.kind is not TokenKind.EOF:
        yield token
        token = token.next


def _reindented(text: str, tokens: tuple[Token, ...]) -> str:
    """The same lines, each moved to the depth of the brackets that are open where it begins."""
    parts: list[str] = []
    depth, end = 0, 0
    for token in tokens:
        gap = text[end : token.start]
        if token.kind in _CLOSING:
            depth -= 1
        lines = min(gap.count("\n"), 2)
        parts.append("\n" * lines + _INDENT * depth if lines and end else gap.replace("\n", ""))
        parts.append(text[token.start : token.end].rstrip())
        if token.kind in _OPENING:
            depth += 1
        end = token.end
    return "".join(parts)
