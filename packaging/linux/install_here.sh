#!/bin/sh
# Runs inside the self-extracting archive: installs into the person's own folders, or removes it again.
#
#     sh mtls-workbench-….run                                installs
#     sh mtls-workbench-….run -- --prefix FOLDER             installs below FOLDER in place of ~/.local
#     sh mtls-workbench-….run -- --remove                    removes; identities, collections and history stay
#
# Where the temporary folder forbids execution: sh mtls-workbench-….run --target SOME-FOLDER
set -eu
prefix=$HOME/.local
remove=
while [ $# -gt 0 ]; do
    case $1 in
        --prefix)
            [ $# -gt 1 ] || { echo "--prefix needs a folder." >&2; exit 2; }
            prefix=$2
            shift
            ;;
        --remove) remove=yes ;;
        *)
            echo "Unknown option: $1 (--prefix FOLDER, --remove)" >&2
            exit 2
            ;;
    esac
    shift
done
case $prefix in
    /*) ;;
    *) prefix=$PWD/$prefix ;;
esac
share=${XDG_DATA_HOME:-$HOME/.local/share}
program=$prefix/lib/mtls-workbench
rm -rf "$program" "$program.new"
rm -f "$prefix/bin/mtls-workbench" "$prefix/bin/mtls-workbench-window" "$share/applications/mtls-workbench.desktop" \
    "$share/mime/packages/mtls-workbench.xml" "$share/icons/hicolor/scalable/apps/mtls-workbench.svg"
if [ -z "$remove" ]; then
    mkdir -p "$prefix/lib" "$prefix/bin" "$share/applications" "$share/mime/packages" "$share/icons/hicolor/scalable/apps"
    cp -R mtls-workbench "$program.new"
    mv "$program.new" "$program"
    ln -s "$program/mtls-workbench" "$prefix/bin/mtls-workbench"
    ln -s "$program/mtls-workbench-window" "$prefix/bin/mtls-workbench-window"
    # In a desktop entry a path with spaces stands in quotes, with a backslash before what is special in them.
    quoted=$(printf '%s' "$prefix/bin/mtls-workbench-window" | sed 's/[\\"`$]/\\\\&/g')
    sed "s|^Exec=mtls-workbench-window|Exec=\"$quoted\"|" mtls-workbench.desktop >"$share/applications/mtls-workbench.desktop"
    cp mtls-workbench.xml "$share/mime/packages/"
    cp application.svg "$share/icons/hicolor/scalable/apps/mtls-workbench.svg"
fi
for update in "update-desktop-database $share/applications" "update-mime-database $share/mime"; do
    if command -v "${update%% *}" >/dev/null; then
        "${update%% *}" "${update#* }" >/dev/null 2>&1 || true # menus and types are found without it, only later
    fi
done
if [ -n "$remove" ]; then
    echo "Removed. Identities, collections and history are where they were."
    exit 0
fi
echo "Installed into $program."
case :$PATH: in
    *":$prefix/bin:"*) ;;
    *) echo "$prefix/bin is not in PATH; the program is $prefix/bin/mtls-workbench." ;;
esac
missing=$("$program/mtls-workbench" self-test 2>&1) || {
    echo "The self-test found something:"
    printf '%s\n' "$missing"
    exit 1
}
