import pytest

from tests.core.doctor.cases import World


@pytest.fixture(scope="session")
def world() -> World:
    """One root, one intermediate, a stranger: keys are made once."""
    return World()
