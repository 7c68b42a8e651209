"""A request's document, whole: with who sends it, keeps its examples and does what a response advises."""

from workbench.ui.tabs.context import DocumentContext
from workbench.ui.tabs.request.examples import Examples
from workbench.ui.tabs.request.remedying import Remedying
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.tabs.request.sending import Sending


def request_document(context: DocumentContext) -> RequestDocument:
    """An empty one."""
    document = RequestDocument(context)
    sending = Sending(context.bridge, document)
    Examples(context.bridge, document)
    Remedying(context, document, sending)
    return document
