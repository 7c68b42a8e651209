"""Assertions looked at one by one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.core.assertions.facts import Facts
from workbench.core.assertions.operators import OPERATORS, holds, takes_value
from workbench.core.assertions.values import shown
from workbench.core.draft import Assertion
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange
from workbench.core.i18n import _


@dataclass(frozen=True, slots=True)
class AssertionResult:
    """``actual`` is what the expression came to, as text; ``words`` say why it did not pass, empty when it did."""

    assertion: Assertion
    passed: bool
    actual: str = ""
    words: str = ""


def evaluate(
    assertions: Sequence[Assertion], exchange: Exchange, resolve: Callable[[str], str]
) -> tuple[AssertionResult, ...]:
    """What became of the assertions that are on. Reads the body, and may be slow: not for a loop or the UI thread.

    ``resolve`` fills variables in. Without a response every one that needs it fails, and says so.
    """
    facts = Facts(exchange)
    return tuple(_result(each, facts, resolve) for each in assertions if each.on and each.expression.strip())


def _result(assertion: Assertion, facts: Facts, resolve: Callable[[str], str]) -> AssertionResult:
    try:
        actual = facts.find(resolve(assertion.expression).strip())
        wanted = resolve(assertion.value) if takes_value(assertion.operator) else ""
        passed = holds(actual, assertion.operator, wanted)
    except WorkbenchError as error:
        return AssertionResult(assertion, passed=False, words=f"{error.title} {error.hint}".strip())
    except (OSError, ValueError, TypeError, re.error, RecursionError) as error:
        return AssertionResult(assertion, passed=False, words=str(error))
    words = "" if passed else _why(assertion.operator, shown(actual), wanted)
    return AssertionResult(assertion, passed, shown(actual), words)


def _why(operator: str, actual: str, wanted: str) -> str:
    meaning = dict(OPERATORS).get(operator, operator)
    if takes_value(operator):
        return _("Is {actual}; expected: {meaning} {wanted}").format(actual=actual, meaning=meaning, wanted=wanted)
    return _("Is {actual}; expected: {meaning}").format(actual=actual, meaning=meaning)
