"""Where icons, phrases, catalogues and other files of the program lie.

They are ``resources/`` at the top of a checkout; the wheel carries them as ``workbench/resources``.
"""

from pathlib import Path


def folder() -> Path:
    """The folder with the program's resources, installed or in a checkout."""
    package = Path(__file__).parent.parent
    packaged = package / "resources"
    return packaged if packaged.is_dir() else package.parent / "resources"
