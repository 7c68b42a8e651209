"""Environments as OpenCollection has them, in files of their own or in the collection's."""

from dataclasses import replace
from typing import Final

from workbench.core.collection.yml.data import edited, edited_rows, kept, mapping, prose, rows, text, written_prose
from workbench.core.collection.yml.rows import read_variable, write_variable
from workbench.core.collection.yml.source import Data
from workbench.core.draft import Environment

_ORDER: Final = (
    *("name", "color", "description", "extends", "dotEnvFilePath", "variables"),
    *("externalSecrets", "clientCertificates"),
)


def read_environment(data: Data) -> Environment:
    """An environment; of secret variables the names."""
    file = mapping(data)
    return Environment(
        name=text(file.get("name")),
        variables=tuple(read_variable(row) for row in rows(file.get("variables"))),
        color=text(file.get("color")),
        extends=text(file.get("extends")),
        dotenv=text(file.get("dotEnvFilePath")),
        description=prose(file.get("description")),
    )


def write_environment(data: Data, environment: Environment) -> Data:
    """``data`` so that it reads as ``environment``."""
    file = mapping(data)
    wanted: dict[str, Data | None] = {
        "name": kept(file, "name", environment.name, empty=True),
        "color": kept(file, "color", environment.color),
        "description": written_prose(file.get("description"), environment.description),
        "extends": kept(file, "extends", environment.extends),
        "dotEnvFilePath": kept(file, "dotEnvFilePath", environment.dotenv),
        "variables": edited_rows(file.get("variables"), environment.variables, read_variable, write_variable),
    }
    return edited(file, {key: value or None for key, value in wanted.items()}, _ORDER)


def named(environment: Environment, name: str) -> Environment:
    """``environment`` under another name."""
    return replace(environment, name=name)


def embedded(data: Data) -> tuple[Data, ...]:
    """The environments in a collection's own file."""
    return tuple(rows(mapping(mapping(data).get("config")).get("environments")))


def with_embedded(data: Data, name: str, environment: Environment | None) -> Data:
    """The collection's own file with the embedded environment ``name`` as it is wanted, None to remove it."""
    file = mapping(data)
    config = mapping(file.get("config"))
    result: list[Data] = []
    for present in rows(config.get("environments")):
        if text(mapping(present).get("name")) != name:
            result.append(present)
        elif environment is not None:
            result.append(write_environment(present, environment))
    wanted: dict[str, Data | None] = {"environments": result or None}
    written = edited(config, wanted, ("environments",))
    return edited(file, {"config": written or None}, ("opencollection", "info", "config"))
