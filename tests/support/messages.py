"""The program's messages as Babel extracts them, and their translation into a language that nobody speaks.

Its words are English with an accent on every letter and 40 % longer: what shows up without accents cannot be
translated, what is cut off would be cut off in German too.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from workbench.core import resources
from workbench.core.i18n import DOMAIN

PROGRAM = Path(__file__).parent.parent.parent / "workbench"
PSEUDO = "de"
"""Told as German, of which Qt has translations of its own, and Babel the plural forms."""

_PLAIN = "aceghijklnorstuwyzACEGHIJKLNORSTUWYZbdfmpqvxBDFMPQVX"
_ACCENTED = "áçéğĥíĵķļñóŕšťúŵýžÁÇÉĞĤÍĴĶĻÑÓŔŠŤÚŴÝŽƀďƒṁṗɋṽẋƁĎƑṀṖɊṼẊ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
_KEPT = re.compile(r"(\{+[^{}]*\}+|\{+|\}+|&.|%\w)")
_LONGER = 0.4
_WORD = 6  # letters of what is added, so that lines can be broken


def extract() -> Catalog:
    """Every message of the program."""
    catalog = Catalog(locale=PSEUDO, domain=DOMAIN, project="mTLS Workbench")
    found = extract_from_dir(PROGRAM, [("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)})
    for file, line, message, _comments, context in found:
        catalog.add(message, locations=[(file, line)], context=context)
    return catalog


def pseudo(message: str) -> str:
    """``message`` in the language that nobody speaks; placeholders, mnemonics and the keys behind a tab stay."""
    text, tab, keys = message.partition("\t")
    parts = _KEPT.split(text)
    accented = "".join(part if place % 2 else part.translate(_ACCENTS) for place, part in enumerate(parts))
    added = round(sum(map(str.isalpha, accented)) * _LONGER)
    words = " ".join("ö" * min(_WORD, added - start) for start in range(0, added, _WORD))
    return f"{accented} {words}{tab}{keys}" if words else message


def write_resources(folder: Path) -> None:
    """Resources as the program's own, with a catalogue of the language besides."""
    for own in resources.folder().iterdir():
        if own.name != "locale":
            (folder / own.name).symlink_to(own)
    catalog = extract()
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = tuple(map(pseudo, message.id))
        elif message.id:
            message.string = pseudo(str(message.id))
    place = folder / "locale" / PSEUDO / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalog)
