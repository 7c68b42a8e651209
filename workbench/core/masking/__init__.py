"""What in a request is a secret, and the request without it.

Two ways to do without: texts to be *shown* later (the headers as they went out, a URL) have ``MASK`` in the
secret's place; a *draft*, which is to be sent again, has nothing there, and a list of what is missing.
What a variable stands in for (``{{token}}``) is no secret: only its name is written.
"""

from typing import TYPE_CHECKING

from workbench.core.lazily import lazily

if TYPE_CHECKING:
    from workbench.core.masking.mask import MASK, Mask
    from workbench.core.masking.names import is_literal, is_secret_name
    from workbench.core.masking.stripping import Stripped, without_body, without_secrets

__all__ = ["MASK", "Mask", "Stripped", "is_literal", "is_secret_name", "without_body", "without_secrets"]

# What no redirect may take along is asked for with every request, and what a draft is made of is not.
_MODULES = {
    "MASK": "mask",
    "Mask": "mask",
    "Stripped": "stripping",
    "is_literal": "names",
    "is_secret_name": "names",
    "without_body": "stripping",
    "without_secrets": "stripping",
}
__getattr__ = lazily(__name__, _MODULES)
