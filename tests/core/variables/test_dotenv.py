"""Files of variables that are meant to take long."""

import pytest

from workbench.core.errors import InvalidInput
from workbench.core.variables.dotenv import read_dotenv


def test_spaces_without_end_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(InvalidInput, match="Line 2 has more than 200 spaces"):
        read_dotenv("A=1\nB=x" + " " * 200_000 + "y\n")
    assert read_dotenv("A=x" + " " * 200 + "y\n")["A"].endswith("y")
