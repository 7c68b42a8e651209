"""Puts the papers into a bundle: a bill of materials, the licences of all that it carries, what changed.

    python papers.py BUNDLE LOCK PYTHON

``PYTHON`` is that of the environment the bundle was made from, whose packages must be importable here.
``LOCK`` is the list of locked versions: only what it names is in the bundle, what made it is not.
"""

import json
import re
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

_LEFT_OUT = {"pygments", "markdown-it-py", "mdurl"}  # parts of rich that the spec leaves out of the bundle
_LICENCE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
QT = """\
Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They lie as separate shared libraries
in the folder _internal/PySide6 of this program. You may replace them with versions of your own that are compatible
(same major version, same or newer minor version): put your libraries in place of those files, and the program uses
them at its next start. Their sources are published by The Qt Company at https://download.qt.io.
"""


def carried(lock: Path) -> list[Distribution]:
    """What the lock names and this platform's bundle carries, by name."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text("utf-8"), re.MULTILINE)
    found = []
    for name in dict.fromkeys(names):
        if name in _LEFT_OUT:
            continue
        try:
            found.append(distribution(name))
        except PackageNotFoundError:  # for another platform
            continue
    return sorted(found, key=lambda each: each.name.lower())


def copy_licences(parts: list[Distribution], folder: Path) -> None:
    """A folder for each part with its licence files, and a list of all."""
    lines = ["Name, version and licence of all that this program carries; the texts lie in the folders beside.", ""]
    for part in parts:
        licence = part.metadata.get("License-Expression") or part.metadata.get("License") or "see the folder"
        lines.append(f"{part.name} {part.version}: {licence.splitlines()[0]}")
        texts = [file for file in part.files or [] if _LICENCE.search(file.name)]
        for text in texts:
            source = Path(str(part.locate_file(text)))
            if source.is_file() and source.suffix not in (".py", ".pyc"):
                target = folder / part.name / source.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(source.read_bytes())
    (folder / "LIST.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "QT.txt").write_text(QT, "utf-8")


def bill_of_materials(parts: list[Distribution], python: Path) -> str:
    """CycloneDX, restricted to ``parts``, without a serial number or time so that it is the same each time."""
    describe = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--of", "JSON"]
    command = [*describe, str(python)]
    whole = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    names = {re.sub(r"[-_.]+", "-", part.name).lower() for part in parts}
    kept = [c for c in whole["components"] if re.sub(r"[-_.]+", "-", c["name"]).lower() in names]
    references = {component["bom-ref"] for component in kept}
    for component in kept:
        component.pop("externalReferences", None)  # where this machine happened to download it from
    whole["components"] = kept
    whole["dependencies"] = [d for d in whole.get("dependencies", []) if d["ref"] in references]
    for dependency in whole["dependencies"]:
        if "dependsOn" in dependency:
            dependency["dependsOn"] = [r for r in dependency["dependsOn"] if r in references]
    return json.dumps(whole, indent=2, sort_keys=True) + "\n"


def main(bundle: Path, lock: Path, python: Path) -> None:
    """Write ``bill-of-materials.cdx.json``, ``CHANGELOG.md`` and ``licences/`` into the bundle."""
    parts = carried(lock)
    copy_licences(parts, bundle / "licences")
    (bundle / "licences" / "mtls-workbench.txt").write_bytes((lock.parents[2] / "LICENSE").read_bytes())
    (bundle / "CHANGELOG.md").write_bytes((lock.parents[1] / "CHANGELOG.md").read_bytes())
    (bundle / "bill-of-materials.cdx.json").write_text(bill_of_materials(parts, python), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]).resolve(), Path(sys.argv[3]))
