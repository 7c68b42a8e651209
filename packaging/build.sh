#!/bin/sh
# The installable artefacts for Linux, into dist/:
#
#     sh packaging/build.sh [bundle|deb|rpm|run|appimage|all]      deb when nothing is named
#
# bundle is the folder that all of them carry. As root on Debian and Ubuntu it installs the tools it needs; otherwise
# it names the command that does. What has not changed since the last time is not made again.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/system.sh
. "$top/packaging/system.sh"
cd "$top"

wanted=${1:-deb}
case $wanted in
    bundle | deb | rpm | run | appimage | all) ;;
    *) stop "There is no artefact called $wanted: bundle, deb, rpm, run, appimage or all." ;;
esac
[ "$(uname -s)" = Linux ] || stop "This script builds for Linux. See packaging/README.md for Windows and macOS."

tools='objdump:binutils strip:binutils patchelf:patchelf'
case $wanted in
    deb | all) tools="$tools dpkg-shlibdeps:dpkg-dev lintian:lintian fakeroot:fakeroot" ;;
esac
case $wanted in
    rpm | all) tools="$tools rpmbuild:rpm" ;;
esac
case $wanted in
    run | all) tools="$tools makeself:makeself" ;;
esac
needed="$(missing_python_parts) $(missing_commands "$tools") $(missing_libraries "$QT_LIBRARIES")"
python=$(find_python) || stop "mTLS Workbench needs Python 3.11 or newer, and there is none in PATH."
# PyInstaller carries the interpreter as a shared library, which Debian keeps in a package of its own.
"$python" -c 'import ctypes, sysconfig, sys
try:
    ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))
except OSError:
    folder = sysconfig.get_config_var("LIBDIR")
    try:
        ctypes.CDLL(folder + "/" + sysconfig.get_config_var("INSTSONAME"))
    except OSError:
        sys.exit(1)' 2>/dev/null ||
    needed="$needed $("$python" -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])')"
# shellcheck disable=SC2086 # one word for each package
install $needed

version=$("$python" -c 'import workbench; print(workbench.__version__)')
build=$top/build
dist=$top/dist
bundle=$build/bundle/mtls-workbench
mkdir -p "$build" "$dist"
# Files get the time of the last commit, so that the same sources make the same files.
SOURCE_DATE_EPOCH=$(git -C "$top" log -1 --format=%ct 2>/dev/null || stat -c %Y pyproject.toml)
PYTHONHASHSEED=0
export SOURCE_DATE_EPOCH PYTHONHASHSEED

# fingerprint PATH...: changes when what lies there does.
fingerprint() {
    find "$@" -type f ! -name '*.pyc' -exec cksum {} + | LC_ALL=C sort -k 3 | cksum
}

# made STAMP FINGERPRINT: whether the step was done for this content.
made() {
    [ "$(cat "$build/$1.made" 2>/dev/null)" = "$2" ]
}

done_with() {
    printf '%s\n' "$2" >"$build/$1.made"
}

# new_environment NAME LOCK...: a virtual environment in build/ with exactly the locked versions; what the first lock
# holds may build what the next one has.
new_environment() {
    name=$1
    shift
    "$python" -m venv --clear "$build/$name"
    for lock in "$@"; do
        "$build/$name/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
            --no-build-isolation --requirement "$locks/$lock.txt" >&2 || unavailable "pip failed; the lines above say why."
    done
}

make_environments() {
    facts="$("$python" -c 'import sys; print(sys.version)') $(fingerprint packaging/locks)"
    ! made environments "$facts" || return 0
    say "Installing the locked versions below build/"
    new_environment venv runtime build
    new_environment tools backend tools
    done_with environments "$facts"
}

# tool MODULE-OR-FILE ARGUMENT...: runs a tool that can also import the program.
tool() {
    PYTHONPATH=$top:$(echo "$build"/venv/lib/python3*/site-packages) "$build/tools/bin/python" "$@"
}

make_bundle() {
    make_environments
    facts=$(fingerprint workbench resources/icons packaging/locks packaging/mtls-workbench.spec packaging/entry.py packaging/papers.py packaging/CHANGELOG.md)
    ! made bundle "$facts" || return 0
    say "Bundling with PyInstaller"
    rm -rf "$build/bundle"
    "$build/venv/bin/pyinstaller" --noconfirm --log-level WARN --distpath "$build/bundle" \
        --workpath "$build/pyinstaller" packaging/mtls-workbench.spec >&2
    ln -s mtls-workbench "$bundle/mtls-workbench-window"
    find "$bundle/_internal" \( -name 'libpython*' -o -path '*/lib-dynload/*.so' \) -type f \
        -exec strip --strip-unneeded {} + -exec patchelf --remove-rpath {} ';'
    # Of the wheels only those that come with their symbols: libraries whose ELF headers were rewritten (Qt's) do not
    # survive being stripped.
    find "$bundle/_internal" \( -name '_brotli.*' -o -name '_rust*.so' -o -name '_zstd.*' \) -type f \
        -exec strip --strip-unneeded {} +
    tool packaging/papers.py "$bundle" packaging/locks/runtime.txt "$build/venv/bin/python"
    cp "$bundle/bill-of-materials.cdx.json" "$dist/mtls-workbench_${version}.cdx.json"
    find "$bundle" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
    done_with bundle "$facts"
}

make_bundle
for artefact in deb rpm run appimage; do
    if [ "$wanted" = "$artefact" ] || [ "$wanted" = all ]; then
        # shellcheck source=/dev/null
        . "$top/packaging/linux/$artefact.sh"
    fi
done
say "In dist/:"
(cd "$dist" && ls -1)
