"""Reading the files that people have: PEM, DER, PKCS#8, PKCS#12, PKCS#7, Java keystores.

Everything here works on bytes, without I/O, but ``load_source``::

    import_sources([load_source(path), …], password) ->  Imported    whatever they hold, by ``importers.IMPORTERS``
    read_identity([load_source(path), …], password)  ->  ImportedIdentity
    read_bundle(load_source(path))                   ->  certificates

``contents`` finds out what a file is by its contents, never by its name; ``keys``, ``shrouded``, ``pkcs12``,
``jks`` and ``legacy_pem`` open what is encrypted; ``identity`` pairs a key with its certificate.
"""

from workbench.core.formats.bundle import read_bundle
from workbench.core.formats.identity import ImportedIdentity, read_identity
from workbench.core.formats.importers import Imported, Wanted, import_sources
from workbench.core.formats.source import Source, load_source

__all__ = [
    "Imported",
    "ImportedIdentity",
    "Source",
    "Wanted",
    "import_sources",
    "load_source",
    "read_bundle",
    "read_identity",
]
