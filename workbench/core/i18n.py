"""Translation of every sentence a person reads: ``from workbench.core.i18n import _``.

Messages are English in the source; a catalogue ``locale/<language>/LC_MESSAGES/mtls-workbench.mo``
under the program's resources replaces them where one exists for the person's language.
"""

import gettext

from workbench.core import resources

DOMAIN = "mtls-workbench"


def _load() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, resources.folder() / "locale", fallback=True)


_translations = _load()
_ = _translations.gettext
ngettext = _translations.ngettext
