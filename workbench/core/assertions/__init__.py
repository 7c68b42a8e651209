"""What a response must fulfil: assertions, each an expression, an operator and a value, looked at one by one.

Expressions are ``res.status``, ``res.statusText``, ``res.responseTime`` (milliseconds), ``res.url``,
``res.headers.<name>``, ``res.body`` with a way into JSON (``res.body.items[0].id``, or JSONPath after ``$``:
``res.body$..id``), and ``tls.<fact>`` (see ``TLS_FACTS``).
"""

from workbench.core.assertions.evaluation import AssertionResult, evaluate
from workbench.core.assertions.facts import TLS_FACTS
from workbench.core.assertions.operators import OPERATORS, takes_value

__all__ = ["OPERATORS", "TLS_FACTS", "AssertionResult", "evaluate", "takes_value"]
