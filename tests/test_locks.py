"""The locked versions are those that the project asks for, on every platform, and all that the scripts install."""

import re
import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

TOP = Path(__file__).parent.parent
LOCKS = TOP / "packaging" / "locks"
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))

_SYSTEMS = [
    ("linux", "Linux", "posix", "x86_64"),
    ("linux", "Linux", "posix", "aarch64"),
    ("darwin", "Darwin", "posix", "arm64"),
    ("win32", "Windows", "nt", "AMD64"),
]
PLATFORMS = [
    {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": platform,
        "platform_system": system,
        "os_name": os,
        "platform_machine": machine,
        "extra": "",
    }
    for python, (platform, system, os, machine) in product(("3.11", "3.12", "3.13", "3.14"), _SYSTEMS)
]


@dataclass(frozen=True, slots=True)
class Locked:
    """One version of a lock: for which platforms, and the digests of its files."""

    name: str
    version: Version
    marker: Marker | None
    digests: tuple[str, ...]


def locked(lock: str) -> list[Locked]:
    found = []
    for block in re.split(r"\n(?=\S)", (LOCKS / f"{lock}.txt").read_text("utf-8").strip()):
        first, *digests = block.split(" \\\n")
        name, version, marker = re.fullmatch(r"([\w.-]+)==(\S+)(?: ; (.*))?", first, re.DOTALL).groups()  # type: ignore[union-attr]
        found.append(Locked(name, Version(version), Marker(marker) if marker else None, tuple(digests)))
    return found


def versions(lock: str, platform: dict[str, str]) -> dict[str, Version]:
    """What pip installs from a lock on a platform."""
    chosen = [one for one in locked(lock) if one.marker is None or one.marker.evaluate(platform)]
    names = [canonicalize_name(one.name) for one in chosen]
    assert len(set(names)) == len(names), "two versions of one package"
    return {name: one.version for name, one in zip(names, chosen, strict=True)}


def listed(name: str) -> list[str]:
    """The requirements in one of the .in files."""
    return [line for line in (LOCKS / f"{name}.in").read_text("utf-8").splitlines() if line and line[0] != "#"]


def wanted(lock: str) -> list[str]:
    match lock:
        case "runtime":
            return [*PROJECT["project"]["dependencies"], *listed("platforms")]
        case "dev":
            return list(PROJECT["dependency-groups"]["dev"])
        case "backend":
            return [*PROJECT["build-system"]["requires"], *listed("backend")]
    return listed(lock)


ALL = sorted(path.stem for path in LOCKS.glob("*.txt"))


@pytest.mark.parametrize("lock", ALL)
def test_a_lock_holds_what_is_asked_for_on_every_platform(lock: str) -> None:
    requirements = [Requirement(line) for line in wanted(lock)]
    assert requirements
    for platform in PLATFORMS:
        present = versions(lock, platform)
        for one in requirements:
            if one.marker is None or one.marker.evaluate(platform):
                version = present.get(canonicalize_name(one.name))
                assert version is not None, f"{one.name}: run packaging/locks/update.sh"
                assert one.specifier.contains(version), f"{one} but {version}: run packaging/locks/update.sh"


@pytest.mark.parametrize("lock", ALL)
def test_every_locked_version_has_digests_and_no_lock_names_where_it_comes_from(lock: str) -> None:
    for one in locked(lock):
        assert one.digests, one.name
        assert all(re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}", digest) for digest in one.digests), one.name
    text = (LOCKS / f"{lock}.txt").read_text("utf-8")
    assert not re.search(r"index-url|find-links|://", text)


@pytest.mark.parametrize("together", [("runtime", "backend", "dev"), ("runtime", "build"), ("backend", "tools")])
def test_locks_that_share_an_environment_agree(together: tuple[str, ...]) -> None:
    for platform in PLATFORMS:
        present: dict[str, Version] = {}
        for lock in together:
            for name, version in versions(lock, platform).items():
                assert present.setdefault(name, version) == version, name


def test_the_scripts_install_nothing_but_what_is_locked() -> None:
    """Each pip that reaches the network checks digests and builds with what is there already."""
    scripts = [*TOP.glob("packaging/**/*.sh"), *TOP.glob("packaging/**/*.ps1"), *TOP.glob(".github/**/*.yml")]
    calls = []
    for script in scripts:
        text = re.sub(r"\\\n\s*", " ", script.read_text("utf-8"))
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        calls += [line for line in lines if re.search(r"pip_install --|-m pip install|'pip', 'install'", line)]
    calls = [line for line in calls if "pip_install() {" not in line and '"$@"' not in line]
    assert len(calls) >= 6, "they are called otherwise now"
    for line in calls:
        assert "--require-hashes" in line or "--no-index" in line, line
        assert "--no-build-isolation" in line or "--only-binary :all:" in line, line
