"""GraphQL documents as people write them: what is wrong, and laid out. ``{{variables}}`` may stand for names."""

import re
from collections.abc import Iterator

from graphql import GraphQLSyntaxError, Source, TokenKind, parse, print_ast
from graphql.language import Lexer, Token

from workbench.core.bodies.placeholders import Placeholders
from workbench.core.bodies.problem import Problem, problem_at, unfit
from workbench.core.i18n import _

_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")
_INDENT = "  "
_OPENING = (TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L)
_CLOSING = (TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R)


def graphql_problem(text: str) -> Problem | None:
    """The first place where ``text`` is no GraphQL document."""
    plain = _VARIABLE.sub(lambda match: "_" * len(match[0]), text)
    try:
        parse(plain, no_location=True)
    except GraphQLSyntaxError as error:
        said = error.message.removeprefix("Syntax Error: ")
        at = next(iter(error.positions or ()), 0)
        return problem_at(text, at, _("This is no GraphQL: {reason}").format(reason=said))
    except RecursionError:
        return None
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
