"""Authorization: from what a person chose to what goes over the wire.

::

    draft.Auth ──carry(auth, resolve, request)──> Request
                   basic, bearer             headers
                   API key in the query      url
                   API key in a header, digest, AWS, OAuth 2.0
                                             Request.auth, one of ``kinds``

What lies in ``Request.auth`` needs the hop at hand (a challenge, a signature, a token), so the session
asks for it hop by hop, at the request's own origin only. Nothing here opens a connection: tokens are
fetched through the session, with the same identity, trust and policy as the request (RFC 8705).
"""

from typing import TYPE_CHECKING

from workbench.core.lazily import lazily

if TYPE_CHECKING:
    from workbench.core.auth.carrying import carry, resolved
    from workbench.core.auth.consent import Browser
    from workbench.core.auth.kinds import AWSSignature, Digest, HeaderKey, OAuth2
    from workbench.core.auth.refusal import TokenRefused
    from workbench.core.auth.signing import Signer, signer_for
    from workbench.core.auth.tokens import Token, Tokens

__all__ = [
    "AWSSignature",
    "Browser",
    "Digest",
    "HeaderKey",
    "OAuth2",
    "Signer",
    "Token",
    "TokenRefused",
    "Tokens",
    "carry",
    "resolved",
    "signer_for",
]

# Most requests prove nothing but a certificate, and need not wait for the rest to load.
_MODULES = {
    "AWSSignature": "kinds",
    "Browser": "consent",
    "Digest": "kinds",
    "HeaderKey": "kinds",
    "OAuth2": "kinds",
    "Signer": "signing",
    "Token": "tokens",
    "TokenRefused": "refusal",
    "Tokens": "tokens",
    "carry": "carrying",
    "resolved": "carrying",
    "signer_for": "signing",
}
__getattr__ = lazily(__name__, _MODULES)
