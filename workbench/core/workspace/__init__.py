"""A workspace: what a person works on together, and how a draft of it becomes an exchange.

::

    Workspace.open(home, session, keyring) ─> Workspace             one process at a time (lock)
    Workspace.open_read_only(home, session, keyring) ─> Workspace   beside it, writing nothing
      collections    open  create  clone  close  opened  get   and the environment that the person chose for each
      agreements     restricted  agreed  agree  revoke         what one from elsewhere may use (``core.agreement``)
      secrets        read  names  keep  remove  clear          values of secret variables, in the keyring
      cookies        a ``core.cookies.Jar``
      scope(draft, location, environment)             what its variables are
      extract_secrets(draft, location, environment)   secrets out of it before it is written
      send(draft, location, environment)              -> Exchange
    list_workspaces  new_workspace  rename_workspace  remove_workspace

    <home>/workspaces/<id>/   workspace.json  cookies.json  workspace.lock

Over it, each in a module of its own: ``collection_editor`` (items made, moved, deleted and brought back),
``saved_requests`` (read, saved, merged), ``environment_files``, ``examples``, ``inheritance`` and ``previews`` (what a
draft takes over, and what will be added to it), ``tree_state``; their data, which needs neither network nor storage,
in ``collection_state``, ``request_file``, ``environment_edit`` and ``surroundings``.

``record`` is the file, ``keyring_secrets`` the keyring's entries and ``secret_variables`` both together, ``scoping``
the variables, ``secret_extraction`` what must not reach a file, ``gate`` what a collection from elsewhere may use,
``sending`` the way to the session.
"""

from typing import TYPE_CHECKING

from workbench.core.collection.location import DraftLocation
from workbench.core.lazily import lazily

if TYPE_CHECKING:
    from workbench.core.workspace.gate import Consent
    from workbench.core.workspace.open_collections import Opened
    from workbench.core.workspace.registry import (
        DEFAULT,
        Known,
        list_workspaces,
        new_workspace,
        remove_workspace,
        rename_workspace,
    )
    from workbench.core.workspace.secret_extraction import telltale_headers
    from workbench.core.workspace.sending import Journal
    from workbench.core.workspace.workspace import Workspace

__all__ = [
    "DEFAULT",
    "Consent",
    "DraftLocation",
    "Journal",
    "Known",
    "Opened",
    "Workspace",
    "list_workspaces",
    "new_workspace",
    "remove_workspace",
    "rename_workspace",
    "telltale_headers",
]

# Who only says where a draft comes from, as panels do, need not wait for session and TLS to load.
_MODULES = {
    **dict.fromkeys(
        ("DEFAULT", "Known", "list_workspaces", "new_workspace", "remove_workspace", "rename_workspace"), "registry"
    ),
    "Consent": "gate",
    "Journal": "sending",
    "Opened": "collections",
    "Workspace": "workspace",
    "telltale_headers": "secret_extraction",
}
__getattr__ = lazily(__name__, _MODULES)
