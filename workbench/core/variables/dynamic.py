"""Dynamic variables: names that begin with ``$`` and stand for values made up each time they are used.

The names are those that people know from other clients. All chance is the operating system's, so that
``$guid`` or ``$randomPassword`` cannot be guessed.
"""

import string
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import IPv4Address, IPv6Address
from random import SystemRandom

from workbench.core.i18n import _
from workbench.core.variables import dynamic_words as words

MARK = "$"
_ALPHANUMERIC = string.ascii_letters + string.digits
_DAY = 24 * 60 * 60
_DOCUMENTATION = 0x20010DB8 << 96  # RFC 3849

_chance = SystemRandom()
_one = _chance.choice


@dataclass(frozen=True, slots=True)
class Dynamic:
    """A name, and one line that says what it gives."""

    name: str
    description: str


def dynamic_variables() -> tuple[Dynamic, ...]:
    """All of them, in the order of their subjects."""
    return _listed()


def generate(name: str) -> str | None:
    """A new value for the dynamic variable ``name``; None when there is none of this name."""
    entry = _table().get(name)
    return entry[1]() if entry is not None else None


@cache
def _listed() -> tuple[Dynamic, ...]:
    return tuple(Dynamic(name, description) for name, (description, _make) in _table().items())


@cache
def _table() -> Mapping[str, tuple[str, Callable[[], str]]]:
    named = {**_common(), **_numbers(), **_internet(), **_people(), **_places(), **_dates(), **_business(), **_texts()}
    return {MARK + name: entry for name, entry in named.items()}


_Entries = dict[str, tuple[str, Callable[[], str]]]


def _common() -> _Entries:
    return {
        "guid": (_("UUID, version 4"), _uuid),
        "uuid": (_("UUID, version 4"), _uuid),
        "randomUUID": (_("UUID, version 4"), _uuid),
        "timestamp": (_("current time in seconds since 1970"), lambda: str(int(_now().timestamp()))),
        "isoTimestamp": (_("current time in UTC, such as 2026-01-31T12:00:00.000Z"), lambda: _iso(_now())),
        "openBraces": (_("two opening braces as text, not as a variable"), lambda: "{{"),
        "nanoid": (_("21 letters, digits, - and _"), lambda: _some(_ALPHANUMERIC + "-_", 21)),
    }


def _numbers() -> _Entries:
    return {
        "randomInt": (_("whole number from 0 to 1000"), lambda: str(_chance.randint(0, 1000))),
        "randomBoolean": (_("true or false"), lambda: _one(("true", "false"))),
        "randomAlphaNumeric": (_("one letter or digit"), lambda: _some(_ALPHANUMERIC, 1)),
        "randomPrice": (_("price from 0.00 to 1000.00"), lambda: f"{_chance.randint(0, 100_000) / 100:.2f}"),
        "randomSemver": (_("version number such as 2.0.4"), lambda: ".".join(_some("0123456789", 3))),
    }


def _internet() -> _Entries:
    return {
        "randomEmail": (_("e-mail address at an example domain"), lambda: f"{_user()}@{_one(words.DOMAINS)}"),
        "randomExampleEmail": (_("e-mail address at example.com"), lambda: f"{_user()}@example.com"),
        "randomUserName": (_("user name, ASCII"), _user),
        "randomPassword": (_("password of 15 letters and digits"), lambda: _some(_ALPHANUMERIC, 15)),
        "randomUrl": (_("https URL at an example domain"), lambda: f"https://{_domain()}"),
        "randomDomainName": (_("subdomain of an example domain"), _domain),
        "randomDomainWord": (_("single label of a domain name"), lambda: _one(words.WORDS)),
        "randomDomainSuffix": (_("top-level domain"), lambda: _one(("com", "net", "org"))),
        "randomProtocol": (_("http or https"), lambda: _one(("http", "https"))),
        "randomIP": (_("IPv4 address"), lambda: str(IPv4Address(_chance.getrandbits(32)))),
        "randomIPV6": (
            _("IPv6 address from the documentation range"),
            lambda: IPv6Address(_DOCUMENTATION | _chance.getrandbits(96)).exploded,
        ),
        "randomMACAddress": (_("MAC address, locally administered"), _mac),
        "randomUserAgent": (_("browser User-Agent"), _user_agent),
        "randomLocale": (_("two-letter language code"), lambda: _one(words.LOCALES)),
        "randomFileName": (_("file name with an extension"), lambda: f"{_one(words.WORDS)}.{_file_type()[0]}"),
        "randomFileExt": (_("extension of a file name"), lambda: _file_type()[0]),
        "randomMimeType": (_("media type"), lambda: _file_type()[1]),
    }


def _people() -> _Entries:
    return {
        "randomFirstName": (_("first name"), lambda: _one(words.FIRST_NAMES)),
        "randomLastName": (_("last name"), lambda: _one(words.LAST_NAMES)),
        "randomFullName": (_("first and last name"), _full_name),
        "randomJobTitle": (_("occupation"), lambda: _one(words.JOBS)),
        "randomPhoneNumber": (_("phone number of the form 000-555-01NN"), _phone),
    }


