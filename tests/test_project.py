"""The project as a whole: what lies where, and that the documents say what is so."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import workbench
from workbench.cli.commands import is_command
from workbench.core import resources

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Every file under version control, relative to the top."""
    if not (TOP / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    command = ["git", "-c", f"safe.directory={TOP}", "ls-files", "-z"]  # the checkout may belong to someone else
    run = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True)
    return [Path(name) for name in run.stdout.split("\0") if name and (TOP / name).exists()]


def test_the_top_level_is_fixed(tracked: list[Path]) -> None:
    folders = {"workbench", "resources", "tests", "packaging", ".ci", ".github"}
    files = {"pyproject.toml", "README.md", "LICENSE", ".gitignore"}
    assert {path.parts[0] for path in tracked} == folders | files


def test_every_test_folder_is_a_package(tracked: list[Path]) -> None:
    """Two test modules of one name would otherwise be one module to mypy."""
    folders = {path.parent for path in tracked if path.suffix == ".py" and path.parts[0] in {"tests", "workbench"}}
    assert [folder for folder in folders if not (TOP / folder / "__init__.py").exists()] == []


def test_the_windows_map_names_every_module_in_the_order_of_its_layers() -> None:
    ui = TOP / "workbench" / "ui"
    whole = (ui / "__init__.py").read_text("utf-8").partition("::\n\n")[2].partition("\n\n")[0]
    contract = next(c for c in PROJECT["tool"]["importlinter"]["contracts"] if c.get("containers") == ["workbench.ui"])
    layers = [[name.strip(" ()") for name in layer.split("|")] for layer in contract["layers"]]
    lines = whole.splitlines()
    places = []
    for names in layers:
        for name in names:
            found = [at for at, line in enumerate(lines) if re.search(rf"^ +(?:\w+ \| )*{name}\b", line)]
            assert len(found) == 1, f"{name} is in the map {len(found)} times"
            places.append(found[0])
    assert places == sorted(places)
    modules = {path.stem for path in ui.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert modules - {"__init__"} == {name for names in layers for name in names}


def test_no_file_names_a_path_of_this_machine(tracked: list[Path]) -> None:
    here = [re.escape(str(path)) for path in (TOP, Path.home()) if len(path.parts) > 1]
    path_of_this_machine = re.compile(rf"(?<![\w.}}-])(?:{'|'.join(here)})/".encode())
    assert [name for name in tracked if path_of_this_machine.search((TOP / name).read_bytes())] == []


def test_the_readme_names_scripts_and_commands_that_exist() -> None:
    code = "\n".join(re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL))
    assert {"packaging/start.sh", "packaging/test.sh"} <= set(re.findall(r"packaging/\w+\.sh", code))
    for script in re.findall(r"packaging/[\w.]+", README):
        assert (TOP / script).exists(), script
    commands = re.findall(r"^(?:\S*/)?mtls-workbench +(\w\S*)", code, re.MULTILINE)
    assert commands
    assert [command for command in commands if not is_command(command)] == []


def test_every_module_that_the_readme_points_to_exists() -> None:
    for module in re.findall(r"`((?:workbench|tests|resources)/[\w/.]+)`", README):
        assert (TOP / module).exists(), module


def test_the_changelog_has_this_version() -> None:
    changelog = (TOP / "packaging" / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## {re.escape(workbench.__version__)}\b", changelog, re.MULTILINE)


def test_one_oldest_python_everywhere() -> None:
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert PROJECT["tool"]["mypy"]["python_version"] == oldest
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert f"Python {oldest} or newer" in README


def test_continuous_integration_runs_the_same_script_as_a_person() -> None:
    lines = (TOP / ".ci" / "run").read_text("utf-8").splitlines()
    commands = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(commands) == 1
    assert "packaging/test.sh" in commands[0]


def test_the_wheel_carries_the_resources() -> None:
    carried = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    wanted = {path.name for path in resources.folder().iterdir()} - {"screenshots"}  # those are the README's
    assert carried == {f"resources/{name}": f"workbench/resources/{name}" for name in wanted}
