"""Bodies of requests: from what a person wrote to what goes over the wire, and what is wrong with it on the way.

::

    draft.Body ──content(body, resolve, folder)──> Content(media_type, data)
                     raw, urlencoded, GraphQL      bytes
                     file                          its path
                     multipart                     a Stream: bytes and paths

    problem(language, text)    where a text breaks the rules of its language, for an editor
    tidy(language, text)       the same text, laid out

``content`` looks at files, to say at once that one is not there; their bytes are read when they are sent.
``problem`` and ``tidy`` know that ``{{variables}}`` may stand where their language has no such thing.
"""

from workbench.core.bodies.language import Language, problem, tidy
from workbench.core.bodies.problems import Problem
from workbench.core.bodies.wire import Content, content, media_type

__all__ = ["Content", "Language", "Problem", "content", "media_type", "problem", "tidy"]
