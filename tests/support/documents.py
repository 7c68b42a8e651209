"""Documents of a window as those of requests, which is what they are in most tests."""

from workbench.ui.tabs.document import Document
from workbench.ui.tabs.document_tabs import DocumentTabs
from workbench.ui.tabs.request.request_document import RequestDocument


def as_request(document: Document | None) -> RequestDocument:
    """``document``, which must be a request."""
    assert isinstance(document, RequestDocument)
    return document


def requests_in(tabs: DocumentTabs) -> tuple[RequestDocument, ...]:
    """All open documents, which must be requests."""
    return tuple(map(as_request, tabs.documents()))
