#!/bin/sh
# Proves the .deb on a machine that never saw Python packages: a fresh minimal Debian in build/proof, made anew each
# time from an unpacked base that is kept. As root, on Debian or Ubuntu.
#
#     sh packaging/linux/prove_deb.sh [SUITE]      bookworm when nothing is named
#
# Installs the package with apt, runs its self-test as an ordinary user, opens the window from its desktop entry under
# Xvfb with a real keyring, sends the lab's first request by keyboard, looks for status 200 in the history and for the
# password in the keyring, and removes the package again: only the user's own data may stay. The window's picture is
# left in build/proof.png.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
# shellcheck source=packaging/system.sh
. "$top/packaging/system.sh"
suite=${1:-bookworm}
build=$top/build
proof=$build/proof
package=$(find "$top/dist" -name 'mtls-workbench_*.deb' | head -n 1)

[ -n "$package" ] || stop "There is no package in dist/: run sh packaging/build.sh deb first."
# shellcheck source=packaging/linux/base.sh
. "$top/packaging/linux/base.sh"

inventory() {
    (cd "$proof" && find bin etc home lib opt sbin srv usr var -xdev \
        ! -path 'var/cache/*' ! -path 'var/lib/apt/*' ! -path 'var/lib/dpkg/*' ! -path 'var/log/*' | LC_ALL=C sort)
}

inventory >"$build/before"
say "Installing $(basename "$package") with apt"
install_package "$package"

say "As an ordinary user: --version, the man page, self-test"
as_person "mtls-workbench --version"
as_person "man --where mtls-workbench" >/dev/null
as_person "mtls-workbench self-test"

say "The window, from its desktop entry, with a keyring"
started=$(sed -n 's/^Exec=\([^ ]*\).*/\1/p' "$proof/usr/share/applications/mtls-workbench.desktop")
cat >"$proof/tmp/proof.sh" <<END
set -eu
mkfifo /tmp/display
Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>/tmp/display >/dev/null 2>&1 &
read -r number </tmp/display # a free one: those of the machine around are seen from here
export DISPLAY=":\$number"
printf 'a passphrase' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
$started --with-lab &
window=\$(timeout 60 xdotool search --sync --onlyvisible --name '^mTLS Workbench' | head -n 1)
for _ in \$(seq 60); do # until the request to the lab is open
    sleep 0.5
    xdotool windowfocus "\$window"
    sleep 0.5
    xdotool key ctrl+Return
    history=\$(find "\$HOME/.local/share/mtls-workbench" -name 'history.sqlite' 2>/dev/null | head -n 1)
    [ -z "\$history" ] || ! sqlite3 "\$history" 'select status from entries' 2>/dev/null | grep -qx 200 || break
done
sleep 1
import -window root /tmp/proof.png
sqlite3 "\$history" 'select method, url, status, identity from entries'
sqlite3 "\$history" 'select status from entries' | grep -qx 200
secret-tool search --all service mtls-workbench 2>&1 | grep -i 'attribute.username'
xdotool windowfocus "\$window" key ctrl+q
END
as_person "dbus-run-session -- sh /tmp/proof.sh" ||
    { cp "$proof/tmp/proof.png" "$build/proof.png" 2>/dev/null || true; stop "The window did not get a 200 from the lab."; }
cp "$proof/tmp/proof.png" "$build/proof.png"
if grep -rl 'PRIVATE KEY-----' "$proof/home/person/.local/share/mtls-workbench" |
    xargs -r grep -L 'ENCRYPTED PRIVATE KEY' | grep .; then
    stop "An unencrypted private key lies in the files above."
fi

say "Removing it again"
chroot "$proof" env DEBIAN_FRONTEND=noninteractive apt-get purge -qq -y mtls-workbench >>"$build/proof.log" 2>&1
chroot "$proof" env DEBIAN_FRONTEND=noninteractive apt-get autoremove -qq -y --purge >>"$build/proof.log" 2>&1
# Packages that something else recommends stay; what they own, or their triggers made, is not this package's.
inventory | LC_ALL=C comm -13 "$build/before" - | grep -vE '^(home/person/|etc/ssl/certs|usr/local/share/fonts$)' >"$build/after" || true
cat "$proof"/var/lib/dpkg/info/*.list | sed 's|^/||' | LC_ALL=C sort -u >"$build/owned"
left=$(LC_ALL=C comm -23 "$build/after" "$build/owned" | grep -E 'mtls|workbench' || true)
others=$(LC_ALL=C comm -23 "$build/after" "$build/owned" | grep -cvE 'mtls|workbench' || true)
[ -z "$left" ] || stop "The package left these behind:
$left"
say "Nothing of the package is left ($others files of other packages' triggers are)."
say "Proven. The window's picture is $build/proof.png."
