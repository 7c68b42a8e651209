"""How a request is sent, as OpenCollection writes it; ``inherit`` and nothing are the same."""

from collections.abc import Mapping
from typing import Final

from workbench.core.collection.yml.data import edited, mapping, number, truth
from workbench.core.collection.yml.data import written_truth as written
from workbench.core.collection.yml.source import Data, Plain
from workbench.core.draft import Settings

_NAMES: Final = {
    "encodeUrl": "encode_url",
    "timeout": "timeout_ms",
    "followRedirects": "follow_redirects",
    "maxRedirects": "max_redirects",
}
_ORDER: Final = ("encodeUrl", "timeout", "followRedirects", "maxRedirects", "forwardAuthorizationHeader")


def read_settings(data: Data | None) -> Settings:
    """The settings that are made."""
    present = mapping(data)
    return Settings(
        encode_url=truth(present.get("encodeUrl")),
        timeout_ms=_whole(present.get("timeout")),
        follow_redirects=truth(present.get("followRedirects")),
        max_redirects=_whole(present.get("maxRedirects")),
    )


def write_settings(data: Data | None, settings: Settings) -> Data | None:
    """What reads as ``settings``; None to leave it out."""
    was = read_settings(data)
    if was == settings:
        return data
    present: Mapping[str, Data] = mapping(data)
    wanted: dict[str, Data | None] = {}
    for key, name in _NAMES.items():
        value = getattr(settings, name)
        if getattr(was, name) == value:
            continue
        if value is None:
            wanted[key] = "inherit"
        else:
            wanted[key] = written(value) if isinstance(value, bool) else Plain(str(value))
    return edited(present, wanted, _ORDER) or None


def _whole(value: Data | None) -> int | None:
    found = number(value)
    return None if found is None or found < 0 else int(found)
