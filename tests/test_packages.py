"""What the installable artefacts are made from: lists, declarations, scripts. Nothing is built here."""

import ast
import configparser
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from workbench.cli.command import PROGRAM, parser_of
from workbench.cli.commands import COMMANDS

TOP = Path(__file__).parent.parent
PACKAGING = TOP / "packaging"
LINUX = PACKAGING / "linux"


def _read(name: str) -> str:
    return (LINUX / name).read_text("utf-8")


@pytest.fixture(scope="module")
def manual() -> ModuleType:
    spec = importlib.util.spec_from_file_location("packaging_manual", PACKAGING / "manual.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bundle_is_described_by_python_that_names_what_there_is() -> None:
    tree = ast.parse((PACKAGING / "mtls-workbench.spec").read_text("utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert {"Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE"} <= called
    assert (PACKAGING / "entry.py").is_file()


def test_the_package_depends_on_the_libraries_that_start_sh_installs() -> None:
    """Both take them from packaging/system.sh; the rpm names the libraries themselves."""
    declared = dict(re.findall(r"([\w.+-]+\.so\.\d+):([\w.+-]+)", (PACKAGING / "system.sh").read_text("utf-8")))
    assert {"libEGL.so.1", "libxcb-cursor.so.0", "libwayland-egl.so.1"} <= declared.keys()
    assert "QT_LIBRARIES" in _read("deb.sh")
    assert "libxcb" not in _read("deb.sh"), "a second list"
    required = set(re.findall(r"([\w.+-]+\.so\.\d+)\(\)", _read("mtls-workbench.rpm.spec")))
    assert declared.keys() <= required


def test_the_desktop_entry_is_valid_and_names_the_window() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(LINUX / "mtls-workbench.desktop", "utf-8")
    assert entry["Desktop Entry"]["Exec"] == f"{PROGRAM}-window %F"
    _tool("desktop-file-validate", str(LINUX / "mtls-workbench.desktop"))


def test_the_file_type_is_one_that_the_desktop_entry_opens() -> None:
    elements = ET.parse(LINUX / "mtls-workbench.xml").iter()  # noqa: S314
    types = {element.get("type") for element in elements if element.tag.endswith("}mime-type")}
    assert types
    assert all(f"{one};" in _read("mtls-workbench.desktop") for one in types)


def test_the_metainfo_is_valid_and_launches_the_desktop_entry(tmp_path: Path) -> None:
    text = _read("io.github.mtls_workbench.metainfo.xml")
    file = tmp_path / "io.github.mtls_workbench.metainfo.xml"
    file.write_text(text.replace("@VERSION@", "1.2.3").replace("@DATE@", "2026-01-02"), "utf-8")
    root = ET.parse(file).getroot()  # noqa: S314
    assert root.findtext("launchable") == "mtls-workbench.desktop"
    _tool("appstreamcli", "validate", "--no-net", "--pedantic", str(file))


def _tool(*command: str) -> None:
    """Run it where it is installed; its complaints are the failure."""
    if shutil.which(command[0]):
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def _options(words: str) -> set[str]:
    entry = next(entry for entry in COMMANDS if entry.words == words)
    parser = parser_of(entry.words, entry.summary, entry.load())
    return {option for action in parser._actions for option in action.option_strings} - {"-h", "--help"}


def test_the_man_page_names_every_command_and_option(manual: ModuleType) -> None:
    page = str(manual.man_page()).replace("\\-", "-")
    for entry in COMMANDS:
        assert re.search(rf"^\.SS .*{PROGRAM} {entry.words}\b", page, re.MULTILINE), entry.words
        for option in _options(entry.words):
            assert option in page, f"{entry.words} {option}"
    for option in ("--version", "--with-lab", "--workspace"):
        assert option in page
    for section in ("NAME", "SYNOPSIS", "EXIT STATUS", "ENVIRONMENT", "FILES"):
        assert section in page


@pytest.fixture(scope="module")
def completions(manual: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("completions")
    manual.main(folder)
    return folder


_COMPLETE = """
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
function=$(complete -p mtls-workbench | sed 's/.*-F \\([^ ]*\\).*/\\1/')
"$function" mtls-workbench "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["se"], {"send", "self-test"}),
        (["identity", "imp"], {"import"}),
        (["send", "--tls-m"], {"--tls-min", "--tls-max"}),
        (["send", "-H", "a: b", "--keyl"], {"--keylog"}),
        (["--work"], {"--workspace"}),
    ],
)
def test_bash_completes(completions: Path, typed: list[str], offered: set[str]) -> None:
    if not shutil.which("bash"):
        pytest.skip("no bash here")
    command = ["bash", "-c", _COMPLETE, "bash", str(completions / f"{PROGRAM}.bash"), PROGRAM, *typed]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == offered


def test_the_other_shells_know_every_command_and_long_option(completions: Path) -> None:
    fish = (completions / f"{PROGRAM}.fish").read_text("utf-8")
    zsh = (completions / f"_{PROGRAM}").read_text("utf-8")
    for entry in COMMANDS:
        for word in entry.words.split():
            assert f" -a {word} " in fish
            assert re.search(rf"\b{word}:", zsh)
        for option in _options(entry.words):
            if option.startswith("--"):
                assert f"-l {option[2:]} " in fish, f"{entry.words} {option}"
                assert option in zsh, f"{entry.words} {option}"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """What the self-extracting archive unpacks, with a program that only says what it was called with."""
    folder = tmp_path / "unpacked"
    (folder / "mtls-workbench").mkdir(parents=True)
    (folder / "manual").mkdir()
    for name in ("mtls-workbench", "mtls-workbench-window"):
        (folder / "mtls-workbench" / name).write_text('#!/bin/sh\necho "$@"\n', "utf-8")
        (folder / "mtls-workbench" / name).chmod(0o755)
    for name in ("install_here.sh", "mtls-workbench.desktop", "mtls-workbench.xml"):
        shutil.copy(LINUX / name, folder)
    shutil.copy(TOP / "resources" / "icons" / "application.svg", folder)
    for name in (f"{PROGRAM}.1", f"{PROGRAM}.bash", f"{PROGRAM}.fish"):
        (folder / "manual" / name).write_text("", "utf-8")
    return folder


def _install(archive: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    home.mkdir(exist_ok=True)
    return subprocess.run(
        ["sh", "./install_here.sh", *words],
        cwd=archive,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("folder", ["plain", "with spaces", "Prüf stück & Söhne", 'a "b" $c `d` \\e %f'])
def test_the_archive_installs_anywhere_and_leaves_nothing(archive: Path, tmp_path: Path, folder: str) -> None:
    home, prefix = tmp_path / "home", tmp_path / folder
    run = _install(archive, home, "--prefix", str(prefix))
    assert run.returncode == 0, run.stderr
    program = subprocess.run([prefix / "bin" / PROGRAM, "x"], capture_output=True, text=True, check=True)
    assert program.stdout == "x\n"
    entry = home / ".local/share/applications/mtls-workbench.desktop"
    (line,) = (one for one in entry.read_text("utf-8").splitlines() if one.startswith("Exec="))
    assert _program_of(line) == f"{prefix}/bin/{PROGRAM}-window"
    if "\\" not in folder:  # desktop-file-validate 0.26 does not know that strings escape once more
        _tool("desktop-file-validate", str(entry))
    assert _install(archive, home, "--prefix", str(prefix)).returncode == 0, "a second time, over the first"
    assert _install(archive, home, "--remove", "--prefix", str(prefix)).returncode == 0
    left = [path for path in (*home.rglob("*"), *prefix.rglob("*")) if path.is_file() or path.is_symlink()]
    assert [path for path in left if "workbench" in path.name] == []


def _program_of(line: str) -> str:
    """As the Desktop Entry Specification reads it: the string's escapes, then the quoted argument's, then %%."""
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    quoted = re.match(r'"((?:\\.|[^"\\])*)" %F$', value)
    assert quoted, line
    return re.sub(r"\\(.)", r"\1", quoted[1]).replace("%%", "%")


def test_an_installation_that_fails_leaves_the_old_version(archive: Path, tmp_path: Path) -> None:
    home, prefix = tmp_path / "home", tmp_path / "there"
    assert _install(archive, home, "--prefix", str(prefix)).returncode == 0
    shutil.rmtree(archive / "mtls-workbench")
    run = _install(archive, home, "--prefix", str(prefix))
    assert run.returncode == 2
    assert "Nothing was changed" in run.stderr
    assert (prefix / "lib/mtls-workbench/mtls-workbench").exists()
    assert (prefix / "bin" / PROGRAM).exists()


@pytest.mark.parametrize("words", [["--prefix"], ["--nonsense"]])
def test_wrong_usage_of_the_archive_changes_nothing(archive: Path, tmp_path: Path, words: list[str]) -> None:
    run = _install(archive, tmp_path / "home", *words)
    assert run.returncode == 2
    assert list((tmp_path / "home").iterdir()) == []


def test_the_workflow_uses_pinned_actions_and_scripts_that_exist() -> None:
    text = (TOP / ".github" / "workflows" / "artefacts.yml").read_text("utf-8")
    for action in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
    for script in re.findall(r"packaging[/\\][\w/\\.]+\.(?:sh|ps1)", text):
        assert (TOP / script.replace("\\", "/")).is_file(), script
