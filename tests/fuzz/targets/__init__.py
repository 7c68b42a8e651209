"""The targets by name: whatever the modules here declare as ``TARGETS``."""

import importlib
import pkgutil

from tests.fuzz.frame import Target


def targets() -> dict[str, Target]:
    """All of them. Raises ``ValueError`` for a name that is declared twice."""
    found: dict[str, Target] = {}
    for module in pkgutil.iter_modules(__path__):
        declared: dict[str, Target] = importlib.import_module(f"{__name__}.{module.name}").TARGETS
        if twice := found.keys() & declared.keys():
            raise ValueError(f"declared twice: {', '.join(sorted(twice))}")
        found |= declared
    return found
