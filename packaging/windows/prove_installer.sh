#!/bin/sh
# Tries the Windows installer under wine, on Debian or Ubuntu, as root where wine must be installed first:
#
#     sh packaging/windows/prove_installer.sh
#
# The bundle in it is a dummy: a few files, and a program of wine's under our names. What is proven is the installer
# itself: silent installation without and with the command on PATH, shortcut, registry, an upgrade that takes the old
# program away and leaves the person's data, a program that is running, and removal. Nothing is learned about the
# program on Windows. The installer is compiled as a 64-bit program here, since wine alone runs no other; the one that
# people get comes from the same script.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
# shellcheck source=packaging/system.sh
. "$top/packaging/system.sh"
work=$top/build/windows-proof
# shellcheck disable=SC2046 # one word for each package
install $(missing_commands 'makensis:nsis wine:wine Xvfb:xvfb xvfb-run:xvfb xauth:xauth')
if [ -z "${PROOF_DISPLAY:-}" ]; then
    PROOF_DISPLAY=yes exec xvfb-run --auto-servernum sh "$0" "$@"
fi

rm -rf "$work"
mkdir -p "$work"
export WINEPREFIX="$work/prefix" WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=;winemenubuilder.exe=d'
for loader in /usr/lib/wine/wine64 /usr/lib/*/wine/wine64; do
    [ ! -x "$loader" ] || break
done
[ -x "$loader" ] || loader=wine
wine() { "$loader" "$@"; }
trap 'WINEPREFIX=$work/prefix wineserver -k 2>/dev/null || true' EXIT

say "Making a dummy bundle in two versions, and their installers"
wine wineboot --init >/dev/null 2>&1
sleeper=$work/prefix/drive_c/windows/system32/ping.exe # any program that runs for a while
[ -e "$sleeper" ] || stop "wine has no ping.exe to stand in for the program."
for version in 0.0.8 0.0.9; do
    bundle=$work/bundle-$version
    mkdir -p "$bundle/_internal" "$bundle/licences"
    cp "$sleeper" "$bundle/mtls-workbench.exe"
    cp "$sleeper" "$bundle/mtls-workbench-window.exe"
    echo "$version" >"$bundle/_internal/version"
    echo x >"$bundle/_internal/only-in-$version"
    echo x >"$bundle/licences/LIST.txt"
    echo x >"$bundle/CHANGELOG.md"
    echo x >"$bundle/bill-of-materials.cdx.json"
    (cd "$top" && makensis -V2 -WX "-DTARGET=amd64-unicode" "-DVERSION=$version" "-DBUNDLE=$bundle" \
        "-DOUT=$work/setup-$version.exe" packaging/windows/installer.nsi >&2) || stop "makensis failed."
done

local=$(find "$work/prefix/drive_c/users" -path '*AppData/Local' -type d | head -n 1)
installed="$local/Programs/mTLS Workbench"
data="$local/mtls-workbench"
mkdir -p "$data"
echo kept >"$data/settings.json"

registry() { # registry KEY [VALUE]: what stands there, nothing when it is not there
    found=$(wine reg query "$1" ${2:+/v "$2"} 2>/dev/null) || return 0
    printf "%s\n" "$found" | tr -d "\r"
}
has() { # has TEXT KEY VALUE
    registry "$2" "$3" | grep -qF "$1" || stop "The registry does not say $1 in $2, $3."
}
hasnt() { # hasnt TEXT KEY VALUE
    ! registry "$2" "$3" | grep -qF "$1" || stop "The registry says $1 in $2, $3."
}
UNINSTALL='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\mtls-workbench'

say "Silent installation"
wine "$work/setup-0.0.8.exe" /S
[ "$(cat "$installed/_internal/version")" = 0.0.8 ] || stop "The files are not where they belong."
has 0.0.8 "$UNINSTALL" DisplayVersion
has '/S' "$UNINSTALL" QuietUninstallString
has mtls-workbench-window.exe 'HKCU\Software\Classes\mtls-workbench.file\shell\open\command' ''
has mtls-workbench.file 'HKCU\Software\Classes\.p12\OpenWithProgids' mtls-workbench.file
hasnt 'mTLS Workbench' 'HKCU\Environment' Path
find "$work/prefix/drive_c" -name 'mTLS Workbench.lnk' | grep -q . || stop "There is no shortcut."

say "Upgrade in place, now with the command on PATH beside an entry of the person's own"
wine reg add 'HKCU\Environment' /v Path /t REG_EXPAND_SZ /d 'C:\own;%USERPROFILE%\bin' /f >/dev/null 2>&1
wine "$work/setup-0.0.9.exe" /S /PATH=1
[ "$(cat "$installed/_internal/version")" = 0.0.9 ] || stop "The old version is still there."
[ ! -e "$installed/_internal/only-in-0.0.8" ] || stop "A file of the old version is left among the new one."
[ "$(cat "$data/settings.json")" = kept ] || stop "The person's data were touched."
has 0.0.9 "$UNINSTALL" DisplayVersion
has 'C:\own;%USERPROFILE%\bin;' 'HKCU\Environment' Path
has '\Programs\mTLS Workbench' 'HKCU\Environment' Path
wine "$work/setup-0.0.9.exe" /S /PATH=1
[ "$(registry 'HKCU\Environment' Path | grep -o 'mTLS Workbench' | wc -l)" = 1 ] || stop "PATH names the folder twice."

say "While the program runs"
wine "$installed/mtls-workbench-window.exe" -n 30 127.0.0.1 >/dev/null 2>&1 &
running=$!
sleep 2
status=0
wine "$work/setup-0.0.8.exe" /S || status=$?
[ "$status" = 2 ] || stop "An installation over a running program ended with $status."
[ "$(cat "$installed/_internal/version")" = 0.0.9 ] || stop "An installation that was refused changed something."
[ -e "$installed/mtls-workbench.exe" ] || stop "An installation that was refused took the program away."
wineserver -k 2>/dev/null || true
wait "$running" 2>/dev/null || true
wine "$work/setup-0.0.9.exe" /S

say "Silent removal"
wine "$installed/uninstall.exe" /S # copies itself away, so that it can remove all, and goes on there
for _ in $(seq 40); do
    [ -n "$(registry "$UNINSTALL")" ] || break # the last that goes
    sleep 0.5
done
left=$(find "$installed" -mindepth 1 2>/dev/null || true)
[ -z "$left" ] || stop "Left behind: $left"
[ "$(cat "$data/settings.json")" = kept ] || stop "The person's data were touched."
[ -z "$(registry "$UNINSTALL")" ] || stop "The entry among the installed programs is left."
[ -z "$(registry 'HKCU\Software\Classes\mtls-workbench.file')" ] || stop "The type of files is left."
[ -z "$(registry 'HKCU\Software\Classes\.jks')" ] || stop "An extension is left."
hasnt 'mTLS Workbench' 'HKCU\Environment' Path
has 'C:\own;%USERPROFILE%\bin' 'HKCU\Environment' Path
! find "$work/prefix/drive_c" -name 'mTLS Workbench.lnk' | grep . || stop "The shortcut is left."
say "Proven for the installer, with a dummy in place of the program."
