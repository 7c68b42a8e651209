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
remove_all() {
    rm -rf "$program"
    rm -f "$prefix/bin/mtls-workbench" "$prefix/bin/mtls-workbench-window" "$share/applications/mtls-workbench.desktop" \
        "$share/mime/packages/mtls-workbench.xml" "$share/icons/hicolor/scalable/apps/mtls-workbench.svg" \
        "$share/man/man1/mtls-workbench.1" "$share/bash-completion/completions/mtls-workbench" \
        "$share/fish/vendor_completions.d/mtls-workbench.fish"
}

# desktop_entry: the entry with the whole path. A path stands in quotes there, with a backslash before what is special
# in them, each backslash doubled once more, and a percent sign doubled.
desktop_entry() {
    quoted=$(printf '%s' "$prefix/bin/mtls-workbench-window" | sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g')
    while IFS= read -r line; do
        case $line in
            Exec=mtls-workbench-window*) printf 'Exec="%s"%s\n' "$quoted" "${line#Exec=mtls-workbench-window}" ;;
            *) printf '%s\n' "$line" ;;
        esac
    done <mtls-workbench.desktop
}

if [ -n "$remove" ]; then
    remove_all
else
    # The old version goes once the new one is there whole.
    mkdir -p "$prefix/lib" "$prefix/bin"
    rm -rf "$program.new"
    cp -R mtls-workbench "$program.new" || {
        rm -rf "$program.new"
        echo "The program could not be copied to $prefix/lib; the line above says why. Nothing was changed." >&2
        exit 2
    }
    remove_all
    mkdir -p "$share/applications" "$share/mime/packages" "$share/icons/hicolor/scalable/apps" "$share/man/man1" \
        "$share/bash-completion/completions" "$share/fish/vendor_completions.d"
    mv "$program.new" "$program"
    ln -s "$program/mtls-workbench" "$prefix/bin/mtls-workbench"
    ln -s "$program/mtls-workbench-window" "$prefix/bin/mtls-workbench-window"
    desktop_entry >"$share/applications/mtls-workbench.desktop"
    cp mtls-workbench.xml "$share/mime/packages/"
    cp application.svg "$share/icons/hicolor/scalable/apps/mtls-workbench.svg"
    cp manual/mtls-workbench.1 "$share/man/man1/"
    cp manual/mtls-workbench.bash "$share/bash-completion/completions/mtls-workbench"
    cp manual/mtls-workbench.fish "$share/fish/vendor_completions.d/"
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
said=$("$program/mtls-workbench" self-test 2>&1) || {
    echo "The self-test found something:"
    printf '%s\n' "$said"
    exit 1
}
echo "The self-test found nothing wrong."
