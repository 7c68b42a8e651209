# shellcheck shell=sh
# A minimal Debian to try artefacts on, made anew from an unpacked base that is kept. Sourced, as root, with $suite
# (the Debian to be), $build (where the base is kept) and $proof (the folder that becomes the fresh system).

base=${build:?}/base-${suite:?}
[ "$(id -u)" -eq 0 ] || stop "This needs root: it makes and enters a chroot."
# shellcheck disable=SC2046 # one word for each package
install $(missing_commands 'debootstrap:debootstrap')

if [ ! -e "$base/complete" ]; then
    say "Unpacking a minimal $suite into $base"
    rm -rf "$base"
    # shellcheck disable=SC2016 # apt fills it in
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | head -n 1)
    debootstrap --variant=minbase "$suite" "$base" "${mirror:-}" >"$build/debootstrap.log" 2>&1 ||
        { tail -n 20 "$build/debootstrap.log" >&2; unavailable "debootstrap failed; the lines above say why."; }
    # The same sources and the same ways to reach them as this machine has.
    for part in sources.list sources.list.d apt.conf apt.conf.d trusted.gpg.d keyrings; do
        [ ! -e "/etc/apt/$part" ] || cp -RL "/etc/apt/$part" "$base/etc/apt/"
    done
    cp /etc/resolv.conf "$base/etc/resolv.conf" 2>/dev/null || true
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$base/etc/hosts"
    printf '#!/bin/sh\nexit 101\n' >"$base/usr/sbin/policy-rc.d"
    chmod 755 "$base/usr/sbin/policy-rc.d"
    chroot "$base" apt-get update -qq || unavailable "apt cannot reach its sources from the chroot."
    # What the proof itself needs: a display, a keyboard, a keyring. None of it brings Python.
    chroot "$base" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        xvfb xdotool x11-apps imagemagick dbus gnome-keyring libsecret-tools sqlite3 man-db >"$build/proof.log" 2>&1 ||
        { tail -n 20 "$build/proof.log" >&2; unavailable "apt could not install what the proof needs."; }
    chroot "$base" useradd --create-home --shell /bin/sh person
    touch "$base/complete"
fi

# end_all: what still runs inside, a window or a keyring that nobody closed.
end_all() {
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/root" 2>/dev/null)" != "${proof:?}" ] || kill -9 "${process#/proc/}" 2>/dev/null || true
    done
}

unmount() {
    # What a case mounted on top goes first.
    awk -v top="${proof:?}/" 'index($2, top) == 1 { print $2 }' /proc/mounts | sort -r | while read -r place; do
        umount "$place"
    done
}
unmount
rm -rf "$proof"
cp -a "$base" "$proof"
trap 'end_all; unmount' EXIT
mount -t proc proc "$proof/proc" || unavailable "Nothing can be mounted here, not even as root."
mkdir -p "$proof/dev/shm"
mount -t tmpfs tmpfs "$proof/dev/shm"
chmod 1777 "$proof/dev/shm" "$proof/tmp"
! chroot "$proof" sh -c 'command -v python3' >/dev/null || stop "The base has a Python; the proof would prove nothing."

# install_package FILE: with apt, and nothing that is only recommended.
install_package() {
    cp "$1" "$proof/tmp/"
    chroot "$proof" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        "/tmp/${1##*/}" >"$build/proof.log" 2>&1 ||
        { tail -n 20 "$build/proof.log" >&2; stop "apt could not install the package."; }
    ! chroot "$proof" sh -c 'command -v python3' >/dev/null || stop "The package brought a Python into the system."
}

# as_person WORDS: a line of shell, run as an ordinary user inside.
as_person() {
    chroot "$proof" su - person -c "$*"
}
