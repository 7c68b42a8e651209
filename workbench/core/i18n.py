"""Translation of every sentence a person reads: ``from workbench.core.i18n import _``.

Messages are English in the source; a catalogue ``locale/<language>/LC_MESSAGES/mtls-workbench.mo``
under the packaged resources replaces them where one exists for the person's language.
"""

import gettext
from importlib.resources import files

DOMAIN = "mtls-workbench"


def _load() -> gettext.NullTranslations:
    folder = files("workbench").joinpath("resources", "locale")
    return gettext.translation(DOMAIN, str(folder), fallback=True)


_translations = _load()
_ = _translations.gettext
ngettext = _translations.ngettext
