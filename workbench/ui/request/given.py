"""Header fields that a person did not write into a request, and why they are there."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GivenField:
    """``why`` says where the field is from or why it is not sent; ``value`` may be words for what is not known yet."""

    name: str
    value: str = field(repr=False)
    why: str
