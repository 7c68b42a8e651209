"""Which language the program speaks, and how it writes numbers."""

import json
import plistlib
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.messages import PSEUDO, write_resources
from workbench.core import i18n
from workbench.core.home import Home

_SAYS = """
from pathlib import Path
from workbench.core import resources
resources.folder = lambda: Path({folder!r})
from workbench.core.i18n import LANGUAGE, _, ngettext, number
print(LANGUAGE, _("Cancel"), ngettext("{{days}} day left", "{{days}} days left", 1), number(1234.5, 1), sep="|")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("resources")
    write_resources(made)
    return made


def _said(folder: Path, environment: Mapping[str, str], home: Path) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", _SAYS.format(folder=str(folder))],
        env={"MTLS_WORKBENCH_HOME": str(home), **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return run.stdout.strip().split("|")


@pytest.mark.parametrize(
    ("environment", "setting", "language"),
    [
        ({"LANG": f"{PSEUDO}.UTF-8"}, "system", PSEUDO),
        ({"LANGUAGE": f"xx:{PSEUDO}"}, "system", PSEUDO),
        ({"LANGUAGE": f"en_GB:{PSEUDO}"}, "system", "en"),
        ({"LANG": f"{PSEUDO}.UTF-8", "LC_ALL": "C"}, "system", "en"),
        ({"LANG": f"{PSEUDO}.UTF-8"}, "en", "en"),
        ({"LANG": "C.UTF-8"}, PSEUDO, PSEUDO),
    ],
)
def test_the_setting_comes_first_and_then_the_environment(
    folder: Path, tmp_path: Path, environment: dict[str, str], setting: str, language: str
) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"preferences": {i18n.SETTING: setting}}))
    said = _said(folder, {"PYTHONUTF8": "1", **environment}, tmp_path)
    translated = language == PSEUDO
    assert said == [
        language,
        "Çáñçéļ öö" if translated else "Cancel",
        "{days} ďáý ļéƒť öööö" if translated else "{days} day left",
        "1,234.5",
    ]


@pytest.mark.parametrize("stored", ["{", "[]", '{"preferences": 3}', "[" * 100_000, '{"preferences": {}}'])
def test_settings_that_make_no_sense_choose_no_language(stored: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Home.default().settings
    file.parent.mkdir(parents=True)
    file.write_text(stored)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert i18n.wanted() == ["de_DE.UTF-8"]


def test_the_languages_of_macos_are_locale_names(tmp_path: Path) -> None:
    file = tmp_path / ".GlobalPreferences.plist"
    file.write_bytes(plistlib.dumps({"AppleLanguages": ["pt-BR", "zh-Hans-CN", "de"]}))
    assert i18n._of_macos(file) == ["pt_BR", "zh_CN", "de"]
    file.write_bytes(b"bplist")
    assert i18n._of_macos(file) == []


def test_english_can_always_be_chosen() -> None:
    assert "en" in i18n.languages()


@pytest.mark.parametrize(
    ("value", "decimals", "said"), [(0, 0, "0"), (999.95, 1, "1,000.0"), (1234567, 0, "1,234,567"), (0.25, 2, "0.25")]
)
def test_numbers_as_english_writes_them(value: float, decimals: int, said: str) -> None:
    assert i18n.number(value, decimals) == said


@pytest.mark.parametrize(
    ("sample", "said"), [("1.234,5", "1.234.567,50"), ("1 234,5", "1 234 567,50"), ("1234,5", "1234567,50")]
)
def test_numbers_as_other_languages_write_them(sample: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_separators", i18n.separators(sample))
    assert i18n.number(1234567.5, 2) == said
