"""What a rule is: a code, how strongly the evidence speaks for it, and the words."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.core.doctor.evidence import Evidence

# A scale for weights. What lies between is a matter of order within one subject.
CERTAIN = 100  # the wire says so, or can mean nothing else
LIKELY = 75  # a fact that we know explains what came
PLAUSIBLE = 50  # fits, and nothing better is known
POSSIBLE = 20  # cannot be excluded
FAINT = 5  # last resort
NO = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What a person reads: whole sentences."""

    title: str
    detail: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """``weigh`` gives 0 when the evidence excludes ``code``; the highest weight wins, the earlier rule on a tie."""

    code: str
    weigh: Callable[[Evidence], int]
    words: Callable[[Evidence], Words]
