"""What a collection or a folder gives to the requests below it, as OpenCollection has it."""

from typing import Final

from workbench.core.collection.encoding import Inexpressible
from workbench.core.collection.yml.auth import read_auth, write_auth
from workbench.core.collection.yml.data import edited, edited_rows, kept, mapping, prose, rows, text, written_prose
from workbench.core.collection.yml.item import INFO
from workbench.core.collection.yml.rows import read_field, read_variable, write_field, write_variable
from workbench.core.collection.yml.settings import read_settings, write_settings
from workbench.core.collection.yml.source import Data
from workbench.core.draft import Defaults, InheritAuth
from workbench.core.i18n import _

_FILE: Final = ("opencollection", "info", "config", "items", "request", "docs", "bundled", "extensions")
_REQUEST: Final = ("headers", "metadata", "auth", "variables", "scripts", "settings")


def read_defaults(data: Data) -> Defaults:
    """What the file of a collection or folder says. Where it says no authentication, that of above goes on."""
    file = mapping(data)
    request = mapping(file.get("request"))
    return Defaults(
        name=text(mapping(file.get("info")).get("name")),
        headers=tuple(read_field(row) for row in rows(request.get("headers"))),
        auth=read_auth(request.get("auth"), InheritAuth()),
        variables=tuple(read_variable(row) for row in rows(request.get("variables"))),
        settings=read_settings(mapping(request.get("settings")).get("http")),
        docs=prose(file.get("docs")),
    )


def write_defaults(data: Data, defaults: Defaults) -> Data:
    """``data`` so that it reads as ``defaults``. Raises ``Inexpressible`` for a folder that ends what is inherited."""
    file = mapping(data)
    if defaults.auth is None and read_defaults(data).auth is not None and "opencollection" not in file:
        raise Inexpressible(
            _("A folder cannot be set to no authentication in this format. Set it in each of its requests.")
        )
    request, info = mapping(file.get("request")), mapping(file.get("info"))
    settings = mapping(request.get("settings"))
    http = write_settings(settings.get("http"), defaults.settings)
    wanted: dict[str, Data | None] = {
        "headers": edited_rows(request.get("headers"), defaults.headers, read_field, write_field),
        "auth": write_auth(request.get("auth"), defaults.auth, InheritAuth()),
        "variables": edited_rows(request.get("variables"), defaults.variables, read_variable, write_variable),
        "settings": edited(settings, {"http": http}, ("http", "graphql")) or None,
    }
    written = edited(request, wanted, _REQUEST)
    named = edited(info, {"name": kept(info, "name", defaults.name, empty=bool(info))}, INFO)
    sections: dict[str, Data | None] = {
        "info": named or None,
        "request": written or (file.get("request") if not request else None),
        "docs": written_prose(file.get("docs"), defaults.docs),
    }
    return edited(file, sections, _FILE)
