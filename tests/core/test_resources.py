import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

from workbench.core import resources


def _copy(package: Path) -> ModuleType:
    """The module as it lies in another copy of the program."""
    (package / "core").mkdir(parents=True)
    source = shutil.copy(resources.__file__, package / "core")
    spec = importlib.util.spec_from_file_location("copied_resources", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_checkout_has_them_at_its_top() -> None:
    assert (resources.folder() / "icons").is_dir()


def test_an_installed_package_has_them_inside(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "workbench"
    module = _copy(package)
    (package / "resources").mkdir()
    assert module.folder() == package / "resources"


def test_a_checkout_is_recognised_by_their_absence(tmp_path: Path) -> None:
    module = _copy(tmp_path / "workbench")
    assert module.folder() == tmp_path / "resources"
