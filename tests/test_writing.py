"""Who writes files: ``core.files``, which does it whole and synced, and the few that have a reason not to."""

import ast
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent.parent / "workbench"

OTHERS = {
    "cli/body_output.py": "-o may name a pipe or a device, as with curl",
    "cli/output.py": "/dev/null in the place of a stdout that nobody reads",
    "cli/recording.py": "--keylog and --pcap are read by others while they grow",
    "core/collection/collection.py": "copies a whole folder, to a place where nothing was",
    "core/collection/organising.py": "copies and moves whole folders, to places where nothing was",
    "core/content/patterns.py": "the pipe to the process that started this one",
    "core/content/process.py": "the pipe to the process that started this one",
    "core/history/schema.py": "makes the file that SQLite writes, so that it is private from the start",
    "core/http/bodies.py": "response bodies in the session's own temporary folder, gone with it",
    "core/files/spool.py": "a file to be locked, as long as the folder of spooled bodies is in use",
    "core/storage/folders.py": "a file to be locked, where a folder cannot be",
    "core/workspace/lock.py": "a file to be locked",
    "ui/widgets/picture.py": "the pipe to the process that started this one",
    "ui/response/body/opening.py": "a copy for another program in a folder of its own, gone when ours ends",
    "ui/windows/instance.py": "the named pipe of the window that is there already",
}
"""Module to reason. Whatever must survive a crash does not belong here."""

_WRITING = {
    *("write_text", "write_bytes", "touch", "mkstemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"),
    *("copyfile", "copy2", "copytree", "QFile", "QSaveFile", "QTemporaryFile"),
}
_OF_A_MODULE = {("os", "replace"), ("os", "rename"), ("shutil", "move"), ("shutil", "copy")}
_OPENING = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC"}


def _names(call: ast.Call) -> tuple[str, str]:
    """Before and after the last dot of what is called, as far as these are names."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return (function.value.id if isinstance(function.value, ast.Name) else ""), function.attr
    return "", function.id if isinstance(function, ast.Name) else ""


def _opens_for_writing(call: ast.Call) -> bool:
    given = [*call.args[:2], *(keyword.value for keyword in call.keywords if keyword.arg in {"mode", "flags"})]
    for argument in given:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            if set(argument.value) & set("wax+") and set(argument.value) <= set("rwaxbt+"):
                return True
        elif any(isinstance(part, ast.Attribute) and part.attr in _OPENING for part in ast.walk(argument)):
            return True
    return False


def writes(call: ast.Call) -> bool:
    """Whether a call writes a file, by its looks."""
    owner, name = _names(call)
    if name == "replace" and owner != "os":  # a text's has two arguments, a dataclass's and a time's have names
        return isinstance(call.func, ast.Attribute) and len(call.args) == 1 and not call.keywords
    return (
        name in _WRITING or (owner, name) in _OF_A_MODULE or (name in {"open", "fdopen"} and _opens_for_writing(call))
    )


def _writers() -> set[str]:
    found = set()
    for path in PROGRAM.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call)]
        if any(map(writes, calls)):
            found.add(path.relative_to(PROGRAM).as_posix())
    return found


def test_files_are_written_in_one_place_or_for_a_named_reason() -> None:
    assert _writers() - {"core/files/writing.py"} == OTHERS.keys()


@pytest.mark.parametrize(
    "code",
    [
        "path.write_text(text, 'utf-8')",
        "path.with_name(name).write_bytes(data)",
        "open(name, 'w')",
        "path.open('ab')",
        "path.open(mode='r+', encoding='utf-8')",
        "os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)",
        "os.fdopen(descriptor, 'wb')",
        "os.replace(staged, path)",
        "staged.replace(path)",
        "tempfile.NamedTemporaryFile(dir=folder)",
        "shutil.move(source, target)",
        "QSaveFile(name)",
    ],
)
def test_writing_is_recognised(code: str) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert writes(call)


@pytest.mark.parametrize(
    "code",
    [
        "path.open('rb')",
        "open(name, encoding='utf-8')",
        "os.open(folder, os.O_RDONLY | os.O_CLOEXEC)",
        "text.replace('a', 'b')",
        "replace(draft, url=url)",
        "moment.replace(microsecond=0)",
        "self.workspace.open(folder)",
        "store.open('alice')",
        "organiser.move(paths, into)",
    ],
)
def test_nothing_else_is(code: str) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert not writes(call)
