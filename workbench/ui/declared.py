"""Every setting of the program: the window's own, and after them the core's."""

from workbench.core import preferences
from workbench.core.i18n import _
from workbench.core.preferences import Choice, Kind, Page, Setting

SCHEME = Setting(
    "appearance.scheme",
    _("Colours"),
    Page.APPEARANCE,
    Kind.CHOICE,
    "system",
    choices=(
        Choice("system", _("Those of the system")),
        Choice("light", _("Light")),
        Choice("dark", _("Dark")),
    ),
)
FONT = Setting("appearance.font", _("Font"), Page.APPEARANCE, Kind.FONT, "", _("Of menus, buttons and lists."))
SCALE = Setting(
    "appearance.scale",
    _("Text size"),
    Page.APPEARANCE,
    Kind.NUMBER,
    100,
    _("Of all text, compared with the size that the system asks for."),
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
    _("Of bodies, headers and thumbprints."),
)
FIXED_SCALE = Setting(
    "appearance.fixed-scale",
    _("Fixed-width text size"),
    Page.APPEARANCE,
    Kind.NUMBER,
    100,
    _("Compared with the other text."),
    least=70,
    most=250,
    unit="%",
)
WRAP = Setting(
    "editor.wrap", _("Wrap long lines"), Page.EDITOR, Kind.SWITCH, True, _("In bodies of requests and responses.")
)
COMPLETE = Setting(
    "editor.complete",
    _("Offer variables while typing"),
    Page.EDITOR,
    Kind.SWITCH,
    True,
    _("After two braces. Otherwise they come with Ctrl+Space."),
)
LOOK = (SCHEME, FONT, SCALE, FIXED_FONT, FIXED_SCALE)
SETTINGS: tuple[Setting, ...] = (*LOOK, WRAP, COMPLETE, *preferences.SETTINGS)


def page_title(page: Page) -> str:
    """What the page of a setting is called."""
    return {
        Page.APPEARANCE: _("Appearance"),
        Page.EDITOR: _("Editor"),
        Page.NETWORK: _("Network"),
        Page.TLS: _("TLS"),
        Page.STORAGE: _("Storage"),
    }[page]
