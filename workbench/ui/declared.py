"""Every setting of the program: the window's own, and after them the core's."""

from workbench.core import i18n, preferences
from workbench.core.i18n import _
from workbench.core.preferences import Choice, Kind, Page, Setting
from workbench.ui import language

SCHEME = Setting(
    "appearance.scheme",
    _("Colours"),
    Page.APPEARANCE,
    Kind.CHOICE,
    "system",
    choices=(
        Choice("system", _("Follow system")),
        Choice("light", _("Light")),
        Choice("dark", _("Dark")),
    ),
)
LANGUAGE = Setting(
    i18n.SETTING,
    _("Language"),
    Page.APPEARANCE,
    Kind.CHOICE,
    i18n.SYSTEM,
    _("Takes effect the next time the program starts."),
    (Choice(i18n.SYSTEM, _("Follow system")), *(Choice(one, language.name(one)) for one in i18n.languages())),
)
FONT = Setting("appearance.font", _("Font"), Page.APPEARANCE, Kind.FONT, "", _("For menus, buttons and lists."))
SCALE = Setting(
    "appearance.scale",
    _("Text size"),
    Page.APPEARANCE,
    Kind.NUMBER,
    100,
    _("For all text, relative to the system's text size."),
    least=70,
    most=250,
    unit="%",
)
FIXED_FONT = Setting(
    "appearance.fixed-font",
    _("Fixed-width font"),
    Page.APPEARANCE,
    Kind.FIXED_FONT,
    "",
    _("For bodies, headers and thumbprints."),
)
FIXED_SCALE = Setting(
    "appearance.fixed-scale",
    _("Fixed-width text size"),
    Page.APPEARANCE,
    Kind.NUMBER,
    100,
    _("Relative to other text."),
    least=70,
    most=250,
    unit="%",
)
WRAP = Setting(
    "editor.wrap", _("Wrap long lines"), Page.EDITOR, Kind.SWITCH, True, _("In request and response bodies.")
)
COMPLETE = Setting(
    "editor.complete",
    _("Suggest variables while typing"),
    Page.EDITOR,
    Kind.SWITCH,
    True,
    _("After two opening braces. Otherwise press Ctrl+Space."),
)
LOOK = (SCHEME, FONT, SCALE, FIXED_FONT, FIXED_SCALE)
SETTINGS: tuple[Setting, ...] = (LANGUAGE, *LOOK, WRAP, COMPLETE, *preferences.SETTINGS)


def page_title(page: Page) -> str:
    """What the page of a setting is called."""
    return {
        Page.APPEARANCE: _("Appearance"),
        Page.EDITOR: _("Editor"),
        Page.NETWORK: _("Network"),
        Page.TLS: _("TLS"),
        Page.STORAGE: _("Storage"),
    }[page]