def _places() -> _Entries:
    return {
        "randomCity": (_("city"), lambda: _one(words.CITIES)),
        "randomCountry": (_("country"), lambda: _one(words.COUNTRIES)[1]),
        "randomCountryCode": (_("two-letter country code (ISO 3166)"), lambda: _one(words.COUNTRIES)[0]),
        "randomStreetName": (_("street"), lambda: _one(words.STREETS)),
        "randomStreetAddress": (_("number and street"), lambda: f"{_chance.randint(1, 999)} {_one(words.STREETS)}"),
        "randomLatitude": (_("latitude in degrees, four decimals"), lambda: f"{_chance.uniform(-90, 90):.4f}"),
        "randomLongitude": (_("longitude in degrees, four decimals"), lambda: f"{_chance.uniform(-180, 180):.4f}"),
    }


def _dates() -> _Entries:
    return {
        "randomDateFuture": (_("time within the next year, ISO 8601"), lambda: _moment(0, 365 * _DAY)),
        "randomDatePast": (_("time within the past year, ISO 8601"), lambda: _moment(-365 * _DAY, 0)),
        "randomDateRecent": (_("time within the past day, ISO 8601"), lambda: _moment(-_DAY, 0)),
        "randomWeekday": (_("day of the week, in English"), lambda: _one(words.WEEKDAYS)),
        "randomMonth": (_("month, in English"), lambda: _one(words.MONTHS)),
    }


def _business() -> _Entries:
    return {
        "randomCompanyName": (_("company"), lambda: f"{_one(words.LAST_NAMES)} {_one(words.COMPANY_FORMS)}"),
        "randomCompanySuffix": (_("legal form of a company"), lambda: _one(words.COMPANY_FORMS)),
        "randomDepartment": (_("department of a company"), lambda: _one(words.DEPARTMENTS)),
        "randomProduct": (_("product"), lambda: _one(words.PRODUCTS)),
        "randomProductName": (_("adjective, material and product"), _product_name),
        "randomProductMaterial": (_("material"), lambda: _one(words.MATERIALS)),
        "randomCurrencyCode": (_("currency code, ISO 4217"), lambda: _one(words.CURRENCIES)[0]),
        "randomCurrencyName": (_("currency"), lambda: _one(words.CURRENCIES)[1]),
        "randomCurrencySymbol": (_("currency symbol"), lambda: _one(words.CURRENCIES)[2]),
        "randomBankAccount": (_("account number of 8 digits"), lambda: _some(string.digits, 8)),
    }


def _texts() -> _Entries:
    return {
        "randomColor": (_("colour name"), lambda: _one(words.COLORS)),
        "randomHexColor": (_("colour such as #1a2b3c"), lambda: f"#{_chance.getrandbits(24):06x}"),
        "randomWord": (_("word"), lambda: _one(words.WORDS)),
        "randomWords": (_("three words"), lambda: " ".join(_chance.sample(words.WORDS, 3))),
        "randomNoun": (_("noun"), lambda: _one(words.WORDS)),
        "randomVerb": (_("verb"), lambda: _one(words.VERBS)),
        "randomAdjective": (_("adjective"), lambda: _one(words.ADJECTIVES)),
        "randomPhrase": (_("short phrase"), _phrase),
        "randomAbbreviation": (_("three capital letters"), lambda: _some(string.ascii_uppercase, 3)),
        "randomLoremWord": (_("word of placeholder text"), lambda: _one(words.LOREM)),
        "randomLoremWords": (_("three words of placeholder text"), lambda: " ".join(_chance.sample(words.LOREM, 3))),
        "randomLoremSentence": (_("sentence of placeholder text"), _sentence),
        "randomLoremParagraph": (
            _("four sentences of placeholder text"),
            lambda: " ".join(_sentence() for _each in range(4)),
        ),
    }


def _uuid() -> str:
    return str(uuid.uuid4())


def _some(alphabet: str, count: int) -> str:
    return "".join(_chance.choices(alphabet, k=count))


def _now() -> datetime:
    return datetime.now(UTC)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(earliest: int, latest: int) -> str:
    return _iso(_now() + timedelta(seconds=_chance.uniform(earliest, latest)))


def _user() -> str:
    return f"{_one(words.PLAIN_NAMES)}.{_one(words.WORDS)}{_chance.randint(1, 99)}"


def _domain() -> str:
    return f"{_one(words.WORDS)}.{_one(words.DOMAINS)}"


def _mac() -> str:
    first = _chance.getrandbits(8) & 0xFC | 0x02  # unicast, locally administered (IEEE 802)
    return ":".join(f"{byte:02x}" for byte in (first, *_chance.randbytes(5)))


def _user_agent() -> str:
    version = _chance.randint(115, 140)
    system = _one(("X11; Linux x86_64", "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10.15"))
    return f"Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"


def _file_type() -> tuple[str, str]:
    return _one(words.FILE_TYPES)


def _full_name() -> str:
    return f"{_one(words.FIRST_NAMES)} {_one(words.LAST_NAMES)}"


def _phone() -> str:
    return f"{_chance.randint(200, 999)}-555-01{_chance.randint(0, 99):02d}"


def _product_name() -> str:
    return f"{_one(words.ADJECTIVES)} {_one(words.MATERIALS)} {_one(words.PRODUCTS)}".capitalize()


def _phrase() -> str:
    return f"{_one(words.VERBS)} the {_one(words.ADJECTIVES)} {_one(words.WORDS)}".capitalize()


def _sentence() -> str:
    return " ".join(_chance.sample(words.LOREM, 8)).capitalize() + "."
