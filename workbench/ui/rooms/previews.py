"""What a draft will be sent with, worked out in the worker without sending it."""

from pathlib import Path

from workbench.core.draft import Draft
from workbench.core.errors import WorkbenchError
from workbench.core.preparation import generated_headers, prepare
from workbench.core.request import Headers, Request
from workbench.core.workspace import Origin, Workspace


def generated(workspace: Workspace, draft: Draft, origin: Origin | None, fallback: Request) -> tuple[Headers, str]:
    """The header fields that are added when ``draft`` is sent; where it cannot be, none, and words why."""
    try:
        chain = (
            workspace.collection(origin.collection).chain(origin.item if origin.item is not None else Path())
            if origin is not None
            else ()
        )
        folder = origin.collection if origin is not None else workspace.folder
        scope = workspace.scope(draft, origin)
        return generated_headers(prepare(draft, scope, folder=folder, inherited=chain, fallback=fallback)), ""
    except WorkbenchError as error:
        return (), " ".join(part for part in (error.title, error.detail) if part)
